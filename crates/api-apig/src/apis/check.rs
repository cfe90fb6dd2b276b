use super::read::{id, required_word, word};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::ApiCheck as Body;
use countersign_control::apis::{ApiCheck, Matching, Method};
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.check_api(&call.instance()?, &check(call.json()?)?)?;
    Ok(Answer::Empty)
}

/// What is asked for: as `type` says, else what is given.
fn check(body: Body) -> Result<ApiCheck, Error> {
    let (asks_name, asks_path) = match body.r#type.as_deref() {
        None | Some("") => (body.name.is_some(), body.req_uri.is_some()),
        Some("name") => (true, false),
        Some("path") => (false, true),
        Some(_) => return Err(Error::invalid("type")),
    };
    if !asks_name && !asks_path {
        return Err(Error::missing("name"));
    }
    let route = asks_path.then(|| route(body.req_method, body.match_mode, body.req_uri)).transpose()?;
    Ok(ApiCheck {
        group_id: id("group_id", body.group_id)?,
        api_id: body
            .api_id
            .filter(|text| !text.is_empty())
            .map(|text| id("api_id", Some(text)))
            .transpose()?,
        name: asks_name.then(|| required("name", body.name)).transpose()?,
        route,
    })
}

fn route(
    method: Option<String>,
    matching: Option<String>,
    path: Option<String>,
) -> Result<(Method, Matching, String), Error> {
    Ok((
        required_word("req_method", method, Method::parse)?,
        word("match_mode", matching, Matching::parse)?.unwrap_or(Matching::Exact),
        required("req_uri", path)?,
    ))
}
