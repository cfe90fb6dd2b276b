//! `/v2/{project_id}/apigw/instances/{instance_id}/apps`

mod ai_api_keys;
mod app_codes;
mod bound_quota;
mod check;
mod create;
mod delete;
mod list;
mod reset_secret;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::apps::{self as wire, AppView};
use countersign_control::apps::{AppDraft, OpenApp};
use countersign_control::{Error, validate::required};
use countersign_types::SecretKey;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListAppsV2", list::handle),
    endpoint("CreateAnAppV2", create::handle),
    endpoint("ResettingAppSecretV2", reset_secret::handle),
    endpoint("CheckAppV2", check::handle),
    endpoint("DeleteAppV2", delete::handle),
    endpoint("ShowDetailsOfAppV2", show::handle),
    endpoint("UpdateAppV2", update::handle),
    endpoint("ListAiApiKeys", ai_api_keys::list::handle),
    endpoint("CreateAiApiKey", ai_api_keys::create::handle),
    endpoint("DeleteAiApiKey", ai_api_keys::delete::handle),
    endpoint("ShowDetailsOfAiApiKey", ai_api_keys::show::handle),
    endpoint("ListAppCodesV2", app_codes::list::handle),
    endpoint("CreateAppCodeV2", app_codes::create::handle),
    endpoint("CreateAppCodeAutoV2", app_codes::create_auto::handle),
    endpoint("DeleteAppCodeV2", app_codes::delete::handle),
    endpoint("ShowDetailsOfAppCodeV2", app_codes::show::handle),
    endpoint("ShowAppBoundAppQuota", bound_quota::handle),
];

fn draft(call: &Call) -> Result<AppDraft, Error> {
    let body: wire::AppDraft = call.json()?;
    Ok(AppDraft {
        name: required("name", body.name)?,
        remark: body.remark,
        key: given(body.app_key),
        secret: given(body.app_secret).map(SecretKey::new),
        related_domain_id: body.related_domain_id.unwrap_or_default(),
        related_project_id: body.related_project_id.unwrap_or_default(),
    })
}

/// Clients leave a key or secret out by sending it empty.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn view(open: OpenApp) -> AppView {
    let OpenApp { app, secret } = open;
    AppView {
        id: app.id.to_string(),
        name: app.name,
        remark: app.remark,
        creator: "USER".to_owned(),
        update_time: app.updated.rfc3339().to_string(),
        app_key: app.key.to_string(),
        related_domain_id: app.related_domain_id,
        related_project_id: app.related_project_id,
        app_secret: secret.expose().to_owned(),
        register_time: app.created.rfc3339().to_string(),
        status: 1,
        app_type: "apig".to_owned(),
        roma_app_type: String::new(),
    }
}
