//! Who signs: arguments, which other users of the machine can see, or what is configured.

use crate::configuration::{Configuration, Credential, Field};
use crate::exit::usage;
use countersign_sign::{Algorithm, Signer};

/// A profile, and what stands in for its credentials and scope.
#[derive(clap::Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct Credentials {
    /// Profile to use; see `countersign configure`. [env: COUNTERSIGN_PROFILE]
    #[arg(long, value_name = "NAME", alias = "cli-profile")]
    pub(crate) profile: Option<String>,
    /// Access key (AK or AppKey). [env: COUNTERSIGN_ACCESS_KEY]
    #[arg(long, value_name = "AK", alias = "cli-access-key")]
    access_key: Option<String>,
    /// Secret key (SK or AppSecret). Arguments are visible in process lists. [env: COUNTERSIGN_SECRET_KEY]
    #[arg(long, value_name = "SK", alias = "cli-secret-key")]
    secret_key: Option<String>,
    /// Security token of a temporary key pair. [env: COUNTERSIGN_SECURITY_TOKEN]
    #[arg(long, value_name = "TOKEN", alias = "cli-security-token")]
    security_token: Option<String>,
    /// Project to act in (X-Project-Id). [env: COUNTERSIGN_PROJECT_ID]
    #[arg(long, value_name = "ID", alias = "cli-project-id")]
    project_id: Option<String>,
    /// Domain to act in (X-Domain-Id). [env: COUNTERSIGN_DOMAIN_ID]
    #[arg(long, value_name = "ID", alias = "cli-domain-id")]
    domain_id: Option<String>,
    /// Region; V11-HMAC-SHA256 signs it. [env: COUNTERSIGN_REGION]
    #[arg(long, value_name = "NAME", alias = "cli-region")]
    region: Option<String>,
}

impl Credentials {
    /// What was said on the command line, empty texts too.
    pub(crate) fn given(&self) -> Vec<(Field, &str)> {
        let all = [
            (Field::AccessKey, &self.access_key),
            (Field::SecretKey, &self.secret_key),
            (Field::SecurityToken, &self.security_token),
            (Field::ProjectId, &self.project_id),
            (Field::DomainId, &self.domain_id),
            (Field::Region, &self.region),
        ];
        all.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?))).collect()
    }

    /// Everything that counts for this command.
    ///
    /// # Errors
    /// As [`Configuration::load`].
    pub(crate) fn configuration(&self) -> anyhow::Result<Configuration> {
        Configuration::load(self.given().into_iter().collect(), self.profile.as_deref())
    }
}

/// How to sign.
#[derive(clap::Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct Signing {
    /// Signing algorithm.
    #[arg(long, value_name = "TOKEN", default_value = "SDK-HMAC-SHA256", value_parser = parse_algorithm)]
    algorithm: Algorithm,
    /// Service of V11-HMAC-SHA256.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
}

impl Signing {
    /// The signer of the configured credential.
    ///
    /// # Errors
    /// When there is no credential, or a service without a region.
    pub(crate) fn signer(&self, configuration: &Configuration) -> anyhow::Result<Signer> {
        let signer = signer(configuration.credential()?).algorithm(self.algorithm);
        let Some(service) = &self.service else { return Ok(signer) };
        let region = configuration
            .get(Field::Region)
            .ok_or_else(|| usage("--service needs a region; give --region NAME"))?;
        Ok(signer.scope(region, service))
    }
}

/// The signer of a credential, with the protocol's default algorithm.
pub(crate) fn signer(credential: Credential<'_>) -> Signer {
    let mut signer = Signer::new(credential.access_key, credential.secret_key);
    if let Some(token) = credential.security_token {
        signer = signer.security_token(token);
    }
    if let Some(id) = credential.project_id {
        signer = signer.project_id(id);
    }
    if let Some(id) = credential.domain_id {
        signer = signer.domain_id(id);
    }
    signer
}

fn parse_algorithm(token: &str) -> Result<Algorithm, String> {
    Algorithm::parse(token.as_bytes())
        .ok_or_else(|| format!("choose one of {}", Algorithm::ALL.map(Algorithm::token).join(", ")))
}
