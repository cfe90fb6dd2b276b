//! Request ids: 32 hexadecimal digits, unique without asking anyone.

use bytes::Bytes;
use http::HeaderValue;
use std::{cell::Cell, io};

/// An odd constant: multiplying by it permutes the 64-bit numbers, so that successive ids look unrelated.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes ids from a random half that belongs to the worker and a permuted counter.
pub(crate) struct RequestIds {
    worker: u64,
    count: Cell<u64>,
}

/// The id of one request.
#[derive(Clone)]
pub(crate) struct RequestId(HeaderValue);

impl RequestIds {
    /// Takes both halves' starting points from the system.
    pub(crate) fn seeded() -> io::Result<Self> {
        let random = || getrandom::u64().map_err(io::Error::other);
        Ok(Self { worker: random()?, count: Cell::new(random()?) })
    }

    pub(crate) fn next(&self) -> RequestId {
        let count = self.count.get().wrapping_add(1);
        self.count.set(count);
        RequestId::from_halves(self.worker, count.wrapping_mul(SPREAD))
    }
}

impl RequestId {
    fn from_halves(left: u64, right: u64) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let number = u128::from(left) << 64 | u128::from(right);
        let digit = |position: usize| {
            let value = (number >> (124 - 4 * position)) as usize & 15;
            DIGITS.get(value).copied().unwrap_or(b'0')
        };
        let text: [u8; 32] = std::array::from_fn(digit);
        let text = HeaderValue::from_maybe_shared(Bytes::copy_from_slice(&text));
        Self(text.unwrap_or_else(|_| HeaderValue::from_static("")))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_32_lower_case_hex_digits_and_do_not_repeat() {
        let ids = RequestIds::seeded().unwrap();
        let made: HashSet<String> = (0..10_000).map(|_| ids.next().as_str().to_owned()).collect();
        assert_eq!(made.len(), 10_000);
        assert!(
            made.iter()
                .all(|id| id.len() == 32 && id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)))
        );
        assert_eq!(
            RequestId::from_halves(0x0123_4567_89ab_cdef, 1).as_str(),
            "0123456789abcdef0000000000000001"
        );
    }
}
