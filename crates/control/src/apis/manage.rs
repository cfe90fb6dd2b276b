//! Creating, reading, changing and removing drafts.

use super::template::request_names;
use super::{Api, Definition, Matching, Method, NAME, ROUTE, route, rules};
use crate::{
    Control, Error, Group, InstanceRef, app_auths, authorizers, bindings, groups, links, publish, quota,
    responses,
};
use countersign_store::{Document, Link, Reader, Scope, Writer, find_by_name};
use countersign_types::{ApiId, EnvId, GroupId, PublishId, Timestamp, VersionId};

/// An API with what replies tell beside its definition.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiDetail {
    /// The API.
    pub api: Api,
    /// Its group.
    pub group: Group,
    /// Where it is published, oldest publication first.
    pub publications: Vec<Published>,
}

/// An effective publication of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Identity of (API, environment).
    pub publish_id: PublishId,
    /// The version that is effective.
    pub version_id: VersionId,
    /// The environment.
    pub env_id: EnvId,
    /// Its name.
    pub env_name: String,
    /// When that version was published.
    pub time: Timestamp,
}

/// What a client wants to know before it creates or changes an API.
#[derive(Debug, Clone)]
pub struct ApiCheck {
    /// The group.
    pub group_id: GroupId,
    /// The API that is about to change; its own values do not collide.
    pub api_id: Option<ApiId>,
    /// Whether this name is free.
    pub name: Option<String>,
    /// Whether this route is free.
    pub route: Option<(Method, Matching, String)>,
}

/// Finds the API in the transaction of a use-case.
///
/// # Errors
/// `APIG.3002` when the gateway has no such API.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &ApiId) -> Result<Api, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::api_not_found(id))
}

impl Control {
    /// Creates an API.
    ///
    /// # Errors
    /// Unknown gateway or group, an unacceptable definition, a taken name or route, too many APIs.
    pub fn create_api(&self, at: &InstanceRef, definition: Definition) -> Result<ApiDetail, Error> {
        let api = self.new_api(at, definition)?;
        self.write(|writer| insert(writer, at, &api))
    }

    /// The API that a definition makes; it is stored nowhere yet.
    ///
    /// # Errors
    /// An unacceptable definition.
    pub(crate) fn new_api(&self, at: &InstanceRef, definition: Definition) -> Result<Api, Error> {
        rules::check_definition(&definition)?;
        let now = (self.now)();
        let mut api = Api {
            id: self.new_id(),
            instance_id: at.id.clone(),
            backend_id: self.hex_id(),
            registered: now,
            updated: now,
            diagnosed: false,
            definition,
        };
        self.identify(&mut api.definition);
        Ok(api)
    }

