//! Who calls IAM-authenticated APIs, as the data plane is told.

use anyhow::Context;
use countersign_identity::{Actor, Directory, Live, Target, UserAccess};
use countersign_snapshot::source::{AccessKey, Agency, Domain, Identity, TokenKey, User};
use countersign_types::{DomainId, ProjectId, SecretKey};

/// Everything that may authenticate right now, and what ends tokens before their time.
///
/// # Errors
/// When a secret key does not open.
pub(crate) fn callers(identity: &Live, directory: &Directory) -> anyhow::Result<Identity> {
    Ok(Identity {
        domains: domains(directory).collect(),
        users: users(directory).collect(),
        agencies: agencies(directory).collect(),
        access_keys: access_keys(identity, directory)?,
        token_keys: token_keys(directory).collect(),
        revoked: directory.revoked().map(|id| id.to_string()).collect(),
    })
}

fn domains(directory: &Directory) -> impl Iterator<Item = Domain> {
    let domains = directory.domains.iter().filter(|domain| domain.enabled);
    domains.map(|domain| Domain { id: domain.id.clone(), name: domain.name.clone() })
}

fn users(directory: &Directory) -> impl Iterator<Item = User> {
    let users = directory.users.iter().filter(|user| authenticates(directory, user));
    users.map(|user| User {
        id: user.id.clone(),
        name: user.name.clone(),
        domain_id: user.domain_id.clone(),
        epoch: user.epoch,
        acts_on_account: acts_on_account(directory, &user.domain_id, &directory.actors(user)),
        project_ids: projects(directory, &user.domain_id, &directory.actors(user)),
    })
}

fn agencies(directory: &Directory) -> impl Iterator<Item = Agency> {
    let agencies = directory.agencies.iter();
    let agencies = agencies.filter(|agency| directory.enabled_domain(&agency.domain_id).is_some());
    agencies.map(|agency| Agency {
        id: agency.id.clone(),
        name: agency.name.clone(),
        domain_id: agency.domain_id.clone(),
        trust_domain_id: agency.trust_domain_id.clone(),
        epoch: agency.epoch,
        acts_on_account: acts_on_account(directory, &agency.domain_id, &[Actor::Agency(agency.id.clone())]),
        project_ids: projects(directory, &agency.domain_id, &[Actor::Agency(agency.id.clone())]),
    })
}

fn access_keys(identity: &Live, directory: &Directory) -> anyhow::Result<Vec<AccessKey>> {
    let mut keys = Vec::new();
    for key in directory.access_keys.iter().filter(|key| key.active) {
        let user = directory.users.find(key.user_id.as_str());
        if user.is_some_and(|user| authenticates(directory, user)) {
            let secret = identity.secret_key(key).context("cannot read the access keys")?;
            keys.push(AccessKey { key: key.id.clone(), secret, user_id: key.user_id.clone() });
        }
    }
    Ok(keys)
}

fn token_keys(directory: &Directory) -> impl Iterator<Item = TokenKey> {
    let keys = directory.opening_keys().iter();
    keys.map(|key| TokenKey {
        id: key.id().0,
        opening: SecretKey::new(hex::encode(key.to_bytes().as_slice())),
    })
}

fn authenticates(directory: &Directory, user: &countersign_identity::User) -> bool {
    user.enabled
        && user.access_mode != UserAccess::Console
        && directory.enabled_domain(&user.domain_id).is_some()
}

/// Whether one of the actors has a role for the account as a whole.
fn acts_on_account(directory: &Directory, domain: &DomainId, actors: &[Actor]) -> bool {
    let account = directory.enabled_domain(domain).cloned().map(Target::Domain);
    account.is_some_and(|account| !directory.roles(actors, &account).is_empty())
}

/// Any project in which one of the actors has a role.
fn projects(directory: &Directory, domain: &DomainId, actors: &[Actor]) -> Vec<ProjectId> {
    directory.working_projects_of(domain, actors).iter().map(|project| project.id.clone()).collect()
}
