//! What opens and, above all, what does not.

use crate::codec::{Reader, Writer};
use crate::*;
use countersign_types::{AgencyId, DomainId, ProjectId, RoleId, Timestamp, Token, UserId};
use proptest::prelude::*;

pub(crate) const NOW: u64 = 1_700_000_000;
const NONCE: [u8; 24] = [9; 24];
const HEX: &str = "0123456789abcdef0123456789abcdef";

fn key(id: u32) -> TokenKey {
    TokenKey::from_secret(KeyId(id), [u8::try_from(id).unwrap(); SECRET_BYTES])
}

pub(crate) fn ring() -> Keyring {
    Keyring::new(key(1), [])
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix(seconds)
}

pub(crate) fn claims() -> Claims {
    Claims {
        subject: Subject::User(UserId::parse(HEX).unwrap()),
        epoch: 3,
        domain_id: DomainId::parse(HEX).unwrap(),
        scope: Scope::Project(ProjectId::parse(HEX).unwrap()),
        methods: Methods::PASSWORD,
        lifetime: Lifetime { issued: at(NOW), expires: at(NOW + 60) },
        audit_id: AuditId([5; 16]),
        chain: AuditId([6; 16]),
        assumed_by: None,
        only: None,
    }
}

fn delegated() -> Claims {
    Claims {
        subject: Subject::Agency(AgencyId::parse("no-hex").unwrap()),
        scope: Scope::Domain(DomainId::parse(&HEX.to_uppercase()).unwrap()),
        methods: Methods::ASSUME_ROLE.and(Methods::TOKEN),
        assumed_by: Some(Assumer {
            user_id: UserId::parse("x").unwrap(),
            domain_id: DomainId::parse(&"y".repeat(64)).unwrap(),
            epoch: u32::MAX,
        }),
        only: OnlyRoles::new(vec![RoleId::parse(HEX).unwrap(), RoleId::parse("x").unwrap()]),
        ..claims()
    }
}

fn open(ring: &Keyring, token: &Token) -> Result<Verified, Error> {
    ring.opening_keys().open(token.expose(), at(NOW))
}

#[test]
fn claims_of_every_form_survive_the_round_trip() {
    for scope in [Scope::Unscoped, claims().scope, delegated().scope] {
        for claims in [claims(), delegated()] {
            let claims = Claims { scope: scope.clone(), ..claims };
            let token = ring().issue(&claims, NONCE);
            assert_eq!(open(&ring(), &token).unwrap().claims(), &claims);
        }
    }
}

#[test]
fn claims_with_the_longest_ids_open() {
    let long = "z".repeat(64);
    let claims = Claims {
        subject: Subject::Agency(AgencyId::parse(&long).unwrap()),
        domain_id: DomainId::parse(&long).unwrap(),
        scope: Scope::Project(ProjectId::parse(&long).unwrap()),
        assumed_by: Some(Assumer {
            user_id: UserId::parse(&long).unwrap(),
            domain_id: DomainId::parse(&long).unwrap(),
            epoch: 0,
        }),
        only: OnlyRoles::new(vec![RoleId::parse(&long).unwrap(); 8]),
        ..claims()
    };
    let made = ring().issue_temporary(claims, Session::new(&long).unwrap(), NONCE);
    assert!(ring().opening_keys().open_temporary(made.security_token.expose(), at(NOW)).is_ok());
}

#[test]
fn a_project_token_fits_into_300_characters() {
    let length = ring().issue(&claims(), NONCE).expose().len();
    assert!(length <= 300, "{length}");
}

#[test]
fn a_credential_names_no_more_than_eight_roles() {
    let role = RoleId::parse(HEX).unwrap();
    assert!(OnlyRoles::new(vec![role.clone(); 8]).is_some());
    assert!(OnlyRoles::new(vec![role; 9]).is_none());
}

#[test]
fn an_application_credential_is_the_name_of_its_chain() {
    let methods = Methods::APPLICATION_CREDENTIAL.and(Methods::TOKEN);
    let by_credential = Claims { methods, ..claims() };
    assert_eq!(by_credential.application_credential(), Some(claims().chain));
    assert_eq!(claims().application_credential(), None);
    assert_eq!(AuditId::parse(&claims().chain.to_string()), Some(claims().chain));
}

