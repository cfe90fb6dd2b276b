//! Writes inside a transaction.

use crate::fault;
use crate::view::View;
use countersign_store::{Change, Error, Link, Object, Reader, Scope, Writer};
use rusqlite::{Connection, OptionalExtension, named_params};

/// One transaction in progress: its view, and the revision that it will commit as.
pub(crate) struct Transaction<'a> {
    view: View<'a>,
    base: u64,
    changed: bool,
}

impl<'a> Transaction<'a> {
    /// Starts counting on a connection that has begun a transaction.
    pub(crate) fn new(connection: &'a Connection) -> Result<Self, Error> {
        let view = View { connection };
        let base = view.revision()?;
        Ok(Self { view, base, changed: false })
    }

    /// Records the new revision, if something changed, and returns the revision to commit as.
    pub(crate) fn finish(self) -> Result<u64, Error> {
        if !self.changed {
            return Ok(self.base);
        }
        let revision = self.next_revision();
        self.view.connection.execute("UPDATE state SET revision = ?1", [revision]).map_err(fault)?;
        Ok(revision.cast_unsigned())
    }

    fn next_revision(&self) -> i64 {
        self.base.cast_signed() + 1
    }

    fn refuse_taken_names(&self, object: &Object) -> Result<(), Error> {
        let sql = "SELECT o.id FROM names n JOIN objects o ON o.number = n.object
                   WHERE n.kind = ?1 AND n.scope = ?2 AND n.name = ?3 AND o.id <> ?4";
        let mut statement = self.view.connection.prepare_cached(sql).map_err(fault)?;
        for name in &object.names {
            let holder = statement
                .query_row([&object.kind, &object.scope, name, &object.id], |row| row.get(0))
                .optional()
                .map_err(fault)?;
            if let Some(holder) = holder {
                return Err(Error::NameTaken { name: name.clone(), holder });
            }
        }
        Ok(())
    }

    fn replace_row(&self, object: &Object) -> rusqlite::Result<i64> {
        let links: Vec<_> = object.links.iter().map(|link| [&link.label, &link.target]).collect();
        let sql = "INSERT INTO objects (kind, scope, id, names, links, document, revision)
                   VALUES (:kind, :scope, :id, :names, :links, :document, :revision)
                   ON CONFLICT (kind, scope, id) DO UPDATE
                   SET names = excluded.names, links = excluded.links, document = excluded.document,
                       revision = excluded.revision
                   RETURNING number";
        self.view.connection.prepare_cached(sql)?.query_row(
            named_params! {
                ":kind": object.kind,
                ":scope": object.scope,
                ":id": object.id,
                ":names": serde_json::json!(object.names).to_string(),
                ":links": serde_json::json!(links).to_string(),
                ":document": object.document.to_string(),
                ":revision": self.next_revision(),
            },
            |row| row.get(0),
        )
    }

    fn replace_indexes(&self, number: i64, object: &Object) -> rusqlite::Result<()> {
        let connection = self.view.connection;
        connection.prepare_cached("DELETE FROM names WHERE object = ?1")?.execute([number])?;
        connection.prepare_cached("DELETE FROM links WHERE object = ?1")?.execute([number])?;
        let mut insert = connection.prepare_cached(
            "INSERT OR IGNORE INTO names (kind, scope, name, object) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for name in &object.names {
            insert.execute((&object.kind, &object.scope, name, number))?;
        }
        let mut insert = connection.prepare_cached(
            "INSERT OR IGNORE INTO links (kind, label, target, object) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for Link { label, target } in &object.links {
            insert.execute((&object.kind, label, target, number))?;
        }
        Ok(())
    }

    /// REPLACE gives the entry a new number: the feed is ordered by the latest change.
    fn record(&mut self, kind: &str, scope: &str, id: &str, deleted: bool) -> rusqlite::Result<()> {
        let sql =
            "INSERT OR REPLACE INTO changes (revision, kind, scope, id, deleted) VALUES (?1, ?2, ?3, ?4, ?5)";
        let revision = self.next_revision();
        self.view.connection.prepare_cached(sql)?.execute((revision, kind, scope, id, deleted))?;
        self.changed = true;
        Ok(())
    }
}

impl Writer for Transaction<'_> {
    fn put(&mut self, object: &Object) -> Result<(), Error> {
        let before = self.get(&object.kind, &object.scope, &object.id)?;
        if before.is_some_and(|before| Object { revision: object.revision, ..before } == *object) {
            return Ok(());
        }
        self.refuse_taken_names(object)?;
        let number = self.replace_row(object).map_err(fault)?;
        self.replace_indexes(number, object).map_err(fault)?;
        self.record(&object.kind, &object.scope, &object.id, false).map_err(fault)
    }

    fn delete(&mut self, kind: &str, scope: &str, id: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM objects WHERE kind = ?1 AND scope = ?2 AND id = ?3";
        let removed = self
            .view
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute([kind, scope, id]))
            .map_err(fault)?;
        if removed == 0 {
            return Ok(false);
        }
        self.record(kind, scope, id, true).map_err(fault)?;
        Ok(true)
    }
}

impl Reader for Transaction<'_> {
    fn get(&self, kind: &str, scope: &str, id: &str) -> Result<Option<Object>, Error> {
        self.view.get(kind, scope, id)
    }

    fn get_by_name(&self, kind: &str, scope: &str, name: &str) -> Result<Option<Object>, Error> {
        self.view.get_by_name(kind, scope, name)
    }

    fn list(&self, kind: &str, scope: Scope<'_>) -> Result<Vec<Object>, Error> {
        self.view.list(kind, scope)
    }

    fn list_linked(&self, kind: &str, scope: Scope<'_>, link: &Link) -> Result<Vec<Object>, Error> {
        self.view.list_linked(kind, scope, link)
    }

    fn count(&self, kind: &str, scope: Scope<'_>, link: Option<&Link>) -> Result<usize, Error> {
        self.view.count(kind, scope, link)
    }

    fn changes(&self, revision: u64, limit: usize) -> Result<Vec<Change>, Error> {
        self.view.changes(revision, limit)
    }

    fn revision(&self) -> Result<u64, Error> {
        self.view.revision()
    }
}
