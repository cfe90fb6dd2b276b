//! Roles given to users, groups and agencies.

use super::get;
use crate::{
    Actor, Agency, Assignment, Caller, Directory, Error, Live, Place, Project, Role, User, UserGroup,
};
use countersign_store::{Reader, delete, put, read, write};
use countersign_types::RoleId;
use std::sync::Arc;

/// A role for somebody somewhere in the caller's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who has it.
    pub actor: Actor,
    /// Where.
    pub place: Place,
    /// Which.
    pub role_id: RoleId,
}

impl Live {
    /// Gives the role; once is enough.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`] for whom, where or which, or a fault.
    pub fn grant(&self, caller: &Caller, grant: &Grant) -> Result<(), Error> {
        require("grantRoleTo", caller, &grant.actor, &grant.place)?;
        let Grant { actor, place, role_id } = grant.clone();
        let directory = self.directory()?;
        let role = directory.role(&caller.domain.id, role_id.as_str());
        role.ok_or_else(|| Error::NotFound { kind: "role", id: role_id.to_string() })?;
        write(self.identity.store.as_ref(), |writer| {
            check_actor(writer, caller, &grant.actor)?;
            check_place(writer, caller, &grant.place)?;
            let domain_id = caller.domain.id.clone();
            Ok(put(writer, &Assignment::new(domain_id, actor.clone(), place.clone(), role_id.clone()))?)
        })
    }

    /// Takes the role away.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`] when it was not given, or a fault.
    pub fn withdraw(&self, caller: &Caller, grant: &Grant) -> Result<(), Error> {
        require("revokeRoleFrom", caller, &grant.actor, &grant.place)?;
        let id = Assignment::id_of(&grant.actor, &grant.place, &grant.role_id);
        write(self.identity.store.as_ref(), |writer| {
            if delete::<Assignment>(writer, caller.domain.id.as_str(), &id)? {
                Ok(())
            } else {
                Err(not_given(&grant.role_id))
            }
        })
    }

    /// The roles that the actor was given at the place.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`] for whom or where, or a fault.
    pub fn granted(&self, caller: &Caller, actor: &Actor, place: &Place) -> Result<Vec<Arc<Role>>, Error> {
        require("listRolesFor", caller, actor, place)?;
        let directory = self.given_at(caller, actor, place)?;
        let given = directory.given_to(actor).filter(|given| given.place == *place);
        let roles = given.filter_map(|given| directory.role(&given.domain_id, given.role_id.as_str()));
        Ok(roles.cloned().collect())
    }

    /// Refuses when the role was not given.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`] for whom, where or which, or a fault.
    pub fn check_grant(&self, caller: &Caller, grant: &Grant) -> Result<(), Error> {
        let Grant { actor, place, role_id } = grant;
        require("checkRoleFor", caller, actor, place)?;
        let directory = self.given_at(caller, actor, place)?;
        let is_given = |given: &Arc<Assignment>| given.place == *place && given.role_id == *role_id;
        if directory.given_to(actor).any(is_given) { Ok(()) } else { Err(not_given(role_id)) }
    }

    /// The view in which actor and place exist.
    fn given_at(&self, caller: &Caller, actor: &Actor, place: &Place) -> Result<Arc<Directory>, Error> {
        read(self.identity.store.as_ref(), |reader| {
            check_actor(reader, caller, actor)?;
            check_place(reader, caller, place)
        })?;
        self.directory()
    }
}

/// Actions are named by what is done, for whom and where.
fn require(done: &str, caller: &Caller, actor: &Actor, place: &Place) -> Result<(), Error> {
    let (kind, id) = actor.parts();
    let whom = match actor {
        Actor::User(_) => "User",
        Actor::Group(_) => "Group",
        Actor::Agency(_) => "Agency",
    };
    let place = match place {
        Place::Domain => "OnDomain",
        Place::Project(_) => "OnProject",
        Place::AllProjects => "",
    };
    caller.require(&format!("iam:permissions:{done}{whom}{place}"), &caller.resource(kind, id))
}

fn not_given(role_id: &RoleId) -> Error {
    Error::NotFound { kind: "role assignment", id: role_id.to_string() }
}

fn check_actor(reader: &dyn Reader, caller: &Caller, actor: &Actor) -> Result<(), Error> {
    match actor {
        Actor::User(id) => get::<User>(reader, caller, "user", id.as_str()).map(drop),
        Actor::Group(id) => get::<UserGroup>(reader, caller, "group", id.as_str()).map(drop),
        Actor::Agency(id) => get::<Agency>(reader, caller, "agency", id.as_str()).map(drop),
    }
}

fn check_place(reader: &dyn Reader, caller: &Caller, place: &Place) -> Result<(), Error> {
    match place {
        Place::Project(id) => get::<Project>(reader, caller, "project", id.as_str()).map(drop),
        Place::Domain | Place::AllProjects => Ok(()),
    }
}
