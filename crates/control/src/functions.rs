//! Functions as the installation knows them: a table from URNs to the addresses at which web hooks stand in for them.

use countersign_snapshot::{Fault, Function};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Whom a URN calls. The operator writes the table; users of the management API only name what stands in it.
#[derive(Debug, Clone, Default)]
pub struct Functions(BTreeMap<String, String>);

/// An entry of the table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFunction {
    /// The address is not an `http` or `https` URL.
    #[error("the function {urn} has no usable URL: {fault}")]
    Url {
        /// The entry.
        urn: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// What the function is told may hold credentials: it must not cross a network in cleartext.
    #[error("the function {0} needs an https URL: http is for loopback addresses only")]
    Cleartext(String),
}

impl Functions {
    /// Checks the table.
    ///
    /// # Errors
    /// [`InvalidFunction`] for the first entry that is not an `https` URL, or an `http` URL of this machine.
    pub fn new(table: BTreeMap<String, String>) -> Result<Self, InvalidFunction> {
        for (urn, url) in &table {
            let function = Function::parse(url);
            let function = function.map_err(|fault| InvalidFunction::Url { urn: urn.clone(), fault })?;
            if !function.origin.tls && !is_loopback(&function.origin.host) {
                return Err(InvalidFunction::Cleartext(urn.clone()));
            }
        }
        Ok(Self(table))
    }

    /// The address of the function with this URN.
    #[must_use]
    pub fn url(&self, urn: &str) -> Option<&str> {
        self.0.get(urn).map(String::as_str)
    }
}

fn is_loopback(host: &str) -> bool {
    host.parse::<IpAddr>().map_or(host.eq_ignore_ascii_case("localhost"), |ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(url: &str) -> Result<Functions, InvalidFunction> {
        Functions::new(BTreeMap::from([("urn:a".to_owned(), url.to_owned())]))
    }

    #[test]
    fn cleartext_stays_on_this_machine() {
        for good in
            ["https://functions.example.com/a", "http://127.0.0.1:9/a", "http://[::1]/", "http://localhost:9"]
        {
            assert_eq!(table(good).unwrap().url("urn:a"), Some(good));
        }
        for bad in ["http://10.0.0.1/a", "http://example.com/", "http://localhost.example.com/"] {
            assert_eq!(table(bad).unwrap_err(), InvalidFunction::Cleartext("urn:a".to_owned()), "{bad}");
        }
        for bad in ["", "example.com", "ftp://localhost/", "https://user@example.com/"] {
            assert!(matches!(table(bad), Err(InvalidFunction::Url { .. })), "{bad}");
        }
    }
}
