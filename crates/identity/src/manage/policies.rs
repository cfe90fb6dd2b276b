//! Custom policies of the caller's account.

use super::{check_description, check_name, get};
use crate::{Assignment, Caller, CustomPolicy, Error, Live, Reach, Role};
use countersign_policy::{Kind, Policy};
use countersign_store::{Document, Scope, delete, list, put, write};
use countersign_types::RoleId;
use serde_json::Value;

/// Most custom policies of an account.
const POLICIES_MAX: usize = 200;

/// What to set; everything else stays.
#[derive(Debug, Default)]
pub struct PolicyDraft {
    /// Name for people; unique in the account.
    pub display_name: Option<String>,
    /// Where it can be given.
    pub reach: Option<Reach>,
    /// Free text.
    pub description: Option<String>,
    /// Free text in Chinese.
    pub description_cn: Option<String>,
    /// What it says.
    pub document: Option<Value>,
}

impl Live {
    /// Creates a custom policy.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`], [`Error::Policy`], [`Error::NameTaken`], [`Error::LimitReached`], or a
    /// fault.
    pub fn create_policy(&self, caller: &Caller, draft: &PolicyDraft) -> Result<Role, Error> {
        caller.require("iam:roles:createRole", &caller.resource("role", "*"))?;
        let missing = |field| Error::Invalid { field, reason: "must be present" };
        let display_name = draft.display_name.clone().ok_or_else(|| missing("display_name"))?;
        let reach = draft.reach.ok_or_else(|| missing("type"))?;
        let document = draft.document.clone().ok_or_else(|| missing("policy"))?;
        let policy = CustomPolicy {
            id: RoleId::parse(&self.identity.new_id()).expect("hex digits are an identifier"),
            domain_id: caller.domain.id.clone(),
            number: 0,
            display_name,
            description: String::new(),
            description_cn: String::new(),
            reach,
            document,
            created: self.now(),
            updated: None,
        };
        let policy = apply(policy, draft)?;
        write(self.identity.store.as_ref(), |writer| {
            let own = list::<CustomPolicy>(writer, Scope::One(policy.domain_id.as_str()))?;
            if own.len() >= POLICIES_MAX {
                return Err(Error::LimitReached { kind: "custom policies", max: POLICIES_MAX });
            }
            let last = own.iter().map(|policy| policy.number).max();
            let policy = CustomPolicy { number: last.unwrap_or_default() + 1, ..policy.clone() };
            put(writer, &policy)?;
            Ok(policy.to_role()?)
        })
    }

    /// Changes a custom policy; the change counts for whoever has it from now on.
    ///
    /// # Errors
    /// As [`Live::create_policy`], and [`Error::NotFound`].
    pub fn update_policy(&self, caller: &Caller, id: &str, draft: &PolicyDraft) -> Result<Role, Error> {
        caller.require("iam:roles:updateRole", &caller.resource("role", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let policy = apply(get(writer, caller, "role", id)?, draft)?;
            let policy = CustomPolicy { updated: Some(self.now()), ..policy };
            put(writer, &policy)?;
            Ok(policy.to_role()?)
        })
    }

    /// Deletes a custom policy that nobody has.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], [`Error::InUse`], or a fault.
    pub fn delete_policy(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require("iam:roles:deleteRole", &caller.resource("role", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let policy: CustomPolicy = get(writer, caller, "role", id)?;
            if writer.count(Assignment::KIND, Scope::All, Some(&policy.given()))? > 0 {
                return Err(Error::InUse { kind: "role", id: id.to_owned() });
            }
            delete::<CustomPolicy>(writer, policy.scope(), id)?;
            Ok(())
        })
    }
}

fn apply(mut policy: CustomPolicy, draft: &PolicyDraft) -> Result<CustomPolicy, Error> {
    if let Some(display_name) = &draft.display_name {
        check_name(display_name)?;
        display_name.clone_into(&mut policy.display_name);
    }
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut policy.description);
    }
    if let Some(description) = &draft.description_cn {
        check_description(description)?;
        description.clone_into(&mut policy.description_cn);
    }
    if let Some(document) = &draft.document {
        Policy::parse(document, Kind::FineGrained)?;
        policy.document = document.clone();
    }
    policy.reach = draft.reach.unwrap_or(policy.reach);
    Ok(policy)
}
