//! Another key than the secret, or one derived from it.

use super::Guess;
use super::escape::{decoded, encoded};
use crate::Mistake;
use crate::draft::{Draft, Seal};
use crate::evidence::Evidence;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use countersign_sign::escape::UNRESERVED;
use countersign_sign::{Algorithm, Hash, HmacSha256, Key, SigningKey, names};
use std::rc::Rc;
use zeroize::Zeroizing;

const PREFIXES: [&str; 4] = ["SDK", "AWS4", "HWS", "TC3"];
/// Most other keys of a user that are tried.
const OTHERS_MAX: usize = 16;

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let Some(key) = evidence.situation.key else { return Vec::new() };
    let secret = key.secret().expose();
    let sealed = |(mistake, key): (Mistake, Zeroizing<Vec<u8>>)| {
        Guess::new(mistake, draft.with(|draft| draft.seal = Seal::Hmac(Rc::new(key))))
    };
    let mut guesses = Vec::new();
    guesses.extend(others(evidence, draft));
    if draft.scope.is_none() {
        let access_key = Zeroizing::new(key.access_key().as_str().as_bytes().to_vec());
        let changed = misread(secret).into_iter().chain(reencoded(secret));
        guesses.extend(changed.filter(|(_, key)| key.as_slice() != secret.as_bytes()).map(sealed));
        guesses.push(sealed((Mistake::AccessKeyAsSecret, access_key)));
    }
    guesses.extend(derived(evidence, draft, key));
    guesses
}

/// Other keys of the same user, and that of the other kind.
fn others(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let keys = evidence.situation.others.iter().take(OTHERS_MAX);
    let guess = |other: &Key| {
        let seal = match other.signing_key(evidence.algorithm, evidence.claimed.scope).ok()? {
            SigningKey::HmacSha256(key) => Seal::Prepared(Rc::new(key)),
            SigningKey::HmacSm3(secret) => Seal::hmac(secret.expose().as_bytes()),
            SigningKey::EcdsaP256(_) | SigningKey::Sm2(_) => return None,
        };
        let name = other.access_key().as_str().as_bytes();
        Some(Guess::about(Mistake::AnotherKeysSecret, name, draft.with(|draft| draft.seal = seal)))
    };
    keys.filter_map(guess).collect()
}

type Secret = (Mistake, Zeroizing<Vec<u8>>);

/// The secret as files, forms and shells spoil it.
fn misread(secret: &str) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let mut put = |mistake, text: String| secrets.push((mistake, Zeroizing::new(text.into_bytes())));
    for (before, after) in
        [("", "\n"), ("", "\r\n"), ("", "\r"), ("", " "), (" ", ""), ("", "\t"), ("\t", ""), (" ", " ")]
    {
        put(Mistake::SecretWithBlank, format!("{before}{secret}{after}"));
    }
    put(Mistake::SecretWithBlank, secret.trim().to_owned());
    for quote in ["\"", "'", "`"] {
        put(Mistake::SecretWithQuotes, format!("{quote}{secret}{quote}"));
    }
    put(Mistake::SecretWithQuotes, secret.trim_matches(['"', '\'', '`']).to_owned());
    put(Mistake::SecretCaseChanged, secret.to_ascii_lowercase());
    put(Mistake::SecretCaseChanged, secret.to_ascii_uppercase());
    for prefix in PREFIXES {
        put(Mistake::SecretWithPrefix, format!("{prefix}{secret}"));
    }
    secrets
}

/// The secret in another encoding.
fn reencoded(secret: &str) -> Vec<Secret> {
    let bytes = secret.as_bytes();
    let known = |mistake, key: Vec<u8>| (mistake, Zeroizing::new(key));
    let from_base64 =
        [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE].into_iter().find_map(|engine| engine.decode(bytes).ok());
    let mut secrets = vec![
        known(Mistake::SecretBase64Encoded, STANDARD.encode(bytes).into_bytes()),
        known(Mistake::SecretHexEncoded, hex::encode(bytes).into_bytes()),
        known(Mistake::SecretPercentEncoded, encoded(&UNRESERVED, bytes)),
        known(Mistake::SecretPercentEncoded, decoded(bytes)),
    ];
    secrets.extend(hex::decode(bytes).ok().map(|key| known(Mistake::SecretHexDecoded, key)));
    secrets.extend(from_base64.map(|key| known(Mistake::SecretBase64Decoded, key)));
    secrets
}

