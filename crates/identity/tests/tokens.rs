//! Who gets a token, how long it holds, and what ends it.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod support;

use countersign_identity::{
    AGENT_OPERATOR, Actor, Agency, Assignment, Bootstrap, Caller, Credential, Domain, DomainRef, Error,
    Identity, Issued, Live, Place, Project, ProjectRef, Proof, SECURITY_ADMINISTRATOR, ScopeRequest,
    TENANT_GUEST, TokenRequest, Unauthenticated, User, UserRef,
};
use countersign_store::{Document, delete, put, write};
use countersign_types::{AgencyId, DomainId, SecretKey};
use std::net::IpAddr;
use support::{started, wait};
use tempfile::TempDir;

struct Installation {
    live: Live,
    made: Bootstrap,
    _files: TempDir,
}

const HOUR: u64 = 3_600;

fn installation() -> Installation {
    let (files, identity, made) = started();
    Installation { live: Live::open(identity).unwrap(), made, _files: files }
}

impl Installation {
    fn identity(&self) -> &Identity {
        self.live.identity()
    }

    fn store<T: Document>(&self, record: &T) {
        write(self.identity().store.as_ref(), |writer| put(writer, record)).unwrap();
    }

    fn password(&self) -> SecretKey {
        self.made.administrator.as_ref().unwrap().password.clone()
    }

    fn login(&self, password: &SecretKey, scope: ScopeRequest) -> Result<Issued, Error> {
        let user = UserRef::Id(self.made.user.id.to_string());
        let source = Some(IpAddr::from([127, 0, 0, 1]));
        self.live.issue(TokenRequest {
            proof: Proof::Password { user, password: password.clone(), passcode: None, source },
            scope,
        })
    }

    fn token(&self) -> Issued {
        self.login(&self.password(), self.project()).unwrap()
    }

    fn rescope(&self, parent: &Issued, scope: ScopeRequest) -> Result<Issued, Error> {
        self.live.issue(TokenRequest { proof: Proof::Token(parent.token.clone()), scope })
    }

    fn project(&self) -> ScopeRequest {
        ScopeRequest::Project(ProjectRef::Name { name: "local-1".into(), domain: None })
    }

    fn domain(&self) -> ScopeRequest {
        ScopeRequest::Domain(DomainRef::Id(self.made.domain.id.to_string()))
    }

    fn admit(&self, issued: &Issued) -> Result<Caller, Error> {
        self.live.admit_token(issued.token.expose())
    }

    /// Another account, whose agency `night` trusts this one's users and can read one project there.
    fn lender(&self) -> (Domain, Agency) {
        let id = DomainId::parse("lender").unwrap();
        let domain = Domain { id: id.clone(), name: "Lender".into(), ..self.made.domain.clone() };
        let agency = Agency {
            id: AgencyId::parse("night").unwrap(),
            domain_id: id.clone(),
            name: "night".into(),
            trust_domain_id: self.made.domain.id.clone(),
            description: String::new(),
            duration_days: None,
            expires: None,
            epoch: 0,
            created: self.live.now(),
        };
        let actor = Actor::Agency(agency.id.clone());
        self.store(&domain);
        self.store(&agency);
        self.store(&Assignment::new(id, actor, Place::Domain, TENANT_GUEST.role_id()));
        (domain, agency)
    }

    fn act_as_night(&self, caller: Caller) -> Result<Issued, Error> {
        let domain = DomainRef::Name("Lender".into());
        let proof = Proof::Agency {
            caller: Box::new(caller),
            domain: domain.clone(),
            agency: "night".into(),
            only: None,
        };
        self.live.issue(TokenRequest { proof, scope: ScopeRequest::Domain(domain) })
    }
}

fn claims(issued: &Issued) -> &countersign_token::Claims {
    issued.caller.credential.claims().unwrap()
}

fn is_stale(outcome: &Result<Caller, Error>) -> bool {
    matches!(outcome, Err(Error::Unauthenticated(Unauthenticated::Stale)))
}

fn is_wrong(outcome: &Result<Issued, Error>) -> bool {
    matches!(outcome, Err(Error::Unauthenticated(Unauthenticated::Credentials)))
}

fn has_no_scope(outcome: &Result<Issued, Error>) -> bool {
    matches!(outcome, Err(Error::Unauthenticated(Unauthenticated::Scope)))
}

#[test]
fn the_administrators_token_carries_its_roles_for_a_day() {
    let place = installation();
    let issued = place.token();
    let caller = place.admit(&issued).unwrap();
    let names: Vec<_> = caller.roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["te_admin", "secu_admin", "te_agency", "apig_adm", "admin"]);
    let lifetime = claims(&issued).lifetime;
    assert_eq!(lifetime.expires.unix() - lifetime.issued.unix(), 24 * HOUR);
    wait(24 * HOUR - 1);
    assert!(place.admit(&issued).is_ok());
    wait(1);
    assert!(matches!(place.admit(&issued), Err(Error::Unauthenticated(Unauthenticated::Token(_)))));
}

