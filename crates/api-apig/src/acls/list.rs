use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::ListedAclView;
use countersign_control::Error;
use countersign_control::acls::AclFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = AclFilter {
        id: call.exact("id"),
        name: call.filter("name"),
        rule: call.exact("acl_type"),
        entity: call.exact("entity_type"),
    };
    let page = call.control.list_acls(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("acls", page, |listed| ListedAclView {
        bind_num: listed.bindings,
        acl: view(listed.acl),
    }))
}
