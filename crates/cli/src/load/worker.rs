//! One connection, and the plan that all of them follow.

use super::tally::Tally;
use crate::clock;
use crate::outgoing::Outgoing;
use crate::transport::{self, Sender};
use anyhow::Context;
use countersign_sign::Signer;
use http_body_util::BodyExt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How long a failed worker waits before it connects again, so that a server that is away is not hammered.
const PAUSE: Duration = Duration::from_millis(100);

/// How many requests there are, and when each is due.
pub(super) struct Plan {
    requests: Option<u64>,
    start: Instant,
    until: Instant,
    rate: Option<NonZeroU32>,
    taken: AtomicU64,
    done: AtomicU64,
    is_stopped: AtomicBool,
}

impl Plan {
    /// `requests` in all, or as many as fit until then.
    pub(super) fn new(requests: Option<u64>, until: Instant, rate: Option<NonZeroU32>) -> Self {
        let zero = AtomicU64::default;
        let is_stopped = AtomicBool::default();
        Self { requests, start: Instant::now(), until, rate, taken: zero(), done: zero(), is_stopped }
    }

    pub(super) const fn requests(&self) -> Option<u64> {
        self.requests
    }

    pub(super) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// No further request is begun.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// When the next request is due, if there is one. Without a rate it is due now.
    fn next(&self) -> Option<Instant> {
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        let due = self.rate.map_or(now, |rate| {
            self.start + Duration::from_secs(1).mul_f64(number as f64 / f64::from(rate.get()))
        });
        let is_left = match self.requests {
            Some(requests) => number < requests,
            None => due.max(now) < self.until,
        };
        (is_left && !self.is_stopped.load(Ordering::Relaxed)).then_some(due)
    }
}

/// One connection's share of the work.
#[derive(Clone)]
pub(super) struct Worker {
    pub(super) outgoing: Outgoing,
    pub(super) signer: Signer,
    pub(super) plan: Arc<Plan>,
}

impl Worker {
    /// Sends until the plan is done.
    pub(super) async fn run(mut self) -> Tally {
        let (mut tally, mut connection) = (Tally::default(), None);
        let plan = Arc::clone(&self.plan);
        while let Some(due) = plan.next() {
            sleep_until(due).await;
            match self.exchange(&mut connection).await {
                Ok((status, bytes)) => {
                    let microseconds = due.elapsed().as_micros();
                    tally.answered(status, bytes, u64::try_from(microseconds).unwrap_or(u64::MAX));
                }
                Err(error) => {
                    connection = None;
                    tally.failed(&error);
                    sleep_until(Instant::now() + PAUSE).await;
                }
            }
            plan.done.fetch_add(1, Ordering::Relaxed);
        }
        tally
    }

    /// One request, signed now. The status, and the bytes of the body, which is read to its end.
    async fn exchange(&mut self, connection: &mut Option<Sender>) -> anyhow::Result<(u16, u64)> {
        self.outgoing.signing_time = clock::now()?;
        let signed = self.outgoing.sign(&self.signer)?;
        let request = self.outgoing.to_http(&signed.headers)?;
        let sender = match connection {
            Some(sender) if !sender.is_closed() => sender,
            _ => connection.insert(transport::connect(&self.outgoing.url).await?),
        };
        sender.ready().await.context("the server closed the connection")?;
        let answer = sender.send_request(request).await.context("the server gave no answer")?;
        let status = answer.status().as_u16();
        let mut body = answer.into_body();
        let mut bytes = 0;
        while let Some(frame) = body.frame().await {
            bytes += frame.context("the answer broke off")?.data_ref().map_or(0, |data| data.len() as u64);
        }
        Ok((status, bytes))
    }
}
