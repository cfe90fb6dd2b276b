//! What one credential costs: nanoseconds of CPU to issue a token, to open it at first sight and when it was seen
//! before, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-token --example envelope_cost
//! {"batches":15,"tokens":64,"issue_ns":{"min":…,"median":…},"first_sight_ns":{…},"seen_ns":{…}}
//! ```

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_cost::{BATCHES, measure};
use countersign_token::{
    AuditId, Claims, KeyId, Keyring, Lifetime, Methods, Scope, Seen, Subject, TokenKey, Verified,
};
use countersign_types::{DomainId, ProjectId, Timestamp, UserId};
use std::{cell::RefCell, hint::black_box};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 400;
const TOKENS: usize = 64;

fn main() {
    let now = Timestamp::from_unix(1_700_000_000);
    let ring = Keyring::new(TokenKey::from_secret(KeyId(1), [7; 64]), []);
    let keys = ring.opening_keys();
    let claims: Vec<Claims> = (0..TOKENS).map(|number| claims(number, now)).collect();
    let nonce = |claims: &Claims| {
        let mut nonce = [0; 24];
        nonce[..16].copy_from_slice(&claims.audit_id.0);
        nonce
    };
    let issue = measure(&claims, 1, |claims| {
        black_box(ring.issue(claims, nonce(claims)));
    });
    let tokens: Vec<_> = claims.iter().map(|claims| ring.issue(claims, nonce(claims))).collect();
    let first = measure(&tokens, 1, |token| {
        black_box(keys.open(token.expose(), now).expect("the token holds"));
    });
    let seen = RefCell::new(Seen::<Verified>::default());
    let again = measure(&tokens, ROUNDS, |token| {
        black_box(seen.borrow_mut().open(keys, token.expose(), now).expect("the token holds"));
    });
    println!(
        "{{\"batches\":{BATCHES},\"tokens\":{TOKENS},\"issue_ns\":{issue},\"first_sight_ns\":{first},\"seen_ns\":{again}}}"
    );
}

fn claims(number: usize, now: Timestamp) -> Claims {
    let id = format!("{number:032x}");
    let mut audit_id = AuditId([0; 16]);
    audit_id.0[..8].copy_from_slice(&number.to_be_bytes());
    Claims {
        subject: Subject::User(UserId::parse(&id).expect("hex is an id")),
        epoch: 0,
        domain_id: DomainId::parse(&id).expect("hex is an id"),
        scope: Scope::Project(ProjectId::parse(&id).expect("hex is an id")),
        methods: Methods::PASSWORD,
        lifetime: Lifetime { issued: now, expires: Timestamp::from_unix(now.unix() + 86_400) },
        audit_id,
        chain: audit_id,
        assumed_by: None,
        only: None,
    }
}
