use super::*;
use proptest::{prelude::*, sample::subsequence};

const IDS: [&str; 4] = ["id-a", "id-b", "id-c", "id-d"];
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// An entry of a list of addresses, before it is written.
#[derive(Debug, Clone)]
enum Entry {
    One(IpAddr),
    Network(IpAddr, usize),
    Range(IpAddr, IpAddr),
}

impl Entry {
    fn text(&self) -> String {
        match self {
            Self::One(address) => address.to_string(),
            Self::Network(address, bits) => format!("{address}/{bits}"),
            Self::Range(first, last) => format!("{first}-{last}"),
        }
    }

    /// By the digits, as one would with pencil and paper.
    fn holds(&self, address: IpAddr) -> bool {
        let same_family = |other: &IpAddr| other.is_ipv4() == address.is_ipv4();
        match self {
            Self::One(own) => *own == address,
            Self::Network(own, bits) => {
                same_family(own) && digits(*own).get(..*bits) == digits(address).get(..*bits)
            }
            Self::Range(first, last) => {
                same_family(first) && digits(*first) <= digits(address) && digits(address) <= digits(*last)
            }
        }
    }
}

/// The address in binary digits.
fn digits(address: IpAddr) -> String {
    let octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    octets.iter().map(|octet| format!("{octet:08b}")).collect()
}

/// Few addresses close to each other, so that lists meet them.
fn address() -> impl Strategy<Value = IpAddr> {
    let v4 = (0..4_u8, 0..4_u8).prop_map(|(net, host)| IpAddr::from([192, 0, net, host]));
    let v6 =
        (0..4_u16, 0..4_u16).prop_map(|(net, host)| IpAddr::from([0x2001, 0xdb8, net, 0, 0, 0, 0, host]));
    prop_oneof![3 => v4, 1 => v6]
}

fn entry() -> impl Strategy<Value = Entry> {
    let network = (address(), 0..=128_usize).prop_map(|(address, bits)| {
        // Mostly around where the addresses differ.
        let most = if address.is_ipv4() { 32 } else { 128 };
        Entry::Network(address, if bits < 4 { bits } else { most - bits % 24 })
    });
    let range = (address(), address()).prop_filter_map("families differ", |(one, other)| {
        let (first, last) = if one <= other { (one, other) } else { (other, one) };
        (first.is_ipv4() == last.is_ipv4()).then_some(Entry::Range(first, last))
    });
    prop_oneof![address().prop_map(Entry::One), network, range]
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![Just(Rule::Permit), Just(Rule::Deny)]
}

/// A list of some of these names; or none.
fn some_of(names: [&'static str; 4]) -> impl Strategy<Value = Option<(Rule, Vec<&'static str>)>> {
    proptest::option::of((rule(), subsequence(names.to_vec(), 1..=3)))
}

fn source_of<T: ToString>(list: Option<&(Rule, Vec<T>)>) -> Option<AccessList> {
    list.map(|(rule, entries)| AccessList {
        rule: *rule,
        entries: entries.iter().map(ToString::to_string).collect(),
    })
}

/// What the documents say of lists of accounts: whitelists alone count when there is one, else the blacklists.
fn accounts_pass(lists: &[(Rule, bool)]) -> bool {
    let on = |wanted: Rule| lists.iter().filter(move |(rule, _)| *rule == wanted).map(|(_, listed)| *listed);
    if on(Rule::Permit).next().is_some() {
        on(Rule::Permit).all(|listed| listed)
    } else {
        !on(Rule::Deny).any(|listed| listed)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn lists_of_addresses_and_accounts_combine_as_documented(
        addresses in proptest::option::of((rule(), prop::collection::vec(entry(), 1..6))),
        (names, ids) in (some_of(NAMES), some_of(IDS)),
        caller in address(),
        number in proptest::option::of(0..4_usize),
    ) {
        let texts = addresses.as_ref().map(|(rule, entries)| (*rule, entries.iter().map(Entry::text).collect()));
        let access = Access::compile(&source::Access {
            addresses: source_of(texts.as_ref()),
            account_names: source_of(names.as_ref()),
            account_ids: source_of(ids.as_ref()),
        }).unwrap();

        let by_address = addresses.is_none_or(|(rule, entries)| {
            let listed = entries.iter().any(|entry| entry.holds(caller));
            (rule == Rule::Permit && listed) || (rule == Rule::Deny && !listed)
        });
        prop_assert_eq!(access.admits_address(caller), by_address);

        let account = number.map(|number| Account { id: IDS[number], name: NAMES[number] });
        let mut lists = Vec::new();
        lists.extend(names.map(|(rule, names)| (rule, account.is_some_and(|own| names.contains(&own.name)))));
        lists.extend(ids.map(|(rule, ids)| (rule, account.is_some_and(|own| ids.contains(&own.id)))));
        prop_assert_eq!(access.asks_for_account(), !lists.is_empty());
        prop_assert_eq!(access.admits_account(account), accounts_pass(&lists));
    }
}

#[test]
fn lists_that_hold_nobody_or_nothing_sensible_are_not_served() {
    let list = |entries: &[&str]| source_of(Some(&(Rule::Deny, entries.to_vec())));
    let none = source::Access::default;
    for bad in [
        source::Access { addresses: list(&[]), ..none() },
        source::Access { addresses: list(&["192.0.2.1", "x"]), ..none() },
        source::Access { account_names: list(&[]), ..none() },
        source::Access { account_names: list(&["a", ""]), ..none() },
        source::Access { account_ids: list(&[&"x".repeat(65)]), ..none() },
    ] {
        assert!(Access::compile(&bad).is_err(), "{bad:?}");
    }
}
