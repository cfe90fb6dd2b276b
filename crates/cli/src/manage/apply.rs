//! `countersign apply` and `countersign diff`: objects as documents say, and what would change.

use super::Target;
use super::documents::{self, Document};
use super::gateway::{Gateway, Missing, text};
use super::plan::{Action, Change, Plan};
use crate::output;
use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `apply`.
#[derive(clap::Args)]
#[command(after_help = include_str!("../help/apply.txt"))]
pub(crate) struct Apply {
    /// YAML or JSON file with documents; may be repeated. `-` is standard input.
    #[arg(short = 'f', long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Arguments of `diff`.
#[derive(clap::Args)]
#[command(after_help = include_str!("../help/apply.txt"))]
pub(crate) struct Diff {
    /// YAML or JSON file with documents; may be repeated. `-` is standard input.
    #[arg(short = 'f', long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Exit 1 when something would change.
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    target: Target,
}

/// Creates or updates every document's object, one after the other.
pub(crate) fn apply(arguments: &Apply) -> anyhow::Result<ExitCode> {
    let documents = documents::read(&arguments.files)?;
    let gateway = arguments.target.open()?;
    let mut done = Vec::new();
    for document in documents {
        let plan = Plan::of(&gateway, document)?;
        let object = plan.carry_out(&gateway)?;
        let (kind, name, word) = (plan.resource.kind, &plan.name, plan.action().done());
        if arguments.target.output.is_free() {
            output::put(format!("{kind} {name} {word}\n").as_bytes())?;
        }
        done.push(json!({ "kind": kind, "name": name, "action": word, "id": text(&object, "id") }));
    }
    if !arguments.target.output.is_free() {
        arguments.target.output.print(&Value::Array(done), &["kind", "name", "action", "id"])?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what `apply` would change.
pub(crate) fn diff(arguments: &Diff) -> anyhow::Result<ExitCode> {
    let documents = documents::read(&arguments.files)?;
    let promised: Vec<_> =
        documents.iter().map(|document| (document.resource.kind, document.name.clone())).collect();
    let gateway = arguments.target.open()?;
    let plans = documents
        .into_iter()
        .map(|document| plan(&gateway, document, &promised))
        .collect::<anyhow::Result<Vec<_>>>()?;
    if arguments.target.output.is_free() {
        plans.iter().filter(|plan| plan.action() != Action::Keep).try_for_each(show)?;
        let count = |action| plans.iter().filter(|plan| plan.action() == action).count();
        eprintln!(
            "countersign: {} to create, {} to update, {} as they should be",
            count(Action::Create),
            count(Action::Update),
            count(Action::Keep)
        );
    } else {
        let plans = plans.iter().map(Plan::to_json).collect();
        arguments.target.output.print(&Value::Array(plans), &["kind", "name", "action"])?;
    }
    let is_same = plans.iter().all(|plan| plan.action() == Action::Keep);
    Ok(if is_same || !arguments.exit_code { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The plan of a document; what it refers to may be another document's, and not there yet.
fn plan(gateway: &Gateway, document: Document, promised: &[(&str, String)]) -> anyhow::Result<Plan> {
    let Document { resource, name, members } = &document;
    let copy = Document { resource, name: name.clone(), members: members.clone() };
    match Plan::of(gateway, copy) {
        Err(error) => match error.downcast_ref::<Missing>() {
            Some(missing) if promised.contains(&(missing.kind, missing.name.clone())) => {
                Ok(Plan::of_new(document))
            }
            _ => Err(error),
        },
        plan => plan,
    }
}

/// One plan in lines: what is new in green, what goes in red, where the output has colors.
fn show(plan: &Plan) -> anyhow::Result<()> {
    let mut out = AutoStream::new(Vec::new(), AutoStream::choice(&std::io::stdout()));
    let (green, red, bold) =
        (AnsiColor::Green.on_default(), AnsiColor::Red.on_default(), Style::new().bold());
    let action = plan.action();
    writeln!(out, "{bold}{} {} {}{bold:#}", action.planned(), plan.resource.kind, plan.name)?;
    for change in &plan.changes {
        let Change { path, from, to } = change;
        if action == Action::Update {
            writeln!(out, "{red}  - {path}: {}{red:#}", change.shown(from))?;
        }
        writeln!(out, "{green}  + {path}: {}{green:#}", change.shown(to))?;
    }
    output::put(&out.into_inner())
}
