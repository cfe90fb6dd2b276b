//! Services, endpoints and regions.

use super::link::SelfLink;
use serde::Serialize;

/// A service of the catalog in a token.
#[derive(Serialize)]
pub struct CatalogView {
    /// Where it is.
    pub endpoints: Vec<CatalogEndpointView>,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What clients look it up by.
    #[serde(rename = "type")]
    pub kind: String,
}

/// An endpoint of the catalog in a token.
#[derive(Serialize)]
pub struct CatalogEndpointView {
    /// Its id.
    pub id: String,
    /// `public`, `internal` or `admin`.
    pub interface: String,
    /// Region; `*` for every one.
    pub region: String,
    /// The same.
    pub region_id: String,
    /// Address.
    pub url: String,
}

/// A service.
#[derive(Serialize)]
pub struct ServiceView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What clients look it up by.
    #[serde(rename = "type")]
    pub kind: String,
    /// Free text.
    pub description: String,
    /// Whether it is in the catalog.
    pub enabled: bool,
    /// Where it is described.
    pub links: SelfLink,
}

/// An endpoint.
#[derive(Serialize)]
pub struct EndpointView {
    /// Its id.
    pub id: String,
    /// Its service.
    pub service_id: String,
    /// `public`, `internal` or `admin`.
    pub interface: String,
    /// Region; `*` for every one.
    pub region: String,
    /// The same.
    pub region_id: String,
    /// Address.
    pub url: String,
    /// Whether it is in the catalog.
    pub enabled: bool,
    /// Where it is described.
    pub links: SelfLink,
}

/// A region.
#[derive(Serialize)]
pub struct RegionView {
    /// Its id, which is its name.
    pub id: String,
    /// Free text.
    pub description: String,
    /// The region that it is part of.
    pub parent_region_id: Option<String>,
    /// Kind of region.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Names in languages.
    pub locales: LocalesView,
    /// Where it is described.
    pub links: SelfLink,
}

/// Names of a region in languages.
#[derive(Serialize)]
pub struct LocalesView {
    /// English.
    #[serde(rename = "en-us")]
    pub en_us: String,
}
