//! The member `role` of a body; each thing that can be wrong with it has a code of its own.

use crate::refusal::Refusal;
use countersign_identity::{Error, PolicyDraft, Reach};
use serde_json::{Map, Value};

const NAME_CHARS_MAX: usize = 64;

/// Members that only built-in roles have, and what a client is told who sends one.
const FOREIGN: [(&str, &str, &str); 3] = [
    ("catalog", "IAM.1006", "The custom policy does not need a catalog."),
    ("flag", "IAM.1007", "The custom policy does not need a flag."),
    ("name", "IAM.1008", "The custom policy does not need a name."),
];
const MEMBERS: [&str; 5] = ["display_name", "type", "description", "description_cn", "policy"];

/// A custom policy to create: only descriptions may be missing.
pub(super) fn complete(role: &Value) -> Result<PolicyDraft, Refusal> {
    let draft = partial(role)?;
    if draft.display_name.is_none() {
        return Err(no_name());
    }
    if draft.reach.is_none() {
        return Err(no_type());
    }
    if draft.document.is_none() {
        return Err(Error::Policy(countersign_identity::PolicyError::NotAnObject).into());
    }
    Ok(draft)
}

/// What of a custom policy to change.
pub(super) fn partial(role: &Value) -> Result<PolicyDraft, Refusal> {
    let role = role.as_object().ok_or_else(|| fault("IAM.1000", "The role must be a JSONObject."))?;
    if let Some((_, code, message)) = FOREIGN.iter().find(|(name, ..)| role.contains_key(*name)) {
        return Err(fault(code, *message));
    }
    if let Some(key) = role.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
        return Err(fault("IAM.1059", format!("Invalid key '{key}'.")));
    }
    Ok(PolicyDraft {
        display_name: role.get("display_name").map(display_name).transpose()?,
        reach: role.get("type").map(reach).transpose()?,
        description: text(role, "description", "IAM.1018")?,
        description_cn: text(role, "description_cn", "IAM.1019")?,
        document: role.get("policy").cloned(),
    })
}

fn display_name(value: &Value) -> Result<String, Refusal> {
    let name = value.as_str().filter(|name| !name.is_empty() && !name.contains(' ')).ok_or_else(no_name)?;
    let length = name.chars().count();
    if length > NAME_CHARS_MAX {
        let message = format!("The length [{length}] of the display name exceeds 64 characters.");
        return Err(fault("IAM.1002", message));
    }
    if name.contains(|char: char| char.is_control() || char.is_whitespace() || "<>\"'&\\".contains(char)) {
        return Err(fault("IAM.1003", "The display_name contains invalid characters."));
    }
    Ok(name.to_owned())
}

fn reach(value: &Value) -> Result<Reach, Refusal> {
    match value.as_str().filter(|name| !name.is_empty() && !name.contains(' ')).ok_or_else(no_type)? {
        "AX" => Ok(Reach::Domain),
        "XA" => Ok(Reach::Project),
        _ => Err(fault("IAM.1009", "The type of a custom policy must be 'AX' or 'XA'.")),
    }
}

fn text(role: &Map<String, Value>, name: &str, code: &'static str) -> Result<Option<String>, Refusal> {
    let read = |value: &Value| value.as_str().map(str::to_owned);
    let invalid = || fault(code, format!("Invalid {name}."));
    role.get(name).map(|value| read(value).ok_or_else(invalid)).transpose()
}

fn no_name() -> Refusal {
    fault("IAM.1001", "The display_name must be a string and cannot be left blank or contain spaces.")
}

fn no_type() -> Refusal {
    fault("IAM.1004", "The type must be a string and cannot be left blank or contain spaces.")
}

fn fault(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal::Role(code, message.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(role: &Value) -> &'static str {
        match complete(role) {
            Err(refusal) => refusal.describe().code,
            Ok(_) => "good",
        }
    }

    #[test]
    fn what_is_wrong_with_a_role_has_a_code() {
        let good = json!({"display_name": "Night-shift", "type": "AX", "policy": {}});
        assert_eq!(code(&good), "good");
        for (name, value, expected) in [
            ("display_name", json!(1), "IAM.1001"),
            ("display_name", json!("night shift"), "IAM.1001"),
            ("display_name", json!("n".repeat(65)), "IAM.1002"),
            ("display_name", json!("<b>"), "IAM.1003"),
            ("type", json!(null), "IAM.1004"),
            ("type", json!("AA"), "IAM.1009"),
            ("catalog", json!("CUSTOMED"), "IAM.1006"),
            ("flag", json!("fine_grained"), "IAM.1007"),
            ("name", json!("custom_1"), "IAM.1008"),
            ("description", json!(1), "IAM.1018"),
            ("description_cn", json!([]), "IAM.1019"),
            ("id", json!("x"), "IAM.1059"),
        ] {
            let mut role = good.clone();
            role[name] = value;
            assert_eq!(code(&role), expected, "{role}");
        }
        for (name, expected) in [("display_name", "IAM.1001"), ("type", "IAM.1004"), ("policy", "IAM.1020")] {
            let mut role = good.clone();
            role.as_object_mut().unwrap().remove(name);
            assert_eq!(code(&role), expected, "{role}");
        }
        assert_eq!(code(&json!([])), "IAM.1000");
    }
}
