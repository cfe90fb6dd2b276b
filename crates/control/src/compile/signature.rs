//! The signature key of a publication.

use crate::bindings::of_publication;
use crate::publish::Publication;
use crate::signature_keys::{Kind, OpenSignatureKey, SignatureKey};
use crate::{Control, Error};
use countersign_snapshot::source::{Signature, SignatureScheme};
use countersign_store::{Reader, Scope, find};

/// What requests of the publication are signed with.
pub(super) fn compile(
    control: &Control,
    reader: &dyn Reader,
    publication: &Publication,
) -> Result<Option<Signature>, Error> {
    let scope = publication.instance_id.as_str();
    let bindings = of_publication::<SignatureKey>(reader, Scope::One(scope), &publication.id)?;
    let Some(binding) = bindings.first() else { return Ok(None) };
    let Some(key) = find::<SignatureKey>(reader, scope, binding.policy_id.as_str())? else { return Ok(None) };
    let OpenSignatureKey { signature_key, secret } = control.open_signature_key(key)?;
    Ok(scheme(signature_key.kind).map(|scheme| Signature { scheme, key: signature_key.key, secret }))
}

/// Keys of the other types cannot be bound.
fn scheme(kind: Kind) -> Option<SignatureScheme> {
    match kind {
        Kind::Hmac => Some(SignatureScheme::Hmac),
        Kind::Basic => Some(SignatureScheme::Basic),
        Kind::PublicKey | Kind::Aes(_) => None,
    }
}
