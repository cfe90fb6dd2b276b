use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::VersionView;
use countersign_control::Error;
use countersign_control::publish::{HistoryFilter, ListedVersion};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = HistoryFilter { env_id: call.exact("env_id"), env_name: call.exact("env_name") };
    let page = call.control.list_versions(&call.instance()?, &call.id("api_id")?, &filter, call.paging()?)?;
    Ok(Answer::page("api_versions", page, view))
}

fn view(listed: ListedVersion) -> VersionView {
    let ListedVersion { version, env_name, is_effective } = listed;
    let digits = version.published.basic().to_string().replace(['T', 'Z'], "");
    VersionView {
        version_id: version.id.to_string(),
        version_no: digits,
        api_id: version.api_id.to_string(),
        env_id: version.env_id.to_string(),
        env_name,
        remark: version.remark,
        publish_time: version.published.rfc3339().to_string(),
        status: if is_effective { 1 } else { 2 },
    }
}