#[test]
fn a_wrong_password_an_unknown_user_and_a_disabled_user_are_told_the_same() {
    let place = installation();
    assert!(is_wrong(&place.login(&SecretKey::new("guess"), place.project())));
    let unknown = place.live.issue(TokenRequest {
        proof: Proof::Password {
            user: UserRef::Name { domain: DomainRef::Name("nowhere".into()), name: "nobody".into() },
            password: place.password(),
            passcode: None,
            source: None,
        },
        scope: ScopeRequest::Unscoped,
    });
    assert!(is_wrong(&unknown));
    place.store(&User { enabled: false, ..place.made.user.clone() });
    assert!(is_wrong(&place.login(&place.password(), place.project())));
}

#[test]
fn five_wrong_passwords_lock_even_the_right_one_out_for_a_while() {
    let place = installation();
    for _ in 0..5 {
        assert!(is_wrong(&place.login(&SecretKey::new("guess"), place.project())));
    }
    assert!(is_wrong(&place.login(&place.password(), place.project())));
    wait(15 * 60);
    assert!(place.login(&place.password(), place.project()).is_ok());
}

#[test]
fn a_password_of_any_length_is_bounded_before_it_is_hashed() {
    let place = installation();
    let refused = place.login(&SecretKey::new("x".repeat(4_097)), place.project());
    assert!(matches!(refused, Err(Error::Invalid { field: "password", .. })));
}

#[test]
fn a_token_from_a_token_ends_when_the_first_one_does() {
    let place = installation();
    let first = place.token();
    wait(HOUR);
    let second = place.rescope(&first, place.domain()).unwrap();
    wait(HOUR);
    let third = place.rescope(&second, ScopeRequest::Unscoped).unwrap();
    for later in [&second, &third] {
        assert_eq!(claims(later).lifetime.expires, claims(&first).lifetime.expires);
        assert_eq!(claims(later).chain, claims(&first).audit_id);
    }
    let methods: Vec<_> = claims(&third).methods.names().collect();
    assert_eq!(methods, ["password", "token"]);
}

#[test]
fn nobody_gets_a_scope_that_is_unknown_foreign_or_without_a_role() {
    let place = installation();
    let (lender, _) = place.lender();
    let nowhere = ScopeRequest::Project(ProjectRef::Id("nowhere".into()));
    let foreign = ScopeRequest::Domain(DomainRef::Id(lender.id.to_string()));
    for scope in [nowhere, foreign] {
        assert!(has_no_scope(&place.login(&place.password(), scope)));
    }
    place.store(&User {
        id: "plain".to_owned().try_into().unwrap(),
        name: "plain".into(),
        ..place.made.user.clone()
    });
    let plain = |scope| {
        let proof = Proof::Password {
            user: UserRef::Id("plain".into()),
            password: place.password(),
            passcode: None,
            source: None,
        };
        place.live.issue(TokenRequest { proof, scope })
    };
    assert!(has_no_scope(&plain(place.project())));
    assert!(plain(ScopeRequest::Unscoped).is_ok());
}

#[test]
fn revoking_the_first_token_ends_the_whole_chain_and_a_later_one_itself() {
    let place = installation();
    let first = place.token();
    let second = place.rescope(&first, place.domain()).unwrap();
    let third = place.rescope(&first, ScopeRequest::Unscoped).unwrap();
    place.live.revoke(&second.caller).unwrap();
    assert!(is_stale(&place.admit(&second)));
    assert!(place.admit(&first).is_ok());
    place.live.revoke(&first.caller).unwrap();
    assert!(is_stale(&place.admit(&first)));
    assert!(is_stale(&place.admit(&third)));
}

#[test]
fn what_happens_to_user_account_project_or_role_ends_their_tokens_at_once() {
    type Change = fn(&Installation);
    let changes: [(&str, Change); 6] = [
        ("user disabled", |place| place.store(&User { enabled: false, ..place.made.user.clone() })),
        ("new epoch", |place| place.store(&User { epoch: 1, ..place.made.user.clone() })),
        ("user deleted", |place| {
            let user = &place.made.user;
            let store = place.identity().store.as_ref();
            let done =
                write(store, |writer| delete::<User>(writer, user.domain_id.as_str(), user.id.as_str()));
            assert!(done.unwrap());
        }),
        ("account disabled", |place| place.store(&Domain { enabled: false, ..place.made.domain.clone() })),
        ("project disabled", |place| place.store(&Project { enabled: false, ..place.made.project.clone() })),
        ("roles removed", |place| {
            let directory = place.live.directory().unwrap();
            let scope = place.made.domain.id.as_str();
            for assignment in directory.assignments() {
                let store = place.identity().store.as_ref();
                write(store, |writer| delete::<Assignment>(writer, scope, assignment.id())).unwrap();
            }
        }),
    ];
    for (name, change) in changes {
        let place = installation();
        let token = place.token();
        change(&place);
        assert!(is_stale(&place.admit(&token)), "{name}");
    }
}

