use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::outline::ApisOutline;
use countersign_control::Error;
use countersign_control::outline::Split;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let Split { with, without } = call.control.outline_apis(&call.instance()?)?;
    Ok(Answer::json(&ApisOutline {
        instance_num: with + without,
        nums_on_release: with,
        nums_off_release: without,
    }))
}
