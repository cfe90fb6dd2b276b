//! Authorizations as clients see them.

use countersign_api_types::apps::{AuthRelationView, AuthResultView, AuthView, UnauthorizedApiView};
use countersign_control::apis::{ApiDetail, Published};
use countersign_control::app_auths::{AuthDetail, Grant, Outcome};
use countersign_control::{AppAuth, Error};
use countersign_types::Timestamp;

/// What became of one app and API.
pub(super) fn relation(grant: Grant) -> AuthRelationView {
    let Grant { app, api, outcome } = grant;
    let (status, auth, error) = match outcome {
        Outcome::Granted(auth) => ("SUCCESS", Some(auth), None),
        Outcome::Kept(auth) => ("SKIPPED", Some(auth), None),
        Outcome::Refused(error) => ("FAILED", None, Some(error)),
    };
    let (error_code, error_msg) = match error {
        Some(Error::Refused { code, message, .. }) => (code.to_owned(), message),
        _ => (String::new(), String::new()),
    };
    let time = |auth: &AppAuth| auth.created.rfc3339_nanos().to_string();
    AuthRelationView {
        api_id: api.id.to_string(),
        auth_time: auth.as_ref().map(time).unwrap_or_default(),
        id: auth.map(|auth| auth.id.to_string()).unwrap_or_default(),
        app_id: app.id.to_string(),
        auth_role: "PROVIDER".to_owned(),
        auth_tunnel: "NORMAL".to_owned(),
        auth_whitelist: Vec::new(),
        auth_blacklist: Vec::new(),
        visit_params: String::new(),
        auth_result: AuthResultView {
            status: status.to_owned(),
            error_msg,
            error_code,
            api_name: api.definition.name,
            app_name: app.name,
        },
    }
}

/// An authorization in a list.
pub(super) fn view(detail: AuthDetail) -> AuthView {
    let AuthDetail { auth, app, api: ApiDetail { api, group, publications }, env } = detail;
    let here = publications.into_iter().find(|published| published.env_id == auth.env_id);
    AuthView {
        id: auth.id.to_string(),
        api_id: api.id.to_string(),
        api_name: api.definition.name,
        group_name: group.name,
        api_type: if api.definition.public { 1 } else { 2 },
        api_remark: api.definition.texts.remark.unwrap_or_default(),
        env_id: auth.env_id.to_string(),
        auth_role: "PROVIDER".to_owned(),
        auth_time: text(auth.created),
        app_name: app.name,
        app_remark: app.remark,
        app_type: "apig".to_owned(),
        app_creator: "USER".to_owned(),
        publish_id: here.map(|published| published.publish_id.to_string()).unwrap_or_default(),
        group_id: group.id.to_string(),
        auth_tunnel: "NORMAL".to_owned(),
        auth_whitelist: Vec::new(),
        auth_blacklist: Vec::new(),
        visit_param: String::new(),
        roma_app_type: String::new(),
        tags: api.definition.tags.unwrap_or_default(),
        env_name: env.name,
        app_id: app.id.to_string(),
    }
}

/// An API that the app may not call.
pub(super) fn unauthorized(detail: ApiDetail) -> UnauthorizedApiView {
    let ApiDetail { api, group, publications } = detail;
    UnauthorizedApiView {
        auth_type: "APP".to_owned(),
        run_env_name: joined(&publications, |published| published.env_name.clone()),
        group_name: group.name,
        publish_id: joined(&publications, |published| published.publish_id.to_string()),
        group_id: group.id.to_string(),
        name: api.definition.name,
        remark: api.definition.texts.remark.unwrap_or_default(),
        run_env_id: joined(&publications, |published| published.env_id.to_string()),
        id: api.id.to_string(),
        req_uri: api.definition.path,
        tags: api.definition.tags.unwrap_or_default(),
    }
}

fn joined(publications: &[Published], part: impl Fn(&Published) -> String) -> String {
    publications.iter().map(part).collect::<Vec<_>>().join("|")
}

fn text(time: Timestamp) -> String {
    time.rfc3339().to_string()
}
