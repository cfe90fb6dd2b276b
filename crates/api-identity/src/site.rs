//! What clients learn about this installation: its region and its services.

use crate::base::Base;
use countersign_api_types::iam::catalog::{CatalogEndpointView, CatalogView};

/// What is known at start about this installation.
#[derive(Debug, Clone)]
pub struct Site {
    /// Name of the region.
    pub region: String,
    /// Address of the management listener as clients reach it, without a slash at the end, such as
    /// `https://iam.example.com`. Without one, answers name the host that the request was sent to.
    pub base_url: Option<String>,
    /// Whether a token is given for an access key with its secret key in the body (method `hw_ak_sk`).
    pub secret_key_login: bool,
}

/// A service of this installation.
pub(crate) struct Service {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// What clients look it up by.
    pub(crate) kind: &'static str,
    /// Path below the address of the installation.
    path: &'static str,
    reach: Reach,
}

/// In which region a service is listed.
enum Reach {
    /// In this one.
    Region,
    /// In every one, written `*`.
    Everywhere,
}

const INTERFACES: [&str; 3] = ["public", "internal", "admin"];

/// Keystone's clients look for `identity` in their region, and its middleware for the interface `internal`; the
/// official SDKs' tools look for `iam` and `apig`.
pub(crate) const SERVICES: [Service; 3] = [
    Service {
        id: "5a1c0e7d94b84f2fa3d6c81e0b927f34",
        name: "keystone",
        kind: "identity",
        path: "/v3",
        reach: Reach::Region,
    },
    Service {
        id: "6b2d1f8ea5c9403fb4e7d92f1ca38045",
        name: "iam",
        kind: "iam",
        path: "/v3.0",
        reach: Reach::Everywhere,
    },
    Service {
        id: "7c3e209fb6da514fc5f8ea302db49156",
        name: "apig",
        kind: "apig",
        path: "",
        reach: Reach::Region,
    },
];

/// A service at one of its addresses.
pub(crate) struct Endpoint {
    pub(crate) id: String,
    pub(crate) service_id: &'static str,
    pub(crate) interface: &'static str,
    pub(crate) region: String,
    pub(crate) url: String,
}

impl Service {
    /// One endpoint an interface. The id is the service's with another last digit.
    pub(crate) fn endpoints(&self, site: &Site, base: &Base) -> Vec<Endpoint> {
        let region = match self.reach {
            Reach::Region => site.region.clone(),
            Reach::Everywhere => "*".to_owned(),
        };
        let stem: String = self.id.chars().take(31).collect();
        let each = INTERFACES.iter().zip(["a", "b", "c"]);
        each.map(|(interface, last)| Endpoint {
            id: format!("{stem}{last}"),
            service_id: self.id,
            interface,
            region: region.clone(),
            url: format!("{}{}", base.url, self.path),
        })
        .collect()
    }
}

/// All services as the catalog of a token shows them.
pub(crate) fn catalog(site: &Site, base: &Base) -> Vec<CatalogView> {
    let view = |service: &Service| CatalogView {
        endpoints: service.endpoints(site, base).into_iter().map(endpoint_view).collect(),
        id: service.id.to_owned(),
        name: service.name.to_owned(),
        kind: service.kind.to_owned(),
    };
    SERVICES.iter().map(view).collect()
}

fn endpoint_view(endpoint: Endpoint) -> CatalogEndpointView {
    CatalogEndpointView {
        id: endpoint.id,
        interface: endpoint.interface.to_owned(),
        region: endpoint.region.clone(),
        region_id: endpoint.region,
        url: endpoint.url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Bases;
    use http::HeaderMap;

    #[test]
    fn ids_of_endpoints_are_unique() {
        let site = Site { region: "local-1".into(), base_url: None, secret_key_login: true };
        let base = Bases::new(&site).of(&site, &HeaderMap::new());
        let endpoints = SERVICES.iter().flat_map(|service| service.endpoints(&site, &base));
        let ids: std::collections::HashSet<_> = endpoints.map(|endpoint| endpoint.id).collect();
        assert_eq!(ids.len(), SERVICES.len() * INTERFACES.len());
    }
}
