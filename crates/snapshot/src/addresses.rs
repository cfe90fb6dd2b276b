//! Sets of IP addresses: what lists of addresses, networks and ranges describe.

use crate::error::Fault;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A set of IP addresses. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is the IPv4 address, in the set and when
/// it is looked up; `::/0` is all of IPv6 and nothing of IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressSet {
    v4: Ranges<u32>,
    v6: Ranges<u128>,
}

/// An entry of a list is neither an address nor a network nor a range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no IP address, network (192.0.2.0/24) or range (192.0.2.1-192.0.2.9)")]
pub struct InvalidAddress(pub String);

impl AddressSet {
    /// The addresses that the entries describe together. Each is one address, a network in CIDR notation, whose host
    /// bits do not matter, or a range of addresses from first to last; IPv4 or IPv6.
    ///
    /// # Errors
    /// The first entry that is none of these, or a range that ends before it begins.
    pub fn parse<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> Result<Self, InvalidAddress> {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for entry in entries {
            let entry = entry.as_ref();
            match range(entry).ok_or_else(|| InvalidAddress(entry.to_owned()))? {
                Range::V4(first, last) => v4.push((first, last)),
                Range::V6(first, last) => v6.push((first, last)),
            }
        }
        Ok(Self { v4: Ranges::new(v4), v6: Ranges::new(v6) })
    }

    /// The set of a source's list, which must not be empty.
    pub(crate) fn compile(entries: &[String]) -> Result<Self, Fault> {
        if entries.is_empty() {
            return Err(Fault::Blank("address list"));
        }
        Self::parse(entries).map_err(|_| Fault::Invalid("address list"))
    }

    /// Whether the address is in the set.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => self.v4.contains(address.to_bits()),
            IpAddr::V6(address) => self.v6.contains(address.to_bits()),
        }
    }
}

/// First and last address of an entry.
enum Range {
    V4(u32, u32),
    V6(u128, u128),
}

fn range(entry: &str) -> Option<Range> {
    if let Some((address, bits)) = entry.split_once('/') {
        return network(address.parse().ok()?, bits);
    }
    let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
    let (first, last): (IpAddr, IpAddr) = (first.parse().ok()?, last.parse().ok()?);
    match (first.to_canonical(), last.to_canonical()) {
        (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
            Some(Range::V4(first.to_bits(), last.to_bits()))
        }
        (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
            Some(Range::V6(first.to_bits(), last.to_bits()))
        }
        _ => None,
    }
}

/// The network of an address: its first `bits` bits are fixed.
fn network(address: IpAddr, bits: &str) -> Option<Range> {
    if !bits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bits: u32 = bits.parse().ok()?;
    match (address, address.to_canonical()) {
        (IpAddr::V4(address), _) => v4_network(address, bits),
        // A network that is larger than all of mapped IPv4 would be of both kinds.
        (IpAddr::V6(_), IpAddr::V4(address)) => v4_network(address, bits.checked_sub(96)?),
        (IpAddr::V6(address), IpAddr::V6(_)) => v6_network(address, bits),
    }
}

fn v4_network(address: Ipv4Addr, bits: u32) -> Option<Range> {
    let hosts = u32::MAX.checked_shr(bits).unwrap_or(0);
    let first = address.to_bits() & !hosts;
    (bits <= u32::BITS).then_some(Range::V4(first, first | hosts))
}

fn v6_network(address: Ipv6Addr, bits: u32) -> Option<Range> {
    let hosts = u128::MAX.checked_shr(bits).unwrap_or(0);
    let first = address.to_bits() & !hosts;
    (bits <= u128::BITS).then_some(Range::V6(first, first | hosts))
}

/// Ranges, sorted and disjoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Ranges<N>(Box<[(N, N)]>);

impl<N: Ord + Copy> Ranges<N> {
    fn new(mut ranges: Vec<(N, N)>) -> Self {
        ranges.sort_unstable();
        ranges.dedup_by(|(next, next_last), (_, last)| {
            let overlaps = next <= last;
            if overlaps {
                *last = (*last).max(*next_last);
            }
            overlaps
        });
        Self(ranges.into())
    }

    fn contains(&self, number: N) -> bool {
        let begun = self.0.partition_point(|(first, _)| *first <= number);
        let last_begun = begun.checked_sub(1).and_then(|at| self.0.get(at));
        last_begun.is_some_and(|(_, last)| number <= *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(entries: &str) -> AddressSet {
        AddressSet::parse(entries.split(',')).unwrap()
    }

    fn holds(entries: &str, address: &str) -> bool {
        set(entries).contains(address.parse().unwrap())
    }

    #[test]
    fn addresses_networks_and_ranges_hold_their_ends_and_nothing_beyond() {
        for (entry, inside, outside) in [
            ("192.0.2.7", ["192.0.2.7", "192.0.2.7"], ["192.0.2.6", "192.0.2.8"]),
            ("192.0.2.77/24", ["192.0.2.0", "192.0.2.255"], ["192.0.1.255", "192.0.3.0"]),
            ("192.0.2.1-192.0.2.9", ["192.0.2.1", "192.0.2.9"], ["192.0.2.0", "192.0.2.10"]),
            ("2001:db8::/32", ["2001:db8::", "2001:db8:ffff::1"], ["2001:db7:ffff::", "2001:db9::"]),
            ("::1-::9", ["::1", "::9"], ["::", "::a"]),
        ] {
            assert!(inside.iter().all(|address| holds(entry, address)), "{entry}");
            assert!(!outside.iter().any(|address| holds(entry, address)), "{entry}");
        }
    }

    #[test]
    fn the_widest_and_the_narrowest_network_are_networks() {
        assert!(holds("0.0.0.0/0", "255.255.255.255") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("::/0", "ffff::") && !holds("::/0", "1.2.3.4"));
        assert!(holds("1.2.3.4/32", "1.2.3.4") && !holds("1.2.3.4/32", "1.2.3.5"));
        assert!(holds("::1/128", "::1") && !holds("::1/128", "::2"));
    }

    #[test]
    fn ipv4_in_ipv6_clothes_is_ipv4() {
        for entry in ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.0/120", "::ffff:192.0.2.0-192.0.2.9"] {
            assert!(holds(entry, "192.0.2.1") && holds(entry, "::ffff:192.0.2.1"), "{entry}");
        }
    }

    #[test]
    fn whatever_is_no_address_is_refused() {
        for entry in [
            "",
            " 1.2.3.4",
            "1.2.3",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3.4/33",
            "1.2.3.4/-1",
            "1.2.3.4/+8",
            "1.2.3.4/",
            "1.2.3.4/8/8",
            "1.2.3.4/99999999999",
            "1.2.3.4-",
            "1.2.3.4-1.2.3.3",
            "1.2.3.4-1.2.3.5-1.2.3.6",
            "1.2.3.4-::5",
            "1.2.3.0/24-1.2.4.0/24",
            "::1/129",
            "::ffff:1.2.3.4/95",
            "fe80::1%eth0",
            "*",
            "example.com",
        ] {
            assert_eq!(AddressSet::parse([entry]), Err(InvalidAddress(entry.to_owned())), "{entry:?}");
        }
    }

    #[test]
    fn ranges_that_overlap_become_one() {
        assert_eq!(set("10.0.0.0-10.0.0.9,10.0.0.5-10.0.0.20,10.0.0.7"), set("10.0.0.0-10.0.0.20"));
    }
}
