//! The objects of one gateway, over the wire.

use super::members::merged;
use super::resource::Resource;
use crate::api::Api;
use crate::configuration::{Configuration, Field};
use crate::credentials::signer;
use crate::exit::usage;
use serde_json::{Map, Value};
use std::fmt;
use std::fmt::Write;

/// Most objects that a page may hold.
const PAGE_SIZE: usize = 500;

/// One gateway instance and who manages it.
pub(crate) struct Gateway {
    api: Api,
    base: String,
}

/// The objects that another one is in: members and ids.
pub(crate) type Scope = Vec<(&'static str, String)>;

/// An object that was named and does not exist.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name } = self;
        write!(formatter, "there is no {kind} {name:?}; `countersign {kind}s list` shows what there is")
    }
}

impl std::error::Error for Missing {}

impl Gateway {
    /// The configured gateway; project and instance are looked for when there is only one of each.
    ///
    /// # Errors
    /// When endpoint or credentials are missing, or there are several projects or instances.
    pub(crate) fn open(configuration: &Configuration) -> anyhow::Result<Self> {
        let endpoint = configuration.require(Field::Endpoint)?;
        let api = Api::new(endpoint, Some(signer(configuration.credential()?)))?;
        let project = match configuration.get(Field::ProjectId) {
            Some(id) => id.to_owned(),
            None => {
                let identity = configuration.identity_endpoint().unwrap_or(endpoint);
                let identity = Api::new(identity, Some(signer(configuration.credential()?)))?;
                only(&identity.call("GET", "/v3/auth/projects", None)?, "projects", Field::ProjectId)?
            }
        };
        let instances = format!("/v2/{}/apigw/instances", encode(&project));
        let instance = match configuration.get(Field::InstanceId) {
            Some(id) => id.to_owned(),
            None => only(&api.call("GET", &instances, None)?, "instances", Field::InstanceId)?,
        };
        Ok(Self { api, base: format!("{instances}/{}", encode(&instance)) })
    }

