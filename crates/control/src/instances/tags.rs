//! Tags of gateways.

use super::{Instance, InstanceRef};
use crate::validate::is_length;
use crate::{Control, Error, Filter, Page, Paging};
use countersign_store::{Scope, list};
use countersign_types::ProjectId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most tags of one gateway.
const TAGS_MAX: usize = 20;

/// A key with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// 1 to 128 characters, unique on the gateway.
    pub key: String,
    /// Up to 255 characters.
    pub value: String,
}

/// What to do with tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagAction {
    /// Add them; a key that exists gets the new value.
    Create,
    /// Remove their keys.
    Delete,
}

/// Passes when all tags are acceptable and not too many.
pub(super) fn check(tags: &[Tag]) -> Result<(), Error> {
    let good = tags.iter().all(|tag| is_length(&tag.key, (1, 128)) && is_length(&tag.value, (0, 255)));
    if !good {
        return Err(Error::instance_invalid("tags"));
    }
    if tags.len() > TAGS_MAX { Err(Error::instance_tags_exceeded()) } else { Ok(()) }
}

/// Which gateways a search by tags finds: all conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct TagQuery {
    /// Only those without any tag.
    pub untagged: bool,
    /// For each key one of its values; no values stand for any.
    pub tags: Vec<(String, Vec<String>)>,
    /// On the name.
    pub name: Filter,
}

impl TagQuery {
    fn finds(&self, instance: &Instance) -> bool {
        let carries = |(key, values): &(String, Vec<String>)| {
            let mut with_key = instance.tags.iter().filter(|tag| tag.key == *key);
            with_key.any(|tag| values.is_empty() || values.contains(&tag.value))
        };
        (!self.untagged || instance.tags.is_empty())
            && self.tags.iter().all(carries)
            && self.name.passes(&instance.name)
    }
}

impl Control {
    /// A page of the project's gateways that the query finds, oldest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn find_tagged(
        &self,
        project: &ProjectId,
        query: &TagQuery,
        paging: Paging,
    ) -> Result<Page<Instance>, Error> {
        self.read(|reader| {
            let mut instances: Vec<Instance> = list(reader, Scope::One(project.as_str()))?;
            instances.retain(|instance| query.finds(instance));
            Ok(paging.cut(instances))
        })
    }

    /// The tags of a gateway.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn instance_tags(&self, at: &InstanceRef) -> Result<Vec<Tag>, Error> {
        self.read(|reader| Ok(at.resolve(reader)?.tags))
    }

    /// All keys that a project's gateways carry, with all their values.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn project_tags(&self, project: &ProjectId) -> Result<BTreeMap<String, BTreeSet<String>>, Error> {
        self.read(|reader| {
            let mut keys = BTreeMap::<String, BTreeSet<String>>::new();
            for instance in list::<Instance>(reader, Scope::One(project.as_str()))? {
                for Tag { key, value } in instance.tags {
                    keys.entry(key).or_default().insert(value);
                }
            }
            Ok(keys)
        })
    }

    /// Adds or removes tags.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable or too many tags.
    pub fn change_instance_tags(
        &self,
        at: &InstanceRef,
        action: TagAction,
        tags: &[Tag],
    ) -> Result<(), Error> {
        check(tags)?;
        self.write(|writer| {
            let mut instance = at.require(writer)?;
            instance.tags.retain(|old| !tags.iter().any(|tag| tag.key == old.key));
            if action == TagAction::Create {
                instance.tags.extend_from_slice(tags);
            }
            check(&instance.tags)?;
            Ok(countersign_store::put(writer, &instance)?)
        })
    }
}
