//! Access control, compiled: by source address, and by the account of the caller.

use crate::{
    addresses::AddressSet,
    error::Fault,
    source::{self, AccessList, Rule},
};
use std::net::IpAddr;

/// Longest name or id of an account in bytes.
const ACCOUNT_BYTES_MAX: usize = 64;

/// Who may call a published API, as far as lists say so.
#[derive(Debug, Default)]
pub struct Access {
    addresses: Option<AddressList>,
    account_names: Option<List<Names>>,
    account_ids: Option<List<Names>>,
}

/// A list of source addresses.
#[derive(Debug)]
pub struct AddressList(List<AddressSet>);

/// The account that a caller acts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// Members, and what being one of them means.
#[derive(Debug)]
struct List<M> {
    rule: Rule,
    members: M,
}

/// Texts, sorted.
#[derive(Debug)]
struct Names(Box<[Box<str>]>);

impl Access {
    /// The lists, ready for look-up.
    ///
    /// # Errors
    /// A list without entries, or with one that can be no address or account.
    pub fn compile(source: &source::Access) -> Result<Self, Fault> {
        Ok(Self {
            addresses: source.addresses.as_ref().map(AddressList::compile).transpose()?,
            account_names: source.account_names.as_ref().map(names).transpose()?,
            account_ids: source.account_ids.as_ref().map(names).transpose()?,
        })
    }

    /// Whether requests from this address may pass.
    #[must_use]
    pub fn admits_address(&self, address: IpAddr) -> bool {
        self.addresses.as_ref().is_none_or(|list| list.admits(address))
    }

    /// Whether it matters which account calls.
    #[must_use]
    pub fn asks_for_account(&self) -> bool {
        self.account_names.is_some() || self.account_ids.is_some()
    }

    /// Whether callers of this account may pass; who has no account is on no list. Both lists must let pass, unless one
    /// permits and the other denies: then only the one that permits counts.
    #[must_use]
    pub fn admits_account(&self, account: Option<Account<'_>>) -> bool {
        let names = self.account_names.as_ref();
        let ids = self.account_ids.as_ref();
        let mixed = names.zip(ids).is_some_and(|(names, ids)| names.rule != ids.rule);
        let admits = |list: Option<&List<Names>>, member: Option<&str>| {
            let counts = list.filter(|list| !mixed || list.rule == Rule::Permit);
            counts.is_none_or(|list| list.admits(member.is_some_and(|text| list.members.contains(text))))
        };
        admits(names, account.map(|account| account.name)) && admits(ids, account.map(|account| account.id))
    }
}

impl AddressList {
    pub(crate) fn compile(source: &AccessList) -> Result<Self, Fault> {
        Ok(Self(List { rule: source.rule, members: AddressSet::compile(&source.entries)? }))
    }

    /// Whether requests from this address may pass.
    #[must_use]
    pub fn admits(&self, address: IpAddr) -> bool {
        self.0.admits(self.0.members.contains(address))
    }
}

impl<M> List<M> {
    fn admits(&self, is_member: bool) -> bool {
        is_member == (self.rule == Rule::Permit)
    }
}

impl Names {
    fn contains(&self, text: &str) -> bool {
        self.0.binary_search_by(|own| (**own).cmp(text)).is_ok()
    }
}

fn names(source: &AccessList) -> Result<List<Names>, Fault> {
    let acceptable = |entry: &String| (1..=ACCOUNT_BYTES_MAX).contains(&entry.len());
    if source.entries.is_empty() || !source.entries.iter().all(acceptable) {
        return Err(Fault::Invalid("account list"));
    }
    let mut names: Vec<Box<str>> = source.entries.iter().map(|entry| entry.as_str().into()).collect();
    names.sort_unstable();
    Ok(List { rule: source.rule, members: Names(names.into()) })
}

#[cfg(test)]
mod tests;
