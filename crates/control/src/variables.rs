//! Environment variables: texts that publishing puts into backend addresses, per group and environment.

use crate::context::put_unique;
use crate::validate::{check, is_length, is_word};
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, envs, groups, links, publish, quota};
use countersign_store::{Document, Link, Reader, Scope, Writer, list, list_linked};
use countersign_types::{EnvId, GroupId, InstanceId, VariableId};
use serde::{Deserialize, Serialize};

/// An environment variable as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its id.
    pub id: VariableId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The group it belongs to.
    pub group_id: GroupId,
    /// The environment it holds in.
    pub env_id: EnvId,
    /// Its name: what stands between the hash signs of a backend address; case-sensitive.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Document for Variable {
    const KIND: &'static str = "variable";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Unique per group and environment; no id contains a slash.
    fn names(&self) -> Vec<String> {
        vec![format!("{}/{}/{}", self.group_id, self.env_id, self.name)]
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::new(links::GROUP, self.group_id.as_str()), Link::new(links::ENV, self.env_id.as_str())]
    }
}

/// What a new variable is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableCreate {
    /// The group it belongs to.
    pub group_id: GroupId,
    /// The environment it holds in.
    pub env_id: EnvId,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Which variables a list shows.
#[derive(Debug, Clone, Default)]
pub struct VariableFilter {
    /// On the group's id.
    pub group_id: Filter,
    /// On the environment's id.
    pub env_id: Filter,
    /// On the name.
    pub name: Filter,
}

impl VariableFilter {
    fn passes(&self, variable: &Variable) -> bool {
        self.group_id.passes(variable.group_id.as_str())
            && self.env_id.passes(variable.env_id.as_str())
            && self.name.passes(&variable.name)
    }
}

fn check_value(value: &str) -> Result<(), Error> {
    let each = |c: char| c.is_ascii_alphanumeric() || "_-/.:".contains(c);
    check("variable_value", is_length(value, (1, 255)) && value.chars().all(each))
}

fn check_name(name: &str) -> Result<(), Error> {
    let each = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    check("variable_name", is_word(name, (3, 32), |c| c.is_ascii_alphabetic(), each))
}

/// Variables of a group in an environment.
///
/// # Errors
/// A fault of the store.
pub fn of(
    reader: &dyn Reader,
    at: &InstanceRef,
    group: &GroupId,
    env: &EnvId,
) -> Result<Vec<Variable>, Error> {
    let link = Link::new(links::GROUP, group.as_str());
    let mut variables: Vec<Variable> = list_linked(reader, Scope::One(at.scope()), &link)?;
    variables.retain(|variable| variable.env_id == *env);
    Ok(variables)
}

/// Removes what points to a group or environment that goes away.
pub(crate) fn delete_linked(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    label: &str,
    target: &str,
) -> Result<(), Error> {
    for variable in writer.list_linked(Variable::KIND, Scope::One(at.scope()), &Link::new(label, target))? {
        writer.delete(Variable::KIND, at.scope(), &variable.id)?;
    }
    Ok(())
}

fn require(reader: &dyn Reader, at: &InstanceRef, id: &VariableId) -> Result<Variable, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::variable_not_found(id))
}

impl Control {
    /// Creates a variable.
    ///
    /// # Errors
    /// Unknown gateway, group or environment, unacceptable values, one of that name, too many.
    pub fn create_variable(&self, at: &InstanceRef, create: &VariableCreate) -> Result<Variable, Error> {
        check_name(&create.name)?;
        check_value(&create.value)?;
        let variable = Variable {
            id: self.new_id(),
            instance_id: at.id.clone(),
            group_id: create.group_id.clone(),
            env_id: create.env_id.clone(),
            name: create.name.clone(),
            value: create.value.clone(),
        };
        self.write(|writer| {
            at.resolve(writer)?;
            groups::require(writer, at, &create.group_id)?;
            envs::require(writer, at, &create.env_id)?;
            let existing = of(writer, at, &create.group_id, &create.env_id)?.len();
            quota::VARIABLES.check(existing, Error::variables_exceeded)?;
            put_unique(writer, &variable, Error::variable_taken)
        })?;
        Ok(variable)
    }

    /// One variable.
    ///
    /// # Errors
    /// Unknown gateway or variable.
    pub fn variable(&self, at: &InstanceRef, id: &VariableId) -> Result<Variable, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })
    }

    /// A page of the variables, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_variables(
        &self,
        at: &InstanceRef,
        filter: &VariableFilter,
        paging: Paging,
    ) -> Result<Page<Variable>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut variables: Vec<Variable> = list(reader, Scope::One(at.scope()))?;
            variables.retain(|variable| filter.passes(variable));
            Ok(paging.cut(variables))
        })
    }

    /// Changes the value, and publishes again what serves with the old one.
    ///
    /// # Errors
    /// Unknown gateway or variable, an unacceptable value.
    pub fn update_variable(&self, at: &InstanceRef, id: &VariableId, value: &str) -> Result<Variable, Error> {
        check_value(value)?;
        self.write(|writer| {
            at.resolve(writer)?;
            let variable = Variable { value: value.to_owned(), ..require(writer, at, id)? };
            countersign_store::put(writer, &variable)?;
            publish::republish_users(self, writer, at, &variable)?;
            Ok(variable)
        })
    }

    /// Removes a variable.
    ///
    /// # Errors
    /// Unknown gateway or variable.
    pub fn delete_variable(&self, at: &InstanceRef, id: &VariableId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            if writer.delete(Variable::KIND, at.scope(), id.as_str())? {
                return Ok(());
            }
            Err(Error::variable_not_found(id))
        })
    }
}
