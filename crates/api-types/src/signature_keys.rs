//! Signature keys and their bindings.

use serde::{Deserialize, Serialize};

/// Body of creating or changing a signature key.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureKeyDraft {
    /// Its name, 3 to 64 characters.
    pub name: Option<String>,
    /// `hmac`, `basic`, `public_key` or `aes`.
    pub sign_type: Option<String>,
    /// Its public half.
    pub sign_key: Option<String>,
    /// Its secret half.
    pub sign_secret: Option<String>,
    /// `aes-128-cfb` or `aes-256-cfb`, for the type `aes` alone.
    pub sign_algorithm: Option<String>,
}

/// A signature key as its owner sees it.
#[derive(Serialize)]
pub struct SignatureKeyView {
    /// Its name.
    pub name: String,
    /// Its type.
    pub sign_type: String,
    /// Its public half.
    pub sign_key: String,
    /// Its secret half.
    pub sign_secret: String,
    /// Its algorithm; empty for all types but `aes`.
    pub sign_algorithm: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// Its id.
    pub id: String,
}

/// A signature key in a list.
#[derive(Serialize)]
pub struct ListedSignatureKeyView {
    /// The key.
    #[serde(flatten)]
    pub key: SignatureKeyView,
    /// How many publications it is bound to.
    pub bind_num: usize,
    /// Not used.
    pub ldapi_bind_num: usize,
}

/// Body of binding a signature key.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureKeyBind {
    /// The key.
    pub sign_id: Option<String>,
    /// The publications.
    pub publish_ids: Option<Vec<String>>,
}

/// Answer to binding a signature key.
#[derive(Serialize)]
pub struct SignatureKeyBindingsView {
    /// One entry a publication.
    pub bindings: Vec<BoundSignatureKeyView>,
}

/// A publication that a signature key is bound to.
#[derive(Debug, Clone, Serialize)]
pub struct SignedApiView {
    /// The publication.
    pub publish_id: String,
    /// The API.
    pub api_id: String,
    /// Name of the API's group.
    pub group_name: String,
    /// When it was bound, RFC 3339.
    pub binding_time: String,
    /// The environment.
    pub env_id: String,
    /// Name of the environment.
    pub env_name: String,
    /// 1 public, 2 private.
    pub api_type: u8,
    /// The API's name.
    pub api_name: String,
    /// Id of the binding.
    pub id: String,
    /// Free text of the API.
    pub api_remark: String,
    /// The key.
    pub sign_id: String,
    /// The key's name.
    pub sign_name: String,
    /// Method of the API.
    pub req_method: String,
    /// Tags of the API.
    pub tags: Vec<String>,
}

/// A signature key that is bound to a publication.
#[derive(Serialize)]
pub struct BoundSignatureKeyView {
    /// Where it is bound.
    #[serde(flatten)]
    pub at: SignedApiView,
    /// The key's public half.
    pub sign_key: String,
    /// The key's secret half.
    pub sign_secret: String,
    /// The key's type.
    pub sign_type: String,
}

/// A publication that a signature key is not bound to.
#[derive(Debug, Clone, Serialize)]
pub struct UnsignedApiView {
    /// How the API authenticates.
    pub auth_type: String,
    /// Name of the environment.
    pub run_env_name: String,
    /// Name of the API's group.
    pub group_name: String,
    /// The publication.
    pub publish_id: String,
    /// The API's group.
    pub group_id: String,
    /// The API's name.
    pub name: String,
    /// Free text of the API.
    pub remark: String,
    /// The environment.
    pub run_env_id: String,
    /// The API.
    pub id: String,
    /// Path of the API.
    pub req_uri: String,
    /// Tags of the API.
    pub tags: Vec<String>,
    /// 1 public, 2 private.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Name of the key that is bound there; empty when there is none.
    pub signature_name: String,
    /// Method of the API.
    pub req_method: String,
}
