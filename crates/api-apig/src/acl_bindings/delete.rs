use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Acl, Error};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.unbind::<Acl>(&call.instance()?, &call.id("acl_bindings_id")?)?;
    Ok(Answer::Empty)
}
