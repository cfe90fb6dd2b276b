//! What checking a token costs the gateway: nanoseconds of CPU from the text of the header to the bearer in the
//! snapshot, at first sight and when the worker has seen the token before, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-gateway --example token_cost
//! {"batches":15,"tokens":64,"users":10000,"revoked":1000,"first_sight_ns":{"min":…,"median":…},"seen_ns":{…}}
//! ```

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_cost::{BATCHES, measure};
use countersign_snapshot::{
    Principals, Snapshot, Source,
    source::{self, Identity},
};
use countersign_token::{
    AuditId, Claims, KeyId, Keyring, Lifetime, Methods, Openable, Scope, Seen, Subject, TokenKey, Verified,
};
use countersign_types::{SecretKey, Timestamp, Token};
use std::{cell::RefCell, hint::black_box};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TOKENS: usize = 64;
const USERS: usize = 10_000;
const REVOKED: usize = 1_000;
const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

fn main() {
    let ring = Keyring::new(TokenKey::from_secret(KeyId(1), [7; 64]), []);
    let snapshot = Snapshot::compile(&source(&ring)).expect("the source is good");
    let principals = snapshot.principals();
    let tokens: Vec<Token> = (0..TOKENS).map(|number| ring.issue(&claims(number), nonce(number))).collect();
    let first = measure(&tokens, 1, |token| {
        let opened = Verified::open(principals.opening_keys(), token.expose(), NOW);
        admit(principals, &opened.expect("the token holds"));
    });
    let seen = RefCell::new(Seen::<Verified>::default());
    let again = measure(&tokens, 400, |token| {
        let opened = seen.borrow_mut().open(principals.opening_keys(), token.expose(), NOW);
        admit(principals, &opened.expect("the token holds"));
    });
    println!(
        "{{\"batches\":{BATCHES},\"tokens\":{TOKENS},\"users\":{USERS},\"revoked\":{REVOKED},\"first_sight_ns\":{first},\"seen_ns\":{again}}}"
    );
}

fn admit(principals: &Principals, token: &Verified) {
    black_box(principals.admit(token.claims()).expect("the user is there"));
}

fn source(ring: &Keyring) -> Source {
    let user = |number: usize| source::User {
        id: id(number),
        name: format!("user-{number}"),
        domain_id: id(0),
        epoch: 0,
        acts_on_account: true,
        project_ids: (0..4).map(|project| id(number + project)).collect(),
    };
    let token_key = |key: &countersign_token::OpeningKey| source::TokenKey {
        id: key.id().0,
        opening: SecretKey::new(hex::encode(key.to_bytes().as_slice())),
    };
    let identity = Identity {
        users: (0..USERS).map(user).collect(),
        token_keys: ring.opening_keys().iter().map(token_key).collect(),
        revoked: (USERS..USERS + REVOKED).map(|number| audit_id(number).to_string()).collect(),
        ..Identity::default()
    };
    Source { identity, ..Source::empty(1) }
}

fn claims(number: usize) -> Claims {
    Claims {
        subject: Subject::User(id(number)),
        epoch: 0,
        domain_id: id(0),
        scope: Scope::Project(id(number)),
        methods: Methods::PASSWORD,
        lifetime: Lifetime { issued: NOW, expires: Timestamp::from_unix(NOW.unix() + 86_400) },
        audit_id: audit_id(number),
        chain: audit_id(number),
        assumed_by: None,
        only: None,
    }
}

fn id<T: TryFrom<String>>(number: usize) -> T {
    T::try_from(format!("{number:032x}")).ok().expect("hex digits are an id")
}

fn audit_id(number: usize) -> AuditId {
    AuditId(u128::try_from(number).expect("it is small").to_be_bytes())
}

fn nonce(number: usize) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[..8].copy_from_slice(&number.to_be_bytes());
    nonce
}
