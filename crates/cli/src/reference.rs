//! Tests that docs/cli.md says what the command line says.

use crate::configuration::Field;
use crate::manage::resource;
use clap::Command;
use std::fmt::Write;

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    std::fs::read_to_string(path).unwrap()
}

/// Fails with the lines that the page lacks, or has too many of those that begin like the table's.
fn assert_has(table: &str) {
    let page = page();
    let lacking: Vec<_> = table.lines().filter(|line| !page.lines().any(|other| other == *line)).collect();
    assert!(lacking.is_empty(), "docs/cli.md lacks\n{}", lacking.join("\n"));
    let old = page.split("\n\n").find(|part| part.starts_with(table.lines().next().unwrap_or_default()));
    let old = old.unwrap().lines().filter(|line| !table.lines().any(|other| other == *line));
    assert_eq!(old.collect::<Vec<_>>(), Vec::<&str>::new(), "docs/cli.md says what is no more");
}

/// The verbs that every kind of object has; the page explains them once.
const COMMON: [&str; 5] = ["list", "show", "create", "update", "delete"];

/// One line for every command that does something; the common verbs of a kind share one.
fn commands(command: &Command, path: &str, table: &mut String) {
    let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
    let is_kind = COMMON.iter().all(|verb| command.find_subcommand(verb).is_some());
    if is_kind {
        writeln!(table, "| `{path}` `list`, `show`, `create`, `update`, `delete` | {} |", about(command))
            .unwrap();
    }
    for inner in command.get_subcommands() {
        let path = format!("{path} {}", inner.get_name());
        match inner.get_name() {
            "help" => {}
            name if is_kind && COMMON.contains(&name) => {}
            _ if inner.is_subcommand_required_set() => commands(inner, &path, table),
            _ if inner.has_subcommands() => {
                writeln!(table, "| `{path}` | {} |", about(inner)).unwrap();
                commands(inner, &path, table);
            }
            _ => writeln!(table, "| `{path}` | {} |", about(inner)).unwrap(),
        }
    }
}

#[test]
fn the_page_lists_every_command() {
    let mut table = "| command | what it does |\n|---|---|\n".to_owned();
    commands(&crate::command(), "countersign", &mut table);
    assert_has(&table);
}

#[test]
fn the_page_lists_every_setting() {
    let set = crate::command();
    let set = set.find_subcommand("configure").unwrap().find_subcommand("set").unwrap();
    let mut table = "| field | variable | option | meaning |\n|---|---|---|---|\n".to_owned();
    for field in Field::ALL {
        let option = field.option();
        let argument = set
            .get_arguments()
            .find(|argument| argument.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long)));
        let help = argument.unwrap().get_help().unwrap().to_string();
        let help = help.split(" [env").next().unwrap_or_default().trim_end_matches('.');
        writeln!(table, "| `{}` | `{}` | `{option}` | {help} |", field.name(), field.variable()).unwrap();
    }
    assert_has(&table);
}

#[test]
fn the_page_lists_every_kind_with_its_members() {
    let mut table = "| kind | in | members |\n|---|---|---|\n".to_owned();
    for resource in resource::ALL {
        writeln!(table, "| `{}` | {} | {} |", resource.kind, resource.words(), resource.members()).unwrap();
    }
    assert_has(&table);
}

#[test]
fn the_page_lists_every_exit_code() {
    let page = page();
    for code in ["| 0 |", "| 1 |", "| 2 |", "| 22 |"] {
        assert!(page.contains(code), "{code}");
    }
}
