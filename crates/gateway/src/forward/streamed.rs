//! The body of a backend's answer on its way to the client.

use super::{connection::Connection, pool::Return};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Holds the connection until the body ends; only then may another request have it.
pub(crate) struct Streamed {
    incoming: Incoming,
    lease: Option<(Connection, Return)>,
}

/// The API's timeout ended in the middle of the body: the client must see a broken answer, not a short one.
#[derive(Debug, thiserror::Error)]
#[error("the backend did not finish its answer in time")]
struct TooSlow;

type Next = Poll<Option<Result<Frame<Bytes>, hyper::Error>>>;

impl Streamed {
    pub(super) fn new(incoming: Incoming, connection: Connection, way_back: Return) -> Self {
        let mut streamed = Self { incoming, lease: Some((connection, way_back)) };
        streamed.release_if_complete();
        streamed
    }

    fn release_if_complete(&mut self) {
        if self.incoming.is_end_stream() {
            self.release();
        }
    }

    fn release(&mut self) {
        if let Some((connection, way_back)) = self.lease.take() {
            way_back.give_back(connection);
        }
    }

    /// The next piece; trailers end the body, they are for the connection they came on.
    pub(crate) fn poll_piece(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Box<dyn Error + Send + Sync>>>> {
        loop {
            let frame = match self.poll_frame(cx) {
                Ok(frame) => ready!(frame),
                Err(too_slow) => return Poll::Ready(Some(Err(too_slow.into()))),
            };
            match frame {
                Some(Ok(frame)) => {
                    self.release_if_complete();
                    if let Ok(piece) = frame.into_data() {
                        return Poll::Ready(Some(Ok(piece)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => {
                    self.release();
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// What is there already, else what the engine finds; an error when the time of the exchange is over.
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Result<Next, TooSlow> {
        let frame = Pin::new(&mut self.incoming).poll_frame(cx);
        let (Poll::Pending, Some((connection, _))) = (&frame, &mut self.lease) else { return Ok(frame) };
        connection.drive(cx);
        let frame = Pin::new(&mut self.incoming).poll_frame(cx);
        if frame.is_pending() && connection.poll_late(cx).is_ready() {
            self.lease = None;
            return Err(TooSlow);
        }
        Ok(frame)
    }

    /// Whether nothing is left to send.
    pub(crate) fn is_complete(&self) -> bool {
        self.incoming.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
