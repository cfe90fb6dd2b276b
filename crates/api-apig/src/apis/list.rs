use super::write::entry;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::apis::{ApiFilter, Auth, Method, Protocol};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_apis(&call.instance()?, &filter(call)?, call.paging()?)?;
    Ok(Answer::page("apis", page, |detail| entry(&call.control, &detail)))
}

fn filter(call: &Call) -> Result<ApiFilter, Error> {
    Ok(ApiFilter {
        id: call.exact("id"),
        name: call.filter("name"),
        path: call.filter("req_uri"),
        group_id: call.query_id("group_id")?,
        protocol: word(call, "req_protocol", Protocol::parse)?,
        method: word(call, "req_method", Method::parse)?,
        auth: word(call, "auth_type", Auth::parse)?,
        public: is_public(call)?,
        env_id: call.query_id("env_id")?,
        channel: call.filter("vpc_channel_name"),
        tags: call.query_all("tags"),
    })
}

fn word<T>(call: &Call, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Error> {
    call.query(name).map(|text| parse(text).ok_or_else(|| Error::invalid(name))).transpose()
}

fn is_public(call: &Call) -> Result<Option<bool>, Error> {
    match call.query_number("type")? {
        None => Ok(None),
        Some(1) => Ok(Some(true)),
        Some(2) => Ok(Some(false)),
        Some(_) => Err(Error::invalid("type")),
    }
}
