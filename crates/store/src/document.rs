//! Typed access: a domain type that knows its kind, scope, names and links.

use crate::{Error, Link, Object, Reader, Scope, Writer};
use serde::{Serialize, de::DeserializeOwned};

/// A type that is stored as one object.
pub trait Document: Serialize + DeserializeOwned {
    /// Kind of the object; never changes once released.
    const KIND: &'static str;
    /// Scope of this object.
    fn scope(&self) -> &str;
    /// Id of this object within kind and scope.
    fn id(&self) -> &str;
    /// Names that must be unique within kind and scope.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    /// What it points to.
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }
}

/// Creates or replaces the document.
///
/// # Errors
/// [`Error::NameTaken`], or a driver fault.
pub fn put<T: Document>(writer: &mut dyn Writer, document: &T) -> Result<(), Error> {
    let json = serde_json::to_value(document).map_err(|source| Error::Corrupt {
        kind: T::KIND.to_owned(),
        id: document.id().to_owned(),
        source,
    })?;
    writer.put(&Object {
        kind: T::KIND.to_owned(),
        scope: document.scope().to_owned(),
        id: document.id().to_owned(),
        names: document.names(),
        links: document.links(),
        document: json,
        revision: 0,
    })
}

/// Removes the document; `false` when there was none.
///
/// # Errors
/// A driver fault.
pub fn delete<T: Document>(writer: &mut dyn Writer, scope: &str, id: &str) -> Result<bool, Error> {
    writer.delete(T::KIND, scope, id)
}

/// The document at this address.
///
/// # Errors
/// [`Error::Corrupt`], or a driver fault.
pub fn find<T: Document>(reader: &dyn Reader, scope: &str, id: &str) -> Result<Option<T>, Error> {
    reader.get(T::KIND, scope, id)?.map(parse).transpose()
}

/// The document that holds the unique name.
///
/// # Errors
/// [`Error::Corrupt`], or a driver fault.
pub fn find_by_name<T: Document>(reader: &dyn Reader, scope: &str, name: &str) -> Result<Option<T>, Error> {
    reader.get_by_name(T::KIND, scope, name)?.map(parse).transpose()
}

/// All documents of the type in creation order.
///
/// # Errors
/// [`Error::Corrupt`], or a driver fault.
pub fn list<T: Document>(reader: &dyn Reader, scope: Scope<'_>) -> Result<Vec<T>, Error> {
    reader.list(T::KIND, scope)?.into_iter().map(parse).collect()
}

/// All documents of the type that carry the link, in creation order.
///
/// # Errors
/// [`Error::Corrupt`], or a driver fault.
pub fn list_linked<T: Document>(reader: &dyn Reader, scope: Scope<'_>, link: &Link) -> Result<Vec<T>, Error> {
    reader.list_linked(T::KIND, scope, link)?.into_iter().map(parse).collect()
}

fn parse<T: Document>(object: Object) -> Result<T, Error> {
    serde_json::from_value(object.document).map_err(|source| Error::Corrupt {
        kind: object.kind,
        id: object.id,
        source,
    })
}
