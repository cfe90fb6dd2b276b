use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Error, SignatureKey};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.unbind::<SignatureKey>(&call.instance()?, &call.id("sign_bindings_id")?)?;
    Ok(Answer::Empty)
}
