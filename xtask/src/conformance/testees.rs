//! Who is graded: every library of sdks/, and the official signers.

use crate::libraries::Library;
use crate::places::{debug_binary, python, root, setup, testees};
use crate::process::command;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program to grade.
pub(super) struct Testee {
    /// Its name, and that of its list of failures.
    pub(super) name: String,
    /// Whether it verifies as well.
    pub(super) verifies: bool,
    words: Vec<String>,
    directory: PathBuf,
    /// The official signer that its signatures are held against.
    peer: Option<Official>,
}

/// The official signers.
#[derive(Clone, Copy)]
enum Official {
    Python,
    Apigateway,
    Node,
    Go,
    Java,
}

impl Testee {
    /// Libraries first.
    pub(super) fn all() -> Result<Vec<Self>> {
        let mut all = Self::libraries()?;
        all.extend(Official::ALL.map(Official::testee));
        Ok(all)
    }

    /// The libraries alone, each with its peer.
    pub(super) fn libraries() -> Result<Vec<Self>> {
        let testee = |library: Library| Self {
            name: format!("countersign-{}", library.folder()),
            verifies: true,
            words: library.testee(),
            directory: library.directory(),
            peer: Some(Official::beside(library.folder())),
        };
        Ok(Library::all()?.into_iter().map(testee).collect())
    }

    /// The binary grading this testee by a verb, with its list of failures, if it has one.
    pub(super) fn grade(&self, verb: &str) -> Command {
        let mut grade = command(debug_binary(), &self.directory);
        grade.args(["conformance", verb, "--json", "--testee", &self.line()]);
        if let Some(list) = self.failures() {
            grade.arg("--failures").arg(list);
        }
        grade
    }

    /// The binary asking this testee and its peer for random requests.
    pub(super) fn differential(&self, seed: u64, count: u64) -> Command {
        let mut run = self.grade("differential");
        run.args(["--seed", &seed.to_string(), "--count", &count.to_string()]);
        if let Some(peer) = self.peer.map(Official::testee) {
            run.args(["--peer", &peer.line()]);
            if let Some(list) = peer.failures() {
                run.arg("--peer-failures").arg(list);
            }
        }
        run
    }

    fn failures(&self) -> Option<PathBuf> {
        let list = root().join("conformance/failures").join(format!("{}.toml", self.name));
        list.is_file().then_some(list)
    }

    /// Its command line for the shell.
    fn line(&self) -> String {
        let quoted = self.words.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''")));
        quoted.collect::<Vec<_>>().join(" ")
    }
}

impl Official {
    const ALL: [Self; 5] = [Self::Python, Self::Node, Self::Go, Self::Java, Self::Apigateway];

    /// The one of the same language, else the one that says most.
    fn beside(library: &str) -> Self {
        match library {
            "javascript" => Self::Node,
            "go" => Self::Go,
            "java" => Self::Java,
            _ => Self::Python,
        }
    }

    fn testee(self) -> Testee {
        let words = match self {
            Self::Python => in_python("official.py"),
            Self::Apigateway => in_python("apigateway.py"),
            Self::Node => {
                vec![text("node".as_ref()), source("node/official.js"), text(&setup().join("node"))]
            }
            Self::Go => vec![text(&testees().join("go/official"))],
            Self::Java => {
                let (classes, jars) = (testees().join("java/classes"), testees().join("java/lib/*"));
                let path = format!("{}:{}", classes.display(), jars.display());
                vec!["java".to_owned(), "-cp".to_owned(), path, "Official".to_owned()]
            }
        };
        Testee { name: self.name().to_owned(), verifies: false, words, directory: root(), peer: None }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Python => "official-python",
            Self::Apigateway => "apigateway-python",
            Self::Node => "official-node",
            Self::Go => "official-go",
            Self::Java => "official-java",
        }
    }
}

fn in_python(program: &str) -> Vec<String> {
    vec![text(&python()), "-B".to_owned(), source(&format!("python/{program}"))]
}

fn source(file: &str) -> String {
    text(&root().join("conformance/testees").join(file))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
