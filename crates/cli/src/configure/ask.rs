//! Asking for a profile's fields on the terminal.

use super::check;
use crate::configuration::{Field, Settings};
use crate::exit::usage;
use dialoguer::{Input, Password};
use std::io::IsTerminal;

/// What people know; everything else has its option of `configure set`.
const QUESTIONS: [(Field, &str); 7] = [
    (Field::Endpoint, "URL of the management API"),
    (Field::Gateway, "URL of the gateway"),
    (Field::AccessKey, "Access key"),
    (Field::SecretKey, "Secret key"),
    (Field::SecurityToken, "Security token, if the key is temporary"),
    (Field::ProjectId, "Project id; empty looks for it"),
    (Field::InstanceId, "Gateway instance id; empty looks for it"),
];

/// Asks for each field; an empty answer keeps what there is.
///
/// # Errors
/// When nobody can be asked, or the terminal is closed.
pub(super) fn settings(profile: &str, mut settings: Settings) -> anyhow::Result<Settings> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(usage(
            "there is no terminal to ask on; use `countersign configure set --endpoint … --access-key …`",
        ));
    }
    eprintln!("Profile {profile}. Enter keeps what stands in brackets.");
    for (field, question) in QUESTIONS {
        let answer = match settings.get(field) {
            old if field.is_secret() => secret(question, old.is_some())?,
            old => open(field, question, old.unwrap_or_default())?,
        };
        if !answer.is_empty() {
            settings.set(field, Some(answer));
        }
    }
    Ok(settings)
}

fn open(field: Field, question: &str, old: &str) -> anyhow::Result<String> {
    let prompt = if old.is_empty() { question.to_owned() } else { format!("{question} [{old}]") };
    let answer: String = Input::new()
        .with_prompt(prompt)
        .allow_empty(true)
        .validate_with(|answer: &String| match check::fault(field, answer.trim()) {
            Some(fault) if !answer.trim().is_empty() => Err(fault),
            _ => Ok(()),
        })
        .interact_text()?;
    Ok(answer.trim().to_owned())
}

fn secret(question: &str, has_old: bool) -> anyhow::Result<String> {
    let prompt = if has_old { format!("{question} [****]") } else { question.to_owned() };
    let answer = Password::new().with_prompt(prompt).allow_empty_password(true).interact()?;
    Ok(answer.trim().to_owned())
}
