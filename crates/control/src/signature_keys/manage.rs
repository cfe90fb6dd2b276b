//! Creating, changing and removing signature keys.

use super::{Kind, OpenSignatureKey, SignatureKey, SignatureKeyDraft};
use crate::bindings::{self, require};
use crate::context::put_unique;
use crate::validate::{check, is_name};
use crate::{Control, Error, Instance, InstanceRef, quota};
use countersign_store::{Document, Scope};
use countersign_types::{InstanceId, SecretKey, SignatureKeyId};

/// Feature without which a gateway has no keys of type `public_key`.
const PUBLIC_KEY: &str = "public_key";

/// Under which context the secret of a signature key is sealed.
fn seal_context(instance: &InstanceId, key: &SignatureKeyId) -> String {
    format!("signature_key/{instance}/{key}")
}

impl SignatureKeyDraft {
    fn kind(&self) -> Result<Kind, Error> {
        Kind::parse(self.sign_type.as_deref(), self.algorithm.as_deref())
    }

    /// Type and algorithm may be repeated, not replaced.
    fn check_kept(&self, kind: Kind) -> Result<(), Error> {
        check("sign_type", self.sign_type.as_deref().is_none_or(|own| own == kind.name()))?;
        check("sign_algorithm", self.algorithm.as_deref().is_none_or(|own| own == kind.algorithm()))
    }

    fn check_halves(&self, kind: Kind) -> Result<(), Error> {
        check("name", is_name(&self.name))?;
        self.key.as_deref().map_or(Ok(()), |key| kind.check_key(key))?;
        self.secret.as_ref().map_or(Ok(()), |secret| kind.check_secret(secret.expose()))
    }
}

fn check_supported(instance: &Instance, kind: Kind) -> Result<(), Error> {
    let has_public_keys = instance.features.get(PUBLIC_KEY).is_some_and(|feature| feature.enabled);
    if kind != Kind::PublicKey || has_public_keys {
        return Ok(());
    }
    Err(Error::sign_type_unsupported(kind.name(), &instance.id))
}

impl Control {
    /// The signature key with its secret in the clear.
    ///
    /// # Errors
    /// [`Error::Vault`] when key file and store do not fit.
    pub fn open_signature_key(&self, key: SignatureKey) -> Result<OpenSignatureKey, Error> {
        let secret = self.vault.open(&seal_context(&key.instance_id, &key.id), &key.sealed_secret)?;
        Ok(OpenSignatureKey { signature_key: key, secret: SecretKey::new(secret) })
    }

    fn seal_signature_key(&self, instance: &InstanceId, id: &SignatureKeyId, secret: &str) -> String {
        self.vault.seal(&seal_context(instance, id), secret)
    }

    /// Creates a signature key; halves are made up when the draft has none, except for public keys.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a type that the gateway does not have, a taken name, too many keys.
    pub fn create_signature_key(
        &self,
        at: &InstanceRef,
        draft: &SignatureKeyDraft,
    ) -> Result<OpenSignatureKey, Error> {
        let kind = draft.kind()?;
        draft.check_halves(kind)?;
        let secret = self.secret_for(kind, draft)?;
        let id: SignatureKeyId = self.new_id();
        let now = (self.now)();
        let key = SignatureKey {
            sealed_secret: self.seal_signature_key(&at.id, &id, secret.expose()),
            id,
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            kind,
            key: self.key_for(kind, draft)?,
            created: now,
            updated: now,
        };
        self.write(|writer| {
            check_supported(&at.resolve(writer)?, kind)?;
            let keys = writer.count(SignatureKey::KIND, Scope::One(at.scope()), None)?;
            quota::SIGNATURE_KEYS.check(keys, Error::signature_keys_exceeded)?;
            put_unique(writer, &key, Error::signature_key_name_taken)
        })?;
        Ok(OpenSignatureKey { signature_key: key, secret })
    }

    fn key_for(&self, kind: Kind, draft: &SignatureKeyDraft) -> Result<String, Error> {
        let given = draft.key.clone();
        given.or_else(|| kind.key_of(&self.hex_id())).ok_or_else(|| Error::missing("sign_key"))
    }

    fn secret_for(&self, kind: Kind, draft: &SignatureKeyDraft) -> Result<SecretKey, Error> {
        let given = draft.secret.clone();
        given
            .or_else(|| kind.secret_of(&self.hex_id()).map(SecretKey::new))
            .ok_or_else(|| Error::missing("sign_secret"))
    }

    /// Changes the name and, when given, the halves. It acts at once wherever the key is bound.
    ///
    /// # Errors
    /// Unknown gateway or key, unacceptable values, another type or algorithm, a type that the gateway does not have
    /// any more, a taken name.
    pub fn update_signature_key(
        &self,
        at: &InstanceRef,
        id: &SignatureKeyId,
        draft: &SignatureKeyDraft,
    ) -> Result<OpenSignatureKey, Error> {
        let key = self.write(|writer| {
            let instance = at.resolve(writer)?;
            let mut key: SignatureKey = require(writer, at, id)?;
            draft.check_kept(key.kind)?;
            draft.check_halves(key.kind)?;
            check_supported(&instance, key.kind)?;
            key.name.clone_from(&draft.name);
            if let Some(public) = &draft.key {
                key.key.clone_from(public);
            }
            if let Some(secret) = &draft.secret {
                key.sealed_secret = self.seal_signature_key(&at.id, id, secret.expose());
            }
            key.updated = (self.now)();
            put_unique(writer, &key, Error::signature_key_name_taken)?;
            Ok(key)
        })?;
        self.open_signature_key(key)
    }

    /// Removes a signature key.
    ///
    /// # Errors
    /// Unknown gateway or key; a key that is bound: its APIs would go on unsigned, in silence.
    pub fn delete_signature_key(&self, at: &InstanceRef, id: &SignatureKeyId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let key: SignatureKey = require(writer, at, id)?;
            if bindings::count(writer, at, &key)? > 0 {
                return Err(Error::signature_key_in_use());
            }
            writer.delete(SignatureKey::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}
