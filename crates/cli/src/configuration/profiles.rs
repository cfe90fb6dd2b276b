//! Our file: named profiles, one of them the default. Only its owner can read it.

use super::places::{self, Places};
use super::{Layer, Settings, Source};
use crate::exit::usage;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The name of the first profile, here as in KooCLI.
pub(crate) const DEFAULT: &str = "default";

/// The file's content and its place.
pub(crate) struct Profiles {
    path: Option<PathBuf>,
    content: Content,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Settings>,
}

impl Profiles {
    /// Reads the file; without one there are no profiles.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub(crate) fn read(places: &Places) -> anyhow::Result<Self> {
        let path = places.configuration.clone();
        let text = path.as_deref().map(places::read).transpose()?.flatten();
        let (Some(path), Some(text)) = (&path, text) else {
            return Ok(Self { path, content: Content::default() });
        };
        warn_if_others_can_read(path)?;
        // The parser's own message quotes the line, which may hold a secret.
        let content = toml::from_str(&text).map_err(|error: toml::de::Error| {
            let line = error.span().map_or(0, |span| line_of(&text, span.start));
            usage(format!("cannot understand {} at line {line}: {}", path.display(), error.message()))
        })?;
        Ok(Self { path: Some(path.clone()), content })
    }

    /// The names, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.content.profiles.keys().map(String::as_str)
    }

    /// The name of the default profile.
    pub(crate) fn current_name(&self) -> &str {
        self.content.current.as_deref().unwrap_or(DEFAULT)
    }

    /// The profile of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Settings> {
        self.content.profiles.get(name)
    }

    /// The default profile, if it exists, as one place's word.
    pub(super) fn current(&self) -> Option<Layer> {
        self.layer(self.current_name())
    }

    /// The profile of this name as one place's word.
    pub(super) fn layer(&self, name: &str) -> Option<Layer> {
        let (settings, file) = (self.get(name)?.clone(), self.path.clone()?);
        Some(Layer { source: Source::Profile { name: name.to_owned(), file }, settings })
    }

    /// Says that there is no such profile, and which there are.
    pub(crate) fn unknown(&self, name: &str) -> anyhow::Error {
        let known = match self.names().collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "there is none yet".to_owned(),
            names => format!("there are {names}"),
        };
        usage(format!("no profile {name:?}: {known}; make it with `countersign configure --profile {name}`"))
    }

    /// Replaces a profile or adds it.
    pub(crate) fn put(&mut self, name: &str, settings: Settings) {
        self.content.profiles.insert(name.to_owned(), settings);
    }

    /// Removes a profile; says whether there was one.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        if self.content.current.as_deref() == Some(name) {
            self.content.current = None;
        }
        self.content.profiles.remove(name).is_some()
    }

    /// Makes a profile the default.
    pub(crate) fn make_current(&mut self, name: &str) {
        self.content.current = Some(name.to_owned());
    }

    /// Writes the file: whoever reads it sees the old content or the new, and only its owner can.
    ///
    /// # Errors
    /// When the user has no home, or the file cannot be written.
    pub(crate) fn write(&self) -> anyhow::Result<&Path> {
        let path = self.path.as_deref().ok_or_else(|| {
            usage("nowhere to keep profiles; set HOME or XDG_CONFIG_HOME, or name a file with COUNTERSIGN_CONFIG")
        })?;
        let text = toml::to_string_pretty(&self.content)?;
        replace(path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let private = Permissions::from_mode(0o600);
    let mut file = tempfile::Builder::new().permissions(private).tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(File::open(directory)?.sync_all()?)
}

fn warn_if_others_can_read(path: &Path) -> anyhow::Result<()> {
    if std::fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        eprintln!("countersign: others can read {0}; run `chmod 600 {0}`", path.display());
    }
    Ok(())
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use super::*;

    fn at(path: &Path) -> Places {
        Places { configuration: Some(path.to_owned()), koocli: None, sdk: None }
    }

    #[test]
    fn what_is_written_is_read_again_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/config.toml");
        let mut profiles = Profiles::read(&at(&path)).unwrap();
        let settings: Settings = Field::ALL.into_iter().map(|field| (field, field.name())).collect();
        profiles.put("a.b", settings.clone());
        profiles.make_current("a.b");
        profiles.write().unwrap();

        let again = Profiles::read(&at(&path)).unwrap();
        assert!(again.get("a.b") == Some(&settings));
        assert_eq!(again.current_name(), "a.b");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_broken_file_is_named_by_line_and_its_secret_is_not_shown() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(&path, "[profiles.default]\nsecret_key = top secret\n").unwrap();
        let error = Profiles::read(&at(&path)).err().unwrap().to_string();
        assert!(error.contains("at line 2"), "{error}");
        assert!(!error.contains("top secret"), "{error}");
    }

    #[test]
    fn removing_the_default_profile_makes_the_first_name_the_default() {
        let mut profiles = Profiles { path: None, content: Content::default() };
        profiles.put("dev", Settings::default());
        profiles.make_current("dev");
        assert!(profiles.remove("dev"));
        assert!(!profiles.remove("dev"));
        assert_eq!(profiles.current_name(), DEFAULT);
    }
}
