//! `cargo xtask libraries`: the signing libraries of `sdks/`, by what their manifests say.

mod manifest;
mod readme;

pub(crate) use manifest::Library;

use crate::places::root;
use crate::process::{command, output, run, say};
use crate::setup;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Builds, tests and packs the named libraries, or all, and checks that their READMEs are up to date.
///
/// # Errors
/// When a name is unknown, or a command of a manifest fails.
pub(crate) fn check(names: &[String]) -> Result<()> {
    setup::callers()?;
    for library in named(names)? {
        library.build()?;
        say(&format!("testing the library for {}", library.language()));
        library.run_all(library.tests())?;
        say(&format!("packing the library for {}", library.language()));
        library.run_all(library.dry_run())?;
        readme::require_fresh(&library)?;
    }
    Ok(())
}

/// Makes everything of all libraries ready to run.
///
/// # Errors
/// When a command of a manifest fails.
pub(crate) fn build() -> Result<()> {
    Library::all()?.iter().try_for_each(Library::build)
}

/// Writes the READMEs.
///
/// # Errors
/// When a manifest or a sample cannot be read.
pub(crate) fn write_readmes() -> Result<()> {
    Library::all()?.iter().try_for_each(readme::write)
}

fn named(names: &[String]) -> Result<Vec<Library>> {
    let mut libraries = Library::all()?;
    if let Some(unknown) = names.iter().find(|name| !libraries.iter().any(|own| own.folder() == *name)) {
        let known: Vec<_> = libraries.iter().map(Library::folder).collect();
        bail!("there is no library {unknown}; choose from {}", known.join(", "));
    }
    libraries.retain(|library| names.is_empty() || names.iter().any(|name| name == library.folder()));
    Ok(libraries)
}

impl Library {
    /// Runs the build commands unless nothing has changed since.
    fn build(&self) -> Result<()> {
        if self.is_incremental() {
            return self.run_all(self.build_commands());
        }
        setup::once(&self.output(), &self.sources()?, || {
            say(&format!("building the library for {}", self.language()));
            self.run_all(self.build_commands())
        })
    }

    fn run_all(&self, commands: &[Vec<String>]) -> Result<()> {
        for words in commands {
            let words = self.filled(words);
            let [program, arguments @ ..] = words.as_slice() else {
                bail!("sdks/{}/library.toml holds an empty command", self.folder());
            };
            run(command(program, &self.directory()).args(arguments))?;
        }
        Ok(())
    }

    /// Every file that belongs to the library, committed or about to be.
    fn sources(&self) -> Result<Vec<PathBuf>> {
        let list = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
        let files = output(command("git", &self.directory()).args(list))?;
        let paths = files.lines().map(|file| self.directory().join(file));
        Ok(paths.filter(|path| path.is_file() && !path.ends_with("README.md")).collect())
    }
}

/// Where the manifests lie.
fn manifests() -> PathBuf {
    root().join("sdks")
}
