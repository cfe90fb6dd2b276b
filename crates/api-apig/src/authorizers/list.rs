use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::apis::Side;
use countersign_control::authorizers::AuthorizerFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    if call.query("type").is_some_and(|word| Side::parse(word).is_none()) {
        return Err(Error::invalid("type"));
    }
    let filter =
        AuthorizerFilter { id: call.exact("id"), name: call.filter("name"), side: call.exact("type") };
    let page = call.control.list_authorizers(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("authorizer_list", page, view))
}