#[test]
fn what_a_newer_issuer_might_mean_by_unknown_flags_and_methods_is_refused() {
    let mut content = Writer::new();
    claims().write(&mut content);
    let bytes = content.finish();
    assert!(Claims::read(&mut Reader(&bytes)).is_some());
    for (byte, bit) in [(0, 2), (0, 3), (0, 4), (1, 7), (2, 7)] {
        let mut altered = bytes.clone();
        altered[byte] |= 1 << bit;
        assert!(Claims::read(&mut Reader(&altered)).is_none(), "{bit} of {byte}");
    }
}

#[test]
fn a_token_holds_until_the_moment_it_expires() {
    let token = ring().issue(&claims(), NONCE);
    let last = Timestamp::from_unix_nanos(NOW + 59, 999_999_999);
    assert!(ring().opening_keys().open(token.expose(), last).is_ok());
    assert_eq!(ring().opening_keys().open(token.expose(), at(NOW + 60)).unwrap_err(), Error::Expired);
}

#[test]
fn every_key_of_the_ring_opens_and_a_removed_one_does_not() {
    let old = Keyring::new(key(1), [key(2).opening().clone()]).issue(&claims(), NONCE);
    let rotated = Keyring::new(key(2), [key(1).opening().clone(), key(3).opening().clone()]);
    assert!(open(&rotated, &old).is_ok());
    assert!(open(&rotated, &rotated.issue(&claims(), NONCE)).is_ok());
    assert_eq!(open(&Keyring::new(key(3), []), &old).unwrap_err(), Error::UnknownKey);
}

#[test]
fn another_issuer_with_the_same_key_id_is_refused() {
    let foreign = Keyring::new(TokenKey::from_secret(KeyId(1), [77; SECRET_BYTES]), []);
    assert_eq!(open(&ring(), &foreign.issue(&claims(), NONCE)).unwrap_err(), Error::Forged);
}

#[test]
fn whoever_can_only_seal_cannot_issue() {
    let mut secret = [1; SECRET_BYTES];
    secret[SECRET_BYTES - 1] = 2;
    let sealer = Keyring::new(TokenKey::from_secret(KeyId(1), secret), []);
    assert_eq!(open(&ring(), &sealer.issue(&claims(), NONCE)).unwrap_err(), Error::Forged);
}

#[test]
fn a_token_is_no_security_token_and_the_reverse() {
    let ring = ring();
    let token = ring.issue(&claims(), NONCE);
    let temporary = ring.issue_temporary(claims(), Session::default(), NONCE);
    let keys = ring.opening_keys();
    assert_eq!(keys.open_temporary(token.expose(), at(NOW)).unwrap_err(), Error::Forged);
    assert_eq!(keys.open(temporary.security_token.expose(), at(NOW)).unwrap_err(), Error::Forged);
}

#[test]
fn a_security_token_gives_back_its_key_pair_and_session() {
    let session = Session::new("night-shift").unwrap();
    let made = ring().issue_temporary(delegated(), session.clone(), NONCE);
    let opened = ring().opening_keys().open_temporary(made.security_token.expose(), at(NOW)).unwrap();
    assert_eq!((&opened.claims, &opened.session), (&delegated(), &session));
    assert_eq!(opened.access_key, made.access_key);
    assert_eq!(opened.secret_key.expose(), made.secret_key.expose());
    assert_eq!((made.access_key.as_str().len(), made.secret_key.expose().len()), (20, 40));
    assert!(TemporaryKey::is_temporary(made.access_key.as_str()));
}

#[test]
fn a_sessions_policy_is_carried_in_its_security_token_and_bounded() {
    let policy = "é".repeat(2_048);
    let session = Session::new("night-shift").unwrap().with_policy(&policy).unwrap();
    let made = ring().issue_temporary(claims(), session.clone(), NONCE);
    let opened = ring().opening_keys().open_temporary(made.security_token.expose(), at(NOW)).unwrap();
    assert_eq!(opened.session, session);
    assert_eq!(opened.session.policy(), Some(policy.as_str()));
    for bad in [String::new(), "é".repeat(2_049)] {
        assert!(Session::default().with_policy(&bad).is_none());
    }
}

