//! API groups: the unit that owns a subdomain.

use crate::context::put_unique;
use crate::validate::{check, is_length, is_word};
use crate::{Api, Control, Error, Filter, InstanceRef, Page, Paging, links, quota, responses, variables};
use countersign_store::{Document, Reader, Scope, Writer, find_by_name, list};
use countersign_types::{GroupId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// Name of the group that every gateway owns and that its bare address reaches.
pub const DEFAULT_GROUP: &str = "DEFAULT";

/// An API group as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// It is the group DEFAULT, which can be neither changed nor removed.
    pub is_default: bool,
    /// Whether the default subdomain serves.
    pub subdomain_enabled: bool,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

impl Group {
    /// The subdomain that the product gives every group.
    #[must_use]
    pub fn subdomain(&self, suffix: &str) -> String {
        format!("{}.apic.{suffix}", self.id)
    }
}

impl Document for Group {
    const KIND: &'static str = "group";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

/// What can be said about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDraft {
    /// Its name.
    pub name: String,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
}

impl GroupDraft {
    fn validate(&self) -> Result<(), Error> {
        check("name", is_group_name(&self.name))?;
        check("remark", self.remark.as_deref().is_none_or(|remark| is_length(remark, (0, 1_000))))
    }
}

/// 3 to 255 letters, digits and some punctuation, Chinese included; first a letter or digit.
fn is_group_name(name: &str) -> bool {
    let each = |c: char| c.is_alphanumeric() || "_-./()（）:：、".contains(c);
    is_word(name, (3, 255), char::is_alphanumeric, each)
}

/// Which groups a list shows.
#[derive(Debug, Clone, Default)]
pub struct GroupFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
}

/// Finds the group in the transaction of a use-case.
///
/// # Errors
/// `APIG.3001` when the gateway has no such group.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &GroupId) -> Result<Group, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::group_not_found(id))
}

/// Stores a group that is new.
///
/// # Errors
/// A taken name, too many groups.
pub(crate) fn insert(writer: &mut dyn Writer, at: &InstanceRef, group: &Group) -> Result<(), Error> {
    let groups = writer.count(Group::KIND, Scope::One(at.scope()), None)?;
    quota::GROUPS.check(groups, Error::groups_exceeded)?;
    put_unique(writer, group, Error::group_name_taken)
}

impl Control {
    /// Creates a group.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many groups.
    pub fn create_group(&self, at: &InstanceRef, draft: &GroupDraft) -> Result<Group, Error> {
        let group = self.drafted_group(at, draft)?;
        self.write(|writer| {
            at.resolve(writer)?;
            insert(writer, at, &group)
        })?;
        Ok(group)
    }

    pub(crate) fn new_default_group(&self, instance: &InstanceId) -> Group {
        let draft = GroupDraft { name: DEFAULT_GROUP.to_owned(), remark: None };
        Group { is_default: true, ..self.new_group(instance, draft) }
    }

    /// The group that a draft makes; it is stored nowhere yet.
    ///
    /// # Errors
    /// An unacceptable draft.
    pub(crate) fn drafted_group(&self, at: &InstanceRef, draft: &GroupDraft) -> Result<Group, Error> {
        draft.validate()?;
        Ok(self.new_group(&at.id, draft.clone()))
    }

    fn new_group(&self, instance: &InstanceId, draft: GroupDraft) -> Group {
        let now = (self.now)();
        Group {
            id: self.new_id(),
            instance_id: instance.clone(),
            name: draft.name,
            remark: draft.remark.unwrap_or_default(),
            is_default: false,
            subdomain_enabled: true,
            created: now,
            updated: now,
        }
    }

    /// One group.
    ///
    /// # Errors
    /// Unknown gateway or group.
    pub fn group(&self, at: &InstanceRef, id: &GroupId) -> Result<Group, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })
    }

    /// A page of the groups, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_groups(
        &self,
        at: &InstanceRef,
        filter: &GroupFilter,
        paging: Paging,
    ) -> Result<Page<Group>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut groups: Vec<Group> = list(reader, Scope::One(at.scope()))?;
            groups.retain(|group| filter.id.passes(group.id.as_str()) && filter.name.passes(&group.name));
            Ok(paging.cut(groups))
        })
    }

    /// Changes name and remark.
    ///
    /// # Errors
    /// Unknown gateway or group, unacceptable values, a taken name, the group DEFAULT.
    pub fn update_group(&self, at: &InstanceRef, id: &GroupId, draft: &GroupDraft) -> Result<Group, Error> {
        draft.validate()?;
        self.write(|writer| {
            at.resolve(writer)?;
            let mut group = require(writer, at, id)?;
            if group.is_default {
                return Err(Error::group_forbidden());
            }
            group.name.clone_from(&draft.name);
            group.remark = draft.remark.clone().unwrap_or(group.remark);
            group.updated = (self.now)();
            put_unique(writer, &group, Error::group_name_taken)?;
            Ok(group)
        })
    }

    /// Switches the default subdomain on or off.
    ///
    /// # Errors
    /// Unknown gateway or group.
    pub fn set_group_subdomain(&self, at: &InstanceRef, id: &GroupId, state: Subdomain) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let mut group = require(writer, at, id)?;
            group.subdomain_enabled = state == Subdomain::Serving;
            Ok(countersign_store::put(writer, &group)?)
        })
    }

    /// Removes an empty group.
    ///
    /// # Errors
    /// Unknown gateway or group, a group with APIs, the group DEFAULT.
    pub fn delete_group(&self, at: &InstanceRef, id: &GroupId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            if require(writer, at, id)?.is_default {
                return Err(Error::group_forbidden());
            }
            if links::is_used(writer, Api::KIND, at.scope(), links::GROUP, id.as_str())? {
                return Err(Error::group_in_use(id));
            }
            variables::delete_linked(writer, at, links::GROUP, id.as_str())?;
            responses::delete_of(writer, at, id)?;
            writer.delete(Group::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }

    /// Passes when the name is free.
    ///
    /// # Errors
    /// Unknown gateway, an unacceptable or taken name.
    pub fn check_group_name(&self, at: &InstanceRef, name: &str) -> Result<(), Error> {
        check("group_name", is_group_name(name))?;
        self.read(|reader| {
            at.resolve(reader)?;
            match find_by_name::<Group>(reader, at.scope(), name)? {
                Some(_) => Err(Error::group_name_taken()),
                None => Ok(()),
            }
        })
    }
}

/// Whether a group's default subdomain serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subdomain {
    /// It does.
    Serving,
    /// It does not.
    Off,
}