#[test]
fn a_rotation_of_the_token_keys_refuses_no_valid_token() {
    let place = installation();
    let tokens: Vec<_> = (0..4)
        .map(|_| {
            let issued = place.token();
            place.identity().rotate_token_keys().unwrap();
            issued
        })
        .collect();
    assert!(tokens.iter().all(|token| place.admit(token).is_ok()));
}

#[test]
fn a_token_key_is_in_use_since_the_rotation_before() {
    let place = installation();
    let since = || place.identity().token_key_active_since().unwrap();
    assert_eq!(since(), place.live.now());
    let first = since();
    wait(HOUR);
    assert_eq!(since(), first);
    place.identity().rotate_token_keys().unwrap();
    assert_eq!(since(), place.live.now());
}

#[test]
fn a_token_key_is_forgotten_when_nothing_made_with_it_can_hold() {
    let place = installation();
    place.identity().rotate_token_keys().unwrap();
    wait(26 * HOUR);
    place.identity().rotate_token_keys().unwrap();
    let mut numbers = Vec::new();
    let store = place.identity().store.as_ref();
    store
        .read(&mut |reader| {
            let records = reader.list("token_key", countersign_store::Scope::All)?;
            numbers = records.into_iter().map(|record| record.id).collect();
            Ok(())
        })
        .unwrap();
    assert_eq!(numbers, ["2", "3", "4"]);
}

#[test]
fn an_access_key_with_its_secret_gets_a_token_and_with_another_none() {
    let place = installation();
    let administrator = place.made.administrator.clone().unwrap();
    let show = |secret_key| {
        let proof = Proof::AccessKey { access_key: administrator.access_key.clone(), secret_key };
        place.live.issue(TokenRequest { proof, scope: place.project() })
    };
    assert!(show(administrator.secret_key.clone()).is_ok());
    assert!(is_wrong(&show(SecretKey::new("guess"))));
}

#[test]
fn an_agency_gives_its_own_rights_in_the_account_that_lends_them() {
    let place = installation();
    let (lender, agency) = place.lender();
    let acting = place.act_as_night(place.token().caller).unwrap();
    let caller = place.admit(&acting).unwrap();
    assert_eq!((caller.who.id(), &caller.domain.id), (agency.id.as_str(), &lender.id));
    assert!(caller.has(&TENANT_GUEST));
    assert!(!caller.has(&SECURITY_ADMINISTRATOR));
    assert!(matches!(caller.credential, Credential::Token(_)));
}

#[test]
fn acting_as_an_agency_ends_with_the_token_the_user_and_the_agency() {
    type Change = fn(&Installation, &Agency, &Issued);
    let changes: [(&str, Change); 3] = [
        ("token revoked", |place, _, token| place.live.revoke(&token.caller).unwrap()),
        ("user disabled", |place, _, _| place.store(&User { enabled: false, ..place.made.user.clone() })),
        ("agency changed", |place, agency, _| place.store(&Agency { epoch: 1, ..agency.clone() })),
    ];
    for (name, change) in changes {
        let place = installation();
        let (_, agency) = place.lender();
        let token = place.token();
        wait(HOUR);
        let acting = place.act_as_night(token.caller.clone()).unwrap();
        assert_eq!(claims(&acting).lifetime.expires, claims(&token).lifetime.expires);
        change(&place, &agency, &token);
        assert!(is_stale(&place.admit(&acting)), "{name}");
    }
}

#[test]
fn nobody_acts_as_an_agency_without_the_right_or_the_trust_or_a_second_time() {
    let place = installation();
    let (lender, agency) = place.lender();
    let acting = place.act_as_night(place.token().caller).unwrap();
    assert!(matches!(place.act_as_night(acting.caller), Err(Error::Forbidden)));

    place.store(&Agency { trust_domain_id: lender.id, ..agency });
    assert!(matches!(place.act_as_night(place.token().caller), Err(Error::NotFound { kind: "agency", .. })));

    place.store(&Domain { owner_id: None, ..place.made.domain.clone() });
    let directory = place.live.directory().unwrap();
    let lending = [AGENT_OPERATOR.role_id(), SECURITY_ADMINISTRATOR.role_id()];
    for right in directory.assignments().filter(|given| lending.contains(&given.role_id)) {
        let store = place.identity().store.as_ref();
        write(store, |writer| delete::<Assignment>(writer, right.scope(), right.id())).unwrap();
    }
    assert!(matches!(place.act_as_night(place.token().caller), Err(Error::NotAllowed { .. })));
}
