//! Taking APIs into a group: each on its own, all in one transaction.

use super::{NewThrottle, names};
use crate::acls::AclDraft;
use crate::apis::{self, Api, Definition, Method};
use crate::groups::{self, Group, GroupDraft};
use crate::responses::ResponseDraft;
use crate::{Control, Error, InstanceRef};
use countersign_store::Writer;
use countersign_types::{ApiId, GroupId};
use std::collections::HashSet;

/// Most APIs of one import.
pub const APIS_MAX: usize = 300;

/// Where the APIs go.
#[derive(Debug, Clone)]
pub enum Target {
    /// Into a group that is made for them.
    New(GroupDraft),
    /// Into a group that exists.
    Existing(GroupId),
}

/// What happens to what the group has: an API with the route of an imported one, gateway responses with the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// It stays, and what is imported is ignored.
    Keep,
    /// What is imported replaces it: the draft of an API, all answers of gateway responses.
    Replace,
}

/// An API as far as it could be understood.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its path.
    pub path: String,
    /// Its method; none when what should tell it is not readable.
    pub method: Option<Method>,
    /// Its definition, or why there is none. Its group is that of the import, whatever it says; authorizers and gateway
    /// responses stand in it by their names.
    pub definition: Result<Definition, Reason>,
}

/// Why one API was refused, while the others were not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Code of the refusal.
    pub code: &'static str,
    /// Its text.
    pub message: String,
}

impl Reason {
    /// The refusal without its status.
    ///
    /// # Errors
    /// A fault, which is no matter of a single API.
    pub fn of(error: Error) -> Result<Self, Error> {
        match error {
            Error::Refused { code, message, .. } => Ok(Self { code, message }),
            fault => Err(fault),
        }
    }
}

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct Import {
    /// Where to.
    pub target: Target,
    /// What happens to APIs that are there already.
    pub conflict: Conflict,
    /// What happens to gateway responses and policies that are there already.
    pub extension: Conflict,
    /// Access control policies of the gateway.
    pub acls: Vec<AclDraft>,
    /// Throttling policies of the gateway.
    pub throttles: Vec<NewThrottle>,
    /// Gateway responses of the group.
    pub responses: Vec<ResponseDraft>,
    /// The APIs.
    pub candidates: Vec<Candidate>,
}

/// What became of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Created(ApiId),
    /// It replaced a draft.
    Replaced(ApiId),
    /// There was one, which stayed.
    Ignored,
    /// It was refused.
    Refused(Reason),
}

/// What became of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The group.
    pub group_id: GroupId,
    /// Path, method and outcome of every candidate, in their order.
    pub outcomes: Vec<(String, Option<Method>, Outcome)>,
}

impl Control {
    /// Imports APIs. Those that are refused hold up no other; all others are there together, or none is.
    ///
    /// # Errors
    /// Unknown gateway or group; a group that cannot be made; too many APIs (`APIG.3127`); a fault of the store.
    pub fn import_apis(&self, at: &InstanceRef, import: &Import) -> Result<Imported, Error> {
        if import.candidates.len() > APIS_MAX {
            return Err(Error::import_exceeded(APIS_MAX));
        }
        self.write(|writer| {
            at.resolve(writer)?;
            let group = self.target(writer, at, &import.target)?;
            self.take_acls(writer, at, &import.acls, import.extension)?;
            self.take_throttles(writer, at, &import.throttles, import.extension)?;
            self.take_responses(writer, (at, &group), &import.responses, import.extension)?;
            let mut run =
                Run { control: self, at, group: &group, own: HashSet::new(), conflict: import.conflict };
            let mut outcomes = Vec::with_capacity(import.candidates.len());
            for candidate in &import.candidates {
                let outcome = run.take(writer, candidate)?;
                outcomes.push((candidate.path.clone(), candidate.method, outcome));
            }
            Ok(Imported { group_id: group.id, outcomes })
        })
    }

    /// The group of an import; a new one is stored.
    pub(crate) fn target(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        target: &Target,
    ) -> Result<Group, Error> {
        match target {
            Target::Existing(id) => groups::require(writer, at, id),
            Target::New(draft) => {
                let group = self.drafted_group(at, draft)?;
                groups::insert(writer, at, &group)?;
                Ok(group)
            }
        }
    }
}

/// An import in progress.
struct Run<'a> {
    control: &'a Control,
    at: &'a InstanceRef,
    group: &'a Group,
    conflict: Conflict,
    /// What this import made: a second API with the same route is its own mistake, no conflict.
    own: HashSet<ApiId>,
}

impl Run<'_> {
    fn take(&mut self, writer: &mut dyn Writer, candidate: &Candidate) -> Result<Outcome, Error> {
        let taken = match &candidate.definition {
            Ok(definition) => self.store(writer, definition),
            Err(reason) => return Ok(Outcome::Refused(reason.clone())),
        };
        match taken {
            Err(error) => Ok(Outcome::Refused(Reason::of(error)?)),
            Ok(outcome) => {
                if let Outcome::Created(id) | Outcome::Replaced(id) = &outcome {
                    self.own.insert(id.clone());
                }
                Ok(outcome)
            }
        }
    }

    fn store(&self, writer: &mut dyn Writer, definition: &Definition) -> Result<Outcome, Error> {
        let definition = names::identify(writer, self.at, self.group, definition)?;
        match apis::find_by_route(writer, self.at, &definition)? {
            Some(there) if self.own.contains(&there.id) => Err(Error::api_taken()),
            Some(_) if self.conflict == Conflict::Keep => Ok(Outcome::Ignored),
            Some(there) => self.replace(writer, there, &definition),
            None => {
                let api = self.control.new_api(self.at, definition)?;
                apis::insert(writer, self.at, &api)?;
                Ok(Outcome::Created(api.id))
            }
        }
    }

    fn replace(&self, writer: &mut dyn Writer, there: Api, by: &Definition) -> Result<Outcome, Error> {
        let id = there.id.clone();
        self.control.replace_api(writer, self.at, there, by)?;
        Ok(Outcome::Replaced(id))
    }
}
