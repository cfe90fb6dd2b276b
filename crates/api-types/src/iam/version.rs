//! Which versions of the API there are.

use serde::Serialize;

/// The answer at the root.
#[derive(Serialize)]
pub struct VersionsAnswer {
    /// The versions.
    pub versions: VersionList,
}

/// All versions.
#[derive(Serialize)]
pub struct VersionList {
    /// Each of them.
    pub values: Vec<VersionView>,
}

/// The answer at a version.
#[derive(Serialize)]
pub struct VersionAnswer {
    /// The version.
    pub version: VersionView,
}

/// A version of the API.
#[derive(Serialize)]
pub struct VersionView {
    /// Its name.
    pub id: &'static str,
    /// Whether clients should use it.
    pub status: &'static str,
    /// When it was last changed.
    pub updated: &'static str,
    /// Where it is.
    pub links: Vec<VersionLink>,
    /// What it speaks.
    #[serde(rename = "media-types")]
    pub media_types: Vec<MediaType>,
}

/// A link with its meaning.
#[derive(Serialize)]
pub struct VersionLink {
    /// Meaning.
    pub rel: &'static str,
    /// Address.
    pub href: String,
}

/// A media type.
#[derive(Serialize)]
pub struct MediaType {
    /// What it is in general.
    pub base: &'static str,
    /// What it is exactly.
    #[serde(rename = "type")]
    pub kind: &'static str,
}
