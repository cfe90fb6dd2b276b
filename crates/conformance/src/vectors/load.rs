//! Vectors from files, or those that this build carries.

use super::{SignFile, SignVector, VerifyFile, VerifyVector};
use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

macro_rules! carried {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../../spec/vectors/", $folder, "/", $name, ".json")))),*]
    };
}

/// Name and text of every file in spec/vectors/sign.
const SIGN: &[(&str, &str)] =
    carried!("sign": "algorithms" "credentials" "headers" "payload" "refusals" "target");
/// Name and text of every file in spec/vectors/verify.
const VERIFY: &[(&str, &str)] = carried!(
    "verify": "apigpy" "cpp" "go" "java" "legacy" "net" "node" "php" "published" "python" "refusals" "tf"
);

/// The vectors of one file.
pub struct Group<T> {
    /// Name of the file, without its ending.
    pub name: String,
    /// In the order of the file.
    pub vectors: Vec<T>,
}

/// The vectors for signers in these files and folders; without any, those of the project.
///
/// # Errors
/// When a file cannot be read, or is none of vectors.
pub fn sign_vectors(paths: &[PathBuf]) -> Result<Vec<Group<SignVector>>> {
    load(paths, SIGN, |file: SignFile| file.vectors)
}

/// The vectors for verifiers in these files and folders; without any, those of the project.
///
/// # Errors
/// When a file cannot be read, or is none of vectors.
pub fn verify_vectors(paths: &[PathBuf]) -> Result<Vec<Group<VerifyVector>>> {
    load(paths, VERIFY, |file: VerifyFile| file.vectors)
}

fn load<F: DeserializeOwned, T>(
    paths: &[PathBuf],
    carried: &[(&str, &str)],
    vectors: impl Fn(F) -> Vec<T>,
) -> Result<Vec<Group<T>>> {
    let group = |name: &str, text: &str| {
        let file = serde_json::from_str(text)
            .with_context(|| format!("{name} is not a vector file; see spec/vectors/README.md"))?;
        let stem = Path::new(name).file_stem().unwrap_or_default();
        Ok(Group { name: stem.to_string_lossy().into_owned(), vectors: vectors(file) })
    };
    if paths.is_empty() {
        return carried.iter().map(|(name, text)| group(name, text)).collect();
    }
    let files = files(paths)?;
    let groups = files.iter().map(|path| {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        group(&path.to_string_lossy(), &text)
    });
    groups.collect()
}

/// Folders stand for the JSON files in them.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut inside = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        inside.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_build_carries_every_file_of_the_repository() {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/vectors");
        for (folder, carried) in [("sign", SIGN), ("verify", VERIFY)] {
            let files = files(&[spec.join(folder)]).unwrap();
            let stems: Vec<_> =
                files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
            let names: Vec<_> = carried.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, stems, "{folder}");
        }
    }
}
