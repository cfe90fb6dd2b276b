//! What a caller may do: every operation names an action and a resource, and is refused unless they are allowed.

use crate::{Caller, Credential, Directory, Error, Role, Target, Who};
use countersign_policy::{Context, Decision, Request};
use countersign_token::Scope;
use countersign_types::ProjectId;
use std::sync::Arc;

impl Caller {
    /// Refuses what nothing allows. An action reads `service:type:operation`, a resource
    /// `service:region:account:type:path`.
    ///
    /// Any denial of the caller's roles wins, then any allowance. The account's owner may do everything in it. A
    /// session policy only takes away.
    ///
    /// # Errors
    /// [`Error::NotAllowed`].
    pub fn require(&self, action: &str, resource: &str) -> Result<(), Error> {
        self.require_one_of(&[action], resource)
    }

    /// The name of something of the caller's account in the identity service, as policies write it: a `user`, a
    /// `group` and so on, by its id, or `*` for all and for one that is yet to be.
    #[must_use]
    pub fn resource(&self, kind: &str, id: &str) -> String {
        format!("iam:*:{}:{kind}:{id}", self.domain.id)
    }

    /// The same as [`Caller::require`] for what belongs to a user: of its own affairs a user is the master, within its
    /// session's policy.
    ///
    /// # Errors
    /// [`Error::NotAllowed`].
    pub fn require_for_user(&self, action: &str, user: &str) -> Result<(), Error> {
        let resource = self.resource("user", user);
        if !self.is_user(user) {
            return self.require(action, &resource);
        }
        match self.decide_by_session(&Request::new(action, &resource, &self.context())) {
            Decision::Allowed => Ok(()),
            _ => Err(not_allowed(action, &resource)),
        }
    }

    /// Refuses what none of the actions allows, or one of them denies: for what has more than one name.
    pub(crate) fn require_one_of(&self, actions: &[&str], resource: &str) -> Result<(), Error> {
        let context = self.context();
        let decisions = actions.iter().map(|action| self.decide(&Request::new(action, resource, &context)));
        match decisions.max() {
            Some(Decision::Allowed) => Ok(()),
            _ => Err(not_allowed(actions.first().copied().unwrap_or_default(), resource)),
        }
    }

    /// Whether the caller is this user.
    #[must_use]
    pub fn is_user(&self, id: &str) -> bool {
        self.who.user().is_some_and(|user| user.id.as_str() == id)
    }

    /// The same caller, acting in a project. A token acts only in the project that it is scoped to; a signature, which
    /// has no scope of its own, in every project of the account in which its user has a role.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for every other project, whether it exists or not; [`Error::ProjectSuspended`].
    pub fn enter_project(self, directory: &Directory, id: &ProjectId) -> Result<Self, Error> {
        if let Target::Project(project) = &self.target
            && project.id == *id
        {
            return project.require_working().map(|()| self);
        }
        if matches!(self.credential, Credential::Token(_)) {
            return Err(Error::Forbidden);
        }
        let inside = self.enter(directory, &Scope::Project(id.clone()))?;
        if inside.roles.is_empty() && !inside.is_owner() {
            return Err(Error::Forbidden);
        }
        if let Target::Project(project) = &inside.target {
            project.require_working()?;
        }
        Ok(inside)
    }

    /// The same caller, acting on its account as a whole, whatever its credential acts on.
    pub(crate) fn enter_account(self, directory: &Directory) -> Result<Self, Error> {
        let account = Scope::Domain(self.domain.id.clone());
        self.enter(directory, &account)
    }

    fn enter(self, directory: &Directory, scope: &Scope) -> Result<Self, Error> {
        let entered = directory.enter(&self.who, &self.domain, &self.limits, scope);
        let (target, roles) = entered.ok_or(Error::Forbidden)?;
        Ok(Self { target, roles, ..self })
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        let by_session = self.decide_by_session(request);
        if by_session != Decision::Allowed {
            return by_session;
        }
        if self.is_owner() && !matches!(self.target, Target::Unscoped) {
            return Decision::Allowed;
        }
        let effective = self.roles.iter().filter(|role| self.is_effective(role));
        effective.map(|role| role.policy.decide(request)).max().unwrap_or_default()
    }

    /// A session with a policy keeps the rights that this allows, too.
    fn decide_by_session(&self, request: &Request<'_>) -> Decision {
        self.limits.session.as_ref().map_or(Decision::Allowed, |policy| policy.decide(request))
    }

    /// A role that depends on others has an effect only together with them.
    fn is_effective(&self, role: &Role) -> bool {
        role.policy.depends().iter().all(|needed| {
            let is_needed =
                |held: &Arc<Role>| held.catalog == needed.catalog && held.display_name == needed.display_name;
            self.roles.iter().any(is_needed)
        })
    }

    fn context(&self) -> Context<'_> {
        let user_name = match &self.who {
            Who::User(user) => &user.name,
            Who::Agency { agency, .. } => &agency.name,
        };
        let project_name = match &self.target {
            Target::Project(project) => Some(project.name.as_str()),
            Target::Unscoped | Target::Domain(_) => None,
        };
        Context {
            now: self.admitted,
            domain_name: &self.domain.name,
            project_name,
            user_id: self.who.id(),
            user_name,
            ..Context::default()
        }
    }
}

fn not_allowed(action: &str, resource: &str) -> Error {
    Error::NotAllowed { action: action.to_owned(), resource: resource.to_owned() }
}
