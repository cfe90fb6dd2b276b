//! What the command was told, from the most particular place to the most general: arguments, a named profile, the
//! environment, the default profile, and the files of other clients of the same cloud.

pub(crate) mod environment;
mod field;
mod koocli;
mod layer;
pub(crate) mod places;
pub(crate) mod profiles;
mod sdk_file;

pub(crate) use field::{Field, Settings};
pub(crate) use layer::{Layer, Source};

use crate::exit::usage;
use anyhow::Context;
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken};
use places::Places;
use profiles::Profiles;

/// All that was found, in the order in which it counts.
pub(crate) struct Configuration {
    layers: Vec<Layer>,
}

/// A key pair with what belongs to it.
pub(crate) struct Credential<'a> {
    pub(crate) access_key: AccessKeyId,
    pub(crate) secret_key: SecretKey,
    pub(crate) security_token: Option<SecurityToken>,
    pub(crate) project_id: Option<ProjectId>,
    pub(crate) domain_id: Option<DomainId>,
    /// Where the pair comes from.
    pub(crate) source: &'a Source,
}

impl Configuration {
    /// Looks for the settings; files of other clients are only read when no key pair was found before them.
    ///
    /// # Errors
    /// When a file cannot be read or the named profile is in none of them.
    pub(crate) fn load(arguments: Settings, profile: Option<&str>) -> anyhow::Result<Self> {
        let places = Places::of_this_user();
        let profiles = Profiles::read(&places)?;
        let by_name = |name: &str| self::profile(&profiles, &places, name);
        let named = profile.map(by_name).transpose()?;
        let general = match environment::profile() {
            _ if named.is_some() => None,
            Some(name) => Some(by_name(&name)?),
            None => profiles.current(),
        };
        let environment = environment::countersign();
        let arguments = arguments.with_rest_of_pair(&environment);
        let layers = [
            Some(Layer { source: Source::Arguments, settings: arguments }),
            named,
            Some(Layer { source: Source::Environment, settings: environment }),
            Some(Layer { source: Source::SdkEnvironment, settings: environment::sdk() }),
            general,
        ];
        let mut layers: Vec<_> = layers.into_iter().flatten().collect();
        if !layers.iter().any(|layer| layer.settings.has_key()) {
            layers.extend(others(&places)?);
        }
        Ok(Self { layers })
    }

    /// The first place's word on this field.
    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        self.layers.iter().find_map(|layer| layer.settings.get(field))
    }

    /// Where the identity API is: beside the management API, unless told otherwise.
    pub(crate) fn identity_endpoint(&self) -> Option<&str> {
        self.get(Field::IdentityEndpoint).or(self.get(Field::Endpoint))
    }

    /// The word on a field that nothing can be done without.
    ///
    /// # Errors
    /// When no place has it; names the ways to tell it.
    pub(crate) fn require(&self, field: Field) -> anyhow::Result<&str> {
        self.get(field).ok_or_else(|| usage(field.missing()))
    }

    /// The first key pair. Project and domain of more general places are not its own and do not count.
    ///
    /// # Errors
    /// When there is none, only a half of one, or one that cannot be sent.
    pub(crate) fn credential(&self) -> anyhow::Result<Credential<'_>> {
        let Some(index) = self.layers.iter().position(|layer| layer.settings.has_key()) else {
            return Err(usage(
                "no credentials; give --access-key and --secret-key, set COUNTERSIGN_ACCESS_KEY and \
                 COUNTERSIGN_SECRET_KEY, or run `countersign configure`",
            ));
        };
        let (layers, layer) = (&self.layers[..=index], &self.layers[index]);
        let half = |field| layer.settings.get(field).ok_or_else(|| usage(layer.half_a_pair(field)));
        let belonging = |field| layers.iter().find_map(|layer| layer.settings.get(field));
        let said = |field: Field| format!("the {} from {}", field.words(), layer.source);
        Ok(Credential {
            access_key: AccessKeyId::parse(half(Field::AccessKey)?)
                .with_context(|| said(Field::AccessKey))?,
            secret_key: SecretKey::new(half(Field::SecretKey)?),
            security_token: layer.settings.get(Field::SecurityToken).map(SecurityToken::new),
            project_id: belonging(Field::ProjectId)
                .map(ProjectId::parse)
                .transpose()
                .with_context(|| said(Field::ProjectId))?,
            domain_id: belonging(Field::DomainId)
                .map(DomainId::parse)
                .transpose()
                .with_context(|| said(Field::DomainId))?,
            source: &layer.source,
        })
    }
}

/// The profile of this name: ours, or KooCLI's.
fn profile(profiles: &Profiles, places: &Places, name: &str) -> anyhow::Result<Layer> {
    if let Some(layer) = profiles.layer(name) {
        return Ok(layer);
    }
    if let Some(layer) = koocli::read(places, Some(name))? {
        return Ok(layer);
    }
    Err(profiles.unknown(name))
}

/// What other clients of the same cloud keep.
fn others(places: &Places) -> anyhow::Result<Option<Layer>> {
    Ok(match koocli::read(places, None)? {
        Some(layer) => Some(layer),
        None => sdk_file::read(places)?,
    })
}
