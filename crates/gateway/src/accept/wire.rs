//! The client's socket, with the three things that the engine leaves to us: replaying the bytes that chose the
//! protocol, answering heads that the engine cannot read with the contract's body, and leaving politely when a
//! body was not read.

use super::{link::Link, peer::Peer};
use crate::{
    core::Core,
    gather::Gathering,
    observe,
    reject::{Reject, Stage},
};
use bytes::{Buf, Bytes};
use countersign_types::{Code, code};
use std::{
    io::{self, IoSlice},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

/// The protocols that share the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

/// The shortest beginning that only the HTTP/2 preface has (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI";

pub(crate) struct Wire<S> {
    stream: Gathering<S>,
    peer: Rc<Peer>,
    core: Rc<Core>,
    link: Rc<Link>,
    /// Read while sniffing, not yet given to the engine.
    replay: Bytes,
    /// What is written in place of the engine's own answer.
    instead: Option<Bytes>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// Reads until the protocol is clear. `None` when the client leaves before.
    pub(crate) async fn open(
        mut stream: S,
        peer: Rc<Peer>,
        core: Rc<Core>,
        link: Rc<Link>,
    ) -> Option<(Self, Protocol)> {
        let mut first = [0; PREFACE.len()];
        let mut filled = 0;
        while filled < first.len() && PREFACE.starts_with(first.get(..filled)?) {
            match stream.read(first.get_mut(filled..)?).await {
                Ok(read) if read > 0 => filled += read,
                _ => return None,
            }
        }
        let protocol = if first == PREFACE { Protocol::Http2 } else { Protocol::Http1 };
        let replay = Bytes::copy_from_slice(first.get(..filled)?);
        let stream = Gathering(stream);
        Some((Self { stream, peer, core, link, replay, instead: None }, protocol))
    }

    /// The engine writes on its own account only to refuse a head, always beginning with the status line.
    fn replace_refusal(&mut self, bytes: &[u8]) {
        if self.instead.is_none()
            && !self.link.is_answering()
            && let Some(code) = refused(bytes)
        {
            let reject = Reject::new(Stage::Accept, code, "malformed_head");
            self.instead = Some(observe::refuse_head(&self.core, &self.peer, &reject).into());
        }
    }

    /// Writes the replacement, if there is one; `true` when it is out and stands for all the engine wrote.
    fn poll_instead(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let Some(instead) = &mut self.instead else { return Poll::Ready(Ok(false)) };
        while instead.has_remaining() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, instead))?;
            instead.advance(written);
        }
        Poll::Ready(Ok(true))
    }

    fn note_write(&self, outcome: &Poll<io::Result<usize>>) {
        self.link.on_write(outcome.is_pending());
    }
}

fn refused(bytes: &[u8]) -> Option<Code> {
    match bytes.strip_prefix(b"HTTP/1.1 ")?.get(..3)? {
        b"400" => Some(code::BAD_REQUEST),
        b"414" => Some(code::TARGET_TOO_LARGE),
        b"431" => Some(code::HEADERS_TOO_LARGE),
        _ => None,
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.replay.has_remaining() {
            let taken = self.replay.len().min(buffer.remaining());
            buffer.put_slice(&self.replay.split_to(taken));
            return Poll::Ready(Ok(()));
        }
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if outcome.is_ready() {
            self.link.on_read();
        }
        outcome
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.replace_refusal(bytes);
        if ready!(self.poll_instead(cx))? {
            return Poll::Ready(Ok(bytes.len()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note_write(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(first) = slices.first() {
            self.replace_refusal(first);
        }
        if ready!(self.poll_instead(cx))? {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.note_write(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.link.on_flushed();
        Poll::Ready(Ok(()))
    }

    /// Closing a socket with unread bytes resets the connection, and the client may lose the answer that says
    /// why: so bytes are discarded until the client has read it and closes, or until the link runs out of time.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        if self.link.is_unread() || self.instead.is_some() {
            self.link.on_linger();
            let mut discarded = [0; 8 * 1024];
            loop {
                let mut buffer = ReadBuf::new(&mut discarded);
                ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
                if buffer.filled().is_empty() {
                    break;
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}
