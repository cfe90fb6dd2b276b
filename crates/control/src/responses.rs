//! Gateway responses: what callers are told when the gateway refuses. Live, not frozen by publishing.
//!
//! Every group owns a default set, which serves the APIs that choose none. It has the id of its group and is stored
//! only once it was changed.

mod manage;

pub(crate) use manage::insert;

use crate::{Error, Group, InstanceRef, links};
use countersign_snapshot::{Fault, Response, source};
use countersign_store::{Document, Link, Reader, Scope, Writer};
use countersign_types::{GroupId, InstanceId, ResponseId, ResponseType, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of a group's default set.
pub const DEFAULT_SET: &str = "default";
/// Body of an answer that nobody has changed.
pub const DEFAULT_BODY: &str = concat!(
    r#"{"error_code":"$context.error.code","error_msg":"$context.error.message","#,
    r#""request_id":"$context.requestId"}"#
);

/// A set of gateway responses as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseSet {
    /// Its id.
    pub id: ResponseId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its group.
    pub group_id: GroupId,
    /// Its name, unique in the group.
    pub name: String,
    /// It is the group's default set, which can be neither renamed nor removed.
    pub is_default: bool,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
    /// The answers that differ from the built-in ones.
    pub answers: BTreeMap<ResponseType, Answer>,
}

/// The answer to one type of refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Status; absent is the published one of the type.
    pub status: Option<u16>,
    /// Body with `$context.…` variables.
    pub body: String,
    /// Header lines with `$context.…` variables in their values.
    pub headers: Vec<(String, String)>,
}

/// What can be said about a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseDraft {
    /// Its name.
    pub name: String,
    /// Its answers; types that it leaves out are answered as ever.
    pub answers: BTreeMap<ResponseType, Answer>,
}

impl Document for ResponseSet {
    const KIND: &'static str = "gateway_response";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    /// No id contains a slash.
    fn names(&self) -> Vec<String> {
        vec![format!("{}/{}", self.group_id, self.name)]
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::new(links::GROUP, self.group_id.as_str())]
    }
}

impl ResponseSet {
    /// The default set of a group as long as nobody has changed it.
    fn untouched(group: &Group) -> Result<Self, Error> {
        let id = ResponseId::parse(group.id.as_str()).map_err(|_| Error::group_not_found(&group.id))?;
        Ok(Self {
            id,
            instance_id: group.instance_id.clone(),
            group_id: group.id.clone(),
            name: DEFAULT_SET.to_owned(),
            is_default: true,
            created: group.created,
            updated: group.created,
            answers: BTreeMap::new(),
        })
    }

    /// The set as the data plane sees it.
    pub(crate) fn compile(&self) -> source::ResponseSet {
        source::ResponseSet {
            id: self.id.clone(),
            is_default: self.is_default,
            responses: self.answers.iter().map(|(kind, answer)| answer.compile(*kind)).collect(),
        }
    }
}

impl Answer {
    /// What reading shows is what callers get, so that an absent status is the published one.
    fn compile(&self, kind: ResponseType) -> source::Response {
        source::Response {
            kind,
            status: self.status.or(kind.status()),
            body: self.body.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Passes when the data plane can answer with it.
    fn check(&self, kind: ResponseType) -> Result<(), Error> {
        match Response::compile(&self.compile(kind)) {
            Ok(_) => Ok(()),
            Err(Fault::Invalid(member) | Fault::TooLong(member)) => Err(Error::invalid(member)),
            Err(fault) => Err(Error::parameters(fault)),
        }
    }
}

/// The sets of a group: the default one, then the others, oldest first.
///
/// # Errors
/// A fault of the store.
pub(crate) fn of(reader: &dyn Reader, group: &Group) -> Result<Vec<ResponseSet>, Error> {
    let stored = stored(reader, group)?;
    let (default, others): (Vec<_>, Vec<_>) = stored.into_iter().partition(|set| set.is_default);
    let default = default.into_iter().next().map_or_else(|| ResponseSet::untouched(group), Ok)?;
    Ok(std::iter::once(default).chain(others).collect())
}

/// The sets of a group that somebody has written.
pub(crate) fn stored(reader: &dyn Reader, group: &Group) -> Result<Vec<ResponseSet>, Error> {
    let link = Link::new(links::GROUP, group.id.as_str());
    Ok(countersign_store::list_linked(reader, Scope::One(group.instance_id.as_str()), &link)?)
}

/// Finds a set of the group in the transaction of a use-case.
fn require(reader: &dyn Reader, group: &Group, id: &ResponseId) -> Result<ResponseSet, Error> {
    let stored: Option<ResponseSet> =
        countersign_store::find(reader, group.instance_id.as_str(), id.as_str())?;
    match stored.filter(|set| set.group_id == group.id) {
        Some(set) => Ok(set),
        None if id.as_str() == group.id.as_str() => ResponseSet::untouched(group),
        None => Err(Error::response_not_found(id)),
    }
}

/// Passes when an API of the group may choose this set.
///
/// # Errors
/// The group has no such set.
pub(crate) fn check_choice(reader: &dyn Reader, group: &Group, chosen: Option<&str>) -> Result<(), Error> {
    let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) else { return Ok(()) };
    let id = ResponseId::parse(chosen).map_err(|_| Error::invalid("response_id"))?;
    require(reader, group, &id).map(drop)
}

/// Removes the sets of a group that goes away.
///
/// # Errors
/// A fault of the store.
pub(crate) fn delete_of(writer: &mut dyn Writer, at: &InstanceRef, group: &GroupId) -> Result<(), Error> {
    let link = Link::new(links::GROUP, group.as_str());
    for set in writer.list_linked(ResponseSet::KIND, Scope::One(at.scope()), &link)? {
        writer.delete(ResponseSet::KIND, at.scope(), &set.id)?;
    }
    Ok(())
}
