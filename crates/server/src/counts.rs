//! What the gateway counted and diagnosed, for the management API.

use countersign_control::diagnosis::{Diagnosed, Mistake, Refusals};
use countersign_control::statistics::CallCounts;
use countersign_gateway::{CallBook, DiagnosedRefusal, RefusalBook};
use countersign_types::{ApiId, InstanceId, Tally, Traffic};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The gateway's call book, once there is one.
#[derive(Default)]
pub(crate) struct GatewayCounts {
    book: OnceLock<CallBook>,
}

impl GatewayCounts {
    /// Tells what the gateway writes.
    pub(crate) fn set_book(&self, book: CallBook) {
        // A second gateway in one process does not exist.
        let _already_set = self.book.set(book);
    }
}

/// The gateway's book of diagnosed refusals, once there is one.
#[derive(Default)]
pub(crate) struct GatewayRefusals {
    book: OnceLock<RefusalBook>,
}

impl GatewayRefusals {
    /// Tells what the gateway writes.
    pub(crate) fn set_book(&self, book: RefusalBook) {
        // A second gateway in one process does not exist.
        let _already_set = self.book.set(book);
    }
}

impl Refusals for GatewayRefusals {
    fn find(&self, gateway: &InstanceId, request_id: &str) -> Option<Diagnosed> {
        self.book.get()?.find(gateway, request_id).map(diagnosed)
    }
}

fn diagnosed(refusal: DiagnosedRefusal) -> Diagnosed {
    let DiagnosedRefusal { request_id, time, api_id, why, .. } = refusal;
    let mistake = |named: &countersign_gateway::Named| Mistake {
        code: named.mistake.code(),
        sentence: named.mistake.sentence(),
        remedy: named.mistake.remedy(),
        particular: named.particular.clone(),
    };
    let mistakes = why.diagnosis.named().iter().map(mistake).collect();
    let (code, sentence) = (why.diagnosis.code(), why.diagnosis.sentence());
    let (expected, signed) =
        why.diagnosis.detail.map_or((None, None), |detail| (Some(detail.expected), detail.signed));
    Diagnosed {
        request_id: request_id.into(),
        time,
        api_id,
        access_key: why.access_key.into(),
        code,
        sentence,
        mistakes,
        canonical_request: expected,
        signed_canonical_request: signed,
    }
}

impl CallCounts for GatewayCounts {
    fn calls(&self, apis: &[ApiId]) -> BTreeMap<u64, Tally> {
        self.book.get().map(|book| book.calls(apis)).unwrap_or_default()
    }

    fn traffic(&self, gateway: &InstanceId) -> BTreeMap<u64, Traffic> {
        self.book.get().map(|book| book.traffic(gateway)).unwrap_or_default()
    }

    fn since(&self) -> Option<u64> {
        self.book.get().map(CallBook::since)
    }
}