/// Keys derived where none should be, derived otherwise, or not derived.
fn derived(evidence: &Evidence<'_>, draft: &Draft, key: &Key) -> Vec<Guess> {
    let secret = key.secret().expose().as_bytes();
    let mut guesses = Vec::new();
    if draft.scope.is_some() {
        let plain = draft.with(|draft| draft.seal = Seal::hmac(secret));
        guesses.push(Guess::new(Mistake::PlainKeyForDerived, plain));
        let bytes =
            draft.with(|draft| draft.seal = Seal::hmac(expanded(key, evidence.claimed.scope).as_slice()));
        guesses.push(Guess::new(Mistake::PlainKeyForDerived, bytes));
    } else if draft.hash == Hash::Sha256 {
        for scope in scopes(evidence) {
            guesses.extend(scoped(draft, key, &scope));
        }
    }
    guesses.extend(legacy(evidence, draft, secret));
    guesses
}

/// The scopes that a client may have derived for: the one written, or what the host's labels suggest.
fn scopes(evidence: &Evidence<'_>) -> Vec<String> {
    let day =
        evidence.value(names::DATE).and_then(|date| str::from_utf8(date.get(..8)?).ok()).unwrap_or_default();
    let host = evidence.value(names::HOST).and_then(|host| str::from_utf8(host).ok()).unwrap_or_default();
    let mut labels = host.split('.');
    let (service, region) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    let mut scopes = vec![evidence.claimed.scope.to_owned()];
    scopes.extend([format!("{day}/{region}/{service}"), format!("{day}/globe/{service}")]);
    scopes.retain(|scope| scope.split('/').filter(|part| !part.is_empty()).count() == 3);
    scopes
}

/// Derived for a scope, under the plain name: with the line of the scope or without.
fn scoped(draft: &Draft, key: &Key, scope: &str) -> Vec<Guess> {
    let Ok(SigningKey::HmacSha256(derived)) = key.signing_key(Algorithm::V11HmacSha256, scope) else {
        return Vec::new();
    };
    let sealed = draft.with(|draft| draft.seal = Seal::Prepared(Rc::new(derived)));
    let with_line = sealed.with(|draft| draft.scope = Some(scope.as_bytes().to_vec()));
    let named = with_line.with(|draft| draft.token = Algorithm::V11HmacSha256.token());
    [sealed, with_line, named]
        .map(|draft| Guess::about(Mistake::DerivedKeyForPlain, scope.as_bytes(), draft))
        .into()
}

/// The 32 bytes that the V11 key is the hex form of (§4.2).
fn expanded(key: &Key, scope: &str) -> Zeroizing<[u8; 32]> {
    let secret = key.secret().expose().as_bytes();
    let extracted = Zeroizing::new(HmacSha256::new(key.access_key().as_str().as_bytes()).code(&[secret]));
    Zeroizing::new(HmacSha256::new(extracted.as_slice()).code(&[scope.as_bytes(), &[1]]))
}

/// The older chain of keys (§4.5), and that of the clouds that it resembles.
fn legacy(evidence: &Evidence<'_>, draft: &Draft, secret: &[u8]) -> Vec<Guess> {
    let scope = evidence.claimed.scope;
    let parts: Vec<&str> = scope.split('/').collect();
    if parts.len() < 3 || draft.hash != Hash::Sha256 {
        return Vec::new();
    }
    let guess = |prefix: &str| {
        let first = Zeroizing::new([prefix.as_bytes(), secret].concat());
        let chain = parts
            .iter()
            .fold(first, |key, part| Zeroizing::new(HmacSha256::new(&key).code(&[part.as_bytes()]).to_vec()));
        let change = |draft: &mut Draft| {
            draft.seal = Seal::Hmac(Rc::new(chain));
            draft.scope = Some(scope.as_bytes().to_vec());
        };
        Guess::new(Mistake::LegacyDerivation, draft.with(change))
    };
    ["SDK", "AWS4", ""].map(guess).into()
}
