use super::*;
use crate::{
    Error, Fault, Snapshot, Source,
    source::{self, Identity},
};
use countersign_token::{Assumer, KeyId, Lifetime, Methods, TokenKey};
use countersign_types::{SecretKey, Timestamp};

fn id<T: TryFrom<String>>(text: &str) -> T {
    T::try_from(text.to_owned()).ok().unwrap()
}

fn user(name: &str, domain: &str) -> source::User {
    source::User {
        id: id(name),
        name: name.to_owned(),
        domain_id: id(domain),
        epoch: 3,
        acts_on_account: true,
        project_ids: vec![id("project")],
    }
}

fn agency() -> source::Agency {
    source::Agency {
        id: id("agency"),
        name: "agency".to_owned(),
        domain_id: id("lender"),
        trust_domain_id: id("domain"),
        epoch: 5,
        acts_on_account: true,
        project_ids: vec![id("lent")],
    }
}

fn token_key(number: u32) -> source::TokenKey {
    let key = TokenKey::from_secret(KeyId(number), [7; 64]);
    source::TokenKey { id: number, opening: SecretKey::new(hex::encode(*key.opening().to_bytes())) }
}

fn identity() -> Identity {
    Identity {
        domains: vec![],
        users: vec![user("user", "domain"), user("stranger", "elsewhere")],
        agencies: vec![agency()],
        access_keys: vec![],
        token_keys: vec![token_key(1)],
        revoked: vec![],
    }
}

fn compile(identity: Identity) -> Result<Snapshot, Error> {
    Snapshot::compile(&source(identity))
}

fn source(identity: Identity) -> Source {
    Source { identity, ..Source::empty(1) }
}

fn claims() -> Claims {
    let now = Timestamp::from_unix(1_700_000_000);
    Claims {
        subject: Subject::User(id("user")),
        epoch: 3,
        domain_id: id("domain"),
        scope: Scope::Project(id("project")),
        methods: Methods::PASSWORD,
        lifetime: Lifetime { issued: now, expires: now },
        audit_id: AuditId([1; 16]),
        chain: AuditId([2; 16]),
        assumed_by: None,
        only: None,
    }
}

fn delegated() -> Claims {
    let assumer = Assumer { user_id: id("user"), domain_id: id("domain"), epoch: 3 };
    Claims {
        subject: Subject::Agency(id("agency")),
        epoch: 5,
        domain_id: id("lender"),
        scope: Scope::Domain(id("lender")),
        assumed_by: Some(assumer),
        ..claims()
    }
}

fn admits(identity: Identity, claims: &Claims) -> bool {
    compile(identity).unwrap().principals().admit(claims).is_some()
}

#[test]
fn claims_of_present_unchanged_principals_are_borne_out() {
    let snapshot = compile(identity()).unwrap();
    assert!(
        matches!(snapshot.principals().admit(&claims()), Some(Bearer::User(user)) if &*user.name == "user")
    );
    assert!(matches!(
        snapshot.principals().admit(&delegated()),
        Some(Bearer::Agency { agency, assumed_by }) if &*agency.name == "agency" && &*assumed_by.name == "user"
    ));
    let domain = Claims { scope: Scope::Domain(id("domain")), ..claims() };
    assert!(snapshot.principals().admit(&domain).is_some());
}

#[test]
fn claims_that_no_longer_hold_are_not() {
    let assumer = |user: &str, epoch| Some(Assumer { user_id: id(user), domain_id: id("domain"), epoch });
    let stale = [
        Claims { subject: Subject::User(id("nobody")), ..claims() },
        Claims { epoch: 2, ..claims() },
        Claims { epoch: 4, ..claims() },
        Claims { domain_id: id("elsewhere"), ..claims() },
        Claims { scope: Scope::Project(id("another")), ..claims() },
        Claims { scope: Scope::Domain(id("elsewhere")), ..claims() },
        Claims { assumed_by: assumer("user", 3), ..claims() },
        Claims { assumed_by: None, ..delegated() },
        Claims { epoch: 4, ..delegated() },
        Claims { assumed_by: assumer("user", 2), ..delegated() },
        Claims { assumed_by: assumer("stranger", 3), ..delegated() },
        Claims { assumed_by: assumer("nobody", 3), ..delegated() },
        Claims { scope: Scope::Project(id("project")), ..delegated() },
    ];
    for claims in stale {
        assert!(!admits(identity(), &claims), "{claims:?}");
    }
}

#[test]
fn a_revoked_credential_ends_and_so_does_what_was_obtained_by_it() {
    for revoked in [AuditId([1; 16]), AuditId([2; 16])] {
        assert!(!admits(Identity { revoked: vec![revoked.to_string()], ..identity() }, &claims()));
    }
    assert!(admits(Identity { revoked: vec![AuditId([3; 16]).to_string()], ..identity() }, &claims()));
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let fault = |identity| compile(identity).unwrap_err().fault;
    let twice = vec![user("user", "domain"), user("user", "domain")];
    assert_eq!(fault(Identity { users: twice, ..identity() }), Fault::Duplicate("user id"));
    assert_eq!(
        fault(Identity { agencies: vec![agency(), agency()], ..identity() }),
        Fault::Duplicate("agency id")
    );
    assert_eq!(
        fault(Identity { token_keys: vec![token_key(1), token_key(1)], ..identity() }),
        Fault::Duplicate("token key")
    );
    let orphan =
        source::AccessKey { key: id("ORPHAN1234"), secret: SecretKey::new("secret"), user_id: id("nobody") };
    assert_eq!(
        fault(Identity { access_keys: vec![orphan], ..identity() }),
        Fault::Unresolved("user of the access key")
    );
    let long = "0".repeat(192);
    for bytes in ["", "xy", "00", &long, &format!("{long}00"), &"é".repeat(96)] {
        let key = source::TokenKey { id: 1, opening: SecretKey::new(bytes) };
        assert_eq!(
            fault(Identity { token_keys: vec![key], ..identity() }),
            Fault::Invalid("token key"),
            "{bytes}"
        );
    }
    for text in ["", "0", &"0".repeat(31), &"g".repeat(32), &"0".repeat(34)] {
        let revoked = vec![(*text).to_owned()];
        assert_eq!(fault(Identity { revoked, ..identity() }), Fault::Invalid("audit id"), "{text}");
    }
}

#[test]
fn a_changed_user_rebuilds_one_shard_and_no_token_key() {
    let first = compile(identity()).unwrap();
    let mut changed = identity();
    changed.users[0].epoch = 4;
    let second = Snapshot::recompile(&first, &source(changed)).unwrap();
    assert_eq!(second.principals().shares_with(first.principals()), (255, true));
    assert!(second.principals().admit(&claims()).is_none());
    let rotated = Identity { token_keys: vec![token_key(1), token_key(2)], ..identity() };
    let third = Snapshot::recompile(&first, &source(rotated)).unwrap();
    assert_eq!(third.principals().shares_with(first.principals()), (256, false));
}
