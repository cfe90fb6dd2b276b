//! The body of an answer on its way to the client, with the record that ends when it does.

use super::record::Record;
use crate::answer::{Answer, Payload};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// A body that counts its bytes and completes its record.
pub(crate) struct Observed {
    payload: Payload,
    record: Box<Record>,
}

impl Observed {
    /// The answer as the engine takes it.
    pub(crate) fn response(answer: Answer, mut record: Box<Record>) -> http::Response<Self> {
        let Answer { status, headers, payload } = answer;
        record.note_head(&headers);
        let mut response = http::Response::new(Self { payload, record });
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

impl Body for Observed {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = match &mut self.payload {
            Payload::Full(bytes) if bytes.is_empty() => None,
            Payload::Full(bytes) => Some(Ok(std::mem::take(bytes))),
            Payload::Streamed(streamed) => ready!(streamed.poll_piece(cx)),
        };
        match &piece {
            Some(Ok(bytes)) => self.record.note_bytes(bytes.len()),
            Some(Err(_)) => {}
            None => self.record.note_complete(),
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.payload {
            Payload::Full(bytes) => bytes.is_empty(),
            Payload::Streamed(streamed) => streamed.is_complete(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.payload {
            Payload::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Payload::Streamed(streamed) => streamed.size_hint(),
        }
    }
}

/// The engine may drop a body that says it is at its end without polling it once more.
impl Drop for Observed {
    fn drop(&mut self) {
        if self.is_end_stream() {
            self.record.note_complete();
        }
    }
}
