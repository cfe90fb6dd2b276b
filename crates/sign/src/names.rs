//! Header names and literals of the protocol (§2, §6).

/// Carries algorithm, access key, signed header names and signature.
pub const AUTHORIZATION: &str = "Authorization";
/// The authority the request is for.
pub const HOST: &str = "Host";
/// Signing time, `yyyyMMdd'T'HHmmss'Z'`.
pub const DATE: &str = "X-Sdk-Date";
/// Declared payload hash of the SHA-256 algorithms.
pub const CONTENT_SHA256: &str = "X-Sdk-Content-Sha256";
/// Declared payload hash of the SM3 algorithms.
pub const CONTENT_SM3: &str = "X-Sdk-Content-Sm3";
/// Accompanies a temporary key pair.
pub const SECURITY_TOKEN: &str = "X-Security-Token";
/// Project scope.
pub const PROJECT_ID: &str = "X-Project-Id";
/// Domain scope.
pub const DOMAIN_ID: &str = "X-Domain-Id";
/// Declares that the signature does not cover the body.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Names that intermediaries add, drop or rewrite: a signature over them would not survive the way (§7.3). In lower
/// case.
pub const REWRITTEN: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Names that only the signer may add, in lower case.
pub const RESERVED: [&str; 4] = ["authorization", "x-sdk-date", "x-sdk-content-sha256", "x-sdk-content-sm3"];
