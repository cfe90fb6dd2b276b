use super::desk::at_the_desk;
use super::export_order::ExportOrder;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let order = ExportOrder::read(call)?;
    let ending = order.ending;
    let file = at_the_desk(|| order.run(&call.control))?;
    Ok(Answer::File { name: format!("{}{ending}", file.name), content: file.content.into_bytes() })
}
