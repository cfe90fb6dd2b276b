//! A profile from the files that the server writes.

use super::check;
use crate::configuration::{Field, Settings};
use crate::exit::usage;
use anyhow::Context;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// Members of the ready file and of administrator.json.
const MEMBERS: [(Field, &str); 8] = [
    (Field::Endpoint, "api"),
    (Field::Gateway, "gateway"),
    (Field::InstanceId, "instance_id"),
    (Field::ProjectId, "project_id"),
    (Field::DomainId, "domain_id"),
    (Field::Region, "region"),
    (Field::AccessKey, "access_key"),
    (Field::SecretKey, "secret_key"),
];

/// Reads the file.
///
/// # Errors
/// When it cannot be read or holds no key pair.
pub(super) fn read(path: &Path) -> anyhow::Result<Settings> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    let json: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut settings = Settings::default();
    for (field, member) in MEMBERS {
        if let Some(text) = json.get(member).and_then(Value::as_str) {
            settings.set(field, check::text(field, text)?);
        }
    }
    if !settings.has_key() {
        return Err(usage(format!(
            "{} holds no key pair; name the ready file of `countersign serve --ready-file`",
            path.display()
        )));
    }
    Ok(settings)
}
