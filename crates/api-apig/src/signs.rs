//! `/v2/{project_id}/apigw/instances/{instance_id}/signs`

mod create;
mod delete;
mod list;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::signature_keys::{self as wire, SignatureKeyView};
use countersign_control::signature_keys::{OpenSignatureKey, SignatureKeyDraft};
use countersign_control::{Error, validate::required};
use countersign_types::SecretKey;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListSignatureKeysV2", list::handle),
    endpoint("CreateSignatureKeyV2", create::handle),
    endpoint("DeleteSignatureKeyV2", delete::handle),
    endpoint("UpdateSignatureKeyV2", update::handle),
];

fn draft(call: &Call) -> Result<SignatureKeyDraft, Error> {
    let body: wire::SignatureKeyDraft = call.json()?;
    Ok(SignatureKeyDraft {
        name: required("name", body.name)?,
        sign_type: given(body.sign_type),
        key: given(body.sign_key),
        secret: given(body.sign_secret).map(SecretKey::new),
        algorithm: given(body.sign_algorithm),
    })
}

/// Clients leave a member out by sending it empty.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn view(open: OpenSignatureKey) -> SignatureKeyView {
    let OpenSignatureKey { signature_key, secret } = open;
    SignatureKeyView {
        name: signature_key.name,
        sign_type: signature_key.kind.name().to_owned(),
        sign_key: signature_key.key,
        sign_secret: secret.expose().to_owned(),
        sign_algorithm: signature_key.kind.algorithm().to_owned(),
        update_time: signature_key.updated.rfc3339().to_string(),
        create_time: signature_key.created.rfc3339().to_string(),
        id: signature_key.id.to_string(),
    }
}
