use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::channels::ChannelDetail;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let channel = call.control.channel(&call.instance()?, &call.id("vpc_channel_id")?)?;
    Ok(Answer::json(&ChannelDetail { channel: view(channel), members: [] }))
}
