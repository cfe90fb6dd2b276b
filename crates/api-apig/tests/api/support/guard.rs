//! What the guard of an operation says to a caller.

use super::contract::{Operation, extensions, operations};
use super::people::Person;
use super::{Api, PROJECT, Reply, now, sign_with};
use axum::body::Body;
use countersign_sign::Signer;
use countersign_types::Token;
use http::Request;

/// What a guard decides. What a use-case then says about the ids in the path is no matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nobody was authenticated.
    Unauthenticated,
    /// The caller may not do this.
    Forbidden,
    /// The guard let the request pass.
    Passed,
}

/// What the code says: two codes are told to callers without a credential, two to those without a right.
pub(crate) fn outcome(operation: &Operation, reply: &Reply) -> Outcome {
    match reply.refusal() {
        (401, "APIG.1000" | "APIC.7100") => Outcome::Unauthenticated,
        (403, "APIG.1005" | "APIC.7106") => Outcome::Forbidden,
        (401 | 405 | 500, _) => panic!("{} {}", operation.name, reply.body),
        _ => Outcome::Passed,
    }
}

/// The path of the operation on the built-in gateway, with some id for everything else.
fn target(operation: &Operation, api: &Api) -> String {
    let path = operation.path.replace("{project_id}", PROJECT);
    let path = path.replace("{instance_id}", api.instance.id.as_str());
    let part = |part| if str::starts_with(part, '{') { "someid" } else { part };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// All operations, ours too, the one last that takes the gateway away from the others.
pub(crate) fn all() -> Vec<Operation> {
    let mut all = operations();
    all.extend(extensions());
    all.sort_by_key(|operation| operation.name == "DeleteInstancesV2");
    all
}

/// How a caller shows who it is.
pub(crate) enum Shows {
    Nothing,
    Signature(Signer),
    Token(Token),
}

impl Shows {
    pub(crate) fn key(person: &Person) -> Self {
        Self::Signature(person.signer())
    }

    pub(crate) fn temporary_key(api: &Api, person: &Person) -> Self {
        let (signer, token) = person.temporary(&api.live);
        Self::Signature(signer.security_token(token))
    }

    pub(crate) fn token(api: &Api, person: &Person, project: &str) -> Self {
        Self::Token(person.token_in(&api.live, project))
    }

    fn request(&self, method: &str, target: &str) -> Request<Body> {
        let plain = Request::builder().method(method).uri(target);
        match self {
            Self::Nothing => plain.body(Body::empty()).unwrap(),
            Self::Token(token) => plain.header("x-auth-token", token.expose()).body(Body::empty()).unwrap(),
            Self::Signature(signer) => sign_with(signer, now(), (method, target), Vec::new()),
        }
    }
}

impl Api {
    /// Calls the operation in the project of the tests, without a body.
    pub(crate) async fn ask(&self, shows: &Shows, operation: &Operation) -> Outcome {
        let request = shows.request(operation.method, &target(operation, self));
        outcome(operation, &self.send(request).await)
    }
}
