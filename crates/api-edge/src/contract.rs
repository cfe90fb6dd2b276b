//! The tables of operations that contracts are compiled in as: one line an operation, tab-separated, `#` before what is
//! said about it.

use http::{Method, StatusCode};

/// What every table says of an operation.
#[derive(Debug)]
pub struct Operation {
    /// Name, unique in its table.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template with `{name}` parameters.
    pub path: &'static str,
    /// Status of success.
    pub success: StatusCode,
    /// How the table sorts its operations.
    pub class: &'static str,
    /// Heading under which it is listed.
    pub group: &'static str,
}

/// The operations in the order of the table, each with the fields that only this table has.
///
/// # Panics
/// When a row lacks a field or has a bad one; a table is compiled in, so that a test can read it.
pub fn operations(table: &'static str) -> impl Iterator<Item = (Operation, Vec<&'static str>)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| parse(row).expect("a test reads the compiled-in table"))
}

/// The fifth field says where the status is known from.
fn parse(row: &'static str) -> Option<(Operation, Vec<&'static str>)> {
    let mut fields = row.split('\t');
    let (name, method, path) = (fields.next()?, fields.next()?, fields.next()?);
    let (success, _source) = (fields.next()?, fields.next()?);
    let (class, group) = (fields.next()?, fields.next()?);
    let (method, success) = (method.parse().ok()?, success.parse().ok()?);
    Some((Operation { name, method, path, success, class, group }, fields.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_up_to_what_only_its_table_has() {
        let table = "# a remark\nShowIt\tGET\t/its/{id}\t200\tdocumented\tX\tits\tmore\tand more\n";
        let (operation, rest) = operations(table).next().unwrap();
        assert_eq!((operation.name, operation.path, operation.class), ("ShowIt", "/its/{id}", "X"));
        assert_eq!((operation.success, operation.group), (StatusCode::OK, "its"));
        assert_eq!(rest, ["more", "and more"]);
    }

    #[test]
    fn a_row_without_a_status_is_none() {
        assert!(parse("ShowIt\tGET\t/its/{id}\t\tdocumented\tX\tits").is_none());
    }
}
