//! From a request to its handler: the line of the management plane.

use crate::answer::{Answer, refused, respond};
use crate::authenticate::{Claimed, KeySource};
use crate::call::Call;
use crate::contract::{OPERATIONS, Operation};
use crate::endpoints;
use crate::refusal::{Refusal, unknown_method, unknown_path};
use axum::Router;
use axum::extract::{RawPathParams, Request, State, rejection::RawPathParamsRejection};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use countersign_api_edge::read;
use countersign_control::Control;
use countersign_types::limits::MANAGEMENT_BODY_BYTES_MAX;
use std::sync::Arc;

struct Api {
    control: Arc<Control>,
    keys: Arc<dyn KeySource>,
}

/// The management API of gateways: every operation of the contract, built or not.
///
/// ```no_run
/// # fn serve(control: countersign_control::Control, keys: std::sync::Arc<dyn countersign_api_apig::KeySource>) {
/// let app: axum::Router = countersign_api_apig::router(control, keys);
/// # }
/// ```
pub fn router(control: Control, keys: Arc<dyn KeySource>) -> Router {
    let api = Arc::new(Api { control: Arc::new(control), keys });
    OPERATIONS
        .iter()
        .fold(Router::new(), route)
        .fallback(|State(api): State<Arc<Api>>| async move { api.refuse(unknown_path()) })
        .method_not_allowed_fallback(
            |State(api): State<Arc<Api>>| async move { api.refuse(unknown_method()) },
        )
        .with_state(api)
}

fn route(router: Router<Arc<Api>>, operation: &'static Operation) -> Router<Arc<Api>> {
    let method = MethodFilter::try_from(operation.method.clone()).expect("the table has plain methods only");
    let handler = move |State(api): State<Arc<Api>>,
                        parameters: Result<RawPathParams, RawPathParamsRejection>,
                        request: Request| async move {
        let request_id = api.control.hex_id();
        let outcome = match parameters {
            Ok(parameters) => serve(&api, operation, &parameters, request).await,
            Err(_) => Err(Refusal::BadPath),
        };
        respond(operation, &request_id, outcome)
    };
    router.route(operation.path, on(method, handler))
}

/// authenticate → read → run.
async fn serve(
    api: &Api,
    operation: &Operation,
    parameters: &RawPathParams,
    request: Request,
) -> Result<Answer, Refusal> {
    let (parts, body) = request.into_parts();
    let path: Vec<_> = parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let project = path.iter().find(|(name, _)| name == "project_id").map_or("", |(_, value)| value);
    let claimed = Claimed::check(&parts, project, api.keys.as_ref(), (api.control.now)())?;
    let body = read(body, MANAGEMENT_BODY_BYTES_MAX).await.map_err(Refusal::Unread)?;
    let principal = claimed.finish(&body)?;
    let handler = endpoints::handler(operation).ok_or(Refusal::NotBuilt(operation.name))?;
    let query =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let call = Call { control: Arc::clone(&api.control), principal, path, query, body };
    Ok(tokio::task::spawn_blocking(move || handler(&call)).await.map_err(Refusal::Fault)??)
}

impl Api {
    fn refuse(&self, (status, body): (http::StatusCode, countersign_api_types::ErrorBody)) -> Response {
        refused(status, &self.control.hex_id(), &body)
    }
}
