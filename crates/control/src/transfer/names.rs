//! Outside of their gateway, ids mean nothing: there, definitions name authorizers and gateway responses by name.

use crate::apis::Definition;
use crate::{Authorizer, Error, Group, InstanceRef, ResponseSet, authorizers, responses};
use countersign_store::{Reader, find_by_name};
use countersign_types::AuthorizerId;

/// The definition with names for ids. Gateway responses that are there no longer are the default ones.
pub(super) fn name(
    reader: &dyn Reader,
    at: &InstanceRef,
    sets: &[ResponseSet],
    mut definition: Definition,
) -> Result<Definition, Error> {
    for authorizer in definition.authorizers_mut() {
        if let Some(id) = authorizer.as_deref().and_then(|id| AuthorizerId::parse(id).ok()) {
            *authorizer = Some(authorizers::require(reader, at, &id)?.draft.name);
        }
    }
    let set = sets.iter().find(|set| definition.response_id.as_deref() == Some(set.id.as_str()));
    definition.response_id = set.map(|set| set.name.clone());
    Ok(definition)
}

/// The definition with the ids that the names have here.
pub(super) fn identify(
    reader: &dyn Reader,
    at: &InstanceRef,
    group: &Group,
    definition: &Definition,
) -> Result<Definition, Error> {
    let mut definition = Definition { group_id: group.id.clone(), ..definition.clone() };
    for authorizer in definition.authorizers_mut() {
        if let Some(name) = authorizer.as_deref().filter(|name| !name.is_empty()) {
            let found: Option<Authorizer> = find_by_name(reader, at.scope(), name)?;
            let found = found.ok_or_else(|| Error::authorizer_not_found(name))?;
            *authorizer = Some(found.id.to_string());
        }
    }
    if let Some(name) = definition.response_id.as_deref() {
        let set = responses::of(reader, group)?.into_iter().find(|set| set.name == name);
        let set = set.ok_or_else(|| Error::response_not_found(name))?;
        definition.response_id = Some(set.id.to_string());
    }
    Ok(definition)
}
