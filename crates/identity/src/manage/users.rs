//! Users.

use super::get;
use super::user_draft::{ProfileDraft, UserDraft, apply, check_password};
use crate::issue::Login;
use crate::uses::forget;
use crate::{
    AccessKey, ApplicationCredential, Assignment, Caller, Error, Live, LoginProtect, Membership, Profile,
    User, UserAccess, UserRef, VerificationMethod,
};
use countersign_store::{Document, Link, Scope, Writer, delete, list_linked, put, write};
use countersign_types::{SecretKey, UserId};
use std::net::IpAddr;

impl Live {
    /// Creates a user.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`], [`Error::NameTaken`], [`Error::Busy`], or a fault.
    pub fn create_user(&self, caller: &Caller, draft: &UserDraft) -> Result<User, Error> {
        caller.require("iam:users:createUser", &caller.resource("user", "*"))?;
        let name = draft.name.clone().ok_or(Error::Invalid { field: "name", reason: "a name" })?;
        let password = draft.password.clone().unwrap_or_else(|| self.identity.new_password());
        let user = User {
            id: UserId::parse(&self.identity.new_id()).expect("hex digits are an identifier"),
            domain_id: caller.domain.id.clone(),
            name,
            password_hash: String::new(),
            enabled: true,
            access_mode: UserAccess::Default,
            profile: Profile::default(),
            description: String::new(),
            epoch: 0,
            federated: None,
            created: self.now(),
        };
        let hash = self.hash(&password)?;
        let user = User { epoch: 0, ..apply(user, draft, Some(hash), self.now())? };
        write(self.identity.store.as_ref(), |writer| Ok::<_, Error>(put(writer, &user)?))?;
        Ok(user)
    }

    /// Changes a user. A new password, or being disabled or enabled, ends everything issued to the user.
    ///
    /// # Errors
    /// As [`Live::create_user`], and [`Error::NotFound`].
    pub fn update_user(&self, caller: &Caller, id: &str, draft: &UserDraft) -> Result<User, Error> {
        caller.require("iam:users:updateUser", &caller.resource("user", id))?;
        self.replace_user(caller, id, draft)
    }

    /// The caller sets a new password for itself, and shows that it knows the old one.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another user's, [`crate::Unauthenticated`] when the old one is wrong, and as
    /// [`Live::update_user`].
    pub fn change_password(
        &self,
        caller: &Caller,
        id: &str,
        original: &SecretKey,
        password: SecretKey,
        source: Option<IpAddr>,
    ) -> Result<(), Error> {
        caller.require_permanent()?;
        if caller.who.id() != id {
            return Err(Error::Forbidden);
        }
        let user = UserRef::Id(id.to_owned());
        let login = Login { user: &user, password: original, passcode: None, source };
        self.log_in(&login, self.now())?;
        let profile = ProfileDraft { password_must_change: Some(false), ..ProfileDraft::default() };
        let draft = UserDraft { password: Some(password), profile, ..UserDraft::default() };
        self.replace_user(caller, id, &draft).map(drop)
    }

    /// Changes how the user is reached: its own record, or one that the caller administers.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NotFound`], or a fault.
    pub fn update_contact(&self, caller: &Caller, id: &str, profile: ProfileDraft) -> Result<User, Error> {
        self.directory()?.user_for(caller, id, "iam:users:updateUser")?;
        self.replace_user(caller, id, &UserDraft { profile, ..UserDraft::default() })
    }

    /// Sets what protects the user's visits of a console.
    ///
    /// # Errors
    /// As [`Live::update_contact`].
    pub fn update_login_protect(
        &self,
        caller: &Caller,
        id: &str,
        protect: LoginProtect,
    ) -> Result<User, Error> {
        caller.require("iam:users:setUserLoginProtect", &caller.resource("user", id))?;
        if protect.enabled && protect.method == VerificationMethod::Vmfa {
            return Err(Error::Invalid {
                field: "verification_method",
                reason: "a device that the user has",
            });
        }
        let profile = ProfileDraft { login_protect: Some(protect), ..ProfileDraft::default() };
        self.replace_user(caller, id, &UserDraft { profile, ..UserDraft::default() })
    }

    /// Deletes a user with its keys, its places in groups and its roles.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], or a fault.
    pub fn delete_user(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require("iam:users:deleteUser", &caller.resource("user", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let user: User = get(writer, caller, "user", id)?;
            remove_user(writer, &user)
        })
    }

    fn replace_user(&self, caller: &Caller, id: &str, draft: &UserDraft) -> Result<User, Error> {
        // Hashing takes long, so it is done before the transaction.
        let hash = draft.password.as_ref().map(|password| self.hash(password)).transpose()?;
        write(self.identity.store.as_ref(), |writer| {
            let user = apply(get(writer, caller, "user", id)?, draft, hash.clone(), self.now())?;
            put(writer, &user)?;
            Ok(user)
        })
    }

    pub(super) fn hash(&self, password: &SecretKey) -> Result<String, Error> {
        check_password(password)?;
        self.hashing.run(|| self.identity.hash_password(password))?
    }
}

/// Refuses users of an identity provider: who they are is proven there and nowhere else.
pub(crate) fn require_native(user: &User) -> Result<(), Error> {
    let reason = "a user of the account, not of an identity provider";
    if user.federated.is_none() { Ok(()) } else { Err(Error::Invalid { field: "user_id", reason }) }
}

/// Deletes the user with its keys, its places in groups and its roles.
pub(super) fn remove_user(writer: &mut dyn Writer, user: &User) -> Result<(), Error> {
    let link = Link::new("user", user.id.as_str());
    for key in list_linked::<AccessKey>(writer, Scope::All, &link)? {
        forget::<AccessKey>(writer, key.id.as_str())?;
    }
    delete_linked::<AccessKey>(writer, &link)?;
    delete_linked::<ApplicationCredential>(writer, &link)?;
    delete_linked::<Membership>(writer, &link)?;
    delete_linked::<Assignment>(writer, &link)?;
    delete::<User>(writer, user.scope(), user.id.as_str())?;
    forget::<User>(writer, user.id.as_str())
}

/// Deletes every record of the kind that carries the link.
pub(super) fn delete_linked<T: Document>(writer: &mut dyn Writer, link: &Link) -> Result<(), Error> {
    for record in list_linked::<T>(writer, Scope::All, link)? {
        delete::<T>(writer, record.scope(), record.id())?;
    }
    Ok(())
}
