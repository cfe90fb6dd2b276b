//! Where the files are.

use super::environment::text;
use anyhow::Context;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Paths of the files; none for a user without a home.
pub(crate) struct Places {
    /// Ours, by the rules of XDG.
    pub(crate) configuration: Option<PathBuf>,
    /// KooCLI's.
    pub(super) koocli: Option<PathBuf>,
    /// The official SDKs'.
    pub(super) sdk: Option<PathBuf>,
}

impl Places {
    /// The files of whoever runs this.
    pub(crate) fn of_this_user() -> Self {
        let home = text("HOME").map(PathBuf::from);
        let below = |path: &str| home.as_ref().map(|home| home.join(path));
        let xdg = text("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        Self {
            configuration: text("COUNTERSIGN_CONFIG").map(PathBuf::from).or_else(|| {
                xdg.or_else(|| below(".config")).map(|config| config.join("countersign/config.toml"))
            }),
            koocli: below(".hcloud/config.json"),
            sdk: text("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
                .map(PathBuf::from)
                .or_else(|| below(".huaweicloud/credentials")),
        }
    }
}

/// The file's text; none when it does not exist.
///
/// # Errors
/// When it exists and cannot be read.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
