//! From a request to its handler: the line of the management plane.

use crate::answer::{Answer, refused, respond};
use crate::authenticate::Headed;
use crate::authorize::{enter, require};
use crate::call::{Call, find};
use crate::contract::{EXTENSIONS, OPERATIONS, Operation};
use crate::endpoints::{self, Endpoint};
use crate::refusal::{Refusal, Told, unknown_method, unknown_path};
use axum::Router;
use axum::extract::{RawPathParams, Request, State, rejection::RawPathParamsRejection};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use countersign_api_edge::read;
use countersign_control::Control;
use countersign_identity::Live;
use countersign_types::limits::MANAGEMENT_BODY_BYTES_MAX;
use http::header::CONTENT_TYPE;
use std::sync::Arc;

struct Api {
    control: Arc<Control>,
    live: Arc<Live>,
}

/// The management API of gateways: every operation of the contract, built or not, and our own.
///
/// ```no_run
/// # fn serve(control: countersign_control::Control, live: std::sync::Arc<countersign_identity::Live>) {
/// let app: axum::Router = countersign_api_apig::router(control, live);
/// # }
/// ```
pub fn router(control: Control, live: Arc<Live>) -> Router {
    let api = Arc::new(Api { control: Arc::new(control), live });
    OPERATIONS
        .iter()
        .chain(EXTENSIONS.iter())
        .fold(Router::new(), route)
        .fallback(|State(api): State<Arc<Api>>| async move { api.refuse(unknown_path()) })
        .method_not_allowed_fallback(
            |State(api): State<Arc<Api>>| async move { api.refuse(unknown_method()) },
        )
        .with_state(api)
}

/// An operation, and what serves it, if it is built.
#[derive(Clone, Copy)]
struct Served {
    operation: &'static Operation,
    endpoint: Option<&'static Endpoint>,
}

fn route(router: Router<Arc<Api>>, operation: &'static Operation) -> Router<Arc<Api>> {
    let method =
        MethodFilter::try_from(operation.entry.method.clone()).expect("the table has plain methods only");
    let served = Served { operation, endpoint: endpoints::find(operation) };
    let handler = move |State(api): State<Arc<Api>>,
                        parameters: Result<RawPathParams, RawPathParamsRejection>,
                        request: Request| async move {
        let request_id = api.control.hex_id();
        let outcome = match parameters {
            Ok(parameters) => served.serve(api, &parameters, request).await,
            Err(_) => Err(Refusal::BadPath),
        };
        respond(operation, &request_id, outcome)
    };
    router.route(operation.entry.path, on(method, handler))
}

impl Served {
    /// check the head → read → run. Checking may read the store, so it has to block elsewhere, as running does.
    async fn serve(
        self,
        api: Arc<Api>,
        parameters: &RawPathParams,
        request: Request,
    ) -> Result<Answer, Refusal> {
        let (head, body) = request.into_parts();
        let live = Arc::clone(&api.live);
        let headed = aside(move || Headed::check(head, &live)).await?;
        let bytes_max = self.endpoint.map_or(MANAGEMENT_BODY_BYTES_MAX, |endpoint| endpoint.body_bytes_max);
        let body = read(body, bytes_max).await.map_err(Refusal::Unread)?;
        let path = parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        aside(move || self.run(&api, headed, path, body)).await
    }

    /// authenticate → enter the project → require the action → handle.
    fn run(
        self,
        api: &Api,
        headed: Headed,
        path: Vec<(String, String)>,
        body: Bytes,
    ) -> Result<Answer, Refusal> {
        let (head, caller) = headed.finish(&body, &api.live)?;
        let project = find(&path, "project_id").unwrap_or_default();
        let caller = enter(caller, &*api.live.directory()?, project, &head.headers)?;
        let query = head.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let call = Call { control: Arc::clone(&api.control), caller, path, query, content_type, body };
        require(self.operation, self.endpoint, &call)?;
        let endpoint = self.endpoint.ok_or(Refusal::NotBuilt(self.operation.entry.name))?;
        Ok((endpoint.handler)(&call)?)
    }
}

/// Runs on the blocking pool.
async fn aside<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(run).await.map_err(Refusal::Fault)?
}

impl Api {
    fn refuse(&self, (status, body): Told) -> Response {
        refused(status, &self.control.hex_id(), &body)
    }
}
