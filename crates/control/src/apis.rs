//! APIs: their definitions, what a definition must satisfy, and the use-cases on drafts.
//!
//! A definition stored here is a draft: it reaches traffic only by [publishing](crate::publish).

mod backend;
mod definition;
mod list;
mod manage;
mod rules;
pub(crate) mod template;
pub(crate) mod words;

pub use backend::{Backend, Channel, Condition, Function, Mock, Policy, Server};
pub use definition::{Definition, Mapping, Parameter, Texts, Trace, Unused};
pub use list::ApiFilter;
pub use manage::{ApiCheck, ApiDetail, Published, require};
pub(crate) use manage::{detail, find_by_route, insert};
pub use rules::check_definition;
pub(crate) use template::is_parameter_name;
pub use words::{
    AppCode, Auth, BackendProtocol, ConditionOrigin, ConditionType, ContentType, Effect, FunctionNetwork,
    Invocation, Location, Matching, Method, Origin, Protocol, Side, ValueType,
};

use crate::links;
use countersign_store::{Document, Link};
use countersign_types::{ApiId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// An API as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Api {
    /// Its id.
    pub id: ApiId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Id that replies give its backend: 32 hex digits.
    pub backend_id: String,
    /// When it was created.
    pub registered: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
    /// Whether refused signatures are diagnosed; it acts at once, without publishing.
    #[serde(default)]
    pub diagnosed: bool,
    /// The draft.
    pub definition: Definition,
}

/// First part of the unique name that holds an API's own name.
const NAME: &str = "name";
/// First part of the unique name that holds an API's method, matching and path.
const ROUTE: &str = "route";

impl Document for Api {
    const KIND: &'static str = "api";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    /// No id contains a slash, so that the parts cannot run into each other.
    fn names(&self) -> Vec<String> {
        let Definition { group_id, name, .. } = &self.definition;
        let route = self.definition.route();
        vec![format!("{NAME}/{group_id}/{name}"), format!("{ROUTE}/{group_id}/{route}")]
    }

    fn links(&self) -> Vec<Link> {
        let to_group = Link::new(links::GROUP, self.definition.group_id.as_str());
        let to_authorizers = self.definition.authorizers().map(|(_, id)| Link::new(links::AUTHORIZER, id));
        let to_channels = self.definition.channels().map(|id| Link::new(links::CHANNEL, id));
        std::iter::once(to_group).chain(to_authorizers).chain(to_channels).collect()
    }
}

impl Definition {
    /// What must be unique in a group: method, and what matching and path match.
    #[must_use]
    pub fn route(&self) -> String {
        route(self.method, self.matching, &self.path)
    }
}

fn route(method: Method, matching: Matching, path: &str) -> String {
    format!("{} {}", method.as_str(), template::place(matching, path))
}
