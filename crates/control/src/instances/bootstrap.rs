//! The built-in gateway of a new installation.

use super::{Instance, InstanceCreate};
use crate::{Control, Error};
use countersign_store::{Scope, list};
use countersign_types::ProjectId;

/// Name of the built-in gateway.
const NAME: &str = "default";

impl Control {
    /// The first gateway of the project; created when there is none.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn bootstrap_instance(&self, project: &ProjectId) -> Result<Instance, Error> {
        let create =
            InstanceCreate { name: NAME.to_owned(), spec: "BASIC".to_owned(), ..InstanceCreate::default() };
        let new = self.new_instance(project, create)?;
        self.write(|writer| {
            if let Some(first) = list(writer, Scope::One(project.as_str()))?.into_iter().next() {
                return Ok(first);
            }
            self.put_instance(writer, &new)?;
            Ok(new.clone())
        })
    }
}
