//! From the source to principals.

use super::{Agency, Opening, Principals, User};
use crate::{
    error::{Error, Fault},
    fingerprint::Fingerprints,
    shards::{Document, Shards},
    source,
};
use countersign_token::{AuditId, KeyId, OPENING_BYTES, OpeningKey};
use countersign_types::{AgencyId, DomainId, SecretKey, UserId};
use std::{collections::HashMap, sync::Arc};
use zeroize::Zeroizing;

impl Principals {
    pub(crate) fn compile(
        source: &source::Identity,
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let principals = Self {
            domains: Shards::compile(source.domains.iter(), previous.map(|old| &old.domains), prints)?,
            users: Shards::compile(source.users.iter(), previous.map(|old| &old.users), prints)?,
            agencies: Shards::compile(source.agencies.iter(), previous.map(|old| &old.agencies), prints)?,
            opening: Opening::compile(&source.token_keys, previous.map(|old| &old.opening), prints)?,
            revoked: source.revoked.iter().map(|id| audit_id(id)).collect::<Result<_, _>>()?,
        };
        let orphan = source.access_keys.iter().find(|key| principals.user(key.user_id.as_str()).is_none());
        match orphan {
            Some(key) => Err(Fault::Unresolved("user of the access key").at("key", &key.key)),
            None => Ok(principals),
        }
    }
}

impl Opening {
    fn compile(
        source: &[source::TokenKey],
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let fingerprint = prints.of(source);
        if let Some(unchanged) = previous.filter(|old| old.fingerprint == fingerprint) {
            return Ok(unchanged.clone());
        }
        let mut keys = HashMap::with_capacity(source.len());
        for key in source {
            let place = |fault: Fault| fault.at("token key", &key.id);
            let opening = opening_key(key.id, &key.opening).map_err(place)?;
            if keys.insert(key.id, opening).is_some() {
                return Err(place(Fault::Duplicate("token key")));
            }
        }
        Ok(Self { fingerprint, keys: Arc::new(keys.into_values().collect()) })
    }
}

fn opening_key(id: u32, text: &SecretKey) -> Result<OpeningKey, Fault> {
    let mut bytes = Zeroizing::new([0; OPENING_BYTES]);
    let read = hex::decode_to_slice(text.expose(), &mut *bytes).ok();
    read.and_then(|()| OpeningKey::from_bytes(KeyId(id), &bytes)).ok_or(Fault::Invalid("token key"))
}

fn audit_id(text: &str) -> Result<AuditId, Error> {
    // The text is not repeated: what is not an audit id could be anything.
    AuditId::parse(text).ok_or_else(|| Fault::Invalid("audit id").at("revocation", &"of a credential"))
}

impl Document for &source::Domain {
    type Key = DomainId;
    type Entry = Box<str>;
    const KIND: &'static str = "account";
    const KEY: &'static str = "account id";

    fn key(&self) -> &DomainId {
        &self.id
    }

    fn compile(&self) -> Result<Box<str>, Fault> {
        Ok(self.name.as_str().into())
    }
}

impl Document for &source::User {
    type Key = UserId;
    type Entry = User;
    const KIND: &'static str = "user";
    const KEY: &'static str = "user id";

    fn key(&self) -> &UserId {
        &self.id
    }

    fn compile(&self) -> Result<User, Fault> {
        Ok(User {
            id: self.id.clone(),
            name: self.name.as_str().into(),
            domain_id: self.domain_id.clone(),
            acts_on_account: self.acts_on_account,
            project_ids: self.project_ids.as_slice().into(),
            epoch: self.epoch,
        })
    }
}

impl Document for &source::Agency {
    type Key = AgencyId;
    type Entry = Agency;
    const KIND: &'static str = "agency";
    const KEY: &'static str = "agency id";

    fn key(&self) -> &AgencyId {
        &self.id
    }

    fn compile(&self) -> Result<Agency, Fault> {
        Ok(Agency {
            id: self.id.clone(),
            name: self.name.as_str().into(),
            domain_id: self.domain_id.clone(),
            acts_on_account: self.acts_on_account,
            project_ids: self.project_ids.as_slice().into(),
            trust_domain_id: self.trust_domain_id.clone(),
            epoch: self.epoch,
        })
    }
}
