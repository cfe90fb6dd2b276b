//! From a credential that holds to a caller: everything it names must still be so.

use crate::issue::read_policy;
use crate::{
    Actor, Caller, Credential, Directory, Domain, Error, Limits, Role, Target, Unauthenticated, User, Who,
};
use countersign_token::{Claims, Scope, Subject, TemporaryKey, Verified};
use countersign_types::Timestamp;
use std::sync::Arc;

/// Whom a credential stands for.
struct Bearer {
    who: Who,
    domain: Arc<Domain>,
    limits: Limits,
}

impl Directory {
    /// Who shows this token.
    ///
    /// # Errors
    /// [`Unauthenticated::Stale`] when the live records no longer bear the token out.
    pub fn admit(&self, token: &Verified, now: Timestamp) -> Result<Caller, Unauthenticated> {
        self.admit_claims(token.claims().clone(), now)
    }

    /// Whom these claims make the bearer of their token; only a seal and a signature make them somebody's word.
    pub(crate) fn admit_claims(&self, claims: Claims, now: Timestamp) -> Result<Caller, Unauthenticated> {
        let bearer = self.check(&claims)?;
        let scope = claims.scope.clone();
        self.caller(bearer, &scope, Credential::Token(claims), now)
    }

    /// Who signs with this temporary key.
    ///
    /// # Errors
    /// [`Unauthenticated::Stale`] when the live records no longer bear the key out.
    pub fn admit_temporary(&self, key: &TemporaryKey, now: Timestamp) -> Result<Caller, Unauthenticated> {
        let mut bearer = self.check(&key.claims)?;
        let policy = key.session.policy().map(read_policy).transpose();
        bearer.limits.session = policy.map_err(|_| Unauthenticated::Stale)?.map(Arc::new);
        let (claims, session) = (key.claims.clone(), key.session.clone());
        let scope = claims.scope.clone();
        self.caller(bearer, &scope, Credential::TemporaryKey { claims, session }, now)
    }

    /// Who signs with this permanent key; it acts on the account as a whole. Tell the reason of a refusal only to
    /// whoever has the secret of the key.
    ///
    /// # Errors
    /// [`Unauthenticated::Stale`] when key, user or account do not exist, or key or account are disabled;
    /// [`Error::UserDisabled`], [`Error::ConsoleOnly`].
    pub fn admit_access_key(&self, access_key: &str, now: Timestamp) -> Result<Caller, Error> {
        let record = self.access_keys.find(access_key).filter(|key| key.active);
        let record = record.ok_or(Unauthenticated::Stale)?;
        let user = self.users.find(record.user_id.as_str()).ok_or(Unauthenticated::Stale)?;
        let domain = self.enabled_domain(&user.domain_id).ok_or(Unauthenticated::Stale)?;
        if !user.enabled {
            return Err(Error::UserDisabled { user: user.name.clone(), access_key: access_key.to_owned() });
        }
        user.require_programmatic()?;
        let bearer = Bearer {
            who: Who::User(Arc::clone(user)),
            domain: Arc::clone(domain),
            limits: Limits::default(),
        };
        let scope = Scope::Domain(domain.id.clone());
        Ok(self.caller(bearer, &scope, Credential::AccessKey(record.id.clone()), now)?)
    }

    /// The target of the scope, when it is the account's and enabled, and the roles there within the limits.
    pub(crate) fn enter(
        &self,
        who: &Who,
        domain: &Domain,
        limits: &Limits,
        scope: &Scope,
    ) -> Option<(Target, Vec<Arc<Role>>)> {
        let target = match scope {
            Scope::Unscoped => return Some((Target::Unscoped, Vec::new())),
            Scope::Project(id) => {
                let project = self.projects.find(id.as_str())?;
                (project.enabled && project.domain_id == domain.id)
                    .then(|| Target::Project(Arc::clone(project)))?
            }
            Scope::Domain(id) => {
                (*id == domain.id).then(|| self.enabled_domain(id).cloned().map(Target::Domain))??
            }
        };
        let mut roles = self.roles(&self.holders(who), &target);
        roles.retain(|role| limits.allow(role, &target));
        Some((target, roles))
    }

    /// Who may hold the roles that `who` acts with.
    #[must_use]
    pub fn holders(&self, who: &Who) -> Vec<Actor> {
        match who {
            Who::User(user) => self.actors(user),
            Who::Agency { agency, .. } => vec![Actor::Agency(agency.id.clone())],
        }
    }

    fn caller(
        &self,
        bearer: Bearer,
        scope: &Scope,
        credential: Credential,
        admitted: Timestamp,
    ) -> Result<Caller, Unauthenticated> {
        let Bearer { who, domain, limits } = bearer;
        let entered = self.enter(&who, &domain, &limits, scope);
        let (target, roles) = entered.ok_or(Unauthenticated::Stale)?;
        let is_scoped_token =
            matches!(credential, Credential::Token(_)) && !matches!(target, Target::Unscoped);
        if is_scoped_token && roles.is_empty() {
            return Err(Unauthenticated::Stale);
        }
        Ok(Caller { who, domain, target, roles, limits, admitted, credential })
    }

    /// Compares claims with the live records: everything named exists, is enabled, and has not changed its epoch.
    fn check(&self, claims: &Claims) -> Result<Bearer, Unauthenticated> {
        if self.is_revoked(claims.audit_id) || self.is_revoked(claims.chain) {
            return Err(Unauthenticated::Stale);
        }
        let who = self.subject(claims).ok_or(Unauthenticated::Stale)?;
        let domain = self.enabled_domain(&claims.domain_id).ok_or(Unauthenticated::Stale)?;
        let limits = self.limits(claims).ok_or(Unauthenticated::Stale)?;
        Ok(Bearer { who, domain: Arc::clone(domain), limits })
    }

    /// `None` when what limits the credential is gone, and with it the credential.
    fn limits(&self, claims: &Claims) -> Option<Limits> {
        let application_credential = match claims.application_credential() {
            None => None,
            Some(id) => Some(Arc::clone(self.application_credentials.find(&id.to_string())?)),
        };
        Some(Limits { application_credential, only: claims.only.clone(), session: None })
    }

    fn subject(&self, claims: &Claims) -> Option<Who> {
        match (&claims.subject, &claims.assumed_by) {
            (Subject::User(id), None) => {
                let user = self.unchanged_user(id.as_str(), claims.epoch)?;
                Some(Who::User(user))
            }
            (Subject::Agency(id), Some(assumer)) => {
                let agency = self.agencies.find(id.as_str()).filter(|agency| agency.epoch == claims.epoch)?;
                let assumed_by = self.unchanged_user(assumer.user_id.as_str(), assumer.epoch)?;
                self.enabled_domain(&assumed_by.domain_id)?;
                Some(Who::Agency { agency: Arc::clone(agency), assumed_by })
            }
            (Subject::User(_), Some(_)) | (Subject::Agency(_), None) => None,
        }
    }

    fn unchanged_user(&self, id: &str, epoch: u32) -> Option<Arc<User>> {
        self.users.find(id).filter(|user| user.enabled && user.epoch == epoch).cloned()
    }
}
