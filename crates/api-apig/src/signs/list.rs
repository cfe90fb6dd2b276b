use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::signature_keys::ListedSignatureKeyView;
use countersign_control::Error;
use countersign_control::signature_keys::KeyFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = KeyFilter { id: call.exact("id"), name: call.filter("name") };
    let page = call.control.list_signature_keys(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("signs", page, |listed| ListedSignatureKeyView {
        bind_num: listed.bindings,
        ldapi_bind_num: 0,
        key: view(listed.open),
    }))
}
