//! What a list may say.

use super::Entity;
use countersign_snapshot::AddressSet;

/// Most entries of a list of addresses or account ids.
const ENTRIES_MAX: usize = 100;
/// Most characters of an account's name.
const NAME_CHARS_MAX: usize = 64;
/// Most characters of all names of a list together.
const NAMES_CHARS_MAX: usize = 1_024;
/// Characters of an account's id.
const ID_CHARS: usize = 32;

/// The entries of a list, which commas separate.
pub(super) fn entries(value: &str) -> impl Iterator<Item = &str> + Clone {
    value.split(',')
}

/// Whether the value is a list of such entries.
pub(super) fn is_list(entity: Entity, value: &str) -> bool {
    match entity {
        Entity::Address => are_addresses(entries(value)),
        Entity::AccountName => {
            entries(value).all(is_account_name)
                && entries(value).map(str::len).sum::<usize>() <= NAMES_CHARS_MAX
        }
        Entity::AccountId => entries(value).count() <= ENTRIES_MAX && entries(value).all(is_account_id),
    }
}

/// Whether these are addresses, networks and ranges, at least one and not too many.
pub(super) fn are_addresses<'v>(entries: impl Iterator<Item = &'v str> + Clone) -> bool {
    (1..=ENTRIES_MAX).contains(&entries.clone().count()) && AddressSet::parse(entries).is_ok()
}

/// Printable ASCII, of which not all are digits: those would be taken for an id.
fn is_account_name(name: &str) -> bool {
    (1..=NAME_CHARS_MAX).contains(&name.len())
        && name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_account_id(id: &str) -> bool {
    id.len() == ID_CHARS && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_networks_and_ranges_of_both_families_make_a_list() {
        let good =
            ["192.0.2.1", "192.0.2.1,2001:db8::1", "10.0.0.0/8,::1/128", "192.0.2.1-192.0.2.9,192.0.2.11"];
        assert!(good.iter().all(|value| is_list(Entity::Address, value)));
        let bad =
            ["", ",", "192.0.2.1,", "192.0.2.1, 192.0.2.2", "192.0.2.0/33", "192.0.2.9-192.0.2.1", "host"];
        assert!(!bad.iter().any(|value| is_list(Entity::Address, value)));
    }

    #[test]
    fn a_list_has_at_most_100_addresses_or_ids() {
        for (entity, entry) in [(Entity::Address, "192.0.2.1"), (Entity::AccountId, &*"a1".repeat(16))] {
            assert!(is_list(entity, &vec![entry; 100].join(",")));
            assert!(!is_list(entity, &vec![entry; 101].join(",")));
        }
    }

    #[test]
    fn account_names_have_up_to_64_characters_and_are_no_numbers() {
        for good in ["a", "an account", "a.b@c", "1a", &"x".repeat(64)] {
            assert!(is_list(Entity::AccountName, good), "{good:?}");
        }
        for bad in ["", "123", "a,", "a,,b", "konto\u{fc}", "a\tb", &"x".repeat(65)] {
            assert!(!is_list(Entity::AccountName, bad), "{bad:?}");
        }
        let name = "x".repeat(64);
        assert!(is_list(Entity::AccountName, &vec![&*name; 16].join(",")));
        assert!(!is_list(Entity::AccountName, &format!("{},y", vec![&*name; 16].join(","))));
    }

    #[test]
    fn account_ids_have_32_letters_and_digits() {
        let id = "0123456789abcdef0123456789ABCDEF";
        assert!(is_list(Entity::AccountId, id) && is_list(Entity::AccountId, &format!("{id},{id}")));
        for bad in ["", &id[1..], &format!("{id}0"), &format!("{}-", &id[1..]), &format!("{id} ,{id}")] {
            assert!(!is_list(Entity::AccountId, bad), "{bad:?}");
        }
    }
}
