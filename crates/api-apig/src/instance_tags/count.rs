use super::query;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::TaggedCountView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let total_count = match query(call)? {
        Some(query) => call.control.find_tagged(&call.project()?, &query, call.paging()?)?.total,
        None => 0,
    };
    Ok(Answer::json(&TaggedCountView { total_count }))
}
