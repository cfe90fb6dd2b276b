//! The body that describes a token.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::federation::{FederationView, GroupRefView, IdView};
use countersign_api_types::iam::token::{
    AssumedByView, LimitedByView, NamedView, RoleView, ScopedView, TokenAnswer, TokenView, UserView,
};
use countersign_identity::{
    Caller, Directory, Domain, Error, Federated, Limits, OIDC, Target, Unauthenticated, User, Who,
};
use countersign_token::{AuditId, Claims};
use serde_json::value::RawValue;
use std::sync::Arc;

/// What the bearer's token says.
pub(crate) fn view(call: &Call, bearer: &Caller) -> Result<Answer, Refusal> {
    let claims = bearer.credential.claims().ok_or(Error::SubjectToken)?;
    let directory = call.directory()?;
    let has_scope = !matches!(bearer.target, Target::Unscoped);
    let catalog = || if call.asks("nocatalog") { no_catalog() } else { call.base.catalog(&call.site) };
    // Services decide by the names of built-in roles; what is the account's own only counts here.
    let built_in = || bearer.roles.iter().filter(|role| role.domain_id.is_none());
    let roles = || built_in().map(|role| RoleView { id: "0", name: role.name.clone() }).collect();
    Ok(Answer::json(&TokenAnswer {
        token: TokenView {
            expires_at: claims.lifetime.expires.rfc3339_millis().to_string(),
            methods: claims.methods.names().collect(),
            catalog: has_scope.then(catalog),
            roles: has_scope.then(roles),
            project: project(bearer),
            is_domain: matches!(bearer.target, Target::Project(_)).then_some(false),
            domain: if let Target::Domain(domain) = &bearer.target { Some(named(domain)) } else { None },
            issued_at: claims.lifetime.issued.rfc3339_millis().to_string(),
            user: user(&directory, bearer),
            assumed_by: assumed_by(&directory, &bearer.who)?,
            application_credential: limited_by(&bearer.limits),
            audit_ids: audit_ids(claims),
        },
    }))
}

fn no_catalog() -> &'static RawValue {
    serde_json::from_str("[]").expect("it is JSON")
}

fn project(bearer: &Caller) -> Option<ScopedView> {
    let Target::Project(project) = &bearer.target else { return None };
    let domain = named(&bearer.domain);
    Some(ScopedView { id: project.id.to_string(), name: project.name.clone(), domain })
}

fn user(directory: &Directory, bearer: &Caller) -> UserView {
    match &bearer.who {
        Who::User(user) => user_view(directory, user, &bearer.domain),
        Who::Agency { agency, .. } => UserView {
            id: agency.id.to_string(),
            name: format!("{}/{}", bearer.domain.name, agency.name),
            password_expires_at: "",
            domain: named(&bearer.domain),
            federation: None,
        },
    }
}

fn assumed_by(directory: &Directory, who: &Who) -> Result<Option<AssumedByView>, Refusal> {
    let Who::Agency { assumed_by, .. } = who else { return Ok(None) };
    let home = directory.domains.find(assumed_by.domain_id.as_str());
    let home = home.ok_or(Error::Unauthenticated(Unauthenticated::Stale))?;
    Ok(Some(AssumedByView { user: user_view(directory, assumed_by, home) }))
}

fn limited_by(limits: &Limits) -> Option<LimitedByView> {
    limits.application_credential.as_ref().map(|credential| LimitedByView {
        id: credential.id.to_string(),
        name: credential.name.clone(),
        restricted: !credential.unrestricted,
    })
}

fn user_view(directory: &Directory, user: &User, domain: &Domain) -> UserView {
    UserView {
        id: user.id.to_string(),
        name: user.name.clone(),
        password_expires_at: "",
        domain: NamedView { id: domain.id.to_string(), name: domain.name.clone() },
        federation: user.federated.as_ref().map(|from| federation(directory, user, from)),
    }
}

fn federation(directory: &Directory, user: &User, from: &Federated) -> FederationView {
    let groups = directory.groups_of(&user.id);
    FederationView {
        identity_provider: IdView { id: from.identity_provider.to_string() },
        protocol: IdView { id: OIDC.to_owned() },
        groups: groups
            .map(|group| GroupRefView { id: group.id.to_string(), name: group.name.clone() })
            .collect(),
    }
}

fn named(domain: &Arc<Domain>) -> NamedView {
    NamedView { id: domain.id.to_string(), name: domain.name.clone() }
}

fn audit_ids(claims: &Claims) -> Vec<String> {
    let first = (claims.chain != claims.audit_id).then_some(claims.chain);
    [Some(claims.audit_id), first].into_iter().flatten().map(|id: AuditId| id.to_string()).collect()
}
