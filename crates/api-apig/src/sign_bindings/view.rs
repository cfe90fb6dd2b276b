//! Bindings of signature keys as clients see them.

use countersign_api_types::signature_keys::{BoundSignatureKeyView, SignedApiView, UnsignedApiView};
use countersign_control::bindings::{BoundApi, Place, UnboundApi};
use countersign_control::signature_keys::OpenSignatureKey;
use countersign_control::{Control, Error, SignatureKey};

/// A publication that the key is bound to.
pub(super) fn signed_api(bound: BoundApi<SignatureKey>) -> SignedApiView {
    let BoundApi { binding, policy, place: Place { publish_id, api, group, env } } = bound;
    SignedApiView {
        publish_id: publish_id.to_string(),
        api_id: api.id.to_string(),
        group_name: group.name,
        binding_time: binding.created.rfc3339().to_string(),
        env_id: env.id.to_string(),
        env_name: env.name,
        api_type: if api.definition.public { 1 } else { 2 },
        api_name: api.definition.name,
        id: binding.id.to_string(),
        api_remark: api.definition.texts.remark.unwrap_or_default(),
        sign_id: policy.id.to_string(),
        sign_name: policy.name,
        req_method: api.definition.method.as_str().to_owned(),
        tags: api.definition.tags.unwrap_or_default(),
    }
}

/// A key that is bound to the publication, both halves in the clear.
pub(super) fn bound_key(
    control: &Control,
    bound: BoundApi<SignatureKey>,
) -> Result<BoundSignatureKeyView, Error> {
    let OpenSignatureKey { signature_key, secret } = control.open_signature_key(bound.policy.clone())?;
    Ok(BoundSignatureKeyView {
        at: signed_api(bound),
        sign_key: signature_key.key,
        sign_secret: secret.expose().to_owned(),
        sign_type: signature_key.kind.name().to_owned(),
    })
}

/// A publication that the key is not bound to.
pub(super) fn unsigned_api(unbound: UnboundApi<SignatureKey>) -> UnsignedApiView {
    let UnboundApi { place: Place { publish_id, api, group, env }, taken } = unbound;
    UnsignedApiView {
        auth_type: api.definition.auth.as_str().to_owned(),
        run_env_name: env.name,
        group_name: group.name,
        publish_id: publish_id.to_string(),
        group_id: group.id.to_string(),
        name: api.definition.name,
        remark: api.definition.texts.remark.unwrap_or_default(),
        run_env_id: env.id.to_string(),
        id: api.id.to_string(),
        req_uri: api.definition.path,
        tags: api.definition.tags.unwrap_or_default(),
        kind: if api.definition.public { 1 } else { 2 },
        signature_name: taken.map(|(_, key)| key.name).unwrap_or_default(),
        req_method: api.definition.method.as_str().to_owned(),
    }
}
