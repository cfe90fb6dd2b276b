//! Settings together with where they come from.

use super::{Field, Settings};
use std::fmt;
use std::path::PathBuf;

/// What one place says.
pub(crate) struct Layer {
    pub(crate) source: Source,
    pub(crate) settings: Settings,
}

/// Where settings come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// The command's arguments.
    Arguments,
    /// Our variables.
    Environment,
    /// The official SDKs' variables.
    SdkEnvironment,
    /// A profile of our file.
    Profile { name: String, file: PathBuf },
    /// A profile of KooCLI's file.
    KooCli { name: String, file: PathBuf },
    /// A section of the official SDKs' file.
    SdkFile { section: &'static str, file: PathBuf },
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments => formatter.write_str("the arguments"),
            Self::Environment => formatter.write_str("the environment (COUNTERSIGN_*)"),
            Self::SdkEnvironment => formatter.write_str("the environment (HUAWEICLOUD_SDK_*)"),
            Self::Profile { name, file } => write!(formatter, "profile {name} of {}", file.display()),
            Self::KooCli { name, file } => write!(formatter, "KooCLI profile {name} of {}", file.display()),
            Self::SdkFile { section, file } => write!(formatter, "section {section} of {}", file.display()),
        }
    }
}

impl Layer {
    /// What to do about a pair that lacks this field.
    pub(super) fn half_a_pair(&self, missing: Field) -> String {
        let how = match self.source {
            Source::Arguments => format!("give {} or set {}", missing.option(), missing.variable()),
            Source::Environment => format!("set {}", missing.variable()),
            Source::SdkEnvironment => "set both HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK".to_owned(),
            Source::Profile { ref name, .. } => format!("run `countersign configure --profile {name}`"),
            Source::KooCli { .. } | Source::SdkFile { .. } => "complete the file".to_owned(),
        };
        format!("there is no {} in {}; {how}", missing.words(), self.source)
    }
}
