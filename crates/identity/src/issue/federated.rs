//! Proof by a token of an identity provider.
//!
//! Whoever logs in becomes a user of the account: a record is made at the first login of a person and brought up to
//! date at every later one. So roles, epochs and everything else that holds for users hold for them.

use super::Proven;
use super::login::proven;
use crate::manage::check_name;
use crate::{
    Directory, Error, Federated, IdentityProvider, Live, Membership, OidcConfig, Profile, Unauthenticated,
    User, UserAccess, UserGroup,
};
use countersign_oidc::{Audience, IdToken, KeySet, Mapped, Mapping, verify};
use countersign_store::{Link, Scope, Writer, delete, find, find_by_name, list_linked, put, write};
use countersign_token::Methods;
use countersign_types::{Timestamp, Token, UserGroupId, UserId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A person as the rules of its provider see it.
struct Person {
    federated: Federated,
    name: String,
    groups: BTreeSet<UserGroupId>,
}

impl Live {
    pub(super) fn prove_id_token(
        &self,
        provider: &str,
        token: &Token,
        now: Timestamp,
    ) -> Result<Proven, Error> {
        let directory = self.directory()?;
        let (provider, config) =
            directory.find_provider(provider).ok_or(Unauthenticated::IdentityProvider)?;
        let keys = KeySet::parse(&config.signing_key).map_err(|_| Unauthenticated::IdentityProvider)?;
        let audience = Audience { issuer: &config.idp_url, client_id: &config.client_id };
        let token = verify(token.expose(), &keys, &audience, now).map_err(Unauthenticated::IdToken)?;
        let mapping = directory.mapping_of(provider).ok_or(Unauthenticated::IdentityProvider)?;
        let mapped = mapping.apply(&token.claims).ok_or(Unauthenticated::Unmapped)?;
        let person = directory.person(provider, token, mapped)?;
        let user = match directory.known(provider, &person) {
            Some(user) => user,
            None => Arc::new(self.remember(provider, &person)?),
        };
        if user.enabled { Ok(proven(user, Methods::MAPPED)) } else { Err(Unauthenticated::Unmapped.into()) }
    }

    /// Makes or updates the person's user, and puts it into its groups and no other ones.
    fn remember(&self, provider: &IdentityProvider, person: &Person) -> Result<User, Error> {
        let id = UserId::parse(&self.identity.new_id()).expect("hex digits are an identifier");
        write(self.identity.store.as_ref(), |writer| {
            let current = find::<IdentityProvider>(writer, "", provider.id.as_str())?;
            current
                .filter(|current| current.enabled && current.domain_id == provider.domain_id)
                .ok_or(Unauthenticated::IdentityProvider)?;
            let known = find_by_name(writer, provider.domain_id.as_str(), &person.federated.key())?;
            let user = known.unwrap_or_else(|| self.new_user(&id, provider, person));
            let user = User { name: person.name.clone(), ..user };
            put(writer, &user)?;
            join_exactly(writer, &user, &person.groups)?;
            Ok(user)
        })
    }

    fn new_user(&self, id: &UserId, provider: &IdentityProvider, person: &Person) -> User {
        User {
            access_mode: UserAccess::Default,
            profile: Profile::default(),
            id: id.clone(),
            domain_id: provider.domain_id.clone(),
            name: person.name.clone(),
            // Nobody knows the password, and guessing it takes as long as for any user.
            password_hash: self.unknown_user_hash.clone(),
            enabled: true,
            description: String::new(),
            epoch: 0,
            federated: Some(person.federated.clone()),
            created: self.now(),
        }
    }
}

impl Directory {
    /// The provider, when people of an enabled account log in by it.
    fn find_provider(&self, id: &str) -> Option<(&IdentityProvider, &OidcConfig)> {
        let provider = self.identity_providers.find(id).filter(|provider| provider.enabled)?;
        self.enabled_domain(&provider.domain_id)?;
        Some((provider, provider.oidc.as_ref()?))
    }

    fn mapping_of(&self, provider: &IdentityProvider) -> Option<Mapping> {
        let id = provider.mapping_id.as_ref()?;
        let record = self.mappings.find_by_name(provider.domain_id.as_str(), id.as_str())?;
        Mapping::parse(&record.rules).ok()
    }

    /// Groups that the account does not have give nothing.
    fn person(
        &self,
        provider: &IdentityProvider,
        token: IdToken,
        mapped: Mapped,
    ) -> Result<Person, Unauthenticated> {
        check_name(&mapped.user_name).map_err(|_| Unauthenticated::Unmapped)?;
        let domain = provider.domain_id.as_str();
        let groups = mapped.groups.iter().filter_map(|name| self.groups.find_by_name(domain, name));
        Ok(Person {
            groups: groups.map(|group| group.id.clone()).collect(),
            name: mapped.user_name,
            federated: Federated { identity_provider: provider.id.clone(), subject: token.subject },
        })
    }

    /// The person's user, when nothing about it has changed.
    fn known(&self, provider: &IdentityProvider, person: &Person) -> Option<Arc<User>> {
        let user = self.users.find_by_name(provider.domain_id.as_str(), &person.federated.key())?;
        let joined: BTreeSet<_> = self.groups_of(&user.id).map(|group| group.id.clone()).collect();
        (user.name == person.name && joined == person.groups).then(|| Arc::clone(user))
    }
}

fn join_exactly(writer: &mut dyn Writer, user: &User, groups: &BTreeSet<UserGroupId>) -> Result<(), Error> {
    let domain = user.domain_id.as_str();
    for left in list_linked::<Membership>(writer, Scope::All, &Link::new("user", user.id.as_str()))? {
        if !groups.contains(&left.group_id) {
            delete::<Membership>(writer, domain, &Membership::id_of(&left.group_id, &user.id))?;
        }
    }
    for group in groups {
        if find::<UserGroup>(writer, domain, group.as_str())?.is_some() {
            put(writer, &Membership::new(user.domain_id.clone(), group.clone(), user.id.clone()))?;
        }
    }
    Ok(())
}
