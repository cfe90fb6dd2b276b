//! The ready file: written once both listeners accept, so that whoever waits for it can connect at once.

use crate::{installation::Installation, private_file};
use serde::Serialize;
use std::{net::SocketAddr, path::Path};
use tracing::info;

/// Content of the ready file.
#[derive(Serialize)]
struct Ready<'a> {
    gateway: String,
    api: String,
    region: &'a str,
    domain_id: &'a str,
    domain_name: &'a str,
    project_id: &'a str,
    project_name: &'a str,
    instance_id: &'a str,
    user_name: &'a str,
    /// The credentials are null when the operator has deleted the administrator's file.
    password: Option<&'a str>,
    access_key: Option<&'a str>,
    secret_key: Option<&'a str>,
}

/// What a started server knows about itself.
pub(crate) struct Facts<'a> {
    pub(crate) gateway: SocketAddr,
    pub(crate) api: SocketAddr,
    pub(crate) region: &'a str,
    pub(crate) installation: &'a Installation,
}

impl Facts<'_> {
    /// Logs both addresses and writes the ready file, mode 0600, if one was asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn announce(&self, ready_file: Option<&Path>) -> anyhow::Result<()> {
        info!(gateway = %self.gateway, api = %self.api, "ready");
        if let Some(path) = ready_file {
            private_file::replace(path, &serde_json::to_vec_pretty(&self.ready())?)?;
        }
        Ok(())
    }

    fn ready(&self) -> Ready<'_> {
        let Installation { bootstrap, instance, administrator, .. } = self.installation;
        let administrator = administrator.as_ref();
        Ready {
            gateway: format!("http://{}", self.gateway),
            api: format!("http://{}", self.api),
            region: self.region,
            domain_id: bootstrap.domain.id.as_str(),
            domain_name: &bootstrap.domain.name,
            project_id: bootstrap.project.id.as_str(),
            project_name: &bootstrap.project.name,
            instance_id: instance.id.as_str(),
            user_name: &bootstrap.user.name,
            password: administrator.map(|administrator| administrator.password.expose()),
            access_key: administrator.map(|administrator| administrator.access_key.as_str()),
            secret_key: administrator.map(|administrator| administrator.secret_key.expose()),
        }
    }
}
