//! From host name to group.

use crate::{error::Fault, group::Group};
use std::{collections::HashMap, sync::Arc};

/// Longest host name in bytes (RFC 1035 §2.3.4).
const HOST_BYTES_MAX: usize = 253;

/// Host names, exact before wildcard.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    exact: HashMap<Box<str>, Arc<Group>, foldhash::fast::RandomState>,
    /// What follows `*.`.
    wildcard: HashMap<Box<str>, Arc<Group>, foldhash::fast::RandomState>,
}

impl Hosts {
    pub(crate) fn insert(&mut self, host: &str, group: &Arc<Group>) -> Result<(), Fault> {
        let (map, name) = match host.strip_prefix("*.") {
            Some(parent) => (&mut self.wildcard, parent),
            None => (&mut self.exact, host),
        };
        check_name(name)?;
        if map.insert(name.into(), Arc::clone(group)).is_some() {
            return Err(Fault::Duplicate("host name"));
        }
        Ok(())
    }

    /// `host` is lower case and without port.
    pub(crate) fn find(&self, host: &str) -> Option<&Arc<Group>> {
        self.exact.get(host).or_else(|| {
            let (label, parent) = host.split_once('.')?;
            if label.is_empty() { None } else { self.wildcard.get(parent) }
        })
    }
}

/// Accepts lower-case names of letters, digits, hyphens and underscores in labels of 1 to 63 bytes.
pub(crate) fn check_name(name: &str) -> Result<(), Fault> {
    let label_is_valid = |label: &str| {
        let bytes = label.as_bytes();
        let allowed =
            |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&bytes.len())
            && bytes.iter().all(allowed)
            && bytes.first() != Some(&b'-')
            && bytes.last() != Some(&b'-')
    };
    if name.len() > HOST_BYTES_MAX || !name.split('.').all(label_is_valid) {
        return Err(Fault::Invalid("host name"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_resolver_would_take_are_refused() {
        for name in [
            "",
            ".",
            "a..b",
            "-a",
            "a-",
            "A.b",
            "a b",
            "a:80",
            "ä.de",
            "a/b",
            &"x.".repeat(200),
            &"y".repeat(64),
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(check_name("0a1b.apic.example-1.com").is_ok());
    }
}
