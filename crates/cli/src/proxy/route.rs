//! Where a request goes, and which requests go nowhere.

use super::Arguments;
use super::refusal::Refusal;
use crate::exit::usage;
use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper::{Method, StatusCode, Uri};

/// What browsers add to requests of pages.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where requests may go.
pub(super) struct Routes {
    to: Option<Destination>,
    only: Vec<String>,
    scheme: Scheme,
}

/// Where requests for the proxy itself go.
struct Destination {
    scheme: Scheme,
    authority: Authority,
    prefix: String,
    host: String,
}

/// A request's way: where to connect and what to ask for, and the Host header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) url: Uri,
    pub(super) host: String,
}

impl Routes {
    /// # Errors
    /// When `--to` is no URL with a host.
    pub(super) fn new(arguments: &Arguments) -> anyhow::Result<Self> {
        let to = arguments.to.as_ref().map(|url| Destination::of(url, arguments.host.as_deref()));
        Ok(Self {
            to: to.transpose()?,
            only: arguments.only.iter().map(|host| host.to_ascii_lowercase()).collect(),
            scheme: if arguments.tls { Scheme::HTTPS } else { Scheme::HTTP },
        })
    }

    /// The way of a request with this line and these headers.
    pub(super) fn route(&self, method: &Method, target: &Uri, headers: &HeaderMap) -> Result<Route, Refusal> {
        if method == Method::CONNECT {
            let reason =
                "what is inside of TLS cannot be signed; ask for http://… and start the proxy with --tls";
            return Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, reason));
        }
        if headers.contains_key(ORIGIN) || headers.contains_key(FETCH_SITE) {
            return Err(forbidden("a web page sent this, and web pages may not use your key"));
        }
        match target.authority() {
            Some(authority) => self.beyond(authority, target),
            None => self.own(target, headers),
        }
    }

    /// A request for another host: the proxy is used as an HTTP proxy.
    fn beyond(&self, authority: &Authority, target: &Uri) -> Result<Route, Refusal> {
        let is_named =
            |own: &String| *own == authority.host().to_ascii_lowercase() || own == authority.as_str();
        if !self.only.iter().any(is_named) {
            let host = authority.host();
            return Err(forbidden(format!("{host} is not among the hosts to sign for; add --only {host}")));
        }
        route(self.scheme.clone(), authority.clone(), target.path_and_query(), "", authority.as_str())
    }

    /// A request for the proxy itself. Its host must be a name of this machine: otherwise a name that was made to point
    /// here would let a foreign page in.
    fn own(&self, target: &Uri, headers: &HeaderMap) -> Result<Route, Refusal> {
        let to =
            self.to.as_ref().ok_or_else(|| forbidden("start the proxy with --to to use it like a server"))?;
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
        let is_here = |host: &Authority| matches!(host.host(), "localhost" | "127.0.0.1" | "[::1]");
        if !host.as_ref().is_some_and(is_here) {
            return Err(forbidden("the Host header names another machine; ask for http://127.0.0.1"));
        }
        route(to.scheme.clone(), to.authority.clone(), target.path_and_query(), &to.prefix, &to.host)
    }
}

impl Destination {
    fn of(url: &Uri, host: Option<&str>) -> anyhow::Result<Self> {
        let parts = url.scheme().zip(url.authority());
        let (scheme, authority) = parts
            .filter(|(scheme, _)| **scheme == Scheme::HTTP || **scheme == Scheme::HTTPS)
            .ok_or_else(|| usage(format!("--to {url} is no URL; write http[s]://host[:port][/prefix]")))?;
        Ok(Self {
            scheme: scheme.clone(),
            authority: authority.clone(),
            prefix: url.path().trim_end_matches('/').to_owned(),
            host: host.unwrap_or(authority.as_str()).to_owned(),
        })
    }
}

fn route(
    scheme: Scheme,
    authority: Authority,
    target: Option<&PathAndQuery>,
    prefix: &str,
    host: &str,
) -> Result<Route, Refusal> {
    let target = format!("{prefix}{}", target.map_or("/", PathAndQuery::as_str));
    let url = Uri::builder().scheme(scheme).authority(authority).path_and_query(target).build();
    let url = url.map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    Ok(Route { url, host: host.to_owned() })
}

fn forbidden(reason: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(to: Option<&str>, only: &[&str]) -> Routes {
        Routes {
            to: to.map(|url| Destination::of(&url.parse().unwrap(), None).unwrap()),
            only: only.iter().map(|&host| host.to_owned()).collect(),
            scheme: Scheme::HTTPS,
        }
    }

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn go(
        routes: &Routes,
        target: &str,
        lines: &[(&'static str, &'static str)],
    ) -> Result<String, StatusCode> {
        let route = routes.route(&Method::GET, &target.parse().unwrap(), &headers(lines));
        route.map(|route| format!("{} {}", route.url, route.host)).map_err(|refusal| refusal.status)
    }

    #[test]
    fn requests_for_the_proxy_go_where_it_leads() {
        let routes = routes(Some("https://service.example.com:8443/base/"), &[]);
        let here = [("host", "127.0.0.1:8088")];
        let there = "https://service.example.com:8443/base/a%20b?c=1 service.example.com:8443";
        assert_eq!(go(&routes, "/a%20b?c=1", &here), Ok(there.to_owned()));
        let root = "https://service.example.com:8443/base/ service.example.com:8443";
        assert_eq!(go(&routes, "/", &[("host", "localhost")]), Ok(root.to_owned()));
    }

    #[test]
    fn hosts_are_signed_for_only_when_they_are_named() {
        let routes = routes(None, &["service.example.com"]);
        let there = "https://service.example.com/v1 service.example.com";
        assert_eq!(go(&routes, "http://service.example.com/v1", &[]), Ok(there.to_owned()));
        assert_eq!(go(&routes, "http://other.example.com/v1", &[]), Err(StatusCode::FORBIDDEN));
        assert_eq!(go(&routes, "/v1", &[("host", "localhost")]), Err(StatusCode::FORBIDDEN));
    }

    #[test]
    fn web_pages_get_nothing_signed() {
        let routes = routes(Some("http://service.example.com"), &[]);
        for line in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            assert_eq!(go(&routes, "/", &[("host", "127.0.0.1"), line]), Err(StatusCode::FORBIDDEN));
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"] {
            assert_eq!(go(&routes, "/", &[("host", host)]), Err(StatusCode::FORBIDDEN), "{host}");
        }
        assert_eq!(go(&routes, "/", &[]), Err(StatusCode::FORBIDDEN));
    }

    #[test]
    fn a_tunnel_is_no_way() {
        let refused =
            routes(None, &["a"]).route(&Method::CONNECT, &"a:443".parse().unwrap(), &HeaderMap::new());
        assert_eq!(refused.unwrap_err().status, StatusCode::NOT_IMPLEMENTED);
    }
}
