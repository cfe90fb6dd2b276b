use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::ConfigView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_quotas(&call.instance()?, call.paging()?)?;
    Ok(Answer::page("configs", page, |using| ConfigView {
        config: view(using.quota, using.since),
        used: using.used,
    }))
}
