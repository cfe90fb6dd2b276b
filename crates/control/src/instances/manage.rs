//! Creating, reading, changing and removing gateways.

use super::{Instance, InstanceRef, Maintenance, Placement, Tag, tags};
use crate::context::put_unique;
use crate::publish::{Publication, Version};
use crate::throttles::ThrottleSpecial;
use crate::validate::{is_length, is_remark, is_word};
use crate::{
    Acl, AiApiKey, Api, App, AppAuth, AppCode, AppQuota, AppQuotaBinding, Authorizer, Control, Env, Error,
    Filter, Group, LoadChannel, Page, Paging, ResponseSet, SignatureKey, Throttle, Variable, apps, bindings,
    quota, tasks,
};
use countersign_store::{Document, Scope, Writer, list};
use countersign_types::{InstanceId, ProjectId};
use std::collections::BTreeMap;

/// The editions of the contract.
pub const SPECS: &[&str] = &[
    "BASIC",
    "PROFESSIONAL",
    "ENTERPRISE",
    "PLATINUM",
    "BASIC_IPV6",
    "PROFESSIONAL_IPV6",
    "ENTERPRISE_IPV6",
    "PLATINUM_IPV6",
    "PLATINUM_X2",
    "PLATINUM_X3",
    "PLATINUM_X4",
    "PLATINUM_X5",
    "PLATINUM_X6",
    "PLATINUM_X7",
    "PLATINUM_X8",
];

/// Hours at which a maintenance window may begin.
const MAINTENANCE_HOURS: [u32; 6] = [2, 6, 10, 14, 18, 22];

/// What is stored under a gateway and goes with it; apps go one by one, because they hold keys.
const KINDS: &[&str] = &[
    Group::KIND,
    Env::KIND,
    Acl::KIND,
    Variable::KIND,
    AppAuth::KIND,
    AppCode::KIND,
    AiApiKey::KIND,
    AppQuotaBinding::KIND,
    AppQuota::KIND,
    Authorizer::KIND,
    LoadChannel::KIND,
    Api::KIND,
    Publication::KIND,
    Version::KIND,
    Throttle::KIND,
    ThrottleSpecial::KIND,
    SignatureKey::KIND,
    ResponseSet::KIND,
];

/// What a new gateway is.
#[derive(Debug, Clone, Default)]
pub struct InstanceCreate {
    /// Wanted id; made up when absent.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Edition.
    pub spec: String,
    /// Begin and end of the maintenance window; a default when absent.
    pub maintenance: (Option<String>, Option<String>),
    /// Where it runs.
    pub placement: Placement,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Who creates it.
    pub user_id: String,
}

/// What changes of a gateway; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct InstanceUpdate {
    /// Its name.
    pub name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Begin and end of the maintenance window.
    pub maintenance: (Option<String>, Option<String>),
    /// Security group.
    pub security_group_id: Option<String>,
    /// Middle part of the endpoint service's name.
    pub endpoint_service: Option<String>,
}

/// Which gateways a list shows.
#[derive(Debug, Clone, Default)]
pub struct InstanceFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
    /// On the state; every gateway is `Running`.
    pub status: Filter,
}

impl Control {
    /// Creates a gateway with its environment RELEASE and its group DEFAULT.
    ///
    /// # Errors
    /// Unacceptable values, a taken name or id, too many gateways.
    pub fn create_instance(&self, project: &ProjectId, create: InstanceCreate) -> Result<Instance, Error> {
        let instance = self.new_instance(project, create)?;
        self.write(|writer| {
            let existing = writer.count(Instance::KIND, Scope::One(project.as_str()), None)?;
            quota::INSTANCES.check(existing, Error::instances_exceeded)?;
            self.put_instance(writer, &instance)
        })?;
        Ok(instance)
    }

    pub(super) fn new_instance(
        &self,
        project: &ProjectId,
        create: InstanceCreate,
    ) -> Result<Instance, Error> {
        check_name(&create.name)?;
        check_description(&create.description)?;
        tags::check(&create.tags)?;
        if !SPECS.contains(&create.spec.as_str()) {
            return Err(Error::spec_not_found());
        }
        let id = create.id.unwrap_or_else(|| self.uuid());
        Ok(Instance {
            id: InstanceId::parse(&id).map_err(|_| Error::instance_invalid("instance_id"))?,
            project_id: project.clone(),
            name: create.name,
            description: create.description,
            spec: create.spec,
            user_id: create.user_id,
            maintenance: window(create.maintenance)?.unwrap_or_default(),
            placement: create.placement,
            tags: create.tags,
            features: BTreeMap::new(),
            created: (self.now)(),
        })
    }

