use super::{given, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apps::SecretReset;
use countersign_control::Error;
use countersign_types::SecretKey;

/// Clients that want a generated secret may leave the body out.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body = if call.body.is_empty() { SecretReset::default() } else { call.json()? };
    let secret = given(body.app_secret).map(SecretKey::new);
    let open = call.control.reset_app_secret(&call.instance()?, &call.id("app_id")?, secret)?;
    Ok(Answer::json(&view(open)))
}
