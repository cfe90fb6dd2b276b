//! `cargo xtask conformance`: the libraries of sdks/ and the official signers, graded by the binary.

mod page;
mod results;
mod testees;

use crate::places::root;
use crate::process::say;
use crate::{libraries, setup, test};
use anyhow::{Context, Result, bail};
use page::PAGE;
use results::{Differential, Grades};
use std::fs;
use std::panic::resume_unwind;
use std::thread;
use testees::Testee;

/// Seed of the random requests in the page and in the tests.
pub(crate) const SEED: u64 = 20_260_101;
/// How many random requests the page and the tests have.
const COUNT: u64 = 2000;

/// Grades all, prints the tables and writes the page.
///
/// # Errors
/// When anything is wrong that no list of failures allows, or a list is stale.
pub(crate) fn write(seed: u64) -> Result<()> {
    let results = results(seed)?;
    let text = page::text(&results.0, &results.1);
    println!("{text}");
    require_right(&results.0, &results.1)?;
    fs::write(root().join(PAGE), text).with_context(|| format!("cannot write {PAGE}"))?;
    say(&format!("{PAGE} is up to date"));
    Ok(())
}

/// Grades all, and checks that the page says so.
///
/// # Errors
/// As [`write`], or when the page is stale.
pub(crate) fn check() -> Result<()> {
    let (grades, differentials) = results(SEED)?;
    require_right(&grades, &differentials)?;
    let text = page::text(&grades, &differentials);
    if fs::read_to_string(root().join(PAGE)).ok().as_ref() != Some(&text) {
        bail!("{PAGE} is not up to date; run: cargo xtask conformance");
    }
    Ok(())
}

/// Random requests alone, as many as asked for.
///
/// # Errors
/// When a library disagrees with us or with its peer.
pub(crate) fn differential(seed: u64, count: u64) -> Result<()> {
    prepare()?;
    let differentials = differentials(seed, count)?;
    println!("{}", page::differential_table(&differentials));
    require_right(&[], &differentials)
}

fn prepare() -> Result<()> {
    setup::testees()?;
    test::build()?;
    libraries::build()
}

fn results(seed: u64) -> Result<(Vec<Grades>, Vec<Differential>)> {
    prepare()?;
    let mut grades = Vec::new();
    for testee in Testee::all()? {
        say(&format!("grading {}", testee.name));
        grades.push(Grades::of(&testee)?);
    }
    Ok((grades, differentials(seed, COUNT)?))
}

/// All libraries at the same time: most of it is waiting for answers.
fn differentials(seed: u64, count: u64) -> Result<Vec<Differential>> {
    say(&format!("{count} random requests for each library, seed {seed}"));
    let libraries = Testee::libraries()?;
    thread::scope(|scope| {
        let start = |testee| scope.spawn(move || Differential::of(testee, seed, count));
        let running: Vec<_> = libraries.iter().map(start).collect();
        running.into_iter().map(|run| run.join().unwrap_or_else(|fault| resume_unwind(fault))).collect()
    })
}

fn require_right(grades: &[Grades], differentials: &[Differential]) -> Result<()> {
    let faults: Vec<_> = grades
        .iter()
        .flat_map(Grades::faults)
        .chain(differentials.iter().flat_map(Differential::faults))
        .collect();
    for fault in &faults {
        say(fault);
    }
    if !faults.is_empty() {
        bail!("{} faults of conformance", faults.len());
    }
    Ok(())
}

/// Runs the binary and reads what it prints, whether it found faults or not.
fn json<T: serde::de::DeserializeOwned>(command: &mut std::process::Command) -> Result<T> {
    let done = command.output().context("cannot start the binary")?;
    serde_json::from_slice(&done.stdout)
        .with_context(|| format!("no result: {}", String::from_utf8_lossy(&done.stderr)))
}
