//! The names of what can be configured, and texts by these names.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// One thing that can be configured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    /// URL of the management API.
    Endpoint,
    /// URL of the identity API, where it is not the management API's.
    IdentityEndpoint,
    /// URL of the gateway that calls go to.
    Gateway,
    InstanceId,
    ProjectId,
    DomainId,
    Region,
    AccessKey,
    SecretKey,
    SecurityToken,
}

impl Field {
    /// All, in the order in which people are asked for them and shown them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Endpoint,
        Self::IdentityEndpoint,
        Self::Gateway,
        Self::InstanceId,
        Self::ProjectId,
        Self::DomainId,
        Self::Region,
        Self::AccessKey,
        Self::SecretKey,
        Self::SecurityToken,
    ];

    /// Its name in the configuration file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::IdentityEndpoint => "identity_endpoint",
            Self::Gateway => "gateway",
            Self::InstanceId => "instance_id",
            Self::ProjectId => "project_id",
            Self::DomainId => "domain_id",
            Self::Region => "region",
            Self::AccessKey => "access_key",
            Self::SecretKey => "secret_key",
            Self::SecurityToken => "security_token",
        }
    }

    /// The variable that tells it.
    pub(crate) fn variable(self) -> String {
        format!("COUNTERSIGN_{}", self.name().to_ascii_uppercase())
    }

    /// The option that tells it.
    pub(crate) fn option(self) -> String {
        format!("--{}", self.name().replace('_', "-"))
    }

    /// Its name in a sentence.
    pub(crate) fn words(self) -> String {
        self.name().replace('_', " ")
    }

    /// Whether it is never shown.
    pub(crate) fn is_secret(self) -> bool {
        matches!(self, Self::SecretKey | Self::SecurityToken)
    }

    /// What to do when it is needed and nowhere.
    pub(crate) fn missing(self) -> String {
        format!(
            "no {}; give {}, set {}, or run `countersign configure`",
            self.words(),
            self.option(),
            self.variable()
        )
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim_start_matches('-').replace('-', "_");
        Self::ALL.into_iter().find(|field| field.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("choose one of {names}")
        })
    }
}

/// Texts by field; empty ones are as good as absent. It holds secrets, so it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Settings(BTreeMap<Field, String>);

impl Settings {
    /// The text of this field.
    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Sets the field, or removes it when there is no text.
    pub(crate) fn set(&mut self, field: Field, text: Option<String>) {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => self.0.insert(field, text),
            None => self.0.remove(&field),
        };
    }

    /// The fields that have a text, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.get(field)?)))
    }

    /// Whether there is a key pair, or a half of one.
    pub(crate) fn has_key(&self) -> bool {
        self.get(Field::AccessKey).or(self.get(Field::SecretKey)).is_some()
    }

    /// Completes half a pair, so that a secret can stand in the environment while its key is an argument.
    pub(super) fn with_rest_of_pair(mut self, other: &Self) -> Self {
        if self.has_key() {
            for field in [Field::AccessKey, Field::SecretKey, Field::SecurityToken] {
                if self.get(field).is_none() {
                    self.set(field, other.get(field).map(str::to_owned));
                }
            }
        }
        self
    }
}

impl<T: Into<String>> FromIterator<(Field, T)> for Settings {
    fn from_iter<I: IntoIterator<Item = (Field, T)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(field, text)| (field, text.into())).collect())
    }
}
