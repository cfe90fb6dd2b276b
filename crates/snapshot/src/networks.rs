//! Lists of addresses and networks.

use crate::error::Fault;
use std::net::IpAddr;

/// Addresses and networks (CIDR), of both families.
#[derive(Debug, Default)]
pub struct Networks(Box<[Network]>);

#[derive(Debug)]
struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Networks {
    /// Reads a list of addresses (`10.0.0.1`, `::1`) and networks (`10.0.0.0/8`).
    ///
    /// # Errors
    /// An entry that is neither, or an empty list.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, Fault> {
        let networks = texts.into_iter().map(Network::parse).collect::<Option<Box<[_]>>>();
        networks.filter(|networks| !networks.is_empty()).map(Self).ok_or(Fault::Invalid("list of addresses"))
    }

    /// Whether the address is in the list. An IPv4 address stays one when it is written as an IPv6 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(address))
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(left, right)| (left, Some(right)));
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let is_decimal = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = match prefix {
            Some(prefix) => Some(prefix).filter(is_decimal)?.parse().ok().filter(|prefix| *prefix <= most)?,
            None => most,
        };
        Some(Self { address, prefix })
    }

    fn contains(&self, address: IpAddr) -> bool {
        let differs_after = match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros(),
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros(),
            _ => return false,
        };
        differs_after >= self.prefix.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_the_addresses_that_share_their_prefix() {
        let networks = Networks::parse(["10.1.2.3/8", "192.0.2.7", "2001:db8::/32"]).unwrap();
        for inside in ["10.255.0.1", "192.0.2.7", "2001:db8:1::1", "::ffff:10.0.0.1"] {
            assert!(networks.contains(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["11.0.0.1", "192.0.2.8", "2001:db9::1", "::a00:1"] {
            assert!(!networks.contains(outside.parse().unwrap()), "{outside}");
        }
        assert!(Networks::parse(["0.0.0.0/0"]).unwrap().contains([9, 9, 9, 9].into()));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in
            ["", "10.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/+8", "a", "10.0.0.1-10.0.0.2"]
        {
            assert!(Networks::parse([bad]).is_err(), "{bad}");
        }
        assert!(Networks::parse([]).is_err());
    }
}
