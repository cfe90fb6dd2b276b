//! Calls by the minute, of all workers: an hour of every API, a day of every gateway.

use countersign_types::{ApiId, InstanceId, Tally, Traffic};
use std::collections::{BTreeMap, HashMap};

/// Minutes since 1970.
pub(super) type Minute = u64;
type Hashed<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
/// Calls by API.
pub(super) type ByApi = Hashed<ApiId, Calls>;

/// How long calls of an API are remembered.
const API_MINUTES: Minute = 60;
/// How long the traffic of a gateway is remembered.
const GATEWAY_MINUTES: Minute = 24 * 60;
/// Most entries, each the minute of an API with calls (about 100 bytes). With more, the oldest minutes go early.
const ENTRIES_MAX: usize = 500_000;

/// Calls of an API.
pub(super) struct Calls {
    pub(super) gateway: InstanceId,
    pub(super) tally: Tally,
    pub(super) traffic: Traffic,
}

/// Calls that happened. APIs without calls cost nothing.
#[derive(Default)]
pub(super) struct Ledger {
    by_minute: BTreeMap<Minute, Hashed<ApiId, Tally>>,
    entries: usize,
    traffic: Hashed<InstanceId, BTreeMap<Minute, Traffic>>,
}

impl Ledger {
    /// Takes in what happened in a minute, and forgets what is too old.
    pub(super) fn enter(&mut self, minute: Minute, calls: ByApi) {
        for (api, calls) in calls {
            let traffic = self.traffic.entry(calls.gateway).or_default();
            traffic.entry(minute).or_default().add(&calls.traffic);
            let apis = self.by_minute.entry(minute).or_default();
            let before = apis.len();
            apis.entry(api).or_default().add(&calls.tally);
            self.entries += apis.len() - before;
        }
    }

    /// Forgets what is too old, or too much.
    pub(super) fn forget(&mut self, now: Minute) {
        while let Some(first) = self.by_minute.first_entry()
            && (first.key() + API_MINUTES <= now || self.entries > ENTRIES_MAX)
        {
            self.entries -= first.remove().len();
        }
        self.traffic.retain(|_, minutes| {
            while let Some(first) = minutes.first_entry()
                && first.key() + GATEWAY_MINUTES <= now
            {
                first.remove();
            }
            !minutes.is_empty()
        });
    }

    /// Calls of these APIs together, by the minute.
    pub(super) fn calls(&self, apis: &[ApiId]) -> BTreeMap<Minute, Tally> {
        let mut found = BTreeMap::new();
        for (minute, all) in &self.by_minute {
            for tally in apis.iter().filter_map(|api| all.get(api)) {
                found.entry(*minute).or_insert_with(Tally::default).add(tally);
            }
        }
        found
    }

    /// Traffic of the gateway, by the minute.
    pub(super) fn traffic(&self, gateway: &InstanceId) -> BTreeMap<Minute, Traffic> {
        self.traffic.get(gateway).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn id<T: TryFrom<String>>(text: &str) -> T {
        T::try_from(text.to_owned()).ok().expect("an id")
    }

    fn calls(apis: &[&str]) -> ByApi {
        let tally = Tally::of(200, Duration::from_micros(5), Some(Duration::from_micros(2)), (10, 20));
        let traffic = Traffic { from_clients: 10, to_clients: 20, ..Traffic::default() };
        let entry = |api: &&str| (id(api), Calls { gateway: id("gateway"), tally, traffic });
        apis.iter().map(entry).collect()
    }

    #[test]
    fn minutes_of_several_apis_add_up() {
        let mut ledger = Ledger::default();
        ledger.enter(7, calls(&["a", "b"]));
        ledger.enter(7, calls(&["a"]));
        ledger.enter(9, calls(&["b", "c"]));
        let sums = |apis: &[&str]| {
            let apis: Vec<ApiId> = apis.iter().map(|api| id(api)).collect();
            ledger.calls(&apis).into_iter().map(|(minute, tally)| (minute, tally.calls)).collect::<Vec<_>>()
        };
        assert_eq!(sums(&["a"]), [(7, 2)]);
        assert_eq!(sums(&["a", "b", "unknown"]), [(7, 3), (9, 1)]);
        let bytes: Vec<_> =
            ledger.traffic(&id("gateway")).values().map(|traffic| traffic.to_clients).collect();
        assert_eq!(bytes, [60, 40]);
        let tally = ledger.calls(&[id("a")])[&7];
        assert_eq!((tally.longest_us, tally.longest_inner_us, tally.total_us), (5, 3, 10));
        assert_eq!((tally.exchanges, tally.status_2xx, tally.bytes_in), (2, 2, 20));
    }

    #[test]
    fn an_hour_of_apis_and_a_day_of_gateways_is_remembered() {
        let mut ledger = Ledger::default();
        for minute in [0, 1_381, 1_440] {
            ledger.enter(minute, calls(&["a"]));
        }
        ledger.forget(1_440);
        assert_eq!(ledger.calls(&[id("a")]).into_keys().collect::<Vec<_>>(), [1_381, 1_440]);
        assert_eq!(ledger.traffic(&id("gateway")).into_keys().collect::<Vec<_>>(), [1_381, 1_440]);
        ledger.forget(1_441);
        assert_eq!((ledger.calls(&[id("a")]).len(), ledger.entries), (1, 1));
        ledger.forget(10_000);
        assert!(ledger.by_minute.is_empty() && ledger.traffic.is_empty());
    }

    #[test]
    fn a_minute_of_an_api_is_small() {
        assert!(size_of::<(ApiId, Tally)>() <= 80, "{} bytes", size_of::<(ApiId, Tally)>());
    }

    #[test]
    fn what_would_be_too_much_goes_from_its_oldest_end() {
        let mut ledger = Ledger::default();
        ledger.enter(1, calls(&["a", "b"]));
        ledger.enter(2, calls(&["a"]));
        ledger.entries = ENTRIES_MAX + 1;
        ledger.forget(2);
        assert_eq!(ledger.by_minute.into_keys().collect::<Vec<_>>(), [2]);
    }
}
