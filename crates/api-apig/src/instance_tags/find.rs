use super::{query, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::{TaggedInstanceView, TaggedView};
use countersign_control::{Error, Instance, Page};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let Page { total, items } = match query(call)? {
        Some(query) => call.control.find_tagged(&call.project()?, &query, call.paging()?)?,
        None => Page { total: 0, items: Vec::new() },
    };
    let resources = items.into_iter().map(found).collect();
    Ok(Answer::json(&TaggedView { resources, total_count: total }))
}

fn found(instance: Instance) -> TaggedInstanceView {
    TaggedInstanceView {
        resource_id: instance.id.to_string(),
        resouce_detail: String::new(),
        resource_name: instance.name,
        tags: view(instance.tags),
    }
}
