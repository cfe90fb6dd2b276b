use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::groups::SubdomainAccess;
use countersign_control::groups::Subdomain;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: SubdomainAccess = call.json()?;
    let enabled = required("sl_domain_access_enabled", body.sl_domain_access_enabled)?;
    let state = if enabled { Subdomain::Serving } else { Subdomain::Off };
    call.control.set_group_subdomain(&call.instance()?, &call.id("group_id")?, state)?;
    Ok(Answer::Empty)
}
