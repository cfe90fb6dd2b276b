//! What every driver must do, as tests that a driver runs on itself with [`contract_tests!`](crate::contract_tests).
//!
//! Each test gets a store of its own that is empty at revision 0.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "these functions are tests, named after what they check"
)]

use crate::{Change, Error, Link, Object, Reader, Scope, Store, Writer};
use std::sync::{Arc, Barrier};

/// Generates one `#[test]` per clause of the contract.
///
/// The argument is a function that returns a fresh, empty store and whatever must outlive it.
///
/// ```ignore
/// countersign_store::contract_tests!(|| (Arc::new(MyStore::new()), ()));
/// ```
#[macro_export]
macro_rules! contract_tests {
    ($fresh:expr) => {
        $crate::contract_tests!(@each $fresh;
            a_missing_object_is_none
            what_was_put_is_read_back
            lists_are_in_creation_order_and_replacing_keeps_the_place
            scopes_and_kinds_are_separate
            a_taken_name_is_refused_with_its_holder
            a_replaced_name_is_free_again
            deleting_frees_the_name_and_the_links
            links_find_their_objects
            counting_agrees_with_listing
            an_error_rolls_everything_back
            a_transaction_reads_its_own_writes
            revisions_grow_by_one_per_changing_transaction
            the_change_feed_lists_every_object_once_in_order
            a_page_of_the_feed_never_splits_a_revision
            concurrent_writers_lose_no_update
            a_reader_sees_one_view
            watchers_wake_at_every_commit
        );
    };
    (@each $fresh:expr; $($test:ident)*) => {$(
        #[test]
        fn $test() {
            let (store, _keep) = $fresh();
            $crate::contract::$test(&(store as std::sync::Arc<dyn $crate::Store>));
        }
    )*};
}

type Fresh = Arc<dyn Store>;

fn object(id: &str) -> Object {
    Object {
        kind: "kind".into(),
        scope: "scope".into(),
        id: id.into(),
        names: vec![],
        links: vec![],
        document: serde_json::json!({ "id": id }),
        revision: 0,
    }
}

fn put(store: &Fresh, object: &Object) -> Result<u64, Error> {
    store.write(&mut |writer| writer.put(object))
}

fn look<T>(store: &Fresh, mut work: impl FnMut(&dyn Reader) -> Result<T, Error>) -> T {
    crate::read(store.as_ref(), &mut work).unwrap()
}

fn ids(objects: Vec<Object>) -> Vec<String> {
    objects.into_iter().map(|object| object.id).collect()
}

fn listed(store: &Fresh) -> Vec<String> {
    look(store, |reader| reader.list("kind", Scope::All).map(ids))
}

fn feed(changes: &[Change]) -> Vec<(u64, &str, bool)> {
    changes.iter().map(|change| (change.revision, change.address.id.as_str(), change.deleted)).collect()
}

pub fn a_missing_object_is_none(store: &Fresh) {
    look(store, |reader| {
        assert_eq!(reader.get("kind", "scope", "1")?, None);
        assert_eq!(reader.get_by_name("kind", "scope", "name")?, None);
        assert_eq!(reader.list("kind", Scope::All)?, []);
        assert_eq!(reader.revision()?, 0);
        Ok(())
    });
    assert!(!crate::write::<_, Error>(store.as_ref(), |writer| writer.delete("kind", "scope", "1")).unwrap());
}

pub fn what_was_put_is_read_back(store: &Fresh) {
    let document = serde_json::json!({
        "z": 1, "a": [null, true, -0.5, u64::MAX], "text": "\u{0}\"é\u{1f600}", "empty": {}, "list": [],
    });
    let written = Object {
        names: vec!["one".into(), "two".into()],
        links: vec![Link::new("to", "2"), Link::new("from", "é")],
        document,
        ..object("1")
    };
    put(store, &written).unwrap();
    let expected = Some(Object { revision: 1, ..written });
    look(store, |reader| {
        assert_eq!(reader.get("kind", "scope", "1")?, expected);
        assert_eq!(reader.get_by_name("kind", "scope", "two")?, expected);
        let text = reader.get("kind", "scope", "1")?.unwrap().document.to_string();
        assert!(text.starts_with("{\"z\":1,\"a\":"), "keys keep their order: {text}");
        Ok(())
    });
}

pub fn lists_are_in_creation_order_and_replacing_keeps_the_place(store: &Fresh) {
    for id in ["c", "a", "b"] {
        put(store, &object(id)).unwrap();
    }
    put(store, &Object { document: serde_json::json!("new"), ..object("c") }).unwrap();
    assert_eq!(listed(store), ["c", "a", "b"]);
    store.write(&mut |writer| writer.delete("kind", "scope", "c").map(drop)).unwrap();
    put(store, &object("c")).unwrap();
    assert_eq!(listed(store), ["a", "b", "c"]);
}

