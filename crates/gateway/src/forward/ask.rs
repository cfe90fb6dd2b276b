//! A question to a function: one exchange whose answer is read as a whole.

use super::{Repeatable, Streamed, exchange};
use crate::core::Core;
use countersign_types::code;
use http::StatusCode;
use std::{future::poll_fn, time::Duration};
use tokio::time::Instant;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unheard {
    /// The function cannot be reached, or does not speak HTTP.
    Unreachable,
    /// The whole answer did not come in time.
    Late,
    /// The answer is longer than it may be.
    TooLarge,
}

/// Asks, within `timeout` from here to the last byte of the answer.
pub(crate) async fn ask(
    core: &Core,
    question: &impl Repeatable,
    timeout: Duration,
    bytes_max: usize,
) -> Result<(StatusCode, Vec<u8>), Unheard> {
    let deadline = Instant::now() + timeout;
    let sent = exchange::send(core, question, deadline).await;
    let (response, connection) = sent.map_err(|reject| match reject.code {
        code::BACKEND_TIMEOUT => Unheard::Late,
        _ => Unheard::Unreachable,
    })?;
    let (head, body) = response.into_parts();
    let mut body = Streamed::new(body, connection, core.pool.way_back(question.origin()));
    let mut answer = Vec::new();
    while let Some(piece) = poll_fn(|cx| body.poll_piece(cx)).await {
        let piece = piece
            .map_err(|_| if Instant::now() < deadline { Unheard::Unreachable } else { Unheard::Late })?;
        if answer.len() + piece.len() > bytes_max {
            return Err(Unheard::TooLarge);
        }
        answer.extend_from_slice(&piece);
    }
    Ok((head.status, answer))
}
