//! The list of source addresses that an app may, or may not, call from.

use super::{Rule, value};
use crate::validate::check;
use crate::{Control, Error, InstanceRef, apps};
use countersign_snapshot::source;
use countersign_store::put;
use countersign_types::AppId;
use serde::{Deserialize, Serialize};

/// The access control of an app; it is stored with the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppAcl {
    /// What it means to be on the list.
    pub rule: Rule,
    /// Addresses, networks and ranges, as they were written.
    pub values: Vec<String>,
}

impl AppAcl {
    /// The list as the data plane reads it.
    pub(crate) fn compile(self) -> source::AccessList {
        source::AccessList { rule: self.rule.into(), entries: self.values }
    }
}

impl Control {
    /// The access control of an app; `None` when it may call from everywhere.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn app_acl(&self, at: &InstanceRef, id: &AppId) -> Result<Option<AppAcl>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            Ok(apps::require(reader, at, id)?.acl)
        })
    }

    /// Sets the access control of an app; it acts at once.
    ///
    /// # Errors
    /// Unknown gateway or app, unacceptable values.
    pub fn set_app_acl(
        &self,
        at: &InstanceRef,
        id: &AppId,
        rule: &str,
        values: &[String],
    ) -> Result<AppAcl, Error> {
        let rule = Rule::parse(rule).ok_or_else(|| Error::invalid("app_acl_type"))?;
        check("app_acl_values", value::are_addresses(values.iter().map(String::as_str)))?;
        let acl = AppAcl { rule, values: values.to_vec() };
        self.write_app_acl(at, id, Some(&acl))?;
        Ok(acl)
    }

    /// Lets an app call from everywhere again.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn delete_app_acl(&self, at: &InstanceRef, id: &AppId) -> Result<(), Error> {
        self.write_app_acl(at, id, None)
    }

    fn write_app_acl(&self, at: &InstanceRef, id: &AppId, acl: Option<&AppAcl>) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let mut app = apps::require(writer, at, id)?;
            app.acl = acl.cloned();
            Ok(put(writer, &app)?)
        })
    }
}
