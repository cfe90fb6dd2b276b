//! Gateways ("instances").

use crate::Error;
use countersign_store::{Document, Reader};
use countersign_types::{InstanceId, ProjectId, Timestamp};
use serde::{Deserialize, Serialize};

/// A gateway as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Its id: a dashed UUID.
    pub id: InstanceId,
    /// Its project.
    pub project_id: ProjectId,
    /// Its name, unique in the project.
    pub name: String,
    /// When it was created.
    pub created: Timestamp,
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
        countersign_store::find(reader, self.project_id.as_str(), self.id.as_str())?
            .ok_or_else(|| Error::instance_not_found(&self.id))
    }

    /// Scope under which the gateway's objects are stored.
    #[must_use]
    pub fn scope(&self) -> &str {
        self.id.as_str()
    }
}
