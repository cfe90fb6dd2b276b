use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::instances::features::names;

/// The names only; an operation on the gateway itself.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.instance(&call.gateway()?)?;
    let page = call.paging()?.cut(names().collect());
    Ok(Answer::page("features", page, |name| name))
}