pub fn scopes_and_kinds_are_separate(store: &Fresh) {
    let named = Object { names: vec!["name".into()], ..object("1") };
    put(store, &named).unwrap();
    put(store, &Object { scope: "other".into(), ..named.clone() }).unwrap();
    put(store, &Object { kind: "other".into(), ..named }).unwrap();
    look(store, |reader| {
        assert_eq!(reader.list("kind", Scope::All)?.len(), 2);
        assert_eq!(reader.list("kind", Scope::One("scope"))?.len(), 1);
        assert_eq!(reader.list("kind", Scope::One("nowhere"))?.len(), 0);
        assert_eq!(reader.get_by_name("kind", "other", "name")?.unwrap().scope, "other");
        Ok(())
    });
}

pub fn a_taken_name_is_refused_with_its_holder(store: &Fresh) {
    put(store, &Object { names: vec!["a".into(), "b".into()], ..object("1") }).unwrap();
    let refused = put(store, &Object { names: vec!["c".into(), "b".into()], ..object("2") });
    let Err(Error::NameTaken { name, holder }) = refused else { panic!("{refused:?}") };
    assert_eq!((name.as_str(), holder.as_str()), ("b", "1"));
    assert_eq!(listed(store), ["1"]);
}

pub fn a_replaced_name_is_free_again(store: &Fresh) {
    put(store, &Object { names: vec!["a".into()], ..object("1") }).unwrap();
    put(store, &Object { names: vec!["b".into()], ..object("1") }).unwrap();
    put(store, &Object { names: vec!["a".into()], ..object("2") }).unwrap();
    let found = look(store, |reader| reader.get_by_name("kind", "scope", "a"));
    assert_eq!(found.unwrap().id, "2");
}

pub fn deleting_frees_the_name_and_the_links(store: &Fresh) {
    let link = Link::new("to", "x");
    put(store, &Object { names: vec!["a".into()], links: vec![link.clone()], ..object("1") }).unwrap();
    assert!(crate::write::<_, Error>(store.as_ref(), |writer| writer.delete("kind", "scope", "1")).unwrap());
    look(store, |reader| {
        assert_eq!(reader.get("kind", "scope", "1")?, None);
        assert_eq!(reader.get_by_name("kind", "scope", "a")?, None);
        assert_eq!(reader.list_linked("kind", Scope::All, &link)?, []);
        Ok(())
    });
    put(store, &Object { names: vec!["a".into()], ..object("2") }).unwrap();
}

pub fn links_find_their_objects(store: &Fresh) {
    let (x, y) = (Link::new("to", "x"), Link::new("to", "y"));
    put(store, &Object { links: vec![x.clone(), y.clone(), x.clone()], ..object("2") }).unwrap();
    put(store, &Object { links: vec![x.clone()], ..object("1") }).unwrap();
    put(store, &Object { links: vec![x.clone()], scope: "other".into(), ..object("3") }).unwrap();
    put(store, &Object { links: vec![Link::new("x", "to")], ..object("4") }).unwrap();
    put(store, &Object { links: vec![x.clone()], kind: "other".into(), ..object("5") }).unwrap();
    look(store, |reader| {
        assert_eq!(ids(reader.list_linked("kind", Scope::All, &x)?), ["2", "1", "3"]);
        assert_eq!(ids(reader.list_linked("kind", Scope::One("scope"), &x)?), ["2", "1"]);
        assert_eq!(ids(reader.list_linked("kind", Scope::All, &y)?), ["2"]);
        Ok(())
    });
    put(store, &Object { links: vec![y.clone()], ..object("1") }).unwrap();
    look(store, |reader| {
        assert_eq!(ids(reader.list_linked("kind", Scope::One("scope"), &x)?), ["2"]);
        assert_eq!(ids(reader.list_linked("kind", Scope::One("scope"), &y)?), ["2", "1"]);
        Ok(())
    });
}

pub fn counting_agrees_with_listing(store: &Fresh) {
    let (x, y) = (Link::new("to", "x"), Link::new("to", "y"));
    put(store, &Object { links: vec![x.clone(), x.clone()], ..object("1") }).unwrap();
    put(store, &Object { links: vec![x.clone()], scope: "other".into(), ..object("2") }).unwrap();
    put(store, &Object { kind: "other".into(), links: vec![x.clone()], ..object("3") }).unwrap();
    look(store, |reader| {
        for scope in [Scope::All, Scope::One("scope"), Scope::One("nowhere")] {
            assert_eq!(reader.count("kind", scope, None)?, reader.list("kind", scope)?.len());
            for link in [&x, &y] {
                let listed = reader.list_linked("kind", scope, link)?.len();
                assert_eq!(reader.count("kind", scope, Some(link))?, listed);
            }
        }
        Ok(())
    });
}

pub fn an_error_rolls_everything_back(store: &Fresh) {
    put(store, &Object { names: vec!["a".into()], ..object("1") }).unwrap();
    let refused = store.write(&mut |writer| {
        writer.delete("kind", "scope", "1")?;
        writer.put(&Object { names: vec!["a".into()], ..object("2") })?;
        Err(Error::Aborted)
    });
    assert!(matches!(refused, Err(Error::Aborted)));
    look(store, |reader| {
        assert_eq!(ids(reader.list("kind", Scope::All)?), ["1"]);
        assert_eq!(reader.get_by_name("kind", "scope", "a")?.unwrap().id, "1");
        assert_eq!(reader.revision()?, 1);
        assert_eq!(feed(&reader.changes(0, 10)?), [(1, "1", false)]);
        Ok(())
    });
    assert_eq!(*store.watch().borrow(), 1);
}

