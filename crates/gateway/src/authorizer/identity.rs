//! What a request shows to be identified by.

use crate::{
    accept::Request,
    query::{decode, is_named, pairs},
};
use countersign_snapshot::{Authorizer, Carrier, IdentitySource};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// SHA-256 over the identities of a request: equal for equal identities only, and it tells nothing about them.
pub(super) type Print = [u8; 32];

/// The request cannot be identified.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Error {
    /// It does not show an identity, or an empty one.
    #[error("the identity {0} is missing")]
    Missing(Box<str>),
    /// It shows one twice, and who is meant is unclear.
    #[error("the identity {0} stands more than once")]
    Repeated(Box<str>),
    /// The value is not of the form that the authorizer wants.
    #[error("the identity {0} is not valid")]
    Invalid(Box<str>),
}

impl Error {
    /// The stable word for logs.
    pub(super) fn reason(&self) -> &'static str {
        match self {
            Self::Missing(_) => "identity_missing",
            Self::Repeated(_) => "identity_repeated",
            Self::Invalid(_) => "identity_invalid",
        }
    }
}

/// Reads and checks the identities that the authorizer wants.
pub(super) fn print(request: &Request, authorizer: &Authorizer) -> Result<Print, Error> {
    let values = authorizer.identities.iter().map(|source| read(request, source));
    values.collect::<Result<Vec<_>, _>>().map(|values| digest(values.iter().map(AsRef::as_ref)))
}

/// Each value behind its length, so that no separator inside of one can make two lists of values look alike.
fn digest<'v>(values: impl Iterator<Item = &'v str>) -> Print {
    let mut hash = Sha256::new();
    for value in values {
        hash.update((value.len() as u64).to_be_bytes());
        hash.update(value);
    }
    hash.finalize().into()
}

fn read<'r>(request: &'r Request, source: &IdentitySource) -> Result<Cow<'r, str>, Error> {
    let name = || source.name.clone();
    let value = match &source.carrier {
        Carrier::Header(header) => {
            let line = request.single(header).map_err(|_| Error::Repeated(name()))?;
            let text = |line: &'r http::HeaderValue| str::from_utf8(line.as_bytes()).map(Cow::Borrowed);
            line.map(text).transpose().map_err(|_| Error::Invalid(name()))?
        }
        Carrier::Query => {
            let mut named = pairs(request.query()).filter(|(own, _)| is_named(own, &source.name));
            let first = named.next();
            if named.next().is_some() {
                return Err(Error::Repeated(name()));
            }
            first.map(|(_, value)| decode(value)).transpose().map_err(|()| Error::Invalid(name()))?
        }
    };
    let value = value.filter(|value| !value.is_empty()).ok_or_else(|| Error::Missing(name()))?;
    match &source.pattern {
        Some(pattern) if !pattern.matches(&value) => Err(Error::Invalid(name())),
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[String]) -> Print {
        digest(values.iter().map(String::as_str))
    }

    #[test]
    fn a_separator_inside_a_value_does_not_make_two_identities_one() {
        let lists: [&[&str]; 8] =
            [&[], &[""], &["", ""], &["ab"], &["a", "b"], &["a,b"], &["a\0b"], &["a\0\0\0\0\0\0\0\x01b"]];
        let prints: std::collections::HashSet<_> =
            lists.iter().map(|list| digest(list.iter().copied())).collect();
        assert_eq!(prints.len(), lists.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn identities_share_a_print_only_when_they_are_equal(
            left in prop::collection::vec("[ab\0,:|=&]{0,4}", 0..4),
            right in prop::collection::vec("[ab\0,:|=&]{0,4}", 0..4),
        ) {
            prop_assert_eq!(of(&left) == of(&right), left == right);
        }

        #[test]
        fn moving_a_border_between_values_changes_the_print(text in "[a-c,;]{1,12}", cut in 0_usize..12, other in 0_usize..12) {
            let split = |at: usize| {
                let (head, tail) = text.split_at(at.min(text.len()));
                vec![head.to_owned(), tail.to_owned()]
            };
            prop_assert_eq!(of(&split(cut)) == of(&split(other)), split(cut) == split(other));
        }
    }
}
