//! Mistakes of the key pair, the security token and the derivation of keys.

use crate::Spoiled;
use crate::client::{ACCESS_KEY, Case, SECRET, hmac_sha256, sha256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use countersign_diagnosis::Kind;
use countersign_types::{AccessKeyId, SecretKey};
use countersign_verify::Key;

const SCOPE: &str = "20250102/region-1/service";

/// HKDF with one block; `secret` as input, access key as salt, scope as info.
fn hkdf() -> Vec<u8> {
    let extracted = hmac_sha256(ACCESS_KEY.as_bytes(), SECRET.as_bytes());
    hmac_sha256(&extracted, format!("{SCOPE}\x01").as_bytes())
}

fn scoped(case: &mut Case) {
    case.signing.token = "V11-HMAC-SHA256".to_owned();
    case.credential = format!("Credential={ACCESS_KEY}/{SCOPE}");
    case.signing.string_to_sign = |signing, canonical| {
        format!("{}\n{}\n{SCOPE}\n{}", signing.token, signing.date, sha256(canonical.as_bytes()))
    };
}

pub(crate) const CASES: &[Spoiled] = &[
    ("access-key-unknown", |case| case.credential = "Access=ANOTHER".to_owned()),
    ("access-key-unknown", |case| case.known.has_key = false),
    ("keys-swapped", |case| {
        case.credential = format!("Access={SECRET}");
        case.key = ACCESS_KEY.into();
    }),
    ("access-key-as-secret", |case| case.key = ACCESS_KEY.into()),
    ("another-keys-secret", |case| {
        case.key = b"the secret of the second key".to_vec();
        let id = AccessKeyId::parse("SECOND").unwrap();
        case.known.others.push(Key::new(id, SecretKey::new("the secret of the second key")));
    }),
    ("app-key-on-iam-api", |case| case.known.kinds = Some((Kind::App, Kind::Iam))),
    ("iam-key-on-app-api", |case| case.known.kinds = Some((Kind::Iam, Kind::App))),
    ("security-token-missing", |case| case.known.security_token = Some("token".to_owned())),
    ("security-token-missing", |case| {
        case.known.has_key = false;
        case.credential = "Access=HSTA1234567890ABCDEF".to_owned();
    }),
    ("security-token-not-sent", |case| {
        case.known.security_token = Some("token".to_owned());
        case.sign("X-Security-Token", "token");
    }),
    ("security-token-of-another-key", |case| {
        case.known.security_token = Some("token".to_owned());
        case.sign_and_send("X-Security-Token", "another");
    }),
    ("secret-with-blank", |case| case.key = format!("{SECRET}\n").into()),
    ("secret-with-blank", |case| case.key = format!(" {SECRET}").into()),
    ("secret-with-blank", |case| case.known.secret = format!("{SECRET}\r\n")),
    ("secret-with-quotes", |case| case.key = format!("\"{SECRET}\"").into()),
    ("secret-with-quotes", |case| case.known.secret = format!("'{SECRET}'")),
    ("secret-base64-decoded", |case| case.key = STANDARD.decode(SECRET).unwrap()),
    ("secret-base64-encoded", |case| case.key = STANDARD.encode(SECRET).into()),
    ("secret-hex-decoded", |case| {
        case.known.secret = "00ff".repeat(16);
        case.key = [0, 255].repeat(16);
    }),
    ("secret-hex-encoded", |case| case.key = hex::encode(SECRET).into()),
    ("secret-percent-encoded", |case| {
        case.known.secret = "a+b/c=".to_owned();
        case.key = b"a%2Bb%2Fc%3D".to_vec();
    }),
    ("secret-percent-encoded", |case| {
        case.known.secret = "a%2Bb%2Fc%3D".to_owned();
        case.key = b"a+b/c=".to_vec();
    }),
    ("secret-case-changed", |case| case.key = SECRET.to_lowercase().into()),
    ("secret-with-prefix", |case| case.key = format!("AWS4{SECRET}").into()),
    ("legacy-derivation", |case| {
        let day = hmac_sha256(format!("SDK{SECRET}").as_bytes(), b"20250102");
        let service = hmac_sha256(&hmac_sha256(&day, b"region-1"), b"service");
        case.key = hmac_sha256(&service, b"sdk_request");
        case.credential = format!("Credential={ACCESS_KEY}/{SCOPE}/sdk_request");
        case.signing.string_to_sign = |signing, canonical| {
            let scope = format!("{SCOPE}/sdk_request");
            format!("{}\n{}\n{scope}\n{}", signing.token, signing.date, sha256(canonical.as_bytes()))
        };
    }),
    ("derived-key-for-plain", |case| {
        case.key = hex::encode(hkdf()).into();
        case.credential = format!("Credential={ACCESS_KEY}/{SCOPE}");
    }),
    ("derived-key-for-plain", |case| {
        let extracted = hmac_sha256(ACCESS_KEY.as_bytes(), SECRET.as_bytes());
        let key = hmac_sha256(&extracted, b"20250102/region-1/iotda\x01");
        case.key = hex::encode(key).into();
        case.send("Host", "iotda.region-1.example.com");
        case.signing.set("host", "iotda.region-1.example.com");
    }),
    ("plain-key-for-derived", scoped),
    ("plain-key-for-derived", |case| {
        scoped(case);
        case.key = hkdf();
    }),
    ("verifies", |case| {
        scoped(case);
        case.key = hex::encode(hkdf()).into();
    }),
    ("scope-line", |case| {
        let right = case.signing.string_to_sign;
        scoped(case);
        case.key = hex::encode(hkdf()).into();
        case.signing.string_to_sign = right;
    }),
];
