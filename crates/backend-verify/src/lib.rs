//! For backends: lets through what the gateway signed with a signature key, and nothing else.
//!
//! A [`VerifyLayer`] goes around any tower service. It verifies the signature over the request as it arrived, takes the
//! body in within a bound, and puts [`FromGateway`] into the request's extensions. Everything else is answered with 401
//! and the reason as JSON, before the body is read wherever the head already tells. The clock is an argument; the
//! comparison takes constant time.
//!
//! It must stand where path and query still are what the client of this service sent: outside of routers that cut
//! prefixes off, and behind no proxy that rewrites targets or `Host`.
//!
//! ```
//! use bytes::Bytes;
//! use countersign_backend_verify::{Keys, VerifyLayer};
//! use countersign_types::{AccessKeyId, SecretKey, Timestamp};
//! use http::{Request, Response};
//! use http_body_util::Full;
//! use tower::{Layer, ServiceExt, service_fn};
//!
//! # async fn run() {
//! async fn hello(_: Request<Full<Bytes>>) -> Result<Response<Full<Bytes>>, std::io::Error> {
//!     Ok(Response::new(Full::from("hello")))
//! }
//! let keys = Keys::from([(AccessKeyId::parse("backend_key").unwrap(), SecretKey::new("backend_secret_1"))]);
//! let guarded = VerifyLayer::new(keys, || Timestamp::from_unix(1_767_323_045)).layer(service_fn(hello));
//! let answer = guarded.oneshot(Request::new(Full::<Bytes>::default())).await.unwrap();
//! assert_eq!(answer.status(), 401);
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run());
//! ```

mod check;
mod error;
mod head;
mod keys;
mod layer;
mod service;

pub use check::FromGateway;
pub use error::Refusal;
pub use keys::{KeySource, Keys};
pub use layer::VerifyLayer;
pub use service::Verify;
