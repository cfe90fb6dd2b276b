//! The vectors of signers are what their cases say today.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use countersign_conformance::vectors::{refusals_of, vectors_of};
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

/// Whether the vectors of these cases are those in the repository.
fn require_fresh(folder: &str, made: impl Fn(&str) -> String) {
    for cases in files(&format!("cases/{folder}")) {
        let vectors = files(&format!("vectors/{folder}")).into_iter().find(|path| stem(path) == stem(&cases));
        let text = vectors.and_then(|path| fs::read_to_string(path).ok());
        let is_fresh = text == Some(made(&fs::read_to_string(&cases).unwrap()));
        assert!(is_fresh, "{}: run the example `vectors`", cases.display());
    }
}

#[test]
fn vectors_are_what_their_cases_say() {
    require_fresh("sign", |text| vectors_of(text).unwrap().to_text().unwrap());
    require_fresh("verify", |text| refusals_of(text).unwrap().to_text().unwrap());
    assert_eq!(files("cases/sign").len(), files("vectors/sign").len());
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
fn every_algorithm_and_every_refusal_is_among_the_vectors() {
    let all = [files("vectors/sign"), files("vectors/verify")].concat();
    let text: String = all.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for algorithm in countersign_sign::Algorithm::ALL {
        assert!(text.contains(&format!("\"algorithm\": \"{}\"", algorithm.token())));
    }
    for error in [
        "MissingAuthorization",
        "DuplicateHeader",
        "MalformedAuthorization",
        "MissingAccessKey",
        "MissingDate",
        "BadDate",
        "Expired",
        "UnknownKey",
        "BadContentHash",
        "Mismatch",
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
