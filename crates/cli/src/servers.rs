//! Where the management and the identity API are.

use crate::configuration::{Configuration, Field};
use crate::credentials::Credentials;

/// What stands in for the profile's servers.
#[derive(clap::Args)]
#[command(next_help_heading = "Servers")]
pub(crate) struct Servers {
    /// URL of the management API. [env: COUNTERSIGN_ENDPOINT]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// URL of the identity API, where it is not the management API's. [env: COUNTERSIGN_IDENTITY_ENDPOINT]
    #[arg(long, value_name = "URL")]
    identity_endpoint: Option<String>,
    /// Gateway instance; the only one when absent. [env: COUNTERSIGN_INSTANCE_ID]
    #[arg(long, value_name = "ID")]
    instance_id: Option<String>,
}

impl Servers {
    /// What was said on the command line, empty texts too.
    pub(crate) fn given(&self) -> Vec<(Field, &str)> {
        let all = [
            (Field::Endpoint, &self.endpoint),
            (Field::IdentityEndpoint, &self.identity_endpoint),
            (Field::InstanceId, &self.instance_id),
        ];
        all.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?))).collect()
    }

    /// Everything that counts for a command with these servers and credentials.
    ///
    /// # Errors
    /// As [`Configuration::load`].
    pub(crate) fn configuration(&self, credentials: &Credentials) -> anyhow::Result<Configuration> {
        let arguments = credentials.given().into_iter().chain(self.given()).collect();
        Configuration::load(arguments, credentials.profile.as_deref())
    }
}
