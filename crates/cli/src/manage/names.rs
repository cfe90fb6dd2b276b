//! From the names of objects to their ids.

use super::gateway::{Gateway, Scope, text};
use super::resource::Resource;
use serde_json::{Map, Value};

impl Gateway {
    /// Replaces words by members with ids (`group: shop` by `group_id: …`) and takes the scope out.
    ///
    /// # Errors
    /// [`super::gateway::Missing`] when there is no object of that name.
    pub(super) fn resolve(
        &self,
        resource: &'static Resource,
        members: &mut Map<String, Value>,
    ) -> anyhow::Result<Scope> {
        for reference in resource.all_references() {
            let Some(Value::String(name)) = members.shift_remove(reference.word) else { continue };
            let object = self.get(reference.to, &scope(reference.to, members), &name)?;
            members.insert(reference.member.to_owned(), text(&object, "id").into());
        }
        let scope = scope(resource, members);
        for (member, _) in &scope {
            members.shift_remove(*member);
        }
        Ok(scope)
    }
}

/// The ids of the objects that one of this kind is in, as far as they are known.
fn scope(resource: &Resource, members: &Map<String, Value>) -> Scope {
    let ids = resource.scope.iter().filter_map(|reference| {
        Some((reference.member, members.get(reference.member)?.as_str()?.to_owned()))
    });
    ids.collect()
}
