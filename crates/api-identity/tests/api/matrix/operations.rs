//! The operations of the contract, each with a target and a body that would be good.

use super::victim::VICTIM;
use crate::support::Place;
use countersign_identity::ROLES;
use serde_json::{Value, json};

const TABLE: &str = include_str!("../../../../../spec/operations/iam-v3.tsv");

/// Operations whose proof is in the body, or that need none.
pub(super) const OPEN: [&str; 7] = [
    "KeystoneListVersions",
    "KeystoneShowVersion",
    "KeystoneCreateToken",
    "CreateTemporaryAccessKey",
    "CreateTokenWithIdToken",
    "CreateUnscopedTokenWithIdToken",
    "AssumeAgencyWithOIDC",
];

/// Reads that are the same for every caller, or that answer with what is the caller's own.
pub(super) const HARMLESS: [&str; 23] = [
    "KeystoneListAuthDomains",
    "KeystoneListAuthProjects",
    "KeystoneShowCatalog",
    "KeystoneListEndpoints",
    "KeystoneListPermissions",
    "KeystoneListProjects",
    "KeystoneListRegions",
    "KeystoneListServices",
    "KeystoneListDomains",
    "KeystoneShowPermission",
    "GetCallerIdentity",
    "KeystoneListVersions",
    "KeystoneShowVersion",
    // Another account's administrator sees its own records.
    "KeystoneListUsers",
    "KeystoneListGroups",
    "ListAgencies",
    "KeystoneListRoleAssignments",
    "ListUserLoginProtects",
    "KeystoneListIdentityProviders",
    "KeystoneListMappings",
    "ListCustomPolicies",
    "KeystoneListFederationDomains",
    "KeystoneListFederationProjects",
];

/// Guarded by nothing beyond [`OPEN`]: the same for everybody, about the caller's own affairs, or as much as it may see.
pub(super) const OWN_AFFAIRS: [&str; 25] = [
    "KeystoneListAuthDomains",
    "KeystoneListAuthProjects",
    "KeystoneShowCatalog",
    "KeystoneListEndpoints",
    "KeystoneShowEndpoint",
    "KeystoneListRegions",
    "KeystoneShowRegion",
    "KeystoneListServices",
    "KeystoneShowService",
    "KeystoneListDomains",
    "KeystoneShowDomain",
    "GetCallerIdentity",
    "KeystoneListProjects",
    "KeystoneShowProject",
    "KeystoneUpdateUserPassword",
    "KeystoneValidateToken",
    "KeystoneCheckToken",
    "KeystoneRevokeToken",
    "KeystoneCreateApplicationCredential",
    "KeystoneListFederationDomains",
    "KeystoneListFederationProjects",
    "ShowProjectDetailsAndStatus",
    "UpdateUserInformation",
    // Not built yet.
    "ChangePasswordV5",
    "CreateLoginToken",
];

/// Not built yet; their proof will be in the body.
pub(super) const OPEN_ONE_DAY: [&str; 2] = ["AssumeAgencyWithSAML", "CreateUnscopeTokenByIdpInitiated"];

pub(super) struct Operation {
    pub(super) name: &'static str,
    /// The action that guards it, or `-`.
    pub(super) action: &'static str,
    pub(super) method: &'static str,
    pub(super) target: String,
    pub(super) body: String,
}

/// Every operation on what belongs to the first account, with a body that would be good.
pub(super) fn operations(place: &Place) -> Vec<Operation> {
    let values = [
        ("{user_id}", VICTIM),
        ("{domain_id}", place.made.domain.id.as_str()),
        ("{project_id}", VICTIM),
        ("{group_id}", VICTIM),
        ("{agency_id}", VICTIM),
        ("{access_key}", VICTIM),
        ("{idp_id}", VICTIM),
        ("{protocol_id}", "oidc"),
        ("{id}", VICTIM),
    ];
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let fields: [&str; 9] = row.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let [name, method, path, _, _, _, _, action, _] = fields;
        let role = if path.contains("OS-ROLE") { VICTIM } else { ROLES[0].id };
        let fill = |target: String, (name, value): &(&str, &str)| target.replace(name, value);
        let target = values.iter().fold(path.replace("{role_id}", role), fill).replace(['{', '}'], "");
        let query = match name {
            // Without naming a user, the caller's own are meant.
            "ListPermanentAccessKeys" => format!("?user_id={VICTIM}"),
            "ShowDomainRoleAssignments" => format!("?domain_id={}", place.made.domain.id),
            _ => String::new(),
        };
        Operation { name, method, action, target: target + &query, body: body(place, name) }
    })
    .collect()
}

