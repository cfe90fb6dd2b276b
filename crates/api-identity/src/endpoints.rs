//! Which function serves which operation: the endpoint table.

use crate::answer::Answer;
use crate::call::Call;
use crate::contract::Operation;
use crate::refusal::Refusal;
use countersign_identity::Caller;

/// Serves one operation.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// For anybody; the body may carry credentials of its own.
    Open(fn(&Call) -> Result<Answer, Refusal>),
    /// For callers.
    Closed(fn(&Call, &Caller) -> Result<Answer, Refusal>),
}

/// Where a handler runs.
#[derive(Clone, Copy)]
pub(crate) enum Runs {
    /// On the blocking pool: it may write to the store or hash a password.
    Aside,
    /// Where the request was read, for the calls of which this is true: they only look at the view in memory, and
    /// the way to another thread would cost more than the answer.
    InPlace(fn(&Call) -> bool),
}

/// An operation by its name in the contract, and the function that serves it.
pub(crate) struct Endpoint {
    /// Name of the operation.
    pub(crate) operation: &'static str,
    /// Its function.
    pub(crate) handler: Handler,
    /// Where the function runs.
    pub(crate) runs: Runs,
}

impl Endpoint {
    /// The same, run in place.
    pub(crate) const fn in_place(self) -> Self {
        self.in_place_if(|_| true)
    }

    /// The same, run in place for the calls of which `only_reads` is true.
    pub(crate) const fn in_place_if(self, only_reads: fn(&Call) -> bool) -> Self {
        Self { runs: Runs::InPlace(only_reads), ..self }
    }
}

/// An entry of a folder's table, for anybody.
pub(crate) const fn open(operation: &'static str, handler: fn(&Call) -> Result<Answer, Refusal>) -> Endpoint {
    Endpoint { operation, handler: Handler::Open(handler), runs: Runs::Aside }
}

/// An entry of a folder's table, for callers.
pub(crate) const fn endpoint(
    operation: &'static str,
    handler: fn(&Call, &Caller) -> Result<Answer, Refusal>,
) -> Endpoint {
    Endpoint { operation, handler: Handler::Closed(handler), runs: Runs::Aside }
}

/// The tables of all folders.
const TABLES: &[&[Endpoint]] = &[
    crate::versions::ENDPOINTS,
    crate::v3::auth::ENDPOINTS,
    crate::v3::domains::ENDPOINTS,
    crate::v3::endpoints::ENDPOINTS,
    crate::v3::federation::ENDPOINTS,
    crate::v3::grants::ENDPOINTS,
    crate::v3::groups::ENDPOINTS,
    crate::v3::projects::ENDPOINTS,
    crate::v3::regions::ENDPOINTS,
    crate::v3::role_assignments::ENDPOINTS,
    crate::v3::roles::ENDPOINTS,
    crate::v3::services::ENDPOINTS,
    crate::v3::users::ENDPOINTS,
    crate::v3_0::agencies::ENDPOINTS,
    crate::v3_0::credentials::ENDPOINTS,
    crate::v3_0::id_tokens::ENDPOINTS,
    crate::v3_0::openid_connect_config::ENDPOINTS,
    crate::v3_0::roles::ENDPOINTS,
    crate::v3_0::role_assignments::ENDPOINTS,
    crate::v3_0::security_tokens::ENDPOINTS,
    crate::v3_0::users::ENDPOINTS,
    crate::v3_ext::projects::ENDPOINTS,
    crate::v5::ENDPOINTS,
];

/// The endpoint of this operation, if it is built.
pub(crate) fn find(operation: &Operation) -> Option<&'static Endpoint> {
    all().find(|endpoint| endpoint.operation == operation.name)
}

/// Everything that is built.
pub(crate) fn all() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OPERATIONS;
    use std::collections::HashSet;

    #[test]
    fn every_endpoint_serves_an_operation_of_the_contract_and_no_two_serve_the_same() {
        let mut seen = HashSet::new();
        for endpoint in all() {
            let is_known = OPERATIONS.iter().any(|operation| operation.name == endpoint.operation);
            assert!(is_known, "{} is unknown", endpoint.operation);
            assert!(seen.insert(endpoint.operation), "{} is served twice", endpoint.operation);
        }
    }

    #[test]
    fn only_these_operations_are_open_to_anybody() {
        let open = all().filter(|endpoint| matches!(endpoint.handler, Handler::Open(_)));
        let names: Vec<_> = open.map(|endpoint| endpoint.operation).collect();
        assert_eq!(
            names,
            [
                "KeystoneListVersions",
                "KeystoneShowVersion",
                "KeystoneCreateToken",
                "CreateUnscopedTokenWithIdToken",
                "CreateTokenWithIdToken",
                "CreateTemporaryAccessKey",
                "AssumeAgencyWithOIDC"
            ]
        );
    }
}
