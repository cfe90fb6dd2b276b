use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::authorizers::AuthorizerView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let authorizer = call.control.create_authorizer(&call.instance()?, draft(call)?)?;
    let create_time = authorizer.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&AuthorizerView { create_time, ..view(authorizer) }))
}
