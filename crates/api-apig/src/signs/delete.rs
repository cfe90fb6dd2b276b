use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_signature_key(&call.instance()?, &call.id("sign_id")?)?;
    Ok(Answer::Empty)
}
