//! The line: what happens to a request, in order. Everything else is a detail of one stage.

use crate::{
    accept::{self, Arrival},
    access,
    answer::Answer,
    authenticate::Authenticator,
    authorize,
    core::Core,
    cors, forward,
    known::Notes,
    observe::Record,
    reject::Reject,
    route::{self, Destination},
    snapshots::Served,
    throttle, transform,
};

/// Takes a request to its answer, and its record along.
pub(crate) async fn serve(core: &Core, arrival: Arrival, record: &mut Record) -> Answer {
    let debug = arrival.wants_debug_headers();
    let close = arrival.closes_when_unread();
    // One load: the request sees one configuration from here to its answer.
    let served = core.snapshots.get();
    let mut notes = Notes::new(record);
    let outcome = match Option::as_ref(&served) {
        Some(served) => proceed(core, served, arrival, &mut notes).await,
        None => Err(Reject::no_configuration()),
    };
    let Notes { record, known } = notes;
    let mut answer = outcome.unwrap_or_else(|reject| reject.answer(&known, record, close));
    cors::allow(known.cors(), &mut answer);
    answer.seal(record, debug);
    answer
}

async fn proceed<'s>(
    core: &'s Core,
    served: &'s Served,
    arrival: Arrival,
    notes: &mut Notes<'_, 's>,
) -> Result<Answer, Reject> {
    let snapshot = &*served.snapshot;
    // Sizes and framing: nothing below sees a request that could mean two things.
    let (request, body) = accept::admit(arrival)?;
    // Host: in whose house the call is, which may have answers of its own to refusals.
    let found = route::group(&request, snapshot)?;
    notes.group(found.group);
    // Environment, path, method: what is being called.
    let routed = match route::route(&request, snapshot, found)? {
        Destination::Api(routed) => routed,
        Destination::Tokens(endpoint) => return endpoint.serve(&request, body, snapshot).await,
    };
    notes.route(&routed);
    // From where: an address that the API's list keeps out is not even asked who it is.
    let entered = access::enter(routed)?;
    // Whether anybody's call would be let through: a limit that is used up costs no signature.
    throttle::foresee(core, served, &request, &entered, notes.record)?;
    // Who calls: token or signature is checked before the body is read, and the body against a signature after.
    let authenticator = Authenticator { core, snapshot };
    let (caller, body) = authenticator.authenticate(&request, &entered, body).await?;
    notes.caller(&caller, &body);
    // Whether the caller may.
    let permit = authorize::authorize(&request, snapshot, entered, caller)?;
    // How often the caller may: the call is counted against all of its limits, or against none.
    let counted = throttle::throttle(core, served, permit, notes.record)?;
    // What the backend is asked: declared parameters checked, mappings filled in, nothing of ours leaked; signed last,
    // over what is sent.
    let outgoing = transform::transform(core, request, counted, body).await?;
    // The exchange with the backend, or the mock's answer.
    forward::forward(core, outgoing, notes.record).await
}
