//! Which tokens hold, and that no others do.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod support;

use countersign_oidc::{Audience, KeySet, Refused, verify};
use countersign_types::Timestamp;
use serde_json::{Value, json};
use support::{Key, ed25519, es256, es384, ps512, rs256};

const NOW: u64 = 1_700_000_000;
const EXPECTED: Audience<'_> = Audience { issuer: "https://idp.example.com", client_id: "countersign" };

fn claims() -> Value {
    json!({
        "iss": "https://idp.example.com",
        "sub": "ada",
        "aud": "countersign",
        "iat": NOW,
        "exp": NOW + 300,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn keys(list: &[Value]) -> KeySet {
    KeySet::parse(&json!({ "keys": list }).to_string()).unwrap()
}

/// The subject of the token, checked against this key under the id `one`.
fn check(key: &Key, alg: &str, token: &str, now: u64) -> Result<String, Refused> {
    let keys = keys(&[key.public("one", alg)]);
    verify(token, &keys, &EXPECTED, Timestamp::from_unix(now)).map(|token| token.subject)
}

/// What becomes of a token of the provider's own with these claims.
fn outcome(claims: &Value) -> Result<String, Refused> {
    let key = ed25519();
    check(&key, "EdDSA", &key.issue("one", "EdDSA", claims), NOW)
}

#[test]
fn tokens_of_every_kind_of_key_hold() {
    let kinds: [(Key, &str); 5] = [
        (rs256(), "RS256"),
        (ps512(), "PS512"),
        (es256(), "ES256"),
        (es384(), "ES384"),
        (ed25519(), "EdDSA"),
    ];
    for (key, alg) in kinds {
        let token = key.issue("one", alg, &claims());
        assert_eq!(check(&key, alg, &token, NOW), Ok("ada".to_owned()), "{alg}");
        let eves = key.issue("one", alg, &with("sub", json!("eve")));
        let [payload, wanted] = [&token, &eves].map(|token| token.split('.').nth(1).unwrap());
        let altered = token.replace(payload, wanted);
        assert_eq!(check(&key, alg, &altered, NOW), Err(Refused::Signature), "{alg}");
    }
}

#[test]
fn the_algorithm_is_the_keys_whatever_the_token_says() {
    let key = rs256();
    for alg in ["RS384", "PS256", "ES256", "HS256", "none", "None", "rs256", ""] {
        let token = key.issue("one", alg, &claims());
        assert_eq!(check(&key, "RS256", &token, NOW), Err(Refused::Algorithm), "{alg}");
    }
}

#[test]
fn a_token_without_a_signature_is_refused() {
    let key = es256();
    for alg in ["none", "NONE", "ES256"] {
        let token = Key::Nothing.issue("one", alg, &claims());
        assert!(check(&key, "ES256", &token, NOW).is_err(), "{alg}");
    }
}

#[test]
fn the_public_key_is_no_secret_to_sign_with() {
    for (key, alg) in [(rs256(), "RS256"), (es256(), "ES256"), (ed25519(), "EdDSA")] {
        let text = key.public("one", alg).to_string();
        for secret in [key.public_bytes(), text.into_bytes(), Vec::new()] {
            let forger = Key::Known(secret);
            assert_eq!(
                check(&key, alg, &forger.issue("one", "HS256", &claims()), NOW),
                Err(Refused::Algorithm)
            );
            assert_eq!(check(&key, alg, &forger.issue("one", alg, &claims()), NOW), Err(Refused::Signature));
        }
    }
}

#[test]
fn a_signature_by_a_key_of_another_kind_is_refused() {
    let (rsa, point, edwards) = (rs256(), es256(), ed25519());
    let all = keys(&[rsa.public("rsa", "RS256"), point.public("ec", "ES256"), edwards.public("ed", "EdDSA")]);
    for (signer, alg) in [(&rsa, "RS256"), (&point, "ES256"), (&edwards, "EdDSA")] {
        for id in ["rsa", "ec", "ed"] {
            let token = signer.issue(id, alg, &claims());
            let held = verify(&token, &all, &EXPECTED, Timestamp::from_unix(NOW)).is_ok();
            assert_eq!(held, matches!((id, alg), ("rsa", "RS256") | ("ec", "ES256") | ("ed", "EdDSA")));
        }
    }
}

#[test]
fn only_a_key_of_the_set_counts() {
    let (key, other) = (ed25519(), ed25519());
    assert_eq!(check(&key, "EdDSA", &other.issue("one", "EdDSA", &claims()), NOW), Err(Refused::Signature));
    for id in ["two", "", "../one", "one' OR '1'='1", "/dev/null", "one\0", "ONE"] {
        assert_eq!(check(&key, "EdDSA", &key.issue(id, "EdDSA", &claims()), NOW), Err(Refused::UnknownKey));
    }
}

#[test]
fn keys_in_the_header_are_not_looked_at() {
    let (key, forger) = (ed25519(), ed25519());
    let header = json!({
        "alg": "EdDSA",
        "kid": "one",
        "jwk": forger.public("one", "EdDSA"),
        "jku": "https://evil.example.com/keys",
        "x5u": "https://evil.example.com/chain",
    });
    let token = forger.token(header.to_string().as_bytes(), claims().to_string().as_bytes());
    assert_eq!(check(&key, "EdDSA", &token, NOW), Err(Refused::Signature));
}

#[test]
fn a_token_that_names_no_key_needs_a_set_of_one() {
    let (key, other) = (ed25519(), ed25519());
    let token = key.token(br#"{"alg": "EdDSA"}"#, claims().to_string().as_bytes());
    assert!(check(&key, "EdDSA", &token, NOW).is_ok());
    let two = keys(&[key.public("one", "EdDSA"), other.public("two", "EdDSA")]);
    let refused = verify(&token, &two, &EXPECTED, Timestamp::from_unix(NOW)).unwrap_err();
    assert_eq!(refused, Refused::UnknownKey);
}

#[test]
fn headers_that_ask_for_more_are_refused() {
    let key = ed25519();
    let headers = [
        r#"{"alg": "EdDSA", "kid": "one", "typ": "at+jwt"}"#,
        r#"{"alg": "EdDSA", "kid": "one", "typ": "logout+jwt"}"#,
        r#"{"alg": "EdDSA", "kid": "one", "typ": 1}"#,
        r#"{"alg": "EdDSA", "kid": "one", "crit": ["exp"]}"#,
        r#"{"alg": "EdDSA", "kid": 1}"#,
        r#"{"alg": ["EdDSA"], "kid": "one"}"#,
        r#"{"kid": "one"}"#,
        r#"{"alg": "none", "alg": "EdDSA", "kid": "one"}"#,
        r#"["EdDSA"]"#,
        "{",
    ];
    for header in headers {
        let token = key.token(header.as_bytes(), claims().to_string().as_bytes());
        assert_eq!(check(&key, "EdDSA", &token, NOW), Err(Refused::Malformed), "{header}");
    }
}

#[test]
fn a_token_is_only_for_its_audience_and_of_its_issuer() {
    for aud in [json!("countersign"), json!(["x", "countersign"])] {
        assert!(outcome(&with("aud", aud)).is_ok());
    }
    for aud in
        [json!("Countersign"), json!(["x"]), json!([]), json!([["countersign"]]), json!({"countersign": 1})]
    {
        assert_eq!(outcome(&with("aud", aud)), Err(Refused::Audience));
    }
    assert_eq!(outcome(&with("azp", json!("other"))), Err(Refused::Audience));
    assert!(outcome(&with("azp", json!("countersign"))).is_ok());
    for iss in ["https://idp.example.com/", "http://idp.example.com", "https://idp.example.com.evil.com", ""]
    {
        assert_eq!(outcome(&with("iss", json!(iss))), Err(Refused::Issuer), "{iss}");
    }
}

#[test]
fn a_token_holds_from_its_start_to_its_end_with_a_minute_of_leeway() {
    let key = ed25519();
    let token = key.issue("one", "EdDSA", &with("nbf", json!(NOW + 100)));
    let at = |now| check(&key, "EdDSA", &token, now).err();
    assert_eq!(at(NOW + 39), Some(Refused::NotYetValid));
    assert_eq!(at(NOW + 40), None);
    assert_eq!(at(NOW + 359), None);
    assert_eq!(at(NOW + 360), Some(Refused::Expired));
    assert_eq!(outcome(&with("iat", json!(NOW + 61))), Err(Refused::NotYetValid));
    assert!(outcome(&with("exp", json!(NOW as f64 + 0.5))).is_ok());
}

#[test]
fn claims_that_are_missing_or_of_the_wrong_type_are_refused() {
    for name in ["iss", "sub", "aud", "iat", "exp"] {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(name);
        assert_eq!(outcome(&claims), Err(Refused::Malformed), "{name}");
    }
    let long = "x".repeat(256);
    let wrong = [
        ("exp", json!("1700000300")),
        ("exp", json!(-1)),
        ("exp", json!(1e300)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(null)),
        ("exp", json!(NOW - 1)),
        ("iat", json!([NOW])),
        ("nbf", json!("soon")),
        ("iss", json!(["https://idp.example.com"])),
        ("sub", json!(1)),
        ("sub", json!("")),
        ("sub", json!("a\u{0}b")),
        ("sub", json!(long)),
    ];
    for (name, value) in wrong {
        assert_eq!(outcome(&with(name, value.clone())), Err(Refused::Malformed), "{name} {value}");
    }
}

#[test]
fn a_payload_that_can_be_read_in_two_ways_is_refused() {
    let key = ed25519();
    let good = claims().to_string();
    let twice = good.replacen('{', r#"{"sub": "eve","#, 1);
    let deep = good.replacen('{', r#"{"x": {"a": 1, "a": 2},"#, 1);
    let not_text = good.replace("ada", "a\u{fffd}").into_bytes();
    let not_text: Vec<u8> = not_text.iter().copied().filter(|byte| *byte != 0xbf).collect();
    let nested = [b"{\"x\":".as_slice(), &b"[".repeat(2_000)].concat();
    for payload in [twice.as_bytes(), deep.as_bytes(), &not_text, &nested, b"", b"null", b"[]"] {
        let token = key.token(br#"{"alg": "EdDSA", "kid": "one"}"#, payload);
        assert_eq!(check(&key, "EdDSA", &token, NOW), Err(Refused::Malformed));
    }
}

#[test]
fn tokens_of_the_wrong_form_are_refused() {
    let key = ed25519();
    let good = key.issue("one", "EdDSA", &claims());
    let parts: Vec<_> = good.split('.').collect();
    let json = format!(r#"{{"payload": "{}", "protected": "{}"}}"#, parts[1], parts[0]);
    let wrong = [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "a.b.c".into(),
        "é.é.é".into(),
        json,
        good.replace('.', ""),
        format!(" {good}"),
        format!("{}=.{}.{}", parts[0], parts[1], parts[2]),
    ];
    for token in wrong {
        assert_eq!(check(&key, "EdDSA", &token, NOW), Err(Refused::Malformed), "{token}");
    }
    for token in
        [format!("{good}."), format!("{good}\n"), format!("{good}="), format!("{}.{}.", parts[0], parts[1])]
    {
        assert_eq!(check(&key, "EdDSA", &token, NOW), Err(Refused::Signature), "{token}");
    }
    let padded = key.issue("one", "EdDSA", &with("pad", json!("x".repeat(8 * 1024))));
    assert_eq!(check(&key, "EdDSA", &padded, NOW), Err(Refused::TooLarge));
}
