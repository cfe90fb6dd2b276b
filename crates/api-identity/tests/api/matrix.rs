//! Every operation of the contract, called by everybody who must not succeed, and by those who may.

use crate::support::{Place, place};
use countersign_identity::{
    AccessKey, Actor, Agency, Assignment, Bootstrap, CustomPolicy, Domain, IAM_READ_ONLY_ACCESS,
    IdentityProvider, MappingRecord, Place as At, Project, ROLES, Reach, SECURITY_ADMINISTRATOR, User,
    UserGroup,
};
use countersign_sign::Signer;
use countersign_store::{put, write};
use countersign_types::{DomainId, IdentityProviderId, MappingId, UserId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const TABLE: &str = include_str!("../../../../spec/operations/iam-v3.tsv");

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
const OWN_AFFAIRS: [&str; 25] = [
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
const OPEN_ONE_DAY: [&str; 2] = ["AssumeAgencyWithSAML", "CreateUnscopeTokenByIdpInitiated"];

struct Operation {
    name: &'static str,
    /// The action that guards it, or `-`.
    action: &'static str,
    method: &'static str,
    target: String,
    body: String,
}

/// Every operation on what belongs to the first account, with a body that would be good.
fn operations(place: &Place) -> Vec<Operation> {
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

/// Id of everything that operations are about.
const VICTIM: &str = "victim";

/// Puts everything that operations are about (back) in its place.
fn restore(place: &Place) {
    let (key, _) = place.key();
    let directory = place.live.directory().unwrap();
    let Bootstrap { domain, project, user, .. } = place.made.clone();
    let (domain_id, now, name) = (domain.id.clone(), place.live.now(), VICTIM.to_owned());
    let id = || VICTIM.to_owned();
    let user = User { id: id().try_into().unwrap(), name: name.clone(), ..user };
    let mapping_id = MappingId::parse(VICTIM).unwrap();
    let rules = json!([{"local": [], "remote": [{"type": "sub"}]}]);
    let key = AccessKey {
        id: id().try_into().unwrap(),
        user_id: user.id.clone(),
        ..AccessKey::clone(directory.access_keys.find(key.as_str()).unwrap())
    };
    write(place.live.identity().store.as_ref(), |writer| {
        put(writer, &user)?;
        put(writer, &key)?;
        put(writer, &Project { id: id().try_into().unwrap(), name: name.clone(), ..project.clone() })?;
        put(
            writer,
            &UserGroup {
                id: id().try_into().unwrap(),
                domain_id: domain_id.clone(),
                name: name.clone(),
                description: String::new(),
                created: now,
            },
        )?;
        put(
            writer,
            &Agency {
                id: id().try_into().unwrap(),
                domain_id: domain_id.clone(),
                name: name.clone(),
                trust_domain_id: domain_id.clone(),
                description: String::new(),
                duration_days: None,
                expires: None,
                epoch: 0,
                created: now,
            },
        )?;
        put(writer, &custom(place, VICTIM, policy(&json!([allow("iam:users:getUser")]))))?;
        put(
            writer,
            &MappingRecord { id: mapping_id.clone(), domain_id: domain_id.clone(), rules: rules.clone() },
        )?;
        put(
            writer,
            &IdentityProvider {
                id: IdentityProviderId::parse(VICTIM).unwrap(),
                domain_id: domain_id.clone(),
                description: String::new(),
                enabled: true,
                mapping_id: Some(mapping_id.clone()),
                oidc: None,
                created: now,
            },
        )
    })
    .unwrap();
}

fn custom(place: &Place, id: &str, document: Value) -> CustomPolicy {
    CustomPolicy {
        id: id.to_owned().try_into().unwrap(),
        domain_id: place.made.domain.id.clone(),
        number: 1,
        display_name: id.to_owned(),
        description: String::new(),
        description_cn: String::new(),
        reach: Reach::Domain,
        document,
        created: place.live.now(),
        updated: None,
    }
}

fn policy(statements: &Value) -> Value {
    json!({"Version": "1.1", "Statement": statements})
}

fn allow(action: &str) -> Value {
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
    restore(&place);
    let elsewhere = DomainId::parse("elsewhere").unwrap();
    place.store(&Domain { id: elsewhere.clone(), name: "elsewhere".into(), ..place.made.domain.clone() });
    let all: Vec<_> = ROLES.iter().filter(|role| role.name != "service").collect();
    let stranger = user_with(&place, &elsewhere, "stranger", &all);
    let before = place.live.directory().unwrap();
    let ids = [place.made.domain.id.as_str(), place.made.project.id.as_str(), VICTIM];
    // These are made in the caller's own account, whatever their names.
    let makes_own = ["CreateCustomPolicy", "KeystoneCreateMapping"];
    for operation in operations(&place).iter().filter(|operation| !makes_own.contains(&operation.name)) {
        let reply = place.signed(&stranger, operation.method, &operation.target, &operation.body).await;
        let status = reply.status.as_u16();
        let text = reply.body.to_string();
        if HARMLESS.contains(&operation.name) {
            assert!(status < 400, "{} {status}", operation.name);
            assert!(!ids.iter().any(|id| text.contains(id)), "{} {text}", operation.name);
        } else {
            assert!(matches!(status, 400 | 403 | 404 | 409 | 501), "{} {status} {text}", operation.name);
        }
    }
    let after = place.live.directory().unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after), "something was written");
}

#[tokio::test]
async fn a_user_without_roles_or_with_reading_ones_changes_nothing() {
    let place = place();
    place.lender();
    restore(&place);
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

/// A user whose only right is the custom policy of this id.
fn user_under(place: &Place, policy: &CustomPolicy) -> Signer {
    place.store(policy);
    let signer = user_with(place, &policy.domain_id, policy.id.as_str(), &[]);
    let actor = Actor::User(policy.id.to_string().try_into().unwrap());
    place.store(&Assignment::new(policy.domain_id.clone(), actor, At::Domain, policy.id.clone()));
    signer
}

#[test]
fn every_operation_without_a_guard_is_known_to_need_none() {
    let place = place();
    let unguarded: BTreeSet<_> =
        operations(&place).iter().filter(|operation| operation.action == "-").map(|one| one.name).collect();
    let known: BTreeSet<_> = OPEN.into_iter().chain(OWN_AFFAIRS).chain(OPEN_ONE_DAY).collect();
    assert_eq!(unguarded, known);
}

#[tokio::test]
async fn the_action_of_an_operation_and_nothing_else_lets_through() {
    let place = place();
    place.lender();
    let domain = place.made.domain.id.clone();
    let low = user_with(&place, &domain, "low", &[]);
    let administrator = user_with(&place, &domain, "second", &[&SECURITY_ADMINISTRATOR]);
    let with = user_under(&place, &custom(&place, "with", policy(&json!([allow("iam:a:b")]))));
    let without = user_under(&place, &custom(&place, "without", policy(&json!([allow("iam:a:b")]))));
    let mut deviations = Vec::new();
    for operation in operations(&place).iter().filter(|operation| operation.action != "-") {
        let Operation { name, method, action, target, body } = operation;
        restore(&place);
        place.store(&custom(&place, "with", policy(&json!([allow(action)]))));
        let but = json!([allow("iam:*:*"), {"Effect": "Deny", "Action": [action]}]);
        place.store(&custom(&place, "without", policy(&but)));
        for (who, signer) in [("low", &low), ("without", &without)] {
            let reply = place.signed(signer, method, target, body).await;
            if reply.status != 403 {
                deviations.push(format!("{name} {who} {} {}", reply.status, reply.body));
            }
        }
        let owner = place.signer();
        for (who, signer) in [("with", &with), ("administrator", &administrator), ("owner", &owner)] {
            let reply = place.signed(signer, method, target, body).await;
            if !matches!(reply.status.as_u16(), 200..300 | 400 | 404 | 409 | 501) {
                deviations.push(format!("{name} {who} {} {}", reply.status, reply.body));
            }
            if *method != "GET" && *method != "HEAD" {
                restore(&place);
            }
        }
    }
    assert_eq!(deviations, Vec::<String>::new());
}
