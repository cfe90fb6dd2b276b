//! Every operation of the contract, called by everybody who must not succeed.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod support;

use countersign_identity::{
    Actor, Assignment, Domain, IAM_READ_ONLY_ACCESS, IdentityProvider, MappingRecord, Place as At, ROLES,
    SECURITY_ADMINISTRATOR, User,
};
use countersign_sign::Signer;
use countersign_types::{DomainId, IdentityProviderId, MappingId, UserId};
use serde_json::{Value, json};
use support::{Place, place};

const TABLE: &str = include_str!("../../../spec/operations/iam-v3.tsv");

/// Operations whose proof is in the body, or that need none.
const OPEN: [&str; 7] = [
    "KeystoneListVersions",
    "KeystoneShowVersion",
    "KeystoneCreateToken",
    "CreateTemporaryAccessKey",
    "CreateTokenWithIdToken",
    "CreateUnscopedTokenWithIdToken",
    "AssumeAgencyWithOIDC",
];

/// Reads that are the same for every caller, or that answer with what is the caller's own.
const HARMLESS: [&str; 23] = [
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
    "ListPermanentAccessKeys",
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
    "KeystoneListFederationDomains",
    "KeystoneListFederationProjects",
];

struct Operation {
    name: &'static str,
    method: &'static str,
    target: String,
    body: String,
}

/// Every operation on what belongs to the first account, with a body that would be good.
fn operations(place: &Place) -> Vec<Operation> {
    let group = place.live.directory().unwrap().groups.iter().next().unwrap().id.to_string();
    let (access_key, _) = place.key();
    let values = [
        ("{user_id}", place.made.user.id.to_string()),
        ("{domain_id}", place.made.domain.id.to_string()),
        ("{project_id}", place.made.project.id.to_string()),
        ("{group_id}", group),
        ("{agency_id}", "night".to_owned()),
        ("{access_key}", access_key.to_string()),
        ("{role_id}", ROLES[0].id.to_owned()),
        ("{idp_id}", "corp".to_owned()),
        ("{protocol_id}", "oidc".to_owned()),
        ("{id}", "corp".to_owned()),
    ];
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<_> = row.split('\t').collect();
        let fill = |target: String, (name, value): &(&str, String)| target.replace(name, value);
        let mut target = values.iter().fold(fields[2].to_owned(), fill).replace(['{', '}'], "");
        if fields[0] == "ShowDomainRoleAssignments" {
            target = format!("{target}?domain_id={}", place.made.domain.id);
        }
        Operation { name: fields[0], method: fields[1], target, body: body(place, fields[0]) }
    })
    .collect()
}

fn body(place: &Place, operation: &str) -> String {
    let domain = place.made.domain.id.as_str();
    let user = place.made.user.id.as_str();
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
        "KeystoneUpdateIdentityProvider" => json!({"identity_provider": {"enabled": false}}),
        "KeystoneCreateProtocol" | "KeystoneUpdateProtocol" => json!({"protocol": {"mapping_id": "corp"}}),
        "KeystoneUpdateMapping" => {
            json!({"mapping": {"rules": [{"local": [], "remote": [{"type": "sub"}]}]}})
        }
        "CreateOpenIdConnectConfig" | "UpdateOpenIdConnectConfig" => {
            json!({"openid_connect_config": {"client_id": "taken"}})
        }
        "AssumeAgency" => json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "ci"}),
        _ => Value::Null,
    };
    if body.is_null() { String::new() } else { body.to_string() }
}

/// The identity provider `corp` of the first account with the rules `corp`.
fn federation(place: &Place) {
    let domain_id = place.made.domain.id.clone();
    let mapping_id = MappingId::parse("corp").unwrap();
    let rules = json!([{"local": [], "remote": [{"type": "sub"}]}]);
    place.store(&MappingRecord { id: mapping_id.clone(), domain_id: domain_id.clone(), rules });
    place.store(&IdentityProvider {
        id: IdentityProviderId::parse("corp").unwrap(),
        domain_id,
        description: String::new(),
        enabled: true,
        mapping_id: Some(mapping_id),
        oidc: None,
        created: place.live.now(),
    });
}

