//! `library.toml`, as sdks/README.md describes it. What only the end-to-end tests need is not read here.

use crate::places::root;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A command as a list of words.
type Command = Vec<String>;

/// One library: its folder and its manifest.
pub(crate) struct Library {
    folder: String,
    manifest: Manifest,
}

#[derive(Deserialize)]
struct Manifest {
    language: String,
    requires: String,
    install: String,
    fence: String,
    #[serde(default)]
    notes: String,
    build: Vec<Command>,
    /// The build commands know by themselves what has changed.
    #[serde(default)]
    incremental: bool,
    test: Vec<Command>,
    dry_run: Vec<Command>,
    testee: Command,
    samples: BTreeMap<String, Sample>,
}

#[derive(Deserialize)]
struct Sample {
    file: String,
}

impl Library {
    /// All libraries, by the names of their folders.
    ///
    /// # Errors
    /// When a manifest cannot be read.
    pub(crate) fn all() -> Result<Vec<Self>> {
        let mut libraries = Vec::new();
        for entry in fs::read_dir(super::manifests())? {
            let path = entry?.path().join("library.toml");
            if path.is_file() {
                libraries.push(Self::read(&path)?);
            }
        }
        libraries.sort_by(|one, other| one.folder.cmp(&other.folder));
        Ok(libraries)
    }

    fn read(path: &std::path::Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let manifest = toml::from_str(&text)
            .with_context(|| format!("{} is not what sdks/README.md describes", path.display()))?;
        let folder = path.parent().and_then(|folder| folder.file_name()).unwrap_or_default();
        Ok(Self { folder: folder.to_string_lossy().into_owned(), manifest })
    }

    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    pub(crate) fn directory(&self) -> PathBuf {
        super::manifests().join(&self.folder)
    }

    /// Where everything goes that is built: `{out}`.
    pub(crate) fn output(&self) -> PathBuf {
        root().join("target/libraries").join(&self.folder)
    }

    /// A command with its placeholders filled.
    pub(crate) fn filled(&self, words: &[String]) -> Vec<String> {
        let (out, root) = (self.output(), root());
        let fill = |word: &String| {
            word.replace("{out}", &out.to_string_lossy()).replace("{root}", &root.to_string_lossy())
        };
        words.iter().map(fill).collect()
    }

    pub(crate) fn language(&self) -> &str {
        &self.manifest.language
    }

    pub(super) fn build_commands(&self) -> &[Command] {
        &self.manifest.build
    }

    /// Whether the build commands are run each time.
    pub(super) const fn is_incremental(&self) -> bool {
        self.manifest.incremental
    }

    pub(super) fn tests(&self) -> &[Command] {
        &self.manifest.test
    }

    pub(super) fn dry_run(&self) -> &[Command] {
        &self.manifest.dry_run
    }

    /// Its testee (conformance/README.md).
    pub(crate) fn testee(&self) -> Vec<String> {
        self.filled(&self.manifest.testee)
    }

    /// The words of the generated README, by their places in the template.
    pub(super) fn words(&self) -> Result<Vec<(&str, String)>> {
        let manifest = &self.manifest;
        let mut words = vec![
            ("language", manifest.language.clone()),
            ("requires", manifest.requires.clone()),
            ("install", manifest.install.clone()),
            ("fence", manifest.fence.clone()),
        ];
        for (name, sample) in &manifest.samples {
            let path = self.directory().join(&sample.file);
            let source =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            words.push((name, source.trim_end().to_owned()));
        }
        let notes = manifest.notes.trim();
        words.push(("notes", if notes.is_empty() { String::new() } else { format!("\n{notes}\n") }));
        Ok(words)
    }
}
