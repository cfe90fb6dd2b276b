//! How long temporary keys hold, and what ends them.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod support;

use countersign_identity::{
    Bootstrap, Duration, Error, Live, Longest, Proof, ScopeRequest, TemporaryRequest, TokenRequest,
    Unauthenticated, User,
};
use countersign_store::{put, write};
use countersign_token::{Session, TemporaryKey};
use support::{started, wait};

const HOUR: u64 = 3_600;

fn token(live: &Live, made: &Bootstrap) -> countersign_types::Token {
    let administrator = made.administrator.clone().unwrap();
    let (access_key, secret_key) = (administrator.access_key, administrator.secret_key);
    let proof = Proof::AccessKey { access_key, secret_key };
    live.issue(TokenRequest { proof, scope: ScopeRequest::Unscoped }).unwrap().token
}

fn key(live: &Live, token: &countersign_types::Token, seconds: u64) -> TemporaryKey {
    live.issue_temporary(TemporaryRequest {
        proof: Proof::Token(token.clone()),
        duration: Duration::seconds(seconds, Longest::Day).unwrap(),
        session: Session::default(),
    })
    .unwrap()
}

fn opens(live: &Live, key: &TemporaryKey) -> bool {
    live.open_temporary(key.security_token.expose()).is_ok()
}

#[test]
fn a_temporary_key_holds_for_its_duration_and_never_longer_than_its_token() {
    let (_files, identity, made) = started();
    let live = Live::open(identity).unwrap();
    let token = token(&live, &made);
    let short = key(&live, &token, HOUR);
    wait(HOUR - 1);
    assert!(opens(&live, &short));
    wait(1);
    assert!(!opens(&live, &short));
    let long = key(&live, &token, 24 * HOUR);
    wait(23 * HOUR - 1);
    assert!(opens(&live, &long));
    wait(1);
    assert!(!opens(&live, &long));
}

#[test]
fn a_temporary_key_ends_with_its_user() {
    let (_files, identity, made) = started();
    let live = Live::open(identity).unwrap();
    let key = key(&live, &token(&live, &made), HOUR);
    assert!(live.directory().unwrap().admit_temporary(&key, live.now()).is_ok());
    let disabled = User { enabled: false, ..made.user };
    write(live.identity().store.as_ref(), |writer| put(writer, &disabled)).unwrap();
    let refused = live.directory().unwrap().admit_temporary(&key, live.now());
    assert_eq!(refused.unwrap_err(), Unauthenticated::Stale);
}

#[test]
fn a_temporary_key_survives_a_rotation_of_the_token_keys() {
    let (_files, identity, made) = started();
    let live = Live::open(identity).unwrap();
    let before = key(&live, &token(&live, &made), HOUR);
    live.identity().rotate_token_keys().unwrap();
    let after = live.open_temporary(before.security_token.expose()).unwrap();
    assert_eq!(after.secret_key.expose(), before.secret_key.expose());
}

#[test]
fn durations_outside_of_the_contract_are_refused() {
    assert!(Duration::seconds(900, Longest::HalfDay).is_ok());
    assert!(Duration::seconds(43_200, Longest::HalfDay).is_ok());
    for (seconds, longest) in [(899, Longest::Day), (86_401, Longest::Day), (43_201, Longest::HalfDay)] {
        assert!(matches!(Duration::seconds(seconds, longest), Err(Error::Invalid { .. })));
    }
}
