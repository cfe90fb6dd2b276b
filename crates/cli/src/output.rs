//! How data is shown: a table on terminals, JSON elsewhere and on request, tab-separated for scripts.

mod cells;
mod query;

pub(crate) use cells::one_line;

use crate::exit;
use anyhow::Context;
use cells::Shape;
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use serde_json::Value;
use std::io::{ErrorKind, IsTerminal, Write};

/// How to show the result.
#[derive(clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Form of the result; without it a table on terminals and JSON elsewhere.
    #[arg(short = 'o', long = "output", value_name = "FORM", alias = "cli-output", value_enum)]
    form: Option<Form>,
    /// JMESPath expression that selects from the result, for example 'apis[].name'.
    #[arg(long, value_name = "EXPRESSION", alias = "cli-query", value_parser = query::parse)]
    query: Option<query::Query>,
}

/// The forms of a result.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Aligned columns, for people.
    Table,
    /// All of it, for programs.
    Json,
    /// Bare values separated by tabs, for shells.
    Tsv,
}

impl Output {
    /// Whether nobody asked for a form or a part.
    pub(crate) fn is_free(&self) -> bool {
        self.form.is_none() && self.query.is_none()
    }

    /// Prints the value, or what the query selects from it. `columns` are the members that a table shows of each
    /// object; all when empty, or when a query chose them.
    ///
    /// # Errors
    /// When the query fails or standard output is closed.
    pub(crate) fn print(&self, value: &Value, columns: &[&str]) -> anyhow::Result<()> {
        let default = if std::io::stdout().is_terminal() { Form::Table } else { Form::Json };
        let form = self.form.unwrap_or(default);
        let text = match &self.query {
            Some(query) => form.render(&query.select(value)?, &[]),
            None => form.render(value, columns),
        };
        put(text.as_bytes())
    }
}

/// Prints data.
///
/// # Errors
/// [`exit::Error::Closed`] when nobody reads it any more, and when it cannot be written.
pub(crate) fn put(data: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(data).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(exit::Error::Closed.into()),
        done => done.context("cannot write to standard output"),
    }
}

impl Form {
    /// The value as text; every line ends.
    fn render(self, value: &Value, columns: &[&str]) -> String {
        match self {
            Self::Json => format!("{value:#}\n"),
            Self::Tsv => tsv(Shape::of(value, columns)),
            Self::Table => match Shape::of(value, columns) {
                Shape::Nothing => String::new(),
                Shape::Plain(line) => format!("{line}\n"),
                Shape::Lines(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
                Shape::Rows { header, rows } => table(&header, rows),
                Shape::Members(members) => {
                    table(&[], members.into_iter().map(|(name, value)| vec![name, value]).collect())
                }
            },
        }
    }
}

fn tsv(shape: Shape) -> String {
    let rows = match shape {
        Shape::Nothing => Vec::new(),
        Shape::Plain(text) => vec![vec![text]],
        Shape::Lines(lines) => lines.into_iter().map(|text| vec![text]).collect(),
        Shape::Rows { rows, .. } => rows,
        Shape::Members(members) => members.into_iter().map(|(name, value)| vec![name, value]).collect(),
    };
    rows.iter().map(|cells| cells.join("\t") + "\n").collect()
}

fn table(header: &[String], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !header.is_empty() {
        let names = header.iter().map(|name| name.to_uppercase().replace('_', " "));
        table.set_header(names.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    }
    table.add_rows(rows);
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests;