    /// One API.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn api(&self, at: &InstanceRef, id: &ApiId) -> Result<ApiDetail, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            detail(reader, at, require(reader, at, id)?)
        })
    }

    /// Replaces the draft. What is published stays as it is until it is published again.
    ///
    /// # Errors
    /// Unknown gateway, API or group, an unacceptable definition, a taken name or route, another group while the
    /// API is published.
    pub fn update_api(
        &self,
        at: &InstanceRef,
        id: &ApiId,
        definition: &Definition,
    ) -> Result<ApiDetail, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let before = require(writer, at, id)?;
            self.replace_api(writer, at, before, definition)
        })
    }

    /// The same inside a transaction.
    pub(crate) fn replace_api(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        before: Api,
        definition: &Definition,
    ) -> Result<ApiDetail, Error> {
        rules::check_definition(definition)?;
        check_references(writer, at, definition)?;
        let moves = before.definition.group_id != definition.group_id;
        if moves && !publish::of_api(writer, at, &before.id)?.is_empty() {
            return Err(Error::parameters("group_id cannot change while the API is published"));
        }
        let mut api = Api { updated: (self.now)(), definition: definition.clone(), ..before };
        self.identify(&mut api.definition);
        put(writer, &api)?;
        detail(writer, at, api)
    }

    /// Removes an API that is published nowhere, with its versions and authorizations.
    ///
    /// # Errors
    /// Unknown gateway or API, a published API.
    pub fn delete_api(&self, at: &InstanceRef, id: &ApiId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            require(writer, at, id)?;
            if !publish::of_api(writer, at, id)?.is_empty() {
                return Err(Error::api_in_use());
            }
            publish::forget_api(writer, at, id)?;
            app_auths::delete_linked(writer, at, links::API, id.as_str())?;
            bindings::delete_linked(writer, at, links::API, id.as_str())?;
            writer.delete(Api::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }

    /// Passes when name and route, as far as they are given, are free.
    ///
    /// # Errors
    /// Unknown gateway or group, an unacceptable path, a taken name or route.
    pub fn check_api(&self, at: &InstanceRef, check: &ApiCheck) -> Result<(), Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let group = groups::require(reader, at, &check.group_id)?.id;
            let is_taken = |unique: String| -> Result<bool, Error> {
                let holder = reader.get_by_name(Api::KIND, at.scope(), &unique)?.map(|object| object.id);
                Ok(holder
                    .is_some_and(|holder| check.api_id.as_ref().is_none_or(|own| own.as_str() != holder)))
            };
            if let Some(name) = &check.name
                && is_taken(format!("{NAME}/{group}/{name}"))?
            {
                return Err(Error::api_name_taken(name));
            }
            let Some((method, matching, path)) = &check.route else { return Ok(()) };
            request_names(path).ok_or_else(|| Error::invalid("req_uri"))?;
            let route = route(*method, *matching, path);
            if is_taken(format!("{ROUTE}/{group}/{route}"))? { Err(Error::api_taken()) } else { Ok(()) }
        })
    }

    /// Gives parameters, mappings and policies the ids that replies name them by.
    fn identify(&self, definition: &mut Definition) {
        definition.parameters.iter_mut().for_each(|parameter| parameter.id = self.hex_id());
        definition.policies.iter_mut().for_each(|policy| policy.id = self.hex_id());
        definition.all_mappings_mut().for_each(|mapping| mapping.id = self.hex_id());
    }
}

/// Passes when what the definition names is there, and returns its group.
fn check_references(reader: &dyn Reader, at: &InstanceRef, definition: &Definition) -> Result<Group, Error> {
    rules::check_features(definition, &at.resolve(reader)?)?;
    let group = groups::require(reader, at, &definition.group_id)?;
    responses::check_choice(reader, &group, definition.response_id.as_deref())?;
    authorizers::check_references(reader, at, definition)?;
    Ok(group)
}

/// Stores an API that is new.
///
/// # Errors
/// Something unknown that it names, what the gateway's features forbid, a taken name or route, too many APIs.
pub(crate) fn insert(writer: &mut dyn Writer, at: &InstanceRef, api: &Api) -> Result<ApiDetail, Error> {
    let group = check_references(writer, at, &api.definition)?;
    check_quotas(writer, at, &group.id)?;
    put(writer, api)?;
    Ok(ApiDetail { api: api.clone(), group, publications: Vec::new() })
}

/// The API of the group that holds this method, matching and path.
pub(crate) fn find_by_route(
    reader: &dyn Reader,
    at: &InstanceRef,
    definition: &Definition,
) -> Result<Option<Api>, Error> {
    let name = format!("{ROUTE}/{}/{}", definition.group_id, definition.route());
    Ok(find_by_name(reader, at.scope(), &name)?)
}

fn check_quotas(reader: &dyn Reader, at: &InstanceRef, group: &GroupId) -> Result<(), Error> {
    let scope = Scope::One(at.scope());
    quota::APIS.check(reader.count(Api::KIND, scope, None)?, Error::apis_exceeded)?;
    let to_group = Link::new(links::GROUP, group.as_str());
    let in_group = reader.count(Api::KIND, scope, Some(&to_group))?;
    quota::GROUP_APIS.check(in_group, Error::group_apis_exceeded)
}

fn put(writer: &mut dyn Writer, api: &Api) -> Result<(), Error> {
    match countersign_store::put(writer, api) {
        Err(countersign_store::Error::NameTaken { name, .. }) if name.starts_with(NAME) => {
            Err(Error::api_name_taken(&api.definition.name))
        }
        Err(countersign_store::Error::NameTaken { .. }) => Err(Error::api_taken()),
        other => other.map_err(Error::from),
    }
}

/// Adds what replies tell beside the definition.
pub(crate) fn detail(reader: &dyn Reader, at: &InstanceRef, api: Api) -> Result<ApiDetail, Error> {
    let group = groups::require(reader, at, &api.definition.group_id)?;
    let publications = publish::of_api(reader, at, &api.id)?;
    Ok(ApiDetail { api, group, publications })
}