#[test]
fn a_session_with_a_longer_name_than_allowed_is_not_made() {
    assert!(Session::new(&"n".repeat(128)).is_some());
    assert!(Session::new(&"n".repeat(129)).is_none());
}

#[test]
fn opening_keys_survive_the_round_trip_and_open_what_the_issuer_made() {
    let copied = |key: &OpeningKey| OpeningKey::from_bytes(key.id(), &key.to_bytes()).unwrap();
    let keys: OpeningKeys = ring().opening_keys().iter().map(copied).collect();
    let token = ring().issue(&claims(), NONCE);
    assert_eq!(keys.open(token.expose(), at(NOW)).unwrap().claims(), &claims());
    let made = ring().issue_temporary(claims(), Session::default(), NONCE);
    let opened = keys.open_temporary(made.security_token.expose(), at(NOW)).unwrap();
    assert_eq!(opened.secret_key.expose(), made.secret_key.expose());
    assert!(OpeningKey::from_bytes(KeyId(1), &[0; OPENING_BYTES]).is_none());
}

#[test]
fn the_right_key_is_found_among_many_in_any_order() {
    let others = (2..200).rev().map(|id| key(id).opening().clone());
    let ring = Keyring::new(key(7), others);
    for id in [1_u32, 2, 7, 199] {
        let made = Keyring::new(key(id), []).issue(&claims(), NONCE);
        assert_eq!(open(&ring, &made).is_ok(), id != 1, "{id}");
    }
}

#[test]
fn debug_output_shows_no_key_material() {
    let shown = format!("{:?}", ring());
    assert_eq!(shown, "Keyring { active: TokenKey(1), opening: OpeningKeys([OpeningKey(1)]) }");
}

#[test]
fn texts_of_the_wrong_alphabet_length_or_version_are_malformed() {
    let token = ring().issue(&claims(), NONCE);
    let newer = format!("Ag{}", &token.expose()[2..]);
    let padded = format!("{}=", token.expose());
    for text in ["", "A", "é", "MIIatAYJKoZIhvcNAQcC", &newer, &padded, &"A".repeat(1 << 20)] {
        assert_eq!(ring().opening_keys().open(text, at(NOW)).unwrap_err(), Error::Malformed);
    }
}

#[test]
fn a_token_with_any_character_altered_in_any_way_is_refused() {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
    let (ring, token) = (ring(), ring().issue(&claims(), NONCE));
    for position in 0..token.expose().len() {
        for other in ALPHABET.chars().filter(|other| !token.expose()[position..].starts_with(*other)) {
            let mut text = token.expose().to_owned();
            text.replace_range(position..=position, &other.to_string());
            assert!(ring.opening_keys().open(&text, at(NOW)).is_err(), "{other} at {position}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_refused_without_a_panic(text in ".{0,400}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        for text in [text, URL_SAFE_NO_PAD.encode([&[1, 1, 0, 0, 0, 1], bytes.as_slice()].concat())] {
            prop_assert!(ring().opening_keys().open(&text, at(NOW)).is_err());
            prop_assert!(ring().opening_keys().open_temporary(&text, at(NOW)).is_err());
        }
    }

    #[test]
    fn a_truncated_token_is_refused(length in 0_usize..300) {
        let token = ring().issue(&claims(), NONCE);
        let text = token.expose();
        prop_assume!(length < text.len());
        prop_assert!(ring().opening_keys().open(&text[..length], at(NOW)).is_err());
    }
}

#[test]
fn a_message_opens_as_a_message_only() {
    let ring = ring();
    let reader = DomainId::parse("lovelace").unwrap();
    let message = ring.seal_message(&reader, "denied", [3; 24]);
    let keys = ring.opening_keys();
    assert_eq!(keys.open_message(&message), Ok((reader.clone(), "denied".to_owned())));
    assert_eq!(keys.open(&message, at(0)).unwrap_err(), Error::Forged);
    assert_eq!(keys.open_temporary(&message, at(0)).unwrap_err(), Error::Forged);
    let long = ring.seal_message(&reader, &"x".repeat(4_096), [3; 24]);
    assert!(keys.open_message(&long).is_ok());
    assert_eq!(keys.open_message(&"A".repeat(8_193)), Err(Error::Malformed));
}
