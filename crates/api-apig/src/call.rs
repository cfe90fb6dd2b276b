//! What a handler sees of its request.

use bytes::Bytes;
use countersign_control::{Control, Error, Filter, InstanceRef, Paging};
use countersign_identity::Caller;
use countersign_types::{InstanceId, ProjectId};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// An authenticated request: parameters, query and body, read with the contract's refusals.
pub(crate) struct Call {
    /// The use-cases.
    pub(crate) control: Arc<Control>,
    /// Who is calling, in the project of the path.
    pub(crate) caller: Caller,
    /// Parameters of the path, decoded.
    pub(crate) path: Vec<(String, String)>,
    /// Parameters of the query, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// `Content-Type` of the body; empty when nothing is said.
    pub(crate) content_type: String,
    /// The body as received.
    pub(crate) body: Bytes,
}

impl Call {
    /// The project of the path; the caller has entered it.
    pub(crate) fn project(&self) -> Result<ProjectId, Error> {
        self.id("project_id")
    }

    /// The gateway of the path, for operations on what lives on it; it may not exist.
    pub(crate) fn instance(&self) -> Result<InstanceRef, Error> {
        self.instance_or(|id| Error::instance_not_found(id))
    }

    /// The gateway of the path, for operations on the gateway itself; it may not exist.
    pub(crate) fn gateway(&self) -> Result<InstanceRef, Error> {
        self.instance_or(|_| Error::gateway_not_found())
    }

    fn instance_or(&self, absent: impl FnOnce(&str) -> Error) -> Result<InstanceRef, Error> {
        let text = self.path("instance_id");
        let id = InstanceId::parse(text).map_err(|_| absent(text))?;
        Ok(InstanceRef { project_id: self.project()?, id })
    }

    /// The id in the path under this name.
    pub(crate) fn id<T: TryFrom<String>>(&self, name: &str) -> Result<T, Error> {
        id(name, self.path(name).to_owned())
    }

    fn path(&self, name: &str) -> &str {
        self.parameter(name).unwrap_or_default()
    }

    /// The parameter of the path, if the operation has one of this name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        find(&self.path, name)
    }

    /// The first query parameter of this name; an empty one counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name).filter(|value| !value.is_empty())
    }

    /// Every value of a query parameter that may be repeated or list its values with commas.
    pub(crate) fn query_all(&self, name: &str) -> Vec<String> {
        let named = self.query.iter().filter(|(key, _)| key == name);
        let values = named.flat_map(|(_, value)| value.split(','));
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// The query parameter as an id.
    pub(crate) fn query_id<T: TryFrom<String>>(&self, name: &str) -> Result<Option<T>, Error> {
        self.query(name)
            .map(|text| T::try_from(text.to_owned()).map_err(|_| Error::invalid(name)))
            .transpose()
    }

    /// The query parameter as a whole number.
    pub(crate) fn query_number(&self, name: &str) -> Result<Option<i64>, Error> {
        self.query(name).map(|text| text.parse().map_err(|_| Error::invalid(name))).transpose()
    }

    /// Passes when the query names this action, the only one of its operation.
    pub(crate) fn require_action(&self, action: &str) -> Result<(), Error> {
        if self.query("action") == Some(action) { Ok(()) } else { Err(Error::invalid("action")) }
    }

    /// `offset` and `limit`.
    pub(crate) fn paging(&self) -> Result<Paging, Error> {
        Ok(Paging::new(self.query_number("offset")?, self.query_number("limit")?))
    }

    /// The query parameter as a filter: fuzzy, unless `precise_search` lists its name.
    pub(crate) fn filter(&self, name: &str) -> Filter {
        let precise = self.query("precise_search").unwrap_or_default();
        if precise.split(',').any(|listed| listed.trim() == name) {
            Filter::exact(self.query(name))
        } else {
            Filter::fuzzy(self.query(name))
        }
    }

    /// The query parameter as an exact filter.
    pub(crate) fn exact(&self, name: &str) -> Filter {
        Filter::exact(self.query(name))
    }

    /// The body as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut reader = serde_json::Deserializer::from_slice(&self.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| unreadable(&error))?;
        reader.end().map_err(Error::unreadable)?;
        Ok(value)
    }
}

/// The text as an id; `parameter` is where it stood.
pub(crate) fn id<T: TryFrom<String>>(parameter: &str, text: String) -> Result<T, Error> {
    T::try_from(text).map_err(|_| Error::invalid(parameter))
}

/// The first value of this name.
pub(crate) fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The parser's words, with the member they are about when there is one.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let inner = error.inner();
    if inner.is_data() && error.path().iter().next().is_some() {
        Error::unreadable(format_args!("{}: {inner}", error.path()))
    } else {
        Error::unreadable(inner)
    }
}
