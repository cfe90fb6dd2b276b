//! What a function answers: `{"statusCode": 200, "body": "…"}`, in which the body is JSON once more, as a text.

use super::{Context, Fault, Verdict};
use countersign_snapshot::source::ContextValues;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The envelope of every function; what else it holds is not for the gateway.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "statusCode")]
    status_code: u16,
    body: String,
}

/// What an authorizer's function puts into it.
#[derive(Deserialize)]
struct Answer {
    status: Status,
    context: Option<Map<String, Value>>,
}

/// There are only these two, in these letters.
#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Allow,
    Deny,
}

/// The verdict.
pub(super) fn read(bytes: &[u8], allowed: ContextValues) -> Result<Verdict, Fault> {
    let malformed = Fault::new("authorizer_answer");
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    if envelope.status_code != 200 {
        return Err(Fault::new("authorizer_fault"));
    }
    let answer: Answer = serde_json::from_str(&envelope.body).map_err(|_| malformed)?;
    let values = answer.context.unwrap_or_default().into_iter();
    let values = values.map(|(name, value)| Some((name.into(), text(value, allowed)?)));
    let context = values.collect::<Option<Vec<_>>>().and_then(Context::new).ok_or(malformed)?;
    Ok(Verdict { allows: answer.status == Status::Allow, context: context.into() })
}

fn text(value: Value, allowed: ContextValues) -> Option<Box<str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(_) | Value::Bool(_) if allowed == ContextValues::Scalars => {
            Some(value.to_string().into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enveloped(body: &str) -> Vec<u8> {
        serde_json::json!({ "statusCode": 200, "body": body }).to_string().into_bytes()
    }

    fn verdict(body: &str) -> Result<Verdict, Fault> {
        read(&enveloped(body), ContextValues::Texts)
    }

    #[test]
    fn allow_and_deny_come_with_their_context() {
        let allowed = verdict(r#"{"status":"allow","context":{"user":"abc"}}"#).unwrap();
        assert!(allowed.allows);
        assert_eq!(allowed.context.get("user"), Some("abc"));
        let denied = verdict(r#"{"status":"deny","context":{"why":"late"}}"#).unwrap();
        assert!(!denied.allows);
        assert_eq!(denied.context.get("why"), Some("late"));
        assert!(verdict(r#"{"status":"allow","context":null,"more":[1]}"#).unwrap().allows);
    }

    #[test]
    fn what_is_not_clearly_a_verdict_is_a_fault() {
        let fault = Err(Fault::new("authorizer_answer"));
        for body in [
            "",
            "allow",
            "{}",
            r#"{"status":"Allow"}"#,
            r#"{"status":"allow "}"#,
            r#"{"status":true}"#,
            r#"{"status":"deny","status":"allow"}"#,
            r#"{"status":"allow","context":[]}"#,
            r#"{"status":"allow","context":{"a":{}}}"#,
            r#"{"status":"allow","context":{"a":null}}"#,
            r#"{"status":"allow","context":{"a b":"c"}}"#,
            r#"{"status":"allow"} x"#,
        ] {
            assert_eq!(verdict(body), fault, "{body}");
        }
        for answer in [
            r#"{"status":"allow"}"#,
            r#"{"statusCode":200,"body":{"status":"allow"}}"#,
            r#"{"statusCode":"200","body":"{\"status\":\"allow\"}"}"#,
            r#"{"body":"{\"status\":\"allow\"}"}"#,
        ] {
            assert_eq!(read(answer.as_bytes(), ContextValues::Texts), fault, "{answer}");
        }
    }

    #[test]
    fn a_function_that_failed_is_not_heard() {
        let answer = r#"{"statusCode":500,"body":"{\"status\":\"allow\"}"}"#;
        assert_eq!(read(answer.as_bytes(), ContextValues::Texts), Err(Fault::new("authorizer_fault")));
    }

    #[test]
    fn numbers_and_booleans_count_only_with_the_feature() {
        let body = r#"{"status":"allow","context":{"age":7,"vip":true,"rate":1.5}}"#;
        assert!(verdict(body).is_err());
        let context = read(&enveloped(body), ContextValues::Scalars).unwrap().context;
        let values = ["age", "vip", "rate"].map(|name| context.get(name));
        assert_eq!(values, [Some("7"), Some("true"), Some("1.5")]);
    }
}
