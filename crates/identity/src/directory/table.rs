//! All records of one kind.

use countersign_store::{Document, Error, Reader, Scope, list};
use std::collections::HashMap;
use std::sync::Arc;

/// The records of a kind in creation order, found by id or by name.
pub struct Table<T> {
    rows: Vec<Arc<T>>,
    by_id: HashMap<String, Arc<T>>,
    by_name: HashMap<String, Arc<T>>,
    by_scope: HashMap<String, Vec<Arc<T>>>,
}

impl<T: Document> Table<T> {
    pub(crate) fn load(reader: &dyn Reader) -> Result<Self, Error> {
        let rows: Vec<_> = list::<T>(reader, Scope::All)?.into_iter().map(Arc::new).collect();
        let by_id = rows.iter().map(|row| (row.id().to_owned(), Arc::clone(row))).collect();
        let by_name = rows
            .iter()
            .flat_map(|row| row.names().into_iter().map(|name| (key(row.scope(), &name), Arc::clone(row))))
            .collect();
        let mut by_scope: HashMap<_, Vec<_>> = HashMap::new();
        for row in &rows {
            by_scope.entry(row.scope().to_owned()).or_default().push(Arc::clone(row));
        }
        Ok(Self { rows, by_id, by_name, by_scope })
    }

    /// The records of one scope in creation order: usually those of an account.
    pub fn of(&self, scope: &str) -> std::slice::Iter<'_, Arc<T>> {
        self.by_scope.get(scope).map(Vec::as_slice).unwrap_or_default().iter()
    }

    /// The record with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Arc<T>> {
        self.by_id.get(id)
    }

    /// The record with this name in the scope: the account's id, or empty for accounts themselves.
    #[must_use]
    pub fn find_by_name(&self, scope: &str, name: &str) -> Option<&Arc<T>> {
        self.by_name.get(&key(scope, name))
    }

    /// Every record in creation order.
    pub fn iter(&self) -> std::slice::Iter<'_, Arc<T>> {
        self.rows.iter()
    }
}

impl<'a, T: Document> IntoIterator for &'a Table<T> {
    type Item = &'a Arc<T>;
    type IntoIter = std::slice::Iter<'a, Arc<T>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// No id contains the separator.
fn key(scope: &str, name: &str) -> String {
    format!("{scope}/{name}")
}
