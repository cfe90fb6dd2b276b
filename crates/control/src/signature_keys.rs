//! Signature keys: what the gateway signs requests to backends with. Bound to publications, they act at once.

mod kind;
mod list;
mod manage;

pub use kind::{AesMode, Kind};
pub use list::{KeyFilter, ListedKey};

use crate::{Error, Policy};
use countersign_store::Document;
use countersign_types::{InstanceId, SecretKey, SignatureKeyId, Timestamp};
use serde::{Deserialize, Serialize};

/// A signature key as it is stored; its secret is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureKey {
    /// Its id.
    pub id: SignatureKeyId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// What is signed, and how; it never changes.
    pub kind: Kind,
    /// The public half: the access key, user name or public key.
    pub key: String,
    /// The secret half, sealed; see [`Control::open_signature_key`](crate::Control::open_signature_key).
    pub sealed_secret: String,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

impl Document for SignatureKey {
    const KIND: &'static str = "signature_key";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

impl Policy for SignatureKey {
    type Id = SignatureKeyId;
    const BINDING: &'static str = "signature_key_binding";

    fn policy_id(&self) -> &SignatureKeyId {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// A publication has one key.
    fn slot(&self) -> &'static str {
        "signature_key"
    }

    /// What keys of these kinds put into requests is not published.
    fn check_bindable(&self) -> Result<(), Error> {
        match self.kind {
            Kind::Hmac | Kind::Basic => Ok(()),
            Kind::PublicKey | Kind::Aes(_) => {
                Err(Error::sign_type_unsupported(self.kind.name(), &self.instance_id))
            }
        }
    }

    fn not_found(id: &SignatureKeyId) -> Error {
        Error::signature_key_not_found(id)
    }

    fn binding_not_found() -> Error {
        Error::signature_key_binding_not_found()
    }
}

/// What can be said about a signature key.
#[derive(Debug, Clone, Default)]
pub struct SignatureKeyDraft {
    /// Its name.
    pub name: String,
    /// Its type; `hmac` when absent at creation, and never another later.
    pub sign_type: Option<String>,
    /// The public half; made up when absent at creation, kept when absent later.
    pub key: Option<String>,
    /// The secret half; made up when absent at creation, kept when absent later.
    pub secret: Option<SecretKey>,
    /// The algorithm of type `aes`, which needs one, and never another later.
    pub algorithm: Option<String>,
}

/// A signature key with its secret in the clear, for the owner's eyes.
#[derive(Debug, Clone)]
pub struct OpenSignatureKey {
    /// The key.
    pub signature_key: SignatureKey,
    /// Its secret half.
    pub secret: SecretKey,
}
