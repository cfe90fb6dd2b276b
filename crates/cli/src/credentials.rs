//! Who signs: from the environment, or from arguments, which other users of the machine can see.

use countersign_sign::{Algorithm, Signer};
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken};

/// Credentials and scope of `sign` and `call`.
#[derive(clap::Args)]
pub(crate) struct Credentials {
    /// Access key (AK or AppKey).
    #[arg(long, value_name = "AK", env = "COUNTERSIGN_ACCESS_KEY")]
    access_key: String,
    /// Secret key (SK or AppSecret). Prefer the environment: arguments are visible in process lists.
    #[arg(long, value_name = "SK", env = "COUNTERSIGN_SECRET_KEY", hide_env_values = true)]
    secret_key: String,
    /// Security token of a temporary key pair. Prefer the environment here too.
    #[arg(long, value_name = "TOKEN", env = "COUNTERSIGN_SECURITY_TOKEN", hide_env_values = true)]
    security_token: Option<String>,
    /// Project to act in (X-Project-Id).
    #[arg(long, value_name = "ID")]
    project_id: Option<String>,
    /// Domain to act in (X-Domain-Id).
    #[arg(long, value_name = "ID")]
    domain_id: Option<String>,
    /// Signing algorithm.
    #[arg(long, value_name = "TOKEN", default_value = "SDK-HMAC-SHA256", value_parser = parse_algorithm)]
    algorithm: Algorithm,
    /// Region of V11-HMAC-SHA256.
    #[arg(long, value_name = "NAME", requires = "service")]
    region: Option<String>,
    /// Service of V11-HMAC-SHA256.
    #[arg(long, value_name = "NAME", requires = "region")]
    service: Option<String>,
}

impl Credentials {
    /// The signer that they describe.
    pub(crate) fn signer(&self) -> anyhow::Result<Signer> {
        let access_key = AccessKeyId::parse(&self.access_key)?;
        let mut signer =
            Signer::new(access_key, SecretKey::new(self.secret_key.as_str())).algorithm(self.algorithm);
        if let (Some(region), Some(service)) = (&self.region, &self.service) {
            signer = signer.scope(region, service);
        }
        if let Some(token) = &self.security_token {
            signer = signer.security_token(SecurityToken::new(token.as_str()));
        }
        if let Some(id) = &self.project_id {
            signer = signer.project_id(ProjectId::parse(id)?);
        }
        if let Some(id) = &self.domain_id {
            signer = signer.domain_id(DomainId::parse(id)?);
        }
        Ok(signer)
    }
}

fn parse_algorithm(token: &str) -> Result<Algorithm, String> {
    Algorithm::parse(token.as_bytes())
        .ok_or_else(|| format!("choose one of {}", Algorithm::ALL.map(Algorithm::token).join(", ")))
}
