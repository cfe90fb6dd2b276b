//! The administrator's first credentials, kept where only the operator finds them.

use crate::private_file;
use anyhow::Context;
use countersign_identity::Administrator;
use countersign_types::{AccessKeyId, SecretKey};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, ErrorKind},
    path::Path,
};

/// Content of `administrator.json` in the data directory. The operator may delete the file once read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    user_name: String,
    password: String,
    access_key: AccessKeyId,
    secret_key: String,
}

/// Writes the file, mode 0600.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn save(path: &Path, user_name: &str, administrator: &Administrator) -> io::Result<()> {
    let stored = Stored {
        user_name: user_name.to_owned(),
        password: administrator.password.expose().to_owned(),
        access_key: administrator.access_key.clone(),
        secret_key: administrator.secret_key.expose().to_owned(),
    };
    private_file::replace(path, &serde_json::to_vec_pretty(&stored)?)
}

/// Reads the file back; `None` when the operator has deleted it.
///
/// # Errors
/// When it is there but unreadable.
pub(crate) fn load(path: &Path) -> anyhow::Result<Option<Administrator>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let stored: Stored = serde_json::from_slice(&bytes).with_context(|| {
        format!("{} is damaged: delete it, it only repeats what the first start created", path.display())
    })?;
    Ok(Some(Administrator {
        password: SecretKey::new(stored.password),
        access_key: stored.access_key,
        secret_key: SecretKey::new(stored.secret_key),
    }))
}
