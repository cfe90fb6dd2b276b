//! From the body's methods and scope to a request for a token.

use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::auth::{
    AccessKeyPair, AssumeRole, DomainName, Identity, PasswordUser, Scope, ScopePlace, ScopeProject,
};
use countersign_identity::{DomainRef, Error, ProjectRef, Proof, ScopeRequest, Unauthenticated, UserRef};
use countersign_types::{AccessKeyId, SecretKey, Token};

/// Most methods that are looked at; there are fewer kinds.
const METHODS_MAX: usize = 8;

/// The proof of the one method that is named, however often. A name's member must be there, and only its.
pub(super) fn read(call: &Call, identity: Identity) -> Result<Proof, Refusal> {
    let Identity { mut methods, password, token, hw_ak_sk, assume_role, hw_assume_role } = identity;
    if methods.len() > METHODS_MAX {
        return Err(invalid("methods", "at most 8"));
    }
    methods.sort_unstable();
    methods.dedup();
    let [method] = methods.as_slice() else { return Err(invalid("methods", "exactly one method")) };
    match method.as_str() {
        "password" => self::password(call, required("password", password)?.user),
        "token" => Ok(Proof::Token(Token::new(required("token", token)?.id))),
        "hw_ak_sk" => access_key(required("hw_ak_sk", hw_ak_sk)?),
        "assume_role" => agency(call, required("assume_role", assume_role)?),
        "hw_assume_role" => agency(call, required("hw_assume_role", hw_assume_role)?),
        _ => Err(invalid("methods", "password, token, hw_ak_sk, assume_role or hw_assume_role")),
    }
}

/// The scope asked for. Names without an account are those of the account that the proof is about.
pub(crate) fn scope(scope: Option<Scope>, proof: &Proof) -> Result<ScopeRequest, Refusal> {
    match scope {
        None => Ok(ScopeRequest::Unscoped),
        Some(Scope::Text(text)) if text == "unscoped" => Ok(ScopeRequest::Unscoped),
        Some(Scope::Text(_)) => Err(invalid("scope", "an object, or the text unscoped")),
        Some(Scope::Place(place)) => scope_place(place, proof),
    }
}

fn scope_place(place: ScopePlace, proof: &Proof) -> Result<ScopeRequest, Refusal> {
    match place {
        ScopePlace { project: Some(project), .. } => scope_project(project, proof).map(ScopeRequest::Project),
        ScopePlace { domain: Some(domain), .. } => domain_ref(domain).map(ScopeRequest::Domain),
        ScopePlace { project: None, domain: None } => Ok(ScopeRequest::Unscoped),
    }
}

fn scope_project(project: ScopeProject, proof: &Proof) -> Result<ProjectRef, Refusal> {
    match project {
        ScopeProject { id: Some(id), .. } => Ok(ProjectRef::Id(id)),
        ScopeProject { name: Some(name), domain: Some(domain), .. } => {
            Ok(ProjectRef::Name { name, domain: Some(domain_ref(domain)?) })
        }
        ScopeProject { name: Some(name), .. } => Ok(ProjectRef::Name { name, domain: lender(proof) }),
        ScopeProject { .. } => Err(invalid("scope.project", "an id or a name")),
    }
}

/// A project's name in a request to act as an agency is one of the account that delegates.
fn lender(proof: &Proof) -> Option<DomainRef> {
    if let Proof::Agency { domain, .. } = proof { Some(domain.clone()) } else { None }
}

fn password(call: &Call, user: PasswordUser) -> Result<Proof, Refusal> {
    let PasswordUser { id, name, domain, password } = user;
    let user = match (id, name, domain) {
        (Some(id), ..) => UserRef::Id(id),
        (None, Some(name), Some(domain)) => UserRef::Name { domain: domain_ref(domain)?, name },
        _ => return Err(invalid("password.user", "an id, or a name and a domain")),
    };
    Ok(Proof::Password { user, password: SecretKey::new(password), source: call.source })
}

fn access_key(pair: AccessKeyPair) -> Result<Proof, Refusal> {
    let access_key = AccessKeyId::parse(&pair.access.key);
    let access_key = access_key.map_err(|_| Error::Unauthenticated(Unauthenticated::Credentials))?;
    Ok(Proof::AccessKey { access_key, secret_key: SecretKey::new(pair.secret.key) })
}

fn agency(call: &Call, role: AssumeRole) -> Result<Proof, Refusal> {
    let AssumeRole { domain_id, domain_name, agency_name } = role;
    let domain = domain_ref(DomainName { id: domain_id, name: domain_name })?;
    Ok(Proof::Agency { caller: Box::new(call.caller()?), domain, agency: agency_name })
}

fn domain_ref(domain: DomainName) -> Result<DomainRef, Refusal> {
    match domain {
        DomainName { id: Some(id), .. } => Ok(DomainRef::Id(id)),
        DomainName { name: Some(name), .. } => Ok(DomainRef::Name(name)),
        DomainName { .. } => Err(invalid("domain", "an id or a name")),
    }
}

fn required<T>(method: &'static str, member: Option<T>) -> Result<T, Refusal> {
    member.ok_or_else(|| Refusal::Body(format!("auth.identity: missing field `{method}`")))
}
