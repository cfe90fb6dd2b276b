//! Bindings: policies bound to publications, that is to an API in an environment. They act at once, outlive taking
//! the API offline, and act again when it is back.

mod list;
mod manage;

pub use list::{BoundApi, Place, PlaceFilter, PolicyFilter, UnboundApi};
pub use manage::StillBound;

use crate::{Error, InstanceRef, links};
use countersign_store::{Document, Link, Reader, Scope, Writer};
use countersign_types::{ApiId, BindingId, EnvId, InstanceId, PublishId, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt::{Debug, Display};

/// A kind of object that is bound to publications.
pub trait Policy: Document + Clone + Debug {
    /// What identifies it.
    type Id: Clone + Debug + Display + PartialEq + Serialize + DeserializeOwned + Borrow<str>;

    /// Kind of its bindings in the store.
    const BINDING: &'static str;

    /// Its id.
    fn policy_id(&self) -> &Self::Id;

    /// Its name.
    fn name(&self) -> &str;

    /// Policies that name the same slot exclude each other on a publication: binding one replaces the other.
    fn slot(&self) -> &'static str;

    /// Whether it can be bound.
    ///
    /// # Errors
    /// Why the data plane cannot act on it.
    fn check_bindable(&self) -> Result<(), Error> {
        Ok(())
    }

    /// There is no policy with this id.
    fn not_found(id: &Self::Id) -> Error;

    /// There is no binding with this id.
    fn binding_not_found() -> Error;
}

/// The binding of one policy to one publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Binding<P: Policy> {
    /// Its id.
    pub id: BindingId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The policy.
    pub policy_id: P::Id,
    /// The policy's slot; see [`Policy::slot`].
    pub slot: String,
    /// The publication.
    pub publish_id: PublishId,
    /// The API of the publication.
    pub api_id: ApiId,
    /// The environment of the publication.
    pub env_id: EnvId,
    /// When it was made.
    pub created: Timestamp,
}

/// Link of a binding to its policy.
const POLICY: &str = "policy";
/// Link of a binding to its publication.
const PUBLICATION: &str = "publication";

impl<P: Policy> Document for Binding<P> {
    const KIND: &'static str = P::BINDING;

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![unique_name(&self.publish_id, &self.slot)]
    }

    fn links(&self) -> Vec<Link> {
        vec![
            Link::new(POLICY, self.policy_id.borrow()),
            Link::new(PUBLICATION, self.publish_id.as_str()),
            Link::new(links::API, self.api_id.as_str()),
            Link::new(links::ENV, self.env_id.as_str()),
        ]
    }
}

/// Unique name of what has a slot on a publication.
fn unique_name(publication: &PublishId, slot: &str) -> String {
    format!("{publication}/{slot}")
}

/// Finds the policy in the transaction of a use-case.
///
/// # Errors
/// The gateway has no such policy.
pub fn require<P: Policy>(reader: &dyn Reader, at: &InstanceRef, id: &P::Id) -> Result<P, Error> {
    countersign_store::find(reader, at.scope(), id.borrow())?.ok_or_else(|| P::not_found(id))
}

/// How many publications the policy is bound to.
///
/// # Errors
/// A fault of the store.
pub fn count<P: Policy>(reader: &dyn Reader, at: &InstanceRef, policy: &P) -> Result<usize, Error> {
    Ok(reader.count(P::BINDING, Scope::One(at.scope()), Some(&Link::new(POLICY, policy.id())))?)
}

/// The policies' bindings of a publication.
///
/// # Errors
/// A fault of the store.
pub(crate) fn of_publication<P: Policy>(
    reader: &dyn Reader,
    scope: Scope<'_>,
    publication: &PublishId,
) -> Result<Vec<Binding<P>>, Error> {
    let link = Link::new(PUBLICATION, publication.as_str());
    Ok(countersign_store::list_linked(reader, scope, &link)?)
}

/// Kinds of all bindings in the store.
pub(crate) const KINDS: [&str; 3] = ["throttle_binding", "acl_binding", "signature_key_binding"];

/// Removes the bindings, of every kind, that point to an API or environment that goes away.
///
/// # Errors
/// A fault of the store.
pub(crate) fn delete_linked(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    label: &str,
    target: &str,
) -> Result<(), Error> {
    for kind in KINDS {
        for binding in writer.list_linked(kind, Scope::One(at.scope()), &Link::new(label, target))? {
            writer.delete(kind, at.scope(), &binding.id)?;
        }
    }
    Ok(())
}
