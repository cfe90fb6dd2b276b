//! From a request to its handler.

use crate::answer::{Answer, refuse, respond};
use crate::base::Bases;
use crate::call::Call;
use crate::contract::{OPERATIONS, Operation, action};
use crate::endpoints::{self, Endpoint, Handler, Runs};
use crate::refusal::Refusal;
use crate::shape::Shape;
use crate::site::Site;
use crate::v5::authorization_message;
use axum::Router;
use axum::extract::{ConnectInfo, RawPathParams, Request, State, rejection::RawPathParamsRejection};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use countersign_api_edge::read;
use countersign_identity::{Caller, Live};
use http::Uri;
use std::net::SocketAddr;
use std::sync::Arc;

/// Largest body in bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;

#[derive(Clone)]
struct Api {
    live: Arc<Live>,
    site: Arc<Site>,
    bases: Arc<Bases>,
}

/// The identity API: every operation of the contract, built or not.
///
/// Served with [`axum::extract::ConnectInfo`] of a socket address, it counts wrong passwords by source.
///
/// ```no_run
/// # fn serve(live: std::sync::Arc<countersign_identity::Live>) {
/// use countersign_api_identity::{Site, router};
/// let site = Site { region: "local-1".into(), base_url: None, secret_key_login: true };
/// let app: axum::Router = router(live, site);
/// # }
/// ```
pub fn router(live: Arc<Live>, site: Site) -> Router {
    OPERATIONS
        .iter()
        .fold(Router::new(), route)
        .fallback(|State(api): State<Api>, uri: Uri| async move { api.refuse(&Refusal::UnknownPath, &uri) })
        .method_not_allowed_fallback(|State(api): State<Api>, uri: Uri| async move {
            api.refuse(&Refusal::UnknownMethod, &uri)
        })
        .with_state(Api { live, bases: Arc::new(Bases::new(&site)), site: Arc::new(site) })
}

/// An operation, and what serves it, if it is built.
#[derive(Clone, Copy)]
struct Served {
    operation: &'static Operation,
    endpoint: Option<&'static Endpoint>,
}

fn route(router: Router<Api>, operation: &'static Operation) -> Router<Api> {
    let method = MethodFilter::try_from(operation.method.clone()).expect("the table has plain methods only");
    let served = Served { operation, endpoint: endpoints::find(operation) };
    let handler = move |State(api): State<Api>,
                        parameters: Result<RawPathParams, RawPathParamsRejection>,
                        request: Request| async move {
        let request_id = api.live.identity().hex_id();
        let outcome = match parameters {
            Ok(parameters) => served.serve(&api, &parameters, request).await,
            Err(_) => Err(Refusal::BadPath),
        };
        respond(operation, &request_id, outcome)
    };
    let router = router.route(operation.path, on(method, handler));
    // Clients that are given an address with a slash at the end ask for the version there.
    if operation.path == "/v3" { router.route("/v3/", on(method, handler)) } else { router }
}

impl Served {
    /// read → authenticate → run; what may block after reading runs aside.
    async fn serve(self, api: &Api, parameters: &RawPathParams, request: Request) -> Result<Answer, Refusal> {
        let call = call(api, parameters, request).await?;
        if self.runs_in_place(&call) {
            self.run(&call)
        } else {
            tokio::task::spawn_blocking(move || self.run(&call)).await.map_err(Refusal::Fault)?
        }
    }

    fn runs_in_place(self, call: &Call) -> bool {
        let runs = self.endpoint.map_or(Runs::Aside, |endpoint| endpoint.runs);
        matches!(runs, Runs::InPlace(only_reads) if only_reads(call)) && call.live.is_current()
    }

    fn run(self, call: &Call) -> Result<Answer, Refusal> {
        match self.endpoint.map(|endpoint| endpoint.handler) {
            Some(Handler::Open(handler)) => handler(call),
            Some(Handler::Closed(handler)) => {
                let caller = call.caller()?;
                handler(call, &caller).map_err(|refusal| self.explain(call, &caller, refusal))
            }
            None => {
                let caller = call.caller()?;
                if let Some(action) = action(self.operation) {
                    caller.require(action, &caller.resource("*", "*"))?;
                }
                Err(Refusal::NotBuilt(self.operation.name))
            }
        }
    }

    /// In version 5 a denial carries a message about it.
    fn explain(self, call: &Call, caller: &Caller, refusal: Refusal) -> Refusal {
        let is_told = Shape::of(self.operation.path, &refusal) == Shape::IamV5;
        if is_told { authorization_message::encode(call, caller, refusal) } else { refusal }
    }
}

async fn call(api: &Api, parameters: &RawPathParams, request: Request) -> Result<Call, Refusal> {
    let (head, body) = request.into_parts();
    let body = read(body, BODY_BYTES_MAX).await.map_err(Refusal::Unread)?;
    let query = head.uri.query().unwrap_or_default();
    Ok(Call {
        live: Arc::clone(&api.live),
        site: Arc::clone(&api.site),
        base: api.bases.of(&api.site, &head.headers),
        source: head.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()),
        path: parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        head,
        body,
    })
}

impl Api {
    fn refuse(&self, refusal: &Refusal, uri: &Uri) -> Response {
        refuse(refusal, uri.path(), &self.live.identity().hex_id())
    }
}
