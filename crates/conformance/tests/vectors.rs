//! The vectors of signers are what their cases say today.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use countersign_conformance::vectors::vectors_of;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec").join(folder);
    let mut files: Vec<_> = fs::read_dir(spec).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

#[test]
fn vectors_are_up_to_date() {
    let (cases, vectors) = (files("cases/sign"), files("vectors/sign"));
    assert!(cases.iter().map(|path| stem(path)).eq(vectors.iter().map(|path| stem(path))));
    for (cases, vectors) in cases.iter().zip(&vectors) {
        let made = vectors_of(&fs::read_to_string(cases).unwrap()).unwrap().to_text().unwrap();
        let is_up_to_date = made == fs::read_to_string(vectors).unwrap();
        assert!(is_up_to_date, "{}: run the example sign_vectors", vectors.display());
    }
}

#[test]
fn ids_are_unique_kebab_case_and_many() {
    let mut ids = BTreeSet::new();
    for path in files("cases/sign") {
        for vector in vectors_of(&fs::read_to_string(path).unwrap()).unwrap().vectors {
            let is_kebab =
                |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
            assert!(is_kebab(&vector.id), "{}", vector.id);
            assert!(ids.insert(vector.id.clone()), "{} stands twice", vector.id);
        }
    }
    assert!(ids.len() >= 200, "only {} vectors", ids.len());
}

#[test]
fn every_algorithm_and_every_refusal_of_signers_is_among_the_vectors() {
    let text: String = files("vectors/sign").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for algorithm in countersign_sign::Algorithm::ALL {
        assert!(text.contains(&format!("\"algorithm\": \"{}\"", algorithm.token())));
    }
    for error in [
        "MissingCredentials",
        "BadCredentials",
        "MissingHost",
        "BadMethod",
        "BadTarget",
        "BadHeader",
        "TakenHeader",
        "UnsupportedAlgorithm",
        "MissingScope",
        "BadScope",
    ] {
        assert!(text.contains(&format!("\"error\": \"{error}\"")), "{error}");
    }
}
