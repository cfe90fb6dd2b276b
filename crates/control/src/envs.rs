//! Environments: where an API is published to, and what `X-Stage` names.

use crate::context::put_unique;
use crate::publish::{self, Publication};
use crate::validate::{check, is_remark, is_word};
use crate::{
    Control, Error, Filter, InstanceRef, Page, Paging, app_auths, bindings, links, quota, variables,
};
use countersign_store::{Document, Reader, Scope, list};
use countersign_types::{EnvId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// Name of the built-in environment.
pub const RELEASE: &str = "RELEASE";

/// An environment as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Env {
    /// Its id.
    pub id: EnvId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// When it was created.
    pub created: Timestamp,
}

impl Document for Env {
    const KIND: &'static str = "env";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

impl Env {
    /// It is RELEASE, which can be neither changed nor removed.
    #[must_use]
    pub fn is_release(&self) -> bool {
        self.id == EnvId::release()
    }
}

/// What can be said about an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvDraft {
    /// Its name.
    pub name: String,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
}

impl EnvDraft {
    fn validate(&self) -> Result<(), Error> {
        let each = |c: char| c.is_ascii_alphanumeric() || c == '_';
        check("name", is_word(&self.name, (3, 64), |c| c.is_ascii_alphabetic(), each))?;
        check("remark", self.remark.as_deref().is_none_or(is_remark))
    }
}

/// Finds the environment in the transaction of a use-case.
///
/// # Errors
/// `APIG.3003` when the gateway has no such environment.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &EnvId) -> Result<Env, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::env_not_found(id))
}

impl Control {
    /// Creates an environment.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many environments.
    pub fn create_env(&self, at: &InstanceRef, draft: &EnvDraft) -> Result<Env, Error> {
        draft.validate()?;
        let env = Env {
            id: self.new_id(),
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            remark: draft.remark.clone().unwrap_or_default(),
            created: (self.now)(),
        };
        self.write(|writer| {
            at.resolve(writer)?;
            let envs = writer.count(Env::KIND, Scope::One(at.scope()), None)?;
            quota::ENVS.check(envs, Error::envs_exceeded)?;
            put_unique(writer, &env, Error::env_name_taken)
        })?;
        Ok(env)
    }

    pub(crate) fn new_release_env(&self, instance: &InstanceId) -> Env {
        Env {
            id: EnvId::release(),
            instance_id: instance.clone(),
            name: RELEASE.to_owned(),
            remark: String::new(),
            created: (self.now)(),
        }
    }

    /// A page of the environments, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_envs(&self, at: &InstanceRef, name: &Filter, paging: Paging) -> Result<Page<Env>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut envs: Vec<Env> = list(reader, Scope::One(at.scope()))?;
            envs.retain(|env| name.passes(&env.name));
            Ok(paging.cut(envs))
        })
    }

    /// Changes name and remark.
    ///
    /// # Errors
    /// Unknown gateway or environment, unacceptable values, a taken name, RELEASE.
    pub fn update_env(&self, at: &InstanceRef, id: &EnvId, draft: &EnvDraft) -> Result<Env, Error> {
        draft.validate()?;
        self.write(|writer| {
            at.resolve(writer)?;
            let mut env = require(writer, at, id)?;
            if env.is_release() {
                return Err(Error::env_forbidden());
            }
            env.name.clone_from(&draft.name);
            env.remark = draft.remark.clone().unwrap_or(env.remark);
            put_unique(writer, &env, Error::env_name_taken)?;
            Ok(env)
        })
    }

    /// Removes an environment in which nothing is published, with its variables.
    ///
    /// # Errors
    /// Unknown gateway or environment, published APIs, RELEASE.
    pub fn delete_env(&self, at: &InstanceRef, id: &EnvId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            if require(writer, at, id)?.is_release() {
                return Err(Error::env_forbidden());
            }
            if links::is_used(writer, Publication::KIND, at.scope(), links::ENV, id.as_str())? {
                return Err(Error::env_in_use());
            }
            variables::delete_linked(writer, at, links::ENV, id.as_str())?;
            app_auths::delete_linked(writer, at, links::ENV, id.as_str())?;
            bindings::delete_linked(writer, at, links::ENV, id.as_str())?;
            publish::forget_env(writer, at, id)?;
            writer.delete(Env::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}
