//! Gateways, compiled.

use crate::{
    error::{Error, Fault},
    source::{self, Features},
};
use countersign_types::InstanceId;
use std::collections::HashMap;

/// A gateway ("instance").
#[derive(Debug)]
pub struct Gateway {
    /// Its id.
    pub id: InstanceId,
    /// How its features are set.
    pub features: Features,
}

/// Gateways by id.
#[derive(Debug, Default)]
pub(crate) struct Gateways(HashMap<InstanceId, Gateway, foldhash::fast::RandomState>);

impl Gateways {
    pub(crate) fn compile(sources: &[source::Gateway]) -> Result<Self, Error> {
        let mut gateways = Self::default();
        for source::Gateway { id, features } in sources {
            let gateway = Gateway { id: id.clone(), features: features.clone() };
            if gateways.0.insert(id.clone(), gateway).is_some() {
                return Err(Fault::Duplicate("gateway id").at("gateway", id));
            }
        }
        Ok(gateways)
    }

    pub(crate) fn get(&self, id: &InstanceId) -> Option<&Gateway> {
        self.0.get(id)
    }
}
