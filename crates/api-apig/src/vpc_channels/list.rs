use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::channels::ChannelFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = ChannelFilter { id: call.exact("id"), name: call.filter("name") };
    let page = call.control.list_channels(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("vpc_channels", page, view))
}
