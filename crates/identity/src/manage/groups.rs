//! Groups of users.

use super::users::delete_linked;
use super::{check_description, check_name, get};
use crate::{Assignment, Caller, Error, Live, Membership, User, UserGroup};
use countersign_store::{Document, Link, delete, put, write};
use countersign_types::UserGroupId;

/// What to set; everything else stays.
#[derive(Default)]
pub struct GroupDraft {
    /// Unique in the account.
    pub name: Option<String>,
    /// Free text.
    pub description: Option<String>,
}

impl Live {
    /// Creates a group.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`], [`Error::NameTaken`], or a fault.
    pub fn create_group(&self, caller: &Caller, draft: &GroupDraft) -> Result<UserGroup, Error> {
        caller.require("iam:groups:createGroup", &caller.resource("group", "*"))?;
        let name = draft.name.clone().ok_or(Error::Invalid { field: "name", reason: "a name" })?;
        let group = UserGroup {
            id: UserGroupId::parse(&self.identity.new_id()).expect("hex digits are an identifier"),
            domain_id: caller.domain.id.clone(),
            name,
            description: String::new(),
            created: self.now(),
        };
        let group = apply(group, draft)?;
        write(self.identity.store.as_ref(), |writer| Ok::<_, Error>(put(writer, &group)?))?;
        Ok(group)
    }

    /// Changes a group.
    ///
    /// # Errors
    /// As [`Live::create_group`], and [`Error::NotFound`].
    pub fn update_group(&self, caller: &Caller, id: &str, draft: &GroupDraft) -> Result<UserGroup, Error> {
        caller.require("iam:groups:updateGroup", &caller.resource("group", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let group = apply(get(writer, caller, "group", id)?, draft)?;
            put(writer, &group)?;
            Ok(group)
        })
    }

    /// Deletes a group with its roles; its members stay.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], or a fault.
    pub fn delete_group(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require("iam:groups:deleteGroup", &caller.resource("group", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let group: UserGroup = get(writer, caller, "group", id)?;
            let link = Link::new("group", id);
            delete_linked::<Membership>(writer, &link)?;
            delete_linked::<Assignment>(writer, &link)?;
            delete::<UserGroup>(writer, group.scope(), id)?;
            Ok(())
        })
    }

    /// Puts the user into the group; once is enough.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], or a fault.
    pub fn join_group(&self, caller: &Caller, group: &str, user: &str) -> Result<(), Error> {
        caller.require("iam:permissions:addUserToGroup", &caller.resource("group", group))?;
        write(self.identity.store.as_ref(), |writer| {
            let group: UserGroup = get(writer, caller, "group", group)?;
            let user: User = get(writer, caller, "user", user)?;
            Ok(put(writer, &Membership::new(group.domain_id, group.id, user.id))?)
        })
    }

    /// Takes the user out of the group.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`] when the user is not in it, or a fault.
    pub fn leave_group(&self, caller: &Caller, group: &str, user: &str) -> Result<(), Error> {
        caller.require("iam:permissions:removeUserFromGroup", &caller.resource("group", group))?;
        write(self.identity.store.as_ref(), |writer| {
            let group: UserGroup = get(writer, caller, "group", group)?;
            let member: User = get(writer, caller, "user", user)?;
            let id = Membership::id_of(&group.id, &member.id);
            if delete::<Membership>(writer, group.scope(), &id)? {
                Ok(())
            } else {
                Err(Error::NotFound { kind: "user in the group", id: user.to_owned() })
            }
        })
    }
}

fn apply(mut group: UserGroup, draft: &GroupDraft) -> Result<UserGroup, Error> {
    if let Some(name) = &draft.name {
        check_name(name)?;
        name.clone_into(&mut group.name);
    }
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut group.description);
    }
    Ok(group)
}