/// A user of `domain` with these roles for all of it.
fn user_with(
    place: &Place,
    domain: &DomainId,
    name: &str,
    roles: &[&countersign_identity::BuiltIn],
) -> Signer {
    let id = UserId::parse(name).unwrap();
    let user =
        User { id: id.clone(), domain_id: domain.clone(), name: name.into(), ..place.made.user.clone() };
    place.store(&user);
    for role in roles {
        for at in [At::Domain, At::AllProjects] {
            place.store(&Assignment::new(domain.clone(), Actor::User(id.clone()), at, role.role_id()));
        }
    }
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    Signer::new(key.id, secret)
}

#[tokio::test]
async fn nobody_gets_past_a_missing_credential() {
    let place = place();
    for operation in operations(&place).iter().filter(|operation| !OPEN.contains(&operation.name)) {
        let reply = place.send(operation.method, &operation.target, &[], &operation.body).await;
        assert_eq!(reply.status, 401, "{}", operation.name);
    }
}

#[tokio::test]
async fn the_administrator_of_another_account_reaches_nothing_of_this_one() {
    let place = place();
    place.lender();
    federation(&place);
    let elsewhere = DomainId::parse("elsewhere").unwrap();
    place.store(&Domain { id: elsewhere.clone(), name: "elsewhere".into(), ..place.made.domain.clone() });
    let all: Vec<_> = ROLES.iter().filter(|role| role.name != "service").collect();
    let stranger = user_with(&place, &elsewhere, "stranger", &all);
    let before = place.live.directory().unwrap();
    let ids = [place.made.domain.id.as_str(), place.made.project.id.as_str(), place.made.user.id.as_str()];
    for operation in operations(&place) {
        let reply = place.signed(&stranger, operation.method, &operation.target, &operation.body).await;
        let status = reply.status.as_u16();
        let text = reply.body.to_string();
        if HARMLESS.contains(&operation.name) {
            assert!(status < 400, "{} {status}", operation.name);
            assert!(!ids.iter().any(|id| text.contains(id)), "{} {text}", operation.name);
        } else {
            assert!(matches!(status, 400 | 403 | 404 | 501), "{} {status} {text}", operation.name);
        }
    }
    let after = place.live.directory().unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after), "something was written");
}

#[tokio::test]
async fn a_user_without_roles_or_with_reading_ones_changes_nothing() {
    let place = place();
    place.lender();
    federation(&place);
    let domain = place.made.domain.id.clone();
    let plain = user_with(&place, &domain, "plain", &[]);
    let reader = user_with(&place, &domain, "reader", &[&IAM_READ_ONLY_ACCESS]);
    let before = place.live.directory().unwrap();
    for operation in
        operations(&place).iter().filter(|operation| operation.method != "GET" && operation.method != "HEAD")
    {
        for signer in [&plain, &reader] {
            let reply = place.signed(signer, operation.method, &operation.target, &operation.body).await;
            assert!(
                matches!(reply.status.as_u16(), 400 | 403 | 404 | 501),
                "{} {}",
                operation.name,
                reply.status
            );
        }
    }
    let after = place.live.directory().unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after), "something was written");
}

#[tokio::test]
async fn an_administrator_succeeds_with_everything_that_is_built() {
    let place = place();
    let domain = place.made.domain.id.clone();
    let administrator = user_with(&place, &domain, "second", &[&SECURITY_ADMINISTRATOR]);
    for operation in operations(&place).iter().filter(|operation| operation.method == "GET") {
        let reply = place.signed(&administrator, "GET", &operation.target, "").await;
        let status = reply.status.as_u16();
        // 404: the region, service, endpoint, agency or subject token of the row does not exist.
        assert!(matches!(status, 200 | 300 | 404 | 501), "{} {status} {}", operation.name, reply.body);
    }
}