    /// Calls a path below the instance.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub(crate) fn call(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        self.api.call(method, &format!("{}/{path}", self.base), body)
    }

    /// All objects of this kind in the scope, page by page.
    ///
    /// # Errors
    /// As `call`.
    pub(crate) fn list(&self, resource: &Resource, scope: &Scope) -> anyhow::Result<Vec<Value>> {
        self.pages(resource, scope, "")
    }

    /// The object of this name or id.
    ///
    /// # Errors
    /// [`Missing`] when there is none, and when there are several of that name.
    pub(crate) fn get(
        &self,
        resource: &'static Resource,
        scope: &Scope,
        name: &str,
    ) -> anyhow::Result<Value> {
        match self.find(resource, scope, name)? {
            Some(object) => Ok(object),
            None => self
                .by_id(resource, scope, name)?
                .ok_or_else(|| Missing { kind: resource.kind, name: name.to_owned() }.into()),
        }
    }

    /// The object of this name, if there is one.
    ///
    /// # Errors
    /// When there are several.
    pub(crate) fn find(
        &self,
        resource: &Resource,
        scope: &Scope,
        name: &str,
    ) -> anyhow::Result<Option<Value>> {
        let filter =
            resource.filter.map(|filter| format!("&{filter}={}&precise_search={filter}", encode(name)));
        let mut found = self.pages(resource, scope, &filter.unwrap_or_default())?;
        found.retain(|object| text(object, resource.name) == name);
        match found.as_slice() {
            [] => Ok(None),
            [object] => self.whole(resource, scope, object).map(Some),
            [_, _, ..] => Err(usage(format!(
                "there are {} {}s named {name:?}; say which by its id, or where it is",
                found.len(),
                resource.kind
            ))),
        }
    }

    /// Creates an object of these members.
    ///
    /// # Errors
    /// As `call`.
    pub(crate) fn create(
        &self,
        resource: &Resource,
        scope: &Scope,
        mut members: Map<String, Value>,
    ) -> anyhow::Result<Value> {
        for (member, id) in scope.iter().filter(|(member, _)| !resource.is_in_path(member)) {
            members.insert((*member).to_owned(), id.as_str().into());
        }
        self.call("POST", &path(resource, scope)?, Some(&Value::Object(members)))
    }

    /// Changes these members of the object; a change on the wire is the whole object, so the others go along.
    ///
    /// # Errors
    /// As `call`.
    pub(crate) fn update(
        &self,
        resource: &Resource,
        scope: &Scope,
        current: &Value,
        members: &Map<String, Value>,
    ) -> anyhow::Result<Value> {
        let body = merged(&resource.change(current), members);
        let answer = self.call("PUT", &one(resource, scope, current)?, Some(&body))?;
        self.whole(resource, scope, if answer.is_null() { current } else { &answer })
    }

    /// Deletes the object.
    ///
    /// # Errors
    /// As `call`.
    pub(crate) fn delete(&self, resource: &Resource, scope: &Scope, object: &Value) -> anyhow::Result<()> {
        self.call("DELETE", &one(resource, scope, object)?, None).map(drop)
    }

    fn by_id(&self, resource: &Resource, scope: &Scope, id: &str) -> anyhow::Result<Option<Value>> {
        let all = self.list(resource, scope)?;
        let found = all.iter().find(|object| text(object, "id") == id);
        found.map(|object| self.whole(resource, scope, object)).transpose()
    }

    /// All of an object that a list may show in part.
    fn whole(&self, resource: &Resource, scope: &Scope, listed: &Value) -> anyhow::Result<Value> {
        if resource.has_show {
            self.call("GET", &one(resource, scope, listed)?, None)
        } else {
            Ok(listed.clone())
        }
    }

    fn pages(&self, resource: &Resource, scope: &Scope, filter: &str) -> anyhow::Result<Vec<Value>> {
        let path = path(resource, scope)?;
        let mut query = filter.to_owned();
        for (member, id) in scope.iter().filter(|(member, _)| !resource.is_in_path(member)) {
            write!(query, "&{member}={}", encode(id))?;
        }
        let mut all = Vec::new();
        loop {
            let target = format!("{path}?offset={}&limit={PAGE_SIZE}{query}", all.len());
            let mut page = self.call("GET", &target, None)?;
            let items = page.get_mut(resource.list).map(Value::take);
            let Some(Value::Array(items)) = items.filter(|items| items != &Value::Array(Vec::new())) else {
                return Ok(all);
            };
            all.extend(items);
            let total = page.get("total").and_then(Value::as_u64).unwrap_or(0);
            if all.len() as u64 >= total {
                return Ok(all);
            }
        }
    }
}

/// A member of an object that is a text.
pub(crate) fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn path(resource: &Resource, scope: &Scope) -> anyhow::Result<String> {
    let mut path = resource.path.to_owned();
    for (member, id) in scope {
        path = path.replace(&format!("{{{member}}}"), &encode(id));
    }
    if path.contains('{') {
        return Err(usage(format!("which group is the {} in? give --group NAME", resource.kind)));
    }
    Ok(path)
}

fn one(resource: &Resource, scope: &Scope, object: &Value) -> anyhow::Result<String> {
    Ok(format!("{}/{}", path(resource, scope)?, encode(text(object, "id"))))
}

/// The id of the only object of a list.
fn only(page: &Value, list: &str, field: Field) -> anyhow::Result<String> {
    let all = page.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names =
        || all.iter().map(|one| format!("{} ({})", text(one, "id"), text(one, "name"))).collect::<Vec<_>>();
    match all {
        [one] => Ok(text(one, "id").to_owned()),
        [] => Err(usage(format!("there are no {list} to choose from; {}", field.missing()))),
        _ => Err(usage(format!("there are several {list}: {}; give {}", names().join(", "), field.option()))),
    }
}

/// Percent-encodes what stands in a path segment or a query value.
fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}
