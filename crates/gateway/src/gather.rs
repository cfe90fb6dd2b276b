//! Small messages in one piece: a vectored system call costs more than copying a few hundred bytes.

use smallvec::SmallVec;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Head and body together up to this size are copied; beyond, copying would cost more than it saves.
const COPIED_BYTES_MAX: usize = 2 * 1024;

/// A stream that writes several small slices as one.
pub(crate) struct Gathering<T>(pub(crate) T);

impl<T: AsyncRead + Unpin> AsyncRead for Gathering<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Gathering<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let stream = Pin::new(&mut self.0);
        if let [only] = slices {
            return stream.poll_write(cx, only);
        }
        if slices.iter().map(|slice| slice.len()).sum::<usize>() > COPIED_BYTES_MAX {
            return stream.poll_write_vectored(cx, slices);
        }
        let mut message: SmallVec<[u8; COPIED_BYTES_MAX]> = SmallVec::new();
        for slice in slices {
            message.extend_from_slice(slice);
        }
        stream.poll_write(cx, &message)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remembers the sizes of single writes, and takes everything.
    #[derive(Default)]
    struct Writes {
        single: Vec<Vec<u8>>,
        vectored: usize,
    }

    impl AsyncWrite for Writes {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.single.push(bytes.to_vec());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_write_vectored(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            slices: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            self.vectored += 1;
            Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn write(slices: &[&[u8]]) -> Writes {
        let mut stream = Gathering(Writes::default());
        let slices: Vec<_> = slices.iter().map(|slice| IoSlice::new(slice)).collect();
        let written = Pin::new(&mut stream)
            .poll_write_vectored(&mut Context::from_waker(std::task::Waker::noop()), &slices);
        let all: usize = slices.iter().map(|slice| slice.len()).sum();
        assert!(matches!(written, Poll::Ready(Ok(bytes)) if bytes == all));
        stream.0
    }

    #[test]
    fn small_slices_leave_together_in_order() {
        assert_eq!(write(&[b"head", b"", b"body"]).single, [b"headbody"]);
        assert_eq!(write(&[b"alone"]).single, [b"alone"]);
    }

    #[test]
    fn large_slices_are_not_copied() {
        let large = write(&[b"head", &[0; COPIED_BYTES_MAX]]);
        assert!(large.single.is_empty());
        assert_eq!(large.vectored, 1);
    }
}
