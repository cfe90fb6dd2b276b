//! What calls amount to: counted by the data plane, shown by the management API.

use std::time::Duration;

/// Sums and maxima over calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls.
    pub calls: u32,
    /// Those answered with 2xx, whoever answered.
    pub status_2xx: u32,
    /// Those answered with 4xx, and those whose client left before the answer.
    pub status_4xx: u32,
    /// Those answered with 5xx.
    pub status_5xx: u32,
    /// Those for which a backend was asked.
    pub exchanges: u32,
    /// Longest call, from arrival to the end of the answer, in microseconds.
    pub longest_us: u32,
    /// Longest part of a call that was not the backend's, in microseconds.
    pub longest_inner_us: u32,
    /// Longest wait for a backend's head, in microseconds.
    pub longest_upstream_us: u32,
    /// All calls together, in microseconds.
    pub total_us: u64,
    /// All waits for backends together, in microseconds.
    pub upstream_us: u64,
    /// Bytes from clients: heads as HTTP/1.1 spells them, and bodies.
    pub bytes_in: u64,
    /// Bytes to clients, likewise.
    pub bytes_out: u64,
}

impl Tally {
    /// One call: its status, how long it took, how much of that was a backend's, and its bytes in and out.
    #[must_use]
    pub fn of(
        status: u16,
        total: Duration,
        upstream: Option<Duration>,
        (bytes_in, bytes_out): (u64, u64),
    ) -> Self {
        let is_class = |class| u32::from(status / 100 == class);
        let (total_us, upstream_us) = (micros(total), upstream.map_or(0, micros));
        let short = |micros: u64| u32::try_from(micros).unwrap_or(u32::MAX);
        Self {
            calls: 1,
            status_2xx: is_class(2),
            status_4xx: is_class(4),
            status_5xx: is_class(5),
            exchanges: upstream.is_some().into(),
            longest_us: short(total_us),
            longest_inner_us: short(total_us.saturating_sub(upstream_us)),
            longest_upstream_us: short(upstream_us),
            total_us,
            upstream_us,
            bytes_in,
            bytes_out,
        }
    }

    /// Takes the other one in.
    pub fn add(&mut self, other: &Self) {
        let counts = [
            (&mut self.calls, other.calls),
            (&mut self.status_2xx, other.status_2xx),
            (&mut self.status_4xx, other.status_4xx),
            (&mut self.status_5xx, other.status_5xx),
            (&mut self.exchanges, other.exchanges),
        ];
        counts.into_iter().for_each(|(own, more)| *own = own.saturating_add(more));
        let longest = [
            (&mut self.longest_us, other.longest_us),
            (&mut self.longest_inner_us, other.longest_inner_us),
            (&mut self.longest_upstream_us, other.longest_upstream_us),
        ];
        longest.into_iter().for_each(|(own, more)| *own = (*own).max(more));
        let sums = [
            (&mut self.total_us, other.total_us),
            (&mut self.upstream_us, other.upstream_us),
            (&mut self.bytes_in, other.bytes_in),
            (&mut self.bytes_out, other.bytes_out),
        ];
        sums.into_iter().for_each(|(own, more)| *own = own.saturating_add(more));
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Bytes that went through a gateway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// From clients.
    pub from_clients: u64,
    /// To clients.
    pub to_clients: u64,
    /// From backends.
    pub from_backends: u64,
    /// To backends.
    pub to_backends: u64,
}

impl Traffic {
    /// Takes the other one in.
    pub fn add(&mut self, other: &Self) {
        let sums = [
            (&mut self.from_clients, other.from_clients),
            (&mut self.to_clients, other.to_clients),
            (&mut self.from_backends, other.from_backends),
            (&mut self.to_backends, other.to_backends),
        ];
        sums.into_iter().for_each(|(own, more)| *own = own.saturating_add(more));
    }
}