    /// Stores a new gateway with what every gateway owns.
    pub(super) fn put_instance(&self, writer: &mut dyn Writer, instance: &Instance) -> Result<(), Error> {
        let all: Vec<Instance> = list(writer, Scope::All)?;
        if all.iter().any(|other| other.id == instance.id) {
            return Err(Error::instance_id_taken());
        }
        put_unique(writer, instance, Error::instance_name_taken)?;
        countersign_store::put(writer, &self.new_release_env(&instance.id))?;
        Ok(countersign_store::put(writer, &self.new_default_group(&instance.id))?)
    }

    /// One gateway.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn instance(&self, at: &InstanceRef) -> Result<Instance, Error> {
        self.read(|reader| at.require(reader))
    }

    /// A page of a project's gateways, oldest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn list_instances(
        &self,
        project: &ProjectId,
        filter: &InstanceFilter,
        paging: Paging,
    ) -> Result<Page<Instance>, Error> {
        self.read(|reader| {
            let mut instances: Vec<Instance> = list(reader, Scope::One(project.as_str()))?;
            instances.retain(|instance| {
                filter.id.passes(instance.id.as_str())
                    && filter.name.passes(&instance.name)
                    && filter.status.passes("Running")
            });
            Ok(paging.cut(instances))
        })
    }

    /// Changes a gateway.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name.
    pub fn update_instance(&self, at: &InstanceRef, update: &InstanceUpdate) -> Result<Instance, Error> {
        update.name.as_deref().map_or(Ok(()), check_name)?;
        update.description.as_deref().map_or(Ok(()), check_description)?;
        update.endpoint_service.as_deref().map_or(Ok(()), check_endpoint_service)?;
        let maintenance = window(update.maintenance.clone())?;
        self.write(|writer| {
            let mut instance = at.require(writer)?;
            replace(&mut instance.name, update.name.as_ref());
            replace(&mut instance.description, update.description.as_ref());
            replace(&mut instance.maintenance, maintenance.as_ref());
            replace(&mut instance.placement.security_group_id, update.security_group_id.as_ref());
            replace(&mut instance.placement.endpoint_service, update.endpoint_service.as_ref());
            put_unique(writer, &instance, Error::instance_name_taken)?;
            Ok(instance)
        })
    }

    /// Removes a gateway with everything on it.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn delete_instance(&self, at: &InstanceRef) -> Result<(), Error> {
        self.write(|writer| {
            at.require(writer)?;
            for app in list::<App>(writer, Scope::One(at.scope()))? {
                apps::delete(writer, &app)?;
            }
            for kind in KINDS.iter().chain(&bindings::KINDS).chain(&tasks::KINDS) {
                for object in writer.list(kind, Scope::One(at.scope()))? {
                    writer.delete(kind, at.scope(), &object.id)?;
                }
            }
            writer.delete(Instance::KIND, at.project_id.as_str(), at.id.as_str())?;
            Ok(())
        })
    }
}

fn replace<T: Clone>(field: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}

impl Default for Maintenance {
    /// 22:00 to 02:00.
    fn default() -> Self {
        Self { begin: "22:00:00".to_owned(), end: "02:00:00".to_owned() }
    }
}

/// The window, if one is given: four hours from one of its hours.
fn window((begin, end): (Option<String>, Option<String>)) -> Result<Option<Maintenance>, Error> {
    let (begin, end) = match (begin, end) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(Error::instance_invalid("maintain_begin")),
        (Some(_), None) => return Err(Error::instance_invalid("maintain_end")),
        (Some(begin), Some(end)) => (begin, end),
    };
    let (from, to) = (hour("maintain_begin", &begin)?, hour("maintain_end", &end)?);
    if (from + 4) % 24 != to {
        return Err(Error::maintenance_length());
    }
    Ok(Some(Maintenance { begin, end }))
}

fn hour(parameter: &str, text: &str) -> Result<u32, Error> {
    let digits = text.strip_suffix(":00:00").filter(|digits| digits.len() == 2);
    let hour = digits.and_then(|digits| digits.parse().ok());
    let hour = hour.ok_or_else(|| Error::instance_invalid(parameter))?;
    if MAINTENANCE_HOURS.contains(&hour) { Ok(hour) } else { Err(Error::maintenance_hour()) }
}

fn check_name(name: &str) -> Result<(), Error> {
    let each = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    check("instance_name", is_word(name, (3, 64), char::is_alphabetic, each))
}

fn check_description(description: &str) -> Result<(), Error> {
    check("description", is_remark(description))
}

fn check_endpoint_service(name: &str) -> Result<(), Error> {
    let each = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    check("vpcep_service_name", is_length(name, (0, 16)) && name.chars().all(each))
}

fn check(parameter: &str, acceptable: bool) -> Result<(), Error> {
    if acceptable { Ok(()) } else { Err(Error::instance_invalid(parameter)) }
}