pub fn a_transaction_reads_its_own_writes(store: &Fresh) {
    store
        .write(&mut |writer| {
            writer.put(&Object { names: vec!["a".into()], ..object("1") })?;
            assert_eq!(writer.get_by_name("kind", "scope", "a")?.unwrap().id, "1");
            assert!(writer.delete("kind", "scope", "1")?);
            assert_eq!(writer.list("kind", Scope::All)?, []);
            writer.put(&object("2"))
        })
        .unwrap();
    assert_eq!(listed(store), ["2"]);
}

pub fn revisions_grow_by_one_per_changing_transaction(store: &Fresh) {
    let two = |writer: &mut dyn Writer| writer.put(&object("1")).and_then(|()| writer.put(&object("2")));
    assert_eq!(store.write(&mut |writer| two(writer)).unwrap(), 1);
    assert_eq!(put(store, &object("1")).unwrap(), 1, "putting what is there changes nothing");
    assert_eq!(store.write(&mut |_| Ok(())).unwrap(), 1);
    assert_eq!(store.write(&mut |writer| writer.delete("kind", "scope", "9").map(drop)).unwrap(), 1);
    assert_eq!(store.write(&mut |writer| writer.delete("kind", "scope", "1").map(drop)).unwrap(), 2);
    let revision = look(store, |reader| Ok(reader.get("kind", "scope", "2")?.unwrap().revision));
    assert_eq!(revision, 1, "an untouched object keeps its revision");
}

pub fn the_change_feed_lists_every_object_once_in_order(store: &Fresh) {
    for id in ["1", "2", "3"] {
        put(store, &object(id)).unwrap();
    }
    put(store, &Object { document: serde_json::json!(2), ..object("1") }).unwrap();
    store.write(&mut |writer| writer.delete("kind", "scope", "2").map(drop)).unwrap();
    look(store, |reader| {
        assert_eq!(feed(&reader.changes(0, 10)?), [(3, "3", false), (4, "1", false), (5, "2", true)]);
        assert_eq!(feed(&reader.changes(4, 10)?), [(5, "2", true)]);
        assert_eq!(reader.changes(5, 10)?, []);
        assert_eq!(reader.changes(u64::MAX, usize::MAX)?, []);
        Ok(())
    });
}

pub fn a_page_of_the_feed_never_splits_a_revision(store: &Fresh) {
    for pair in [["1", "2"], ["3", "4"]] {
        store.write(&mut |writer| pair.iter().try_for_each(|id| writer.put(&object(id)))).unwrap();
    }
    look(store, |reader| {
        assert_eq!(feed(&reader.changes(0, 1)?), [(1, "1", false), (1, "2", false)]);
        assert_eq!(reader.changes(0, 2)?.len(), 2);
        assert_eq!(reader.changes(0, 3)?.len(), 4);
        assert_eq!(reader.changes(0, usize::MAX)?.len(), 4);
        Ok(())
    });
}

pub fn concurrent_writers_lose_no_update(store: &Fresh) {
    const WRITERS: u64 = 4;
    const WRITES: u64 = 25;
    let start = Barrier::new(WRITERS as usize);
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                start.wait();
                (0..WRITES).for_each(|_| increment(store));
            });
        }
    });
    look(store, |reader| {
        assert_eq!(reader.get("kind", "scope", "counter")?.unwrap().document, WRITERS * WRITES);
        assert_eq!(reader.revision()?, WRITERS * WRITES);
        Ok(())
    });
}

fn increment(store: &Fresh) {
    store
        .write(&mut |writer| {
            let before = writer.get("kind", "scope", "counter")?;
            let count = before.and_then(|object| object.document.as_u64()).unwrap_or(0);
            writer.put(&Object { document: serde_json::json!(count + 1), ..object("counter") })
        })
        .unwrap();
}

pub fn a_reader_sees_one_view(store: &Fresh) {
    put(store, &object("1")).unwrap();
    look(store, |reader| {
        // Written by another thread, as a second transaction in this one could be a deadlock of the test's making.
        std::thread::scope(|scope| scope.spawn(|| put(store, &object("2")).unwrap()).join().unwrap());
        assert_eq!(ids(reader.list("kind", Scope::All)?), ["1"]);
        assert_eq!(reader.revision()?, 1);
        assert_eq!(reader.changes(0, 10)?.len(), 1);
        Ok(())
    });
    assert_eq!(listed(store), ["1", "2"]);
}

pub fn watchers_wake_at_every_commit(store: &Fresh) {
    let mut watcher = store.watch();
    assert_eq!(*watcher.borrow_and_update(), 0);
    put(store, &object("1")).unwrap();
    assert!(watcher.has_changed().unwrap());
    assert_eq!(*watcher.borrow_and_update(), 1);
    put(store, &object("1")).unwrap();
    assert!(!watcher.has_changed().unwrap(), "nothing changed, nobody wakes");
}
