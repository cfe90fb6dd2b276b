use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::{TagValuesView, TagsView};
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let keys = call.control.project_tags(&call.project()?)?;
    let view = |(key, values): (_, std::collections::BTreeSet<_>)| TagValuesView {
        key,
        values: values.into_iter().collect(),
    };
    Ok(Answer::json(&TagsView { tags: keys.into_iter().map(view).collect() }))
}
