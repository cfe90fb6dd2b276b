//! From the body's methods and scope to a request for a token.

use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::auth::{
    AccessKeyPair, ApplicationCredentialProof, AssumeRole, DomainName, Identity, Password, Scope, ScopePlace,
    ScopeProject, Totp, UserName,
};
use countersign_identity::{
    ApplicationCredentialRef, DomainRef, Error, ProjectRef, Proof, ScopeRequest, Unauthenticated, UserRef,
};
use countersign_types::{AccessKeyId, SecretKey, Token};

/// Most methods that are looked at; there are fewer kinds.
const METHODS_MAX: usize = 8;

/// The proof of the one method that is named, however often; only a second factor may stand beside a password. The
/// member of each name must be there.
pub(super) fn read(call: &Call, identity: Identity) -> Result<Proof, Refusal> {
    let mut methods = identity.methods;
    if methods.len() > METHODS_MAX {
        return Err(invalid("methods", "at most 8"));
    }
    methods.sort_unstable();
    methods.dedup();
    let methods: Vec<_> = methods.iter().map(String::as_str).collect();
    match methods.as_slice() {
        ["password"] => password(call, required("password", identity.password)?, None),
        ["password", "totp"] => {
            let totp = required("totp", identity.totp)?;
            password(call, required("password", identity.password)?, Some(totp))
        }
        ["token"] => Ok(Proof::Token(Token::new(required("token", identity.token)?.id))),
        ["hw_ak_sk"] if call.site.secret_key_login => access_key(required("hw_ak_sk", identity.hw_ak_sk)?),
        ["assume_role"] => agency(call, required("assume_role", identity.assume_role)?),
        ["hw_assume_role"] => agency(call, required("hw_assume_role", identity.hw_assume_role)?),
        ["application_credential"] => {
            application_credential(call, required("application_credential", identity.application_credential)?)
        }
        _ => Err(invalid("methods", "one method of those that this service supports, or password with totp")),
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
        // Nobody has a role for the installation as a whole.
        ScopePlace { system: Some(_), .. } => Err(Error::Unauthenticated(Unauthenticated::Scope).into()),
        ScopePlace { project: None, domain: None, system: None } => {
            Err(invalid("scope", "a project or a domain"))
        }
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

fn password(call: &Call, password: Password, totp: Option<Totp>) -> Result<Proof, Refusal> {
    let user = password.user;
    let (name, password) = (UserName { id: user.id, name: user.name, domain: user.domain }, user.password);
    Ok(Proof::Password {
        user: user_ref(name)?,
        password: SecretKey::new(password),
        passcode: totp.map(|totp| SecretKey::new(totp.user.passcode)),
        source: call.source,
    })
}

fn application_credential(call: &Call, shown: ApplicationCredentialProof) -> Result<Proof, Refusal> {
    let ApplicationCredentialProof { id, name, user, secret } = shown;
    let credential = match (id, name, user) {
        (Some(id), ..) => ApplicationCredentialRef::Id(id),
        (None, Some(name), Some(user)) => ApplicationCredentialRef::Name { user: user_ref(user)?, name },
        _ => return Err(invalid("application_credential", "an id, or a name and a user")),
    };
    let (secret, source) = (SecretKey::new(secret), call.source);
    Ok(Proof::ApplicationCredential { credential, secret, source })
}

fn user_ref(user: UserName) -> Result<UserRef, Refusal> {
    match user {
        UserName { id: Some(id), .. } => Ok(UserRef::Id(id)),
        UserName { name: Some(name), domain: Some(domain), .. } => {
            Ok(UserRef::Name { domain: domain_ref(domain)?, name })
        }
        UserName { .. } => Err(invalid("user", "an id, or a name and a domain")),
    }
}

fn access_key(pair: AccessKeyPair) -> Result<Proof, Refusal> {
    let access_key = AccessKeyId::parse(&pair.access.key);
    let access_key = access_key.map_err(|_| Error::Unauthenticated(Unauthenticated::Credentials))?;
    Ok(Proof::AccessKey { access_key, secret_key: SecretKey::new(pair.secret.key) })
}

fn agency(call: &Call, role: AssumeRole) -> Result<Proof, Refusal> {
    let AssumeRole { domain_id, domain_name, agency_name, restrict } = role;
    let domain = domain_ref(DomainName { id: domain_id, name: domain_name })?;
    let only = restrict.map(|restrict| restrict.roles);
    Ok(Proof::Agency { caller: Box::new(call.caller()?), domain, agency: agency_name, only })
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
