//! What the data plane signs with.

use crate::support::House;
use countersign_control::SignatureKey;
use countersign_control::instances::features::FeatureState;
use countersign_control::signature_keys::{OpenSignatureKey, SignatureKeyDraft};
use countersign_snapshot::Snapshot;
use countersign_snapshot::source::{Identity, SignatureScheme};
use countersign_types::{PublishId, SecretKey};

fn key(house: &House, sign_type: &str, secret: &str) -> OpenSignatureKey {
    let draft = SignatureKeyDraft {
        name: format!("{sign_type}_key"),
        sign_type: Some(sign_type.to_owned()),
        key: Some("access_key".to_owned()),
        secret: Some(SecretKey::new(secret)),
        algorithm: None,
    };
    house.control.create_signature_key(&house.at, &draft).unwrap()
}

fn online(house: &House) -> PublishId {
    let api = house.create(house.mock("api"));
    house.online(&api.id).publish_id
}

/// Scheme and halves of what the one API is signed with.
fn signed_with(house: &House) -> Option<(SignatureScheme, String, String)> {
    let signature = house.served(&house.group.id).remove(0).signature?;
    Some((signature.scheme, signature.key, signature.secret.expose().to_owned()))
}

#[test]
fn the_key_that_is_bound_reaches_the_data_plane_as_it_is_now() {
    let house = House::new();
    let publication = online(&house);
    assert_eq!(signed_with(&house), None);
    let (at, control) = (&house.at, &house.control);
    let (hmac, basic) = (key(&house, "hmac", "0123456789-hmac!"), key(&house, "basic", "password"));
    for (open, scheme, secret) in
        [(&hmac, SignatureScheme::Hmac, "0123456789-hmac!"), (&basic, SignatureScheme::Basic, "password")]
    {
        control.bind::<SignatureKey>(at, &open.signature_key.id, std::slice::from_ref(&publication)).unwrap();
        assert_eq!(signed_with(&house), Some((scheme, "access_key".to_owned(), secret.to_owned())));
    }
    let rotated = SignatureKeyDraft {
        name: "rotated".to_owned(),
        key: Some("next_key".to_owned()),
        secret: Some(SecretKey::new("next_secret")),
        ..SignatureKeyDraft::default()
    };
    control.update_signature_key(at, &basic.signature_key.id, &rotated).unwrap();
    let next = (SignatureScheme::Basic, "next_key".to_owned(), "next_secret".to_owned());
    assert_eq!(signed_with(&house), Some(next));
    Snapshot::compile(&control.compile(Identity::default()).unwrap()).unwrap();
}

#[test]
fn a_key_is_never_stored_in_the_clear() {
    let house = House::new();
    let open = key(&house, "hmac", "0123456789-hmac!");
    let context = format!("signature_key/{}/{}:", house.at.id, open.signature_key.id);
    assert!(open.signature_key.sealed_secret.starts_with(&context), "{}", open.signature_key.sealed_secret);
    assert!(!format!("{:?}", open.secret).contains("0123"));
    // Moved to another record, it does not open.
    let other = key(&house, "basic", "password").signature_key;
    let moved = SignatureKey { sealed_secret: open.signature_key.sealed_secret, ..other };
    assert!(house.control.open_signature_key(moved).is_err());
}

#[test]
fn a_header_for_signatures_that_cannot_carry_them_is_left_out() {
    let house = House::new();
    let header = |config: &str, state| {
        house.control.set_feature(&house.at, "custom_auth_header", state, Some(config)).unwrap();
        let gateway = house.control.compile(Identity::default()).unwrap().gateways.remove(0);
        gateway.features.backend_sign_header
    };
    let good = r#"{"app_auth_header":"","backend_sign_header":"X-Backend"}"#;
    assert_eq!(header(good, FeatureState::On), Some("X-Backend".to_owned()));
    assert_eq!(header(good, FeatureState::Off), None);
    for name in ["", "a b", "Host", "X-Sdk-Date", "Content-Length"] {
        let config = serde_json::json!({ "backend_sign_header": name }).to_string();
        assert_eq!(header(&config, FeatureState::On), None, "{name}");
    }
    for config in ["", "not json", "[]", r#"{"backend_sign_header":7}"#] {
        assert_eq!(header(config, FeatureState::On), None, "{config}");
    }
}
