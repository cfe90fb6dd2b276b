use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::variables::VariableFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = VariableFilter {
        group_id: call.exact("group_id"),
        env_id: call.exact("env_id"),
        name: call.filter("variable_name"),
    };
    let page = call.control.list_variables(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("variables", page, view))
}
