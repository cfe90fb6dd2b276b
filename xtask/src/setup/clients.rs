//! The official clients, one language a function, each with its own package manager and lock file.

use super::stamp::once;
use crate::places::{root, setup, testees};
use crate::process::{command, run, say};
use anyhow::Result;
use std::fs;

/// A virtual environment with the Python clients and pytest.
pub(super) fn python() -> Result<()> {
    environment("venv", "tests/e2e/requirements.txt", "the Python clients")
}

/// A virtual environment with a real Keystone.
pub(super) fn keystone() -> Result<()> {
    environment("keystone", "tests/e2e/requirements-keystone.txt", "Keystone")
}

fn environment(name: &str, requirements: &str, what: &str) -> Result<()> {
    let (root, venv) = (root(), setup().join(name));
    let requirements = root.join(requirements);
    once(&venv, std::slice::from_ref(&requirements), || {
        say(&format!("installing {what}"));
        run(command("python3", &root).args(["-m", "venv"]).arg(&venv))?;
        let pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement"];
        run(command(venv.join("bin/pip"), &root).args(pip).arg(&requirements))
    })
}

/// `node_modules` beside a copy of the caller.
pub(super) fn node() -> Result<()> {
    let (source, target) = (root().join("tests/e2e/callers/node"), setup().join("node"));
    let files = ["package.json", "package-lock.json", ".npmrc", "caller.js"];
    once(&target, &files.map(|file| source.join(file)), || {
        say("installing the Node client");
        for file in files {
            fs::copy(source.join(file), target.join(file))?;
        }
        run(command("npm", &target).args(["ci", "--silent"]))
    })
}

/// The compiled caller.
pub(super) fn go() -> Result<()> {
    let (source, target) = (root().join("tests/e2e/callers/go"), setup().join("go"));
    once(&target, &["go.mod", "go.sum", "main.go"].map(|file| source.join(file)), || {
        say("building the Go caller");
        let build = ["build", "-mod=readonly", "-buildvcs=false", "-o"];
        run(command("go", &source).args(build).arg(target.join("caller")))
    })
}

/// The compiled class and the jars it needs.
pub(super) fn java() -> Result<()> {
    let (source, target) = (root().join("tests/e2e/callers/java"), setup().join("java"));
    once(&target, &["pom.xml", "src/main/java/Caller.java"].map(|file| source.join(file)), || {
        say("building the Java caller");
        let output = format!("-Doutput={}", target.display());
        run(command("mvn", &source).args(["--quiet", "--batch-mode", "process-classes"]).arg(output))
    })
}

/// The compiled testee around the official Go core.
pub(super) fn go_testee() -> Result<()> {
    let (source, target) = (root().join("conformance/testees/go"), testees().join("go"));
    once(&target, &["go.mod", "go.sum", "main.go"].map(|file| source.join(file)), || {
        say("building the testee around the Go core");
        let build = ["build", "-mod=readonly", "-buildvcs=false", "-o"];
        run(command("go", &source).args(build).arg(target.join("official")))
    })
}

/// The compiled testee around the official Java core, and the jars it needs.
pub(super) fn java_testee() -> Result<()> {
    let (source, target) = (root().join("conformance/testees/java"), testees().join("java"));
    once(&target, &["pom.xml", "src/main/java/Official.java"].map(|file| source.join(file)), || {
        say("building the testee around the Java core");
        let output = format!("-Doutput={}", target.display());
        run(command("mvn", &source).args(["--quiet", "--batch-mode", "process-classes"]).arg(output))
    })
}
