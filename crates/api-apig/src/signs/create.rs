use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::signature_keys::SignatureKeyView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.create_signature_key(&call.instance()?, &draft(call)?)?;
    let now = open.signature_key.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&SignatureKeyView { update_time: now.clone(), create_time: now, ..view(open) }))
}