pub(super) fn policy(statements: &Value) -> Value {
    json!({"Version": "1.1", "Statement": statements})
}

pub(super) fn allow(action: &str) -> Value {
    json!({"Effect": "Allow", "Action": [action]})
}

fn body(place: &Place, operation: &str) -> String {
    let domain = place.made.domain.id.as_str();
    let user = VICTIM;
    let role = json!({"display_name": "taken", "type": "AX", "policy": policy(&json!([allow("iam:users:getUser")]))});
    let body = match operation {
        "KeystoneCreateUser" => {
            json!({"user": {"name": "mallory", "password": "long enough", "domain_id": domain}})
        }
        "KeystoneUpdateUserByAdmin" => json!({"user": {"description": "taken"}}),
        "KeystoneUpdateUserPassword" => {
            json!({"user": {"original_password": place.password(), "password": "long enough"}})
        }
        "KeystoneCreateGroup" => json!({"group": {"name": "taken", "domain_id": domain}}),
        "KeystoneUpdateGroup" => json!({"group": {"description": "taken"}}),
        "KeystoneCreateDomain" => json!({"domain": {"name": "taken"}}),
        "KeystoneCreateProject" => json!({"project": {"name": "taken", "domain_id": domain}}),
        "KeystoneUpdateProject" => json!({"project": {"description": "taken"}}),
        "CreateAgency" => {
            json!({"agency": {"name": "taken", "trust_domain_id": domain, "domain_id": domain}})
        }
        "UpdateAgency" => json!({"agency": {"description": "taken"}}),
        "CreatePermanentAccessKey" => json!({"credential": {"user_id": user}}),
        "UpdatePermanentAccessKey" => json!({"credential": {"status": "inactive"}}),
        "KeystoneCreateApplicationCredential" => json!({"application_credential": {"name": "taken"}}),
        "CreateUser" => json!({"user": {"name": "taken", "password": "long enough", "domain_id": domain}}),
        "UpdateUser" => json!({"user": {"description": "taken"}}),
        "UpdateUserInformation" => json!({"user": {"email": "taken@example.com"}}),
        "UpdateLoginProtect" => json!({"login_protect": {"enabled": true, "verification_method": "sms"}}),
        "UpdateProjectStatus" => json!({"project": {"status": "suspended"}}),
        "CreateCustomPolicy" => json!({"role": role}),
        "UpdateCustomPolicy" => json!({"role": {"description": "taken"}}),
        "KeystoneCreateIdentityProvider" => json!({"identity_provider": {"enabled": true}}),
        "KeystoneCreateMapping" => {
            json!({"mapping": {"rules": [{"local": [], "remote": [{"type": "sub"}]}]}})
        }
        "KeystoneUpdateIdentityProvider" => json!({"identity_provider": {"enabled": false}}),
        "KeystoneCreateProtocol" | "KeystoneUpdateProtocol" => json!({"protocol": {"mapping_id": VICTIM}}),
        "KeystoneUpdateMapping" => {
            json!({"mapping": {"rules": [{"local": [], "remote": [{"type": "sub"}]}]}})
        }
        "CreateOpenIdConnectConfig" | "UpdateOpenIdConnectConfig" => {
            json!({"openid_connect_config": {"client_id": "taken"}})
        }
        "AssumeAgency" => json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "ci"}),
        "DecodeAuthorizationMessage" => json!({"encoded_message": "x"}),
        _ => Value::Null,
    };
    if body.is_null() { String::new() } else { body.to_string() }
}
