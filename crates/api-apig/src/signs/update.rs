use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.update_signature_key(&call.instance()?, &call.id("sign_id")?, &draft(call)?)?;
    Ok(Answer::json(&view(open)))
}
