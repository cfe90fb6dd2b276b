//! Binding and unbinding.

use super::{Binding, BoundApi, Policy, list, require};
use crate::publish::Publication;
use crate::validate::check;
use crate::{Control, Error, InstanceRef};
use countersign_store::{Document, Writer, find, find_by_name, put};
use countersign_types::{BindingId, PublishId};

/// Most publications or bindings that one request names.
const TARGETS_MAX: usize = 1_000;

/// A binding that a request to remove several could not remove.
#[derive(Debug)]
pub struct StillBound {
    /// Its id as the request named it.
    pub id: BindingId,
    /// Why.
    pub error: Error,
}

impl Control {
    /// Binds a policy to publications, replacing what was in its slot there.
    ///
    /// # Errors
    /// Unknown gateway, policy or publication; an API that is offline; no publication or too many; a policy that the
    /// data plane cannot act on.
    pub fn bind<P: Policy>(
        &self,
        at: &InstanceRef,
        policy: &P::Id,
        publications: &[PublishId],
    ) -> Result<Vec<BoundApi<P>>, Error> {
        check("publish_ids", (1..=TARGETS_MAX).contains(&publications.len()))?;
        self.write(|writer| {
            at.resolve(writer)?;
            let policy: P = require(writer, at, policy)?;
            policy.check_bindable()?;
            publications.iter().map(|publication| self.bind_one(writer, at, &policy, publication)).collect()
        })
    }

    fn bind_one<P: Policy>(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        policy: &P,
        publication: &PublishId,
    ) -> Result<BoundApi<P>, Error> {
        let found: Option<Publication> = find(writer, at.scope(), publication.as_str())?;
        let serving = found.filter(|publication| publication.effective.is_some());
        let publication = serving.ok_or_else(|| Error::publication_not_found(publication))?;
        let binding = Binding::<P> {
            id: self.new_id(),
            instance_id: at.id.clone(),
            policy_id: policy.policy_id().clone(),
            slot: policy.slot().to_owned(),
            publish_id: publication.id,
            api_id: publication.api_id,
            env_id: publication.env_id,
            created: (self.now)(),
        };
        for name in binding.names() {
            if let Some(replaced) = find_by_name::<Binding<P>>(writer, at.scope(), &name)? {
                writer.delete(P::BINDING, at.scope(), replaced.id.as_str())?;
            }
        }
        put(writer, &binding)?;
        list::bound_api(writer, at, policy.clone(), binding)
    }

    /// Removes one binding.
    ///
    /// # Errors
    /// Unknown gateway or binding.
    pub fn unbind<P: Policy>(&self, at: &InstanceRef, id: &BindingId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            delete::<P>(writer, at, id)
        })
    }

    /// Removes several bindings, each for itself; the answer is those that it could not remove.
    ///
    /// # Errors
    /// Unknown gateway; no binding or too many, in the request's member `parameter`.
    pub fn unbind_many<P: Policy>(
        &self,
        at: &InstanceRef,
        parameter: &str,
        ids: &[BindingId],
    ) -> Result<Vec<StillBound>, Error> {
        check(parameter, (1..=TARGETS_MAX).contains(&ids.len()))?;
        self.write(|writer| {
            at.resolve(writer)?;
            let mut left = Vec::new();
            for id in ids {
                match delete::<P>(writer, at, id) {
                    Ok(()) => {}
                    Err(error @ Error::Refused { .. }) => left.push(StillBound { id: id.clone(), error }),
                    Err(fault) => return Err(fault),
                }
            }
            Ok(left)
        })
    }
}

fn delete<P: Policy>(writer: &mut dyn Writer, at: &InstanceRef, id: &BindingId) -> Result<(), Error> {
    if writer.delete(P::BINDING, at.scope(), id.as_str())? { Ok(()) } else { Err(P::binding_not_found()) }
}
