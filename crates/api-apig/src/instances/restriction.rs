use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::RestrictionView;
use countersign_control::Error;

/// A gateway of this product reaches what its host reaches.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.instance(&call.gateway()?)?;
    Ok(Answer::json(&RestrictionView::default()))
}
