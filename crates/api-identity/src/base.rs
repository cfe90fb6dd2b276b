//! The address under which a client reached us, and what follows from it.

use crate::site::{Site, catalog};
use arc_swap::ArcSwap;
use http::HeaderMap;
use http::header::HOST;
use serde_json::value::{RawValue, to_raw_value};
use std::sync::{Arc, OnceLock};

const NO_HOST: &str = "localhost";

/// An address of the management listener.
pub(crate) struct Base {
    /// It, without a slash at the end.
    pub(crate) url: String,
    host: String,
    catalog: OnceLock<Box<RawValue>>,
}

/// The addresses that clients use. Nearly all requests name the same one, so the last one is kept.
pub(crate) struct Bases(ArcSwap<Base>);

impl Bases {
    pub(crate) fn new(site: &Site) -> Self {
        Self(ArcSwap::from_pointee(Base::new(site, NO_HOST)))
    }

    /// The configured address, or else the host that the request was sent to.
    pub(crate) fn of(&self, site: &Site, headers: &HeaderMap) -> Arc<Base> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).filter(|host| is_authority(host));
        let host = host.unwrap_or(NO_HOST);
        let last = self.0.load();
        if last.host == host || site.base_url.is_some() {
            return Arc::clone(&last);
        }
        let base = Arc::new(Base::new(site, host));
        self.0.store(Arc::clone(&base));
        base
    }
}

impl Base {
    fn new(site: &Site, host: &str) -> Self {
        let url = site.base_url.clone().unwrap_or_else(|| format!("http://{host}"));
        Self { url, host: host.to_owned(), catalog: OnceLock::new() }
    }

    /// The services at this address as the catalog of a token shows them, in JSON.
    pub(crate) fn catalog(&self, site: &Site) -> &RawValue {
        self.catalog.get_or_init(|| {
            to_raw_value(&catalog(site, self)).expect("the catalog is made of structs and texts")
        })
    }
}

/// Only what a host and a port are made of is echoed.
fn is_authority(host: &str) -> bool {
    !host.is_empty()
        && host.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']')
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn site(configured: Option<&str>) -> Site {
        Site { region: "local-1".into(), base_url: configured.map(str::to_owned), secret_key_login: true }
    }

    fn asked(bases: &Bases, site: &Site, host: &'static str) -> Arc<Base> {
        bases.of(site, &HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]))
    }

    fn url(configured: Option<&str>, host: &'static str) -> String {
        let site = site(configured);
        asked(&Bases::new(&site), &site, host).url.clone()
    }

    #[test]
    fn the_host_of_the_request_is_echoed_only_when_it_is_one() {
        assert_eq!(url(None, "[::1]:8800"), "http://[::1]:8800");
        assert_eq!(url(None, "evil/<script>"), "http://localhost");
    }

    #[test]
    fn a_configured_address_goes_before_the_host_of_the_request() {
        assert_eq!(url(Some("https://iam.example.com"), "other"), "https://iam.example.com");
    }

    #[test]
    fn each_host_has_a_catalog_of_its_own_address_whatever_was_asked_before() {
        let site = site(None);
        let bases = Bases::new(&site);
        for host in ["one:1", "one:1", "two:2", "one:1"] {
            let base = asked(&bases, &site, host);
            assert!(base.catalog(&site).get().contains(&format!("\"http://{host}/v3\"")), "{host}");
        }
    }
}
