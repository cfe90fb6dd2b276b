use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Error, quota};
use countersign_types::Timestamp;

/// The quota is the product's own, so it has held forever.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.paging()?.cut(vec![quota::INSTANCES]);
    Ok(Answer::page("configs", page, |quota| view(quota, Timestamp::from_unix(0))))
}
