//! Gateways ("instances").

mod bootstrap;
pub mod features;
mod manage;
mod quotas;
pub mod tags;

pub use features::Feature;
pub use manage::{InstanceCreate, InstanceFilter, InstanceUpdate, SPECS};
pub use quotas::QuotaUse;
pub use tags::Tag;

use crate::Error;
use countersign_store::{Document, Reader};
use countersign_types::{InstanceId, ProjectId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A gateway as it is stored. It runs from the moment it exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Its id: a dashed UUID, unique over all projects.
    pub id: InstanceId,
    /// Its project.
    pub project_id: ProjectId,
    /// Its name, unique in the project.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Edition, one of [`SPECS`].
    pub spec: String,
    /// Who created it; empty for the built-in one.
    pub user_id: String,
    /// When maintenance may take place.
    pub maintenance: Maintenance,
    /// What a cloud would need to place it; kept as given.
    pub placement: Placement,
    /// Tags in the order of creation.
    pub tags: Vec<Tag>,
    /// Features that were switched or configured, by name.
    pub features: BTreeMap<String, Feature>,
    /// When it was created.
    pub created: Timestamp,
}

/// A window of four hours, `HH:00:00` each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Begin.
    pub begin: String,
    /// End.
    pub end: String,
}

/// Network and billing of a gateway in a cloud. A gateway of this product runs where its process runs; the
/// values are kept, because clients compare what they wrote with what they read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Virtual network.
    pub vpc_id: String,
    /// Subnet.
    pub subnet_id: String,
    /// Security group.
    pub security_group_id: String,
    /// Enterprise project.
    pub enterprise_project_id: String,
    /// Availability zones.
    pub zones: Vec<String>,
    /// Outbound bandwidth in Mbit/s.
    pub bandwidth_size: u32,
    /// How outbound bandwidth is billed.
    pub bandwidth_charging_mode: String,
    /// How inbound bandwidth is billed.
    pub ingress_bandwidth_charging_mode: String,
    /// `lvs` or `elb`.
    pub loadbalancer_provider: String,
    /// Middle part of the endpoint service's name.
    pub endpoint_service: String,
}

impl Document for Instance {
    const KIND: &'static str = "instance";

    fn scope(&self) -> &str {
        self.project_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

/// Names a gateway as requests do: project and id. Nothing is known to exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceRef {
    /// The project of the request, already checked against the caller.
    pub project_id: ProjectId,
    /// The gateway's id.
    pub id: InstanceId,
}

impl InstanceRef {
    /// The gateway. Every use-case below a gateway starts with this check, in its own transaction.
    ///
    /// # Errors
    /// `APIG.3030` when the project has no such gateway.
    pub fn resolve(&self, reader: &dyn Reader) -> Result<Instance, Error> {
        self.find(reader)?.ok_or_else(|| Error::instance_not_found(&self.id))
    }

    /// The gateway, for operations on gateways themselves, which have their own code.
    fn require(&self, reader: &dyn Reader) -> Result<Instance, Error> {
        self.find(reader)?.ok_or_else(Error::gateway_not_found)
    }

    fn find(&self, reader: &dyn Reader) -> Result<Option<Instance>, Error> {
        Ok(countersign_store::find(reader, self.project_id.as_str(), self.id.as_str())?)
    }

    /// Scope under which the gateway's objects are stored.
    #[must_use]
    pub fn scope(&self) -> &str {
        self.id.as_str()
    }
}
