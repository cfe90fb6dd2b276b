//! `/v2/{project_id}/apigw/instances/{instance_id}/instance-tags` and `/v2/{project_id}/apigw/instance-tags`,
//! `/v2/{project_id}/apigw/resource-instances/{filter,count}`

mod change;
mod count;
mod find;
mod list;
mod list_of_project;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::instances::{TagView, TagsQuery};
use countersign_control::instances::Tag;
use countersign_control::instances::tags::TagQuery;
use countersign_control::{Error, Filter};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListProjectInstanceTags", list_of_project::handle),
    endpoint("ListInstanceTags", list::handle),
    endpoint("ShowInstancesNumByTags", count::handle),
    endpoint("ListInstancesByTags", find::handle),
    endpoint("BatchCreateOrDeleteInstanceTags", change::handle),
];

fn view(tags: Vec<Tag>) -> Vec<TagView> {
    tags.into_iter().map(|tag| TagView { key: tag.key, value: tag.value }).collect()
}

/// No gateway carries tags of the cloud, so that asking for one finds nothing.
fn query(call: &Call) -> Result<Option<TagQuery>, Error> {
    let body: TagsQuery = call.json()?;
    if body.sys_tags.is_some_and(|tags| !tags.is_empty()) {
        return Ok(None);
    }
    let tags = body.tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.values)).collect();
    let mut name = Filter::Any;
    for TagView { key, value } in body.matches.unwrap_or_default() {
        match key.as_str() {
            "resource_name" => name = Filter::fuzzy(Some(&value)),
            _ => return Err(Error::instance_invalid("matches")),
        }
    }
    Ok(Some(TagQuery { untagged: body.without_any_tag.unwrap_or_default(), tags, name }))
}
