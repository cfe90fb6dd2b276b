//! Counts of what a gateway holds.

use crate::apis::Api;
use crate::publish::Publication;
use crate::{App, AppAuth, Control, Error, Group, InstanceRef};
use countersign_store::{Document, Scope, list};
use std::collections::HashSet;

/// Things with and without something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Those with it.
    pub with: usize,
    /// Those without.
    pub without: usize,
}

impl Control {
    /// APIs that serve in some environment, and those that serve nowhere.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn outline_apis(&self, at: &InstanceRef) -> Result<Split, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let total = reader.count(Api::KIND, Scope::One(at.scope()), None)?;
            let publications: Vec<Publication> = list(reader, Scope::One(at.scope()))?;
            let serving = publications.into_iter().filter(|publication| publication.effective.is_some());
            let with = serving.map(|publication| publication.api_id).collect::<HashSet<_>>().len();
            Ok(Split { with, without: total - with })
        })
    }

    /// Apps that are authorized for some API, and those for none.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn outline_apps(&self, at: &InstanceRef) -> Result<Split, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let total = reader.count(App::KIND, Scope::One(at.scope()), None)?;
            let auths: Vec<AppAuth> = list(reader, Scope::One(at.scope()))?;
            let with = auths.into_iter().map(|auth| auth.app_id).collect::<HashSet<_>>().len();
            Ok(Split { with, without: total - with })
        })
    }

    /// Groups on the marketplace, which there is none of, and the others.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn outline_groups(&self, at: &InstanceRef) -> Result<Split, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let total = reader.count(Group::KIND, Scope::One(at.scope()), None)?;
            Ok(Split { with: 0, without: total })
        })
    }
}
