//! `/v3/users/{user_id}/application_credentials`

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use crate::v3::{links, roles};
use countersign_api_types::iam::application_credential::{
    ApplicationCredentialCreate, ApplicationCredentialFields, ApplicationCredentialView, CredentialRoleView,
    RoleName,
};
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{
    ApplicationCredential, ApplicationCredentialDraft, Caller, Directory, Error, Role, Target,
};
use countersign_types::{SecretKey, Timestamp};
use serde::Serialize;

#[derive(Serialize)]
struct CredentialAnswer {
    application_credential: ApplicationCredentialView,
}

#[derive(Serialize)]
struct Credentials {
    application_credentials: Vec<ApplicationCredentialView>,
    links: PageLinks,
}

pub(super) fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let ApplicationCredentialCreate { application_credential: fields } = call.json()?;
    refuse_what_would_narrow(caller, &fields)?;
    let user_id = call.path("user_id");
    let (made, secret) = call.live.create_application_credential(caller, user_id, draft(fields)?)?;
    let secret = Some(secret.expose().to_owned());
    let application_credential =
        ApplicationCredentialView { secret, ..view(call, &*call.directory()?, &made) };
    Ok(Answer::json(&CredentialAnswer { application_credential }))
}

pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let user = directory.user_for(caller, call.path("user_id"), "iam:credentials:listCredentials")?;
    let own = directory.application_credentials.of(user.id.as_str());
    let wanted = own.filter(|credential| call.wants("name", &credential.name));
    let application_credentials = wanted.map(|credential| view(call, &directory, credential)).collect();
    Ok(Answer::json(&Credentials { application_credentials, links: links::whole(call) }))
}

pub(super) fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let user = directory.user_for(caller, call.path("user_id"), "iam:credentials:getCredential")?;
    let id = call.path("application_credential_id");
    let found = directory.application_credentials.find(id).filter(|found| found.user_id == user.id);
    let found = found.ok_or_else(|| Error::NotFound { kind: "application credential", id: id.to_owned() })?;
    Ok(Answer::json(&CredentialAnswer { application_credential: view(call, &directory, found) }))
}

pub(super) fn delete(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let (user_id, id) = (call.path("user_id"), call.path("application_credential_id"));
    call.live.delete_application_credential(caller, user_id, id)?;
    Ok(Answer::EMPTY)
}

/// A wish for fewer rights that cannot be granted must not become a credential with more.
fn refuse_what_would_narrow(caller: &Caller, fields: &ApplicationCredentialFields) -> Result<(), Refusal> {
    if fields.access_rules.as_ref().is_some_and(|rules| !rules.is_empty()) {
        return Err(invalid("application_credential.access_rules", "access rules are not supported"));
    }
    let is_elsewhere = |id: &String| !matches!(&caller.target, Target::Project(own) if own.id.as_str() == id);
    if fields.project_id.as_ref().is_some_and(is_elsewhere) {
        return Err(invalid("application_credential.project_id", "the project of the token"));
    }
    Ok(())
}

fn draft(fields: ApplicationCredentialFields) -> Result<ApplicationCredentialDraft, Refusal> {
    let ApplicationCredentialFields { name, description, secret, roles, unrestricted, expires_at, .. } =
        fields;
    let roles = roles.filter(|roles| !roles.is_empty());
    let expires = expires_at.map(|text| Timestamp::parse_iso(&text)).transpose();
    Ok(ApplicationCredentialDraft {
        name,
        description,
        secret: secret.map(SecretKey::new),
        roles: roles.map(|roles| roles.into_iter().map(role_name).collect()).transpose()?,
        unrestricted: unrestricted.unwrap_or(false),
        expires: expires.map_err(|_| invalid("expires_at", "a time such as 2030-01-02T03:04:05Z"))?,
    })
}

fn role_name(role: RoleName) -> Result<String, Refusal> {
    role.id.or(role.name).ok_or_else(|| invalid("application_credential.roles", "an id or a name"))
}

fn view(call: &Call, directory: &Directory, credential: &ApplicationCredential) -> ApplicationCredentialView {
    let roles = credential.roles.iter().filter_map(|id| directory.role(&credential.domain_id, id.as_str()));
    ApplicationCredentialView {
        id: credential.id.to_string(),
        name: credential.name.clone(),
        description: credential.description.clone(),
        user_id: credential.user_id.to_string(),
        project_id: credential.project_id.to_string(),
        system: None,
        roles: roles.map(|role| role_view(role)).collect(),
        expires_at: credential.expires.map(|expires| expires.rfc3339_millis().to_string()),
        unrestricted: credential.unrestricted,
        secret: None,
        links: links::to(
            call,
            &format!("/v3/users/{}/application_credentials/{}", credential.user_id, credential.id),
        ),
    }
}

fn role_view(role: &Role) -> CredentialRoleView {
    CredentialRoleView {
        id: role.id.to_string(),
        name: role.name.clone(),
        domain_id: role.domain_id.as_ref().map(ToString::to_string),
        description: role.description.clone(),
        options: roles::options(role),
    }
}
