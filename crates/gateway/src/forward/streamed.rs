//! The body of a backend's answer on its way to the client.

use super::pool::{Connection, Return};
use bytes::Bytes;
use http_body::{Body, SizeHint};
use hyper::body::Incoming;
use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::Sleep;

/// Holds the connection until the body ends; only then may another request have it.
pub(crate) struct Streamed {
    incoming: Incoming,
    deadline: Pin<Box<Sleep>>,
    lease: Option<(Connection, Return)>,
}

/// The API's timeout ended in the middle of the body: the client must see a broken answer, not a short one.
#[derive(Debug, thiserror::Error)]
#[error("the backend did not finish its answer in time")]
struct TooSlow;

impl Streamed {
    pub(super) fn new(
        incoming: Incoming,
        deadline: Pin<Box<Sleep>>,
        connection: Connection,
        way_back: Return,
    ) -> Self {
        let mut streamed = Self { incoming, deadline, lease: Some((connection, way_back)) };
        streamed.release_if_complete();
        streamed
    }

    fn release_if_complete(&mut self) {
        if self.incoming.is_end_stream()
            && let Some((connection, way_back)) = self.lease.take()
        {
            way_back.give_back(connection);
        }
    }

    /// The next piece; trailers end the body, they are for the connection they came on.
    pub(crate) fn poll_piece(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Box<dyn Error + Send + Sync>>>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) else {
                ready!(self.deadline.as_mut().poll(cx));
                self.lease = None;
                return Poll::Ready(Some(Err(TooSlow.into())));
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
                    if let Some((connection, way_back)) = self.lease.take() {
                        way_back.give_back(connection);
                    }
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// Whether nothing is left to send.
    pub(crate) fn is_complete(&self) -> bool {
        self.incoming.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
