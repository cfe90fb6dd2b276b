//! Whoever calls: users of the account and of another one, with keys and tokens.

use super::{Api, PROJECT};
use countersign_identity::{
    Actor, Assignment, Bootstrap, BuiltIn, Domain, Duration, Live, Place, Project, ProjectRef, Proof,
    ScopeRequest, TemporaryRequest, TokenRequest, User,
};
use countersign_sign::Signer;
use countersign_token::Session;
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken, Token, UserId};

pub(crate) const OTHER_PROJECT: &str = "0f2bb75ab6f94f1f8b2a1c3d4e5f6071";

/// A user's access key.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) access_key: AccessKeyId,
    pub(crate) secret_key: SecretKey,
}

impl Person {
    /// The administrator of the first start.
    pub(super) fn owner(made: &Bootstrap) -> Self {
        let made = made.administrator.as_ref().unwrap();
        Self { access_key: made.access_key.clone(), secret_key: made.secret_key.clone() }
    }

    pub(crate) fn signer(&self) -> Signer {
        Signer::new(self.access_key.clone(), self.secret_key.clone())
    }

    /// A token for this scope.
    pub(crate) fn token(&self, live: &Live, scope: ScopeRequest) -> Token {
        let (access_key, secret_key) = (self.access_key.clone(), self.secret_key.clone());
        let proof = Proof::AccessKey { access_key, secret_key };
        live.issue(TokenRequest { proof, scope }).unwrap().token
    }

    /// A token for the project.
    pub(crate) fn token_in(&self, live: &Live, project: &str) -> Token {
        self.token(live, ScopeRequest::Project(ProjectRef::Id(project.to_owned())))
    }

    /// A signer with a temporary key, and its security token.
    pub(crate) fn temporary(&self, live: &Live) -> (Signer, SecurityToken) {
        let token = self.token(live, ScopeRequest::Unscoped);
        let request = TemporaryRequest {
            proof: Proof::Token(token),
            duration: Duration::HOUR,
            session: Session::default(),
        };
        let key = live.issue_temporary(request).unwrap();
        (Signer::new(key.access_key, key.secret_key), key.security_token)
    }
}

impl Api {
    /// A user of the account with these roles, by their internal names, in the project of the tests.
    pub(crate) fn user(&self, name: &str, roles: &[&str]) -> Person {
        let place = Place::Project(ProjectId::parse(PROJECT).unwrap());
        self.user_of(&self.made.domain.id, name, roles, &place)
    }

    /// The administrator of another account that has a project of its own.
    pub(crate) fn stranger(&self) -> Person {
        let id = DomainId::parse("elsewhere").unwrap();
        self.store(&Domain { id: id.clone(), name: "elsewhere".to_owned(), ..self.made.domain.clone() });
        let project = ProjectId::parse(OTHER_PROJECT).unwrap();
        self.store(&Project { id: project, domain_id: id.clone(), ..self.made.project.clone() });
        self.user_of(&id, "stranger", &["te_admin", "apig_adm"], &Place::AllProjects)
    }

    fn user_of(&self, domain: &DomainId, name: &str, roles: &[&str], place: &Place) -> Person {
        let id = UserId::parse(name).unwrap();
        let user = User { id, domain_id: domain.clone(), name: name.to_owned(), ..self.made.user.clone() };
        self.store(&user);
        for role in roles {
            let (actor, role) =
                (Actor::User(user.id.clone()), BuiltIn::find_by_name(role).unwrap().role_id());
            self.store(&Assignment::new(domain.clone(), actor, place.clone(), role));
        }
        let (key, secret_key) = self.live.identity().create_access_key(&user, "").unwrap();
        Person { access_key: key.id, secret_key }
    }
}
