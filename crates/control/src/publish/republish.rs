//! What follows from a changed variable.

use super::action::add_version;
use super::{Publication, Version, freeze, require_version};
use crate::{Control, Error, InstanceRef, Variable, links};
use countersign_store::{Link, Scope, Writer, list_linked};

/// Publishes again what serves with this variable, in the transaction that changed it: the same definitions, with
/// the new value. Drafts that were edited meanwhile stay drafts.
pub(crate) fn republish_users(
    control: &Control,
    writer: &mut dyn Writer,
    at: &InstanceRef,
    variable: &Variable,
) -> Result<(), Error> {
    let link = Link::new(links::GROUP, variable.group_id.as_str());
    let serving: Vec<Publication> = list_linked(writer, Scope::One(at.scope()), &link)?;
    for publication in serving.into_iter().filter(|publication| publication.env_id == variable.env_id) {
        let Some(effective) = &publication.effective else { continue };
        let version = require_version(writer, at, &effective.version_id)?;
        if !freeze::uses(&version.definition, &variable.name) {
            continue;
        }
        let mut variables = version.variables.clone();
        variables.insert(variable.name.clone(), variable.value.clone());
        let renewed = Version { id: control.new_id(), published: (control.now)(), variables, ..version };
        add_version(writer, at, publication, &renewed)?;
    }
    Ok(())
}
