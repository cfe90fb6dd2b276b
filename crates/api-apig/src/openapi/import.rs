use super::desk::at_the_desk;
use super::import_order::ImportOrder;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let order = ImportOrder::read(call)?;
    let view = at_the_desk(|| order.run(&call.control))?;
    Ok(Answer::json(&view))
}
