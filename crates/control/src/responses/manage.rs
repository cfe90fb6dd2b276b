//! Creating, reading, changing and removing sets and their answers.

use super::{Answer, DEFAULT_SET, ResponseDraft, ResponseSet, of, require};
use crate::context::put_unique;
use crate::validate::{check, is_word};
use crate::{Api, Control, Error, Group, InstanceRef, Page, Paging, groups, links, quota};
use countersign_store::{Document, Link, Scope, Writer, list_linked, put};
use countersign_types::{GroupId, ResponseId, ResponseType};

impl ResponseDraft {
    pub(crate) fn validate(&self) -> Result<(), Error> {
        let each = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        check("name", is_word(&self.name, (1, 64), each, each))?;
        self.answers.iter().try_for_each(|(kind, answer)| answer.check(*kind))
    }
}

/// Stores a set that is new.
///
/// # Errors
/// A taken name, too many sets.
pub(crate) fn insert(writer: &mut dyn Writer, group: &Group, set: &ResponseSet) -> Result<(), Error> {
    let own = of(writer, group)?.iter().filter(|set| !set.is_default).count();
    quota::RESPONSES.check(own, Error::responses_exceeded)?;
    // The default set holds its name also as long as it is not stored.
    if set.name == DEFAULT_SET {
        return Err(Error::response_name_taken());
    }
    put_unique(writer, set, Error::response_name_taken)
}

impl Control {
    /// A page of the sets of a group: the default one first, then the others, oldest first.
    ///
    /// # Errors
    /// Unknown gateway or group.
    pub fn list_responses(
        &self,
        at: &InstanceRef,
        group: &GroupId,
        paging: Paging,
    ) -> Result<Page<ResponseSet>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            Ok(paging.cut(of(reader, &groups::require(reader, at, group)?)?))
        })
    }

    /// Creates a set.
    ///
    /// # Errors
    /// Unknown gateway or group, an unacceptable name or answer, a taken name, too many sets.
    pub fn create_response(
        &self,
        at: &InstanceRef,
        group: &GroupId,
        draft: &ResponseDraft,
    ) -> Result<ResponseSet, Error> {
        draft.validate()?;
        let set = self.new_response(at, group, draft);
        self.write(|writer| {
            at.resolve(writer)?;
            let group = groups::require(writer, at, group)?;
            insert(writer, &group, &set)
        })?;
        Ok(set)
    }

    /// The set that a draft makes; it is stored nowhere yet.
    pub(crate) fn new_response(
        &self,
        at: &InstanceRef,
        group: &GroupId,
        draft: &ResponseDraft,
    ) -> ResponseSet {
        let now = (self.now)();
        ResponseSet {
            id: self.new_id(),
            instance_id: at.id.clone(),
            group_id: group.clone(),
            name: draft.name.clone(),
            is_default: false,
            created: now,
            updated: now,
            answers: draft.answers.clone(),
        }
    }

    /// One set.
    ///
    /// # Errors
    /// Unknown gateway, group or set.
    pub fn response(&self, at: &InstanceRef, group: &GroupId, id: &ResponseId) -> Result<ResponseSet, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, &groups::require(reader, at, group)?, id)
        })
    }

    /// Replaces name and answers.
    ///
    /// # Errors
    /// Unknown gateway, group or set, an unacceptable name or answer, a taken name, another name for the default set.
    pub fn update_response(
        &self,
        at: &InstanceRef,
        (group, id): (&GroupId, &ResponseId),
        draft: &ResponseDraft,
    ) -> Result<ResponseSet, Error> {
        draft.validate()?;
        self.change(at, (group, id), |set| {
            if set.is_default && draft.name != DEFAULT_SET {
                return Err(Error::response_unnamable());
            }
            if !set.is_default && draft.name == DEFAULT_SET {
                return Err(Error::response_name_taken());
            }
            set.name.clone_from(&draft.name);
            set.answers.clone_from(&draft.answers);
            Ok(())
        })
    }

    /// Replaces the answer to one type.
    ///
    /// # Errors
    /// Unknown gateway, group or set, an unacceptable answer.
    pub fn set_response_type(
        &self,
        at: &InstanceRef,
        of: (&GroupId, &ResponseId),
        kind: ResponseType,
        answer: &Answer,
    ) -> Result<ResponseSet, Error> {
        answer.check(kind)?;
        self.change(at, of, |set| {
            set.answers.insert(kind, answer.clone());
            Ok(())
        })
    }

    /// Restores the built-in answer to one type; where there is nothing to restore, nothing happens.
    ///
    /// # Errors
    /// Unknown gateway, group or set.
    pub fn reset_response_type(
        &self,
        at: &InstanceRef,
        of: (&GroupId, &ResponseId),
        kind: ResponseType,
    ) -> Result<ResponseSet, Error> {
        self.change(at, of, |set| {
            set.answers.remove(&kind);
            Ok(())
        })
    }

    fn change(
        &self,
        at: &InstanceRef,
        (group, id): (&GroupId, &ResponseId),
        change: impl Fn(&mut ResponseSet) -> Result<(), Error>,
    ) -> Result<ResponseSet, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let mut set = require(writer, &groups::require(writer, at, group)?, id)?;
            change(&mut set)?;
            set.updated = (self.now)();
            put_unique(writer, &set, Error::response_name_taken)?;
            Ok(set)
        })
    }

    /// Removes a set. APIs that chose it choose none from then on; published versions of them use the default set.
    ///
    /// # Errors
    /// Unknown gateway, group or set, the default set.
    pub fn delete_response(&self, at: &InstanceRef, group: &GroupId, id: &ResponseId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let group = groups::require(writer, at, group)?;
            if require(writer, &group, id)?.is_default {
                return Err(Error::response_undeletable());
            }
            forget_choice(writer, &group, id)?;
            writer.delete(ResponseSet::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}

fn forget_choice(writer: &mut dyn Writer, group: &Group, id: &ResponseId) -> Result<(), Error> {
    let link = Link::new(links::GROUP, group.id.as_str());
    let apis: Vec<Api> = list_linked(writer, Scope::One(group.instance_id.as_str()), &link)?;
    for mut api in apis {
        if api.definition.response_id.as_deref() == Some(id.as_str()) {
            api.definition.response_id = None;
            put(writer, &api)?;
        }
    }
    Ok(())
}
