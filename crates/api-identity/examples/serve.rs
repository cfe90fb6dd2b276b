//! The identity API of a new installation in a temporary directory, for trying clients by hand.
//!
//! It prints the address and the administrator's credentials as shell variables, and forgets everything at its end.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use countersign_api_identity::{Site, router};
use countersign_identity::{Identity, Live};
use countersign_store::{Unsealable, Vault};
use countersign_store_sqlite::Sqlite;
use countersign_types::Timestamp;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seals nothing: what is stored here does not outlive the process.
struct OpenVault;

impl Vault for OpenVault {
    fn seal(&self, _context: &str, secret: &str) -> String {
        secret.to_owned()
    }

    fn open(&self, _context: &str, sealed: &str) -> Result<String, Unsealable> {
        Ok(sealed.to_owned())
    }
}

#[expect(clippy::disallowed_methods, reason = "an example owns its clock")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_nanos(since.as_secs(), since.subsec_nanos())
}

fn random(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the system has random bytes");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let store = Arc::new(Sqlite::open(directory.path())?);
    let identity = Identity { store, vault: Arc::new(OpenVault), now, random };
    let made = identity.bootstrap("local-1", &|_, _| Ok(()))?;
    let administrator = made.administrator.ok_or("a new installation has a new administrator")?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("export URL=http://{}", listener.local_addr()?);
    println!("export OS_PASSWORD={}", administrator.password.expose());
    println!("export AK={} SK={}", administrator.access_key, administrator.secret_key.expose());
    let site = Site { region: "local-1".into(), base_url: None, secret_key_login: true };
    let app = router(Arc::new(Live::open(identity)?), site);
    Ok(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await?)
}
