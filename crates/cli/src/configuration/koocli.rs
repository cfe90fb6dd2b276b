//! KooCLI's profiles, as its documentation shows them: a list under `profiles`, the default's name under `current`.

use super::places::{self, Places};
use super::profiles::DEFAULT;
use super::{Field, Layer, Settings, Source};
use crate::exit::usage;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    current: String,
    #[serde(default)]
    profiles: Vec<Profile>,
    /// Whether keys are kept encrypted: a boolean, or its name as a text.
    #[serde(default, rename = "authEncrypt")]
    is_encrypted: Value,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Profile {
    name: String,
    access_key_id: String,
    secret_access_key: String,
    security_token: String,
    region: String,
    project_id: String,
    domain_id: String,
}

/// The profile of this name, else the default one; none when the file or the profile does not exist, or has no key.
///
/// # Errors
/// When the file cannot be read or understood, or its keys are encrypted.
pub(super) fn read(places: &Places, name: Option<&str>) -> anyhow::Result<Option<Layer>> {
    let Some(path) = &places.koocli else { return Ok(None) };
    let Some(text) = places::read(path)? else { return Ok(None) };
    // The parser's message may quote a value, and a value may be a secret.
    let file: File = serde_json::from_str(&text).map_err(|error| {
        usage(format!("cannot understand {} at line {}; is it KooCLI's?", path.display(), error.line()))
    })?;
    let wanted = name.unwrap_or(if file.current.is_empty() { DEFAULT } else { &file.current });
    let found = file.profiles.into_iter().find(|profile| profile.name == wanted);
    let Some(profile) = found.filter(|profile| !profile.access_key_id.is_empty()) else { return Ok(None) };
    if is_true(&file.is_encrypted) {
        return Err(usage(format!(
            "KooCLI keeps the keys of {} encrypted, and only it can read them; run `countersign configure`",
            path.display()
        )));
    }
    let source = Source::KooCli { name: profile.name.clone(), file: path.clone() };
    Ok(Some(Layer { source, settings: profile.into() }))
}

fn is_true(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| value.as_str() == Some("true"))
}

impl From<Profile> for Settings {
    fn from(profile: Profile) -> Self {
        Self::from_iter([
            (Field::AccessKey, profile.access_key_id),
            (Field::SecretKey, profile.secret_access_key),
            (Field::SecurityToken, profile.security_token),
            (Field::Region, profile.region),
            (Field::ProjectId, profile.project_id),
            (Field::DomainId, profile.domain_id),
        ])
    }
}
