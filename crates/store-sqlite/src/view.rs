//! Reads inside a transaction.

use crate::fault;
use countersign_store::{Address, Change, Error, Link, Object, Reader, Scope};
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params};

const COLUMNS: &str =
    "SELECT o.kind, o.scope, o.id, o.names, o.links, o.document, o.revision FROM objects o ";

/// What one transaction sees.
pub(crate) struct View<'a> {
    pub(crate) connection: &'a Connection,
}

impl View<'_> {
    fn one(&self, clause: &str, parameters: impl Params) -> Result<Option<Object>, Error> {
        let sql = format!("{COLUMNS}{clause}");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault)?;
        let row = statement.query_row(parameters, stored).optional().map_err(fault)?;
        row.map(Stored::parse).transpose()
    }

    fn many(&self, clause: &str, parameters: impl Params) -> Result<Vec<Object>, Error> {
        let sql = format!("{COLUMNS}{clause}");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault)?;
        let rows = statement.query_map(parameters, stored).map_err(fault)?;
        rows.map(|row| row.map_err(fault).and_then(Stored::parse)).collect()
    }

    /// The number of rows.
    fn number(&self, clause: &str, parameters: impl Params) -> Result<usize, Error> {
        self.connection
            .prepare_cached(&format!("SELECT count(*) {clause}"))
            .and_then(|mut statement| statement.query_row(parameters, |row| row.get::<_, i64>(0)))
            .map(|number| usize::try_from(number).unwrap_or(usize::MAX))
            .map_err(fault)
    }

    /// The revision up to which a page of `limit` changes after `revision` reaches.
    fn last_of_page(&self, revision: i64, limit: usize) -> Result<i64, Error> {
        let skip = i64::try_from(limit.max(1) - 1).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached(
                "SELECT revision FROM changes WHERE revision > ?1 ORDER BY number LIMIT 1 OFFSET ?2",
            )
            .and_then(|mut statement| statement.query_row([revision, skip], |row| row.get(0)).optional())
            .map(|found| found.unwrap_or(i64::MAX))
            .map_err(fault)
    }
}

impl Reader for View<'_> {
    fn get(&self, kind: &str, scope: &str, id: &str) -> Result<Option<Object>, Error> {
        self.one("WHERE o.kind = ?1 AND o.scope = ?2 AND o.id = ?3", [kind, scope, id])
    }

    fn get_by_name(&self, kind: &str, scope: &str, name: &str) -> Result<Option<Object>, Error> {
        let clause = "JOIN names n ON n.object = o.number WHERE n.kind = ?1 AND n.scope = ?2 AND n.name = ?3";
        self.one(clause, [kind, scope, name])
    }

    fn list(&self, kind: &str, scope: Scope<'_>) -> Result<Vec<Object>, Error> {
        match scope {
            Scope::All => self.many("WHERE o.kind = ?1 ORDER BY o.number", [kind]),
            Scope::One(scope) => {
                self.many("WHERE o.kind = ?1 AND o.scope = ?2 ORDER BY o.number", [kind, scope])
            }
        }
    }

    fn list_linked(&self, kind: &str, scope: Scope<'_>, link: &Link) -> Result<Vec<Object>, Error> {
        let linked =
            "JOIN links l ON l.object = o.number WHERE l.kind = ?1 AND l.label = ?2 AND l.target = ?3";
        let Link { label, target } = link;
        match scope {
            Scope::All => self.many(&format!("{linked} ORDER BY l.object"), [kind, label, target]),
            Scope::One(scope) => self
                .many(&format!("{linked} AND o.scope = ?4 ORDER BY l.object"), [kind, label, target, scope]),
        }
    }

    fn count(&self, kind: &str, scope: Scope<'_>, link: Option<&Link>) -> Result<usize, Error> {
        let linked = "FROM links l JOIN objects o ON o.number = l.object
                      WHERE l.kind = ?1 AND l.label = ?2 AND l.target = ?3";
        match (scope, link) {
            (Scope::All, None) => self.number("FROM objects WHERE kind = ?1", [kind]),
            (Scope::One(scope), None) => {
                self.number("FROM objects WHERE kind = ?1 AND scope = ?2", [kind, scope])
            }
            (Scope::All, Some(Link { label, target })) => self.number(linked, [kind, label, target]),
            (Scope::One(scope), Some(Link { label, target })) => {
                self.number(&format!("{linked} AND o.scope = ?4"), [kind, label, target, scope])
            }
        }
    }

    fn changes(&self, revision: u64, limit: usize) -> Result<Vec<Change>, Error> {
        let since = i64::try_from(revision).unwrap_or(i64::MAX);
        let until = self.last_of_page(since, limit)?;
        let sql = "SELECT revision, kind, scope, id, deleted FROM changes
                   WHERE revision > :since AND revision <= :until ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        let rows =
            statement.query_map(named_params! {":since": since, ":until": until}, change).map_err(fault)?;
        rows.map(|row| row.map_err(fault)).collect()
    }

    fn revision(&self) -> Result<u64, Error> {
        self.connection
            .prepare_cached("SELECT revision FROM state")
            .and_then(|mut statement| statement.query_row([], |row| row.get::<_, i64>(0)))
            .map(i64::cast_unsigned)
            .map_err(fault)
    }
}

fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        revision: row.get::<_, i64>(0)?.cast_unsigned(),
        address: Address { kind: row.get(1)?, scope: row.get(2)?, id: row.get(3)? },
        deleted: row.get(4)?,
    })
}

/// A row before its JSON columns are parsed.
struct Stored {
    kind: String,
    scope: String,
    id: String,
    names: String,
    links: String,
    document: String,
    revision: i64,
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        kind: row.get(0)?,
        scope: row.get(1)?,
        id: row.get(2)?,
        names: row.get(3)?,
        links: row.get(4)?,
        document: row.get(5)?,
        revision: row.get(6)?,
    })
}

impl Stored {
    fn parse(self) -> Result<Object, Error> {
        let parsed = (|| {
            let names = serde_json::from_str(&self.names)?;
            let links: Vec<(String, String)> = serde_json::from_str(&self.links)?;
            Ok((names, links, serde_json::from_str(&self.document)?))
        })();
        let (names, links, document) = match parsed {
            Ok(parsed) => parsed,
            Err(source) => return Err(Error::Corrupt { kind: self.kind, id: self.id, source }),
        };
        let links = links.into_iter().map(|(label, target)| Link { label, target }).collect();
        let revision = self.revision.cast_unsigned();
        Ok(Object { kind: self.kind, scope: self.scope, id: self.id, names, links, document, revision })
    }
}
