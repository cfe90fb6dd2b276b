//! Refusals that were diagnosed: the last ones of all workers, for the operator.

use countersign_diagnosis::Diagnosis;
use countersign_types::{ApiId, InstanceId, Timestamp};
use std::{
    cell::RefCell,
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
};

/// How many are remembered; heads that are diagnosed are small, so that one takes a few kilobytes.
const REMEMBERED_MAX: usize = 256;

/// A refusal, and why.
#[derive(Debug, Clone)]
pub struct DiagnosedRefusal {
    /// Id of the request.
    pub request_id: Box<str>,
    /// When it arrived.
    pub time: Timestamp,
    /// The gateway that was called.
    pub gateway: InstanceId,
    /// The API that was called.
    pub api_id: ApiId,
    /// What was found.
    pub why: Why,
}

/// What was found out about a refused signature.
#[derive(Debug, Clone)]
pub struct Why {
    /// The access key that it names; empty if there is no such key.
    pub access_key: Box<str>,
    /// The mistake.
    pub diagnosis: Diagnosis,
}

/// The last diagnosed refusals. Clones share them, and stay valid after shutdown.
#[derive(Debug, Clone, Default)]
pub struct RefusalBook(Arc<Mutex<VecDeque<DiagnosedRefusal>>>);

impl RefusalBook {
    /// The refusal of this request, if it is remembered.
    #[must_use]
    pub fn find(&self, gateway: &InstanceId, request_id: &str) -> Option<DiagnosedRefusal> {
        let refusals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_meant =
            |refusal: &&DiagnosedRefusal| *refusal.request_id == *request_id && refusal.gateway == *gateway;
        refusals.iter().rev().find(is_meant).cloned()
    }
}

/// The refusals that one worker has not handed over yet.
pub(crate) struct RefusalNotes {
    book: RefusalBook,
    pending: RefCell<Vec<DiagnosedRefusal>>,
}

impl RefusalNotes {
    pub(crate) fn new(book: RefusalBook) -> Self {
        Self { book, pending: RefCell::default() }
    }

    /// Notes a refusal in the log and in the book.
    pub(super) fn note(&self, refusal: DiagnosedRefusal) {
        let DiagnosedRefusal { request_id, gateway, api_id, why, .. } = &refusal;
        let detail = why.diagnosis.detail.as_ref();
        tracing::info!(
            request_id = &**request_id,
            gateway = gateway.as_str(),
            api_id = api_id.as_str(),
            access_key = ?why.access_key,
            code = why.diagnosis.code(),
            particulars = ?why.diagnosis.named(),
            canonical_request = ?detail.map(|detail| &detail.expected),
            signed_canonical_request = ?detail.and_then(|detail| detail.signed.as_ref()),
            "a refused signature was diagnosed"
        );
        self.pending.borrow_mut().push(refusal);
        self.on_tick();
    }

    /// Hands over what there is. A worker never waits: when somebody else has the book, the next second will do.
    pub(crate) fn on_tick(&self) {
        if self.pending.borrow().is_empty() {
            return;
        }
        match self.book.0.try_lock() {
            Ok(refusals) => self.hand_over(refusals),
            Err(TryLockError::Poisoned(poisoned)) => self.hand_over(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => {}
        }
    }

    fn hand_over(&self, mut refusals: MutexGuard<'_, VecDeque<DiagnosedRefusal>>) {
        refusals.extend(self.pending.borrow_mut().drain(..));
        let excess = refusals.len().saturating_sub(REMEMBERED_MAX);
        refusals.drain(..excess);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_diagnosis::Verdict;

    fn refusal(number: usize) -> DiagnosedRefusal {
        let diagnosis = Diagnosis {
            verdict: Verdict::Refused(Vec::new()),
            detail: None,
            hashes: 0,
            was_cut_short: false,
        };
        DiagnosedRefusal {
            request_id: number.to_string().into(),
            time: Timestamp::from_unix(0),
            gateway: InstanceId::parse("gateway").unwrap(),
            api_id: ApiId::parse("api").unwrap(),
            why: Why { access_key: "key".into(), diagnosis },
        }
    }

    #[test]
    fn the_last_refusals_are_found_on_their_gateway_and_the_oldest_go() {
        let book = RefusalBook::default();
        let notes = RefusalNotes::new(book.clone());
        (0..=REMEMBERED_MAX).for_each(|number| notes.note(refusal(number)));
        let (own, other) = (InstanceId::parse("gateway").unwrap(), InstanceId::parse("other").unwrap());
        assert!(book.find(&own, "0").is_none());
        assert!(book.find(&own, "1").is_some());
        assert!(book.find(&other, "1").is_none());
    }

    #[test]
    fn a_worker_keeps_its_refusals_while_somebody_reads() {
        let book = RefusalBook::default();
        let notes = RefusalNotes::new(book.clone());
        let reading = book.0.lock().unwrap();
        notes.note(refusal(7));
        drop(reading);
        let gateway = InstanceId::parse("gateway").unwrap();
        assert!(book.find(&gateway, "7").is_none());
        notes.on_tick();
        assert!(book.find(&gateway, "7").is_some());
    }
}
