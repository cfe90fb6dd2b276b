//! The first start and what authenticates after it, on the embedded store.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod support;

use countersign_identity::{Error, Identity};
use countersign_store::Scope;
use support::identity;

fn everything_stored(identity: &Identity) -> String {
    let mut text = String::new();
    identity
        .store
        .read(&mut |reader| {
            for kind in ["domain", "project", "user", "access_key"] {
                for object in reader.list(kind, Scope::All)? {
                    text.push_str(&object.document.to_string());
                }
            }
            Ok(())
        })
        .unwrap();
    text
}

#[test]
fn the_administrator_of_the_first_start_authenticates() {
    let (_directory, identity) = identity();
    let made = identity.bootstrap("local-1", &|_, _| Ok(())).unwrap();
    let administrator = made.administrator.unwrap();
    let principals = identity.access_keys().unwrap();
    let [principal] = principals.as_slice() else { panic!("one key expected, got {principals:?}") };
    assert_eq!(principal.access_key, administrator.access_key);
    assert_eq!(principal.secret_key.expose(), administrator.secret_key.expose());
    assert_eq!(principal.user.id, made.user.id);
    assert_eq!(principal.domain.id, made.project.domain_id);
    assert_eq!((administrator.access_key.as_str().len(), administrator.secret_key.expose().len()), (20, 40));
}

#[test]
fn a_second_start_finds_what_the_first_made_and_no_credentials() {
    let (_directory, identity) = identity();
    let first = identity.bootstrap("local-1", &|_, _| Ok(())).unwrap();
    let second = identity.bootstrap("local-1", &|_, _| panic!("nothing new to keep")).unwrap();
    assert_eq!(first.domain.id, second.domain.id);
    assert_eq!(first.project.id, second.project.id);
    assert_eq!(first.user.id, second.user.id);
    assert!(second.administrator.is_none());
}

#[test]
fn nothing_is_created_when_the_credentials_could_not_be_kept() {
    let (_directory, identity) = identity();
    let refused = identity.bootstrap("local-1", &|_, _| Err(std::io::Error::other("disk full")));
    assert!(matches!(refused, Err(Error::NotKept(_))));
    assert_eq!(everything_stored(&identity), "");
}

#[test]
fn neither_password_nor_secret_key_is_stored_readable() {
    let (_directory, identity) = identity();
    let administrator = identity.bootstrap("local-1", &|_, _| Ok(())).unwrap().administrator.unwrap();
    let stored = everything_stored(&identity);
    assert!(stored.contains("$argon2id$"), "{stored}");
    assert!(!stored.contains(administrator.password.expose()));
    assert!(!stored.contains(administrator.secret_key.expose()));
}

#[test]
fn a_secret_that_was_altered_in_the_store_names_its_key() {
    let (_directory, identity) = identity();
    let made = identity.bootstrap("local-1", &|_, _| Ok(())).unwrap();
    identity
        .store
        .write(&mut |writer| {
            for mut object in writer.list("access_key", Scope::All)? {
                object.document["sealed_secret"] = "elsewhere|terces".into();
                writer.put(&object)?;
            }
            Ok(())
        })
        .unwrap();
    let expected = made.administrator.unwrap().access_key.to_string();
    let refused = identity.access_keys().unwrap_err();
    assert!(matches!(refused, Error::Sealed { access_key, .. } if access_key == expected));
}
