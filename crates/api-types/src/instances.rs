//! Gateways ("instances").

mod features;
mod quotas;
mod request;
mod tags;
mod view;

pub use features::{FeatureToggle, FeatureView};
pub use quotas::{ConfigView, InstanceConfigView};
pub use request::{InstanceCreate, InstanceUpdate};
pub use tags::{
    TagValuesView, TagView, TaggedCountView, TaggedInstanceView, TaggedView, TagsAction, TagsQuery, TagsView,
};
pub use view::{
    AvailableZoneView, AvailableZonesView, EndpointServiceView, InstanceAccepted, InstanceDetailView,
    InstanceView, IpDetailsView, LocalNameView, NodeIpsView, ProgressView, RestrictionView,
};
