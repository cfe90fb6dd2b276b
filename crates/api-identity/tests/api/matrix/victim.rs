//! What operations are about: one of everything in the first account.

use super::operations::{allow, policy};
use crate::support::Place;
use countersign_identity::{
    AccessKey, Agency, Bootstrap, CustomPolicy, IdentityProvider, MappingRecord, Project, Reach, User,
    UserGroup,
};
use countersign_store::{put, write};
use countersign_types::{IdentityProviderId, MappingId};
use serde_json::{Value, json};

/// Id of everything that operations are about.
pub(super) const VICTIM: &str = "victim";

/// Puts everything that operations are about (back) in its place.
pub(super) fn restore(place: &Place) {
    let (key, _) = place.key();
    let directory = place.live.directory().unwrap();
    let Bootstrap { domain, project, user, .. } = place.made.clone();
    let (domain_id, now, name) = (domain.id.clone(), place.live.now(), VICTIM.to_owned());
    let id = || VICTIM.to_owned();
    let user = User { id: id().try_into().unwrap(), name: name.clone(), ..user };
    let mapping_id = MappingId::parse(VICTIM).unwrap();
    let rules = json!([{"local": [], "remote": [{"type": "sub"}]}]);
    let key = AccessKey {
        id: id().try_into().unwrap(),
        user_id: user.id.clone(),
        ..AccessKey::clone(directory.access_keys.find(key.as_str()).unwrap())
    };
    write(place.live.identity().store.as_ref(), |writer| {
        put(writer, &user)?;
        put(writer, &key)?;
        put(writer, &Project { id: id().try_into().unwrap(), name: name.clone(), ..project.clone() })?;
        put(
            writer,
            &UserGroup {
                id: id().try_into().unwrap(),
                domain_id: domain_id.clone(),
                name: name.clone(),
                description: String::new(),
                created: now,
            },
        )?;
        put(
            writer,
            &Agency {
                id: id().try_into().unwrap(),
                domain_id: domain_id.clone(),
                name: name.clone(),
                trust_domain_id: domain_id.clone(),
                description: String::new(),
                duration_days: None,
                expires: None,
                epoch: 0,
                created: now,
            },
        )?;
        put(writer, &custom(place, VICTIM, policy(&json!([allow("iam:users:getUser")]))))?;
        put(
            writer,
            &MappingRecord { id: mapping_id.clone(), domain_id: domain_id.clone(), rules: rules.clone() },
        )?;
        put(
            writer,
            &IdentityProvider {
                id: IdentityProviderId::parse(VICTIM).unwrap(),
                domain_id: domain_id.clone(),
                description: String::new(),
                enabled: true,
                mapping_id: Some(mapping_id.clone()),
                oidc: None,
                created: now,
            },
        )
    })
    .unwrap();
}

pub(super) fn custom(place: &Place, id: &str, document: Value) -> CustomPolicy {
    CustomPolicy {
        id: id.to_owned().try_into().unwrap(),
        domain_id: place.made.domain.id.clone(),
        number: 1,
        display_name: id.to_owned(),
        description: String::new(),
        description_cn: String::new(),
        reach: Reach::Domain,
        document,
        created: place.live.now(),
        updated: None,
    }
}
