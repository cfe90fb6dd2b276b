//! From AppCode to app.

use crate::{
    error::{Error, Fault},
    fingerprint::Fingerprints,
    shards::{Document, Shards},
    source::{self, CodeDigest},
};
use countersign_types::{AccessKeyId, InstanceId};

/// The AppCodes of all gateways; only their digests are known.
#[derive(Debug)]
pub(crate) struct Codes(Shards<String, Entry>);

#[derive(Debug)]
struct Entry {
    digest: CodeDigest,
    /// AppKey of the app.
    key: AccessKeyId,
}

impl Codes {
    pub(crate) fn compile(
        apps: &[source::App],
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let codes = apps.iter().flat_map(|app| app.codes.iter().map(|digest| Code::new(digest, &app.key)));
        Shards::compile(codes, previous.map(|codes| &codes.0), prints).map(Self)
    }

    /// AppKey of the app that has this code on this gateway. Half of the digest finds, so that what takes time to find
    /// tells nothing about the code; all of it is compared in constant time.
    pub(crate) fn find(&self, gateway: &InstanceId, code: &[u8]) -> Option<&AccessKeyId> {
        let digest = CodeDigest::of(gateway, code);
        let entry = self.0.get(&digest.handle())?;
        entry.digest.is(&digest).then_some(&entry.key)
    }
}

/// A code of an app, before it is compiled.
#[derive(serde::Serialize)]
struct Code<'s> {
    handle: String,
    digest: &'s CodeDigest,
    key: &'s AccessKeyId,
}

impl<'s> Code<'s> {
    fn new(digest: &'s CodeDigest, key: &'s AccessKeyId) -> Self {
        Self { handle: digest.handle(), digest, key }
    }
}

impl Document for Code<'_> {
    type Key = String;
    type Entry = Entry;
    const KIND: &'static str = "AppCode";
    const KEY: &'static str = "AppCode";

    fn key(&self) -> &String {
        &self.handle
    }

    fn compile(&self) -> Result<Entry, Fault> {
        Ok(Entry { digest: *self.digest, key: self.key.clone() })
    }
}
