//! Load balance channels: members behind one name. Channels are kept for the reader; the gateway does not serve through
//! them. They come about by [importing microservices](crate::microservices).

use crate::apis::words::words;
use crate::{Api, Control, Error, Filter, InstanceRef, Page, Paging, links, quota};
use countersign_store::{Document, Reader, Scope, Writer, list};
use countersign_types::{ChannelId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// A channel to the instances of a microservice, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadChannel {
    /// Its id.
    pub id: ChannelId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name.
    pub name: String,
    /// Port of the members; 0 when the registry tells it.
    pub port: u16,
    /// What its members are the instances of.
    pub microservice: Microservice,
    /// When it was created.
    pub created: Timestamp,
}

/// A microservice in its registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Microservice {
    /// A workload of a container cluster.
    Cce(Workload),
    /// A service of a microservice engine.
    Cse(Service),
}

impl Microservice {
    /// The word of `service_type`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Cce(_) => "CCE",
            Self::Cse(_) => "CSE",
        }
    }
}

/// A workload of a container cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workload {
    /// The cluster.
    pub cluster_id: String,
    /// Namespace in the cluster.
    pub namespace: String,
    /// What kind of workload it is.
    pub kind: WorkloadKind,
    /// The app that its pods belong to.
    pub app_name: Option<String>,
    /// A label that its pods carry, and its value.
    pub label: Option<(String, String)>,
}

/// A service of a microservice engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The engine.
    pub engine_id: String,
    /// The service there.
    pub service_id: String,
    /// Its version.
    pub version: String,
}

words! {
    /// Kind of a workload.
    WorkloadKind {
        /// `deployment`
        Deployment = "deployment",
        /// `statefulset`
        StatefulSet = "statefulset",
        /// `daemonset`
        DaemonSet = "daemonset",
    }
}

impl Document for LoadChannel {
    const KIND: &'static str = "channel";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }
}

/// Which channels a list shows.
#[derive(Debug, Clone, Default)]
pub struct ChannelFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
}

/// Stores a channel that is new.
///
/// # Errors
/// Too many channels.
pub(crate) fn insert(writer: &mut dyn Writer, at: &InstanceRef, channel: &LoadChannel) -> Result<(), Error> {
    let channels = writer.count(LoadChannel::KIND, Scope::One(at.scope()), None)?;
    quota::CHANNELS.check(channels, Error::resources_exceeded)?;
    Ok(countersign_store::put(writer, channel)?)
}

fn require(reader: &dyn Reader, at: &InstanceRef, id: &ChannelId) -> Result<LoadChannel, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::channel_not_found(id))
}

impl Control {
    /// One channel.
    ///
    /// # Errors
    /// Unknown gateway or channel.
    pub fn channel(&self, at: &InstanceRef, id: &ChannelId) -> Result<LoadChannel, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })
    }

    /// A page of the channels, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_channels(
        &self,
        at: &InstanceRef,
        filter: &ChannelFilter,
        paging: Paging,
    ) -> Result<Page<LoadChannel>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut channels: Vec<LoadChannel> = list(reader, Scope::One(at.scope()))?;
            channels
                .retain(|channel| filter.id.passes(channel.id.as_str()) && filter.name.passes(&channel.name));
            Ok(paging.cut(channels))
        })
    }

    /// Removes a channel that no API uses.
    ///
    /// # Errors
    /// Unknown gateway or channel, one that a draft uses.
    pub fn delete_channel(&self, at: &InstanceRef, id: &ChannelId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            require(writer, at, id)?;
            if links::is_used(writer, Api::KIND, at.scope(), links::CHANNEL, id.as_str())? {
                return Err(Error::channel_in_use(id));
            }
            writer.delete(LoadChannel::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}
