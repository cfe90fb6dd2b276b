//! `/` and `/v3`: which versions there are, and where.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, open};
use crate::refusal::Refusal;
use countersign_api_types::iam::version::{
    MediaType, VersionAnswer, VersionLink, VersionList, VersionView, VersionsAnswer,
};

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[open("KeystoneListVersions", list).in_place(), open("KeystoneShowVersion", show).in_place()];

fn list(call: &Call) -> Result<Answer, Refusal> {
    Ok(Answer::json(&VersionsAnswer { versions: VersionList { values: vec![v3(call)] } }))
}

fn show(call: &Call) -> Result<Answer, Refusal> {
    Ok(Answer::json(&VersionAnswer { version: v3(call) }))
}

fn v3(call: &Call) -> VersionView {
    VersionView {
        id: "v3.6",
        status: "stable",
        updated: "2016-04-04T00:00:00Z",
        links: vec![VersionLink { rel: "self", href: format!("{}/v3/", call.base.url) }],
        media_types: vec![MediaType {
            base: "application/json",
            kind: "application/vnd.openstack.identity-v3+json",
        }],
    }
}
