use super::view;
use crate::answer::Answer;
use crate::apps::given;
use crate::call::Call;
use countersign_api_types::app_codes::{AiApiKeyCreate, AiApiKeyView};
use countersign_control::Error;
use countersign_control::ai_api_keys::AiApiKeyDraft;
use countersign_types::Passcode;

/// Clients that want a generated key may leave the body out.
pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let body = if call.body.is_empty() { AiApiKeyCreate::default() } else { call.json()? };
    let draft = AiApiKeyDraft { key: given(body.ai_api_key).map(Passcode::new), alias: given(body.alias) };
    let open = call.control.create_ai_api_key(&call.instance()?, &call.id("app_id")?, &draft)?;
    let create_time = open.record.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&AiApiKeyView { create_time, ..view(open) }))
}
