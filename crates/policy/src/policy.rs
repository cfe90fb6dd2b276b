//! A whole document.

use crate::statement::{Effect, Statement};
use crate::{Error, Request};
use serde_json::{Map, Value};

/// Most characters of a document, without the white space between its members.
const LENGTH_MAX: usize = 6_144;
/// Most statements of a document.
const STATEMENTS_MAX: usize = 8;
/// Most roles that a role depends on.
const DEPENDS_MAX: usize = 20;
const MEMBERS: [&str; 3] = ["Version", "Statement", "Depends"];

/// Two generations of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Version 1.1 only: what accounts write.
    FineGrained,
    /// Versions 1.0 and 1.1: may depend on others and allow everything but some actions.
    Role,
}

/// A role that another one depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Service that it belongs to.
    pub catalog: String,
    /// Its name for people.
    pub display_name: String,
}

/// What a policy says to a request. The strongest answer of several policies counts, so they are in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Decision {
    /// Nothing; so it is not allowed.
    #[default]
    NotAllowed,
    /// It is allowed, unless another policy denies it.
    Allowed,
    /// It is denied, whatever other policies say.
    Denied,
}

/// A compiled document.
#[derive(Debug)]
pub struct Policy {
    deny: Box<[Statement]>,
    allow: Box<[Statement]>,
    depends: Box<[Dependency]>,
}

impl Policy {
    /// Reads and compiles a document.
    ///
    /// # Errors
    /// [`Error`] with the contract's code for the first thing that is wrong.
    pub fn parse(document: &Value, kind: Kind) -> Result<Self, Error> {
        let members = document.as_object().ok_or(Error::NotAnObject)?;
        let size = document.to_string().chars().count();
        if size > LENGTH_MAX {
            return Err(Error::TooLarge { size });
        }
        if let Some(key) = members.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
            return Err(Error::Key { key: key.clone() });
        }
        check_version(members, kind)?;
        let depends = parse_depends(members, kind)?;
        let (mut deny, mut allow) = (Vec::new(), Vec::new());
        for statement in statements(members)? {
            match Statement::parse(statement, kind)? {
                (Effect::Allow, statement) => allow.push(statement),
                (Effect::Deny, statement) => deny.push(statement),
            }
        }
        Ok(Self { deny: deny.into(), allow: allow.into(), depends })
    }

    /// The same for a document as text.
    ///
    /// # Errors
    /// As [`Policy::parse`].
    pub fn parse_text(document: &str, kind: Kind) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(document).map_err(|_| Error::NotAnObject)?;
        Self::parse(&value, kind)
    }

    /// What it says to the request.
    #[must_use]
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        let applies = |statements: &[Statement]| statements.iter().any(|own| own.applies(request));
        if applies(&self.deny) {
            Decision::Denied
        } else if applies(&self.allow) {
            Decision::Allowed
        } else {
            Decision::NotAllowed
        }
    }

    /// The roles without which it has no effect.
    #[must_use]
    pub const fn depends(&self) -> &[Dependency] {
        &self.depends
    }
}

fn check_version(members: &Map<String, Value>, kind: Kind) -> Result<(), Error> {
    match (kind, members.get("Version").and_then(Value::as_str)) {
        (_, Some("1.1")) | (Kind::Role, Some("1.0")) => Ok(()),
        (Kind::FineGrained, _) => Err(Error::FineGrainedVersion),
        (Kind::Role, _) => Err(Error::RoleVersion),
    }
}

fn statements(members: &Map<String, Value>) -> Result<&[Value], Error> {
    let statements = members.get("Statement").and_then(Value::as_array).ok_or(Error::Statements)?;
    let count = statements.len();
    if (1..=STATEMENTS_MAX).contains(&count) { Ok(statements) } else { Err(Error::StatementCount { count }) }
}

fn parse_depends(members: &Map<String, Value>, kind: Kind) -> Result<Box<[Dependency]>, Error> {
    let Some(depends) = members.get("Depends") else { return Ok(Box::default()) };
    if kind == Kind::FineGrained {
        return Err(Error::FineGrainedDepends);
    }
    let depends = depends.as_array().ok_or(Error::DependsCount { count: 0 })?;
    if depends.len() > DEPENDS_MAX {
        return Err(Error::DependsCount { count: depends.len() });
    }
    depends.iter().map(parse_dependency).collect()
}

fn parse_dependency(value: &Value) -> Result<Dependency, Error> {
    let text = |key: &str| {
        let text = value.get(key).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| Error::NotText { key: key.to_owned() })
    };
    Ok(Dependency { catalog: text("catalog")?, display_name: text("display_name")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Context;
    use serde_json::json;

    fn allow(actions: &[&str]) -> Value {
        json!({"Effect": "Allow", "Action": actions})
    }

    fn document(statements: &[Value]) -> Value {
        json!({"Version": "1.1", "Statement": statements})
    }

    fn decide(document: &Value, kind: Kind, action: &str) -> Decision {
        let context = Context::default();
        let policy = Policy::parse(document, kind).unwrap();
        policy.decide(&Request::new(action, "iam::acme:user:ada", &context))
    }

    fn refused(document: &Value) -> &'static str {
        Policy::parse(document, Kind::FineGrained).unwrap_err().code()
    }

    #[test]
    fn a_denial_wins_over_an_allowance_and_silence_allows_nothing() {
        let deny = json!({"Effect": "deny", "Action": ["iam:users:delete*"]});
        let document = document(&[deny, allow(&["iam:users:*"])]);
        for (action, decision) in [
            ("iam:users:getUser", Decision::Allowed),
            ("iam:users:deleteUser", Decision::Denied),
            ("iam:groups:getGroup", Decision::NotAllowed),
        ] {
            assert_eq!(decide(&document, Kind::FineGrained, action), decision, "{action}");
        }
        assert_eq!([Decision::Allowed, Decision::Denied].into_iter().max(), Some(Decision::Denied));
        assert_eq!([Decision::NotAllowed, Decision::Allowed].into_iter().max(), Some(Decision::Allowed));
    }

    #[test]
    fn a_statement_about_other_resources_says_nothing() {
        let statement = json!({"Effect": "Allow", "Action": ["iam:*:*"], "Resource": ["iam:*:*:group:*"]});
        let document = document(&[statement]);
        assert_eq!(decide(&document, Kind::FineGrained, "iam:users:getUser"), Decision::NotAllowed);
    }

    #[test]
    fn everything_but_some_actions_is_for_roles_or_denials() {
        let but = |effect: &str| document(&[json!({"Effect": effect, "NotAction": ["iam:*:*"]})]);
        assert_eq!(refused(&but("Allow")), "IAM.1032");
        assert_eq!(decide(&but("Allow"), Kind::Role, "apig:apis:get"), Decision::Allowed);
        assert_eq!(decide(&but("Allow"), Kind::Role, "iam:users:getUser"), Decision::NotAllowed);
        assert_eq!(decide(&but("Deny"), Kind::FineGrained, "apig:apis:get"), Decision::Denied);
    }

    #[test]
    fn roles_of_the_older_kind_have_dependencies() {
        let role = json!({"Version": "1.0", "Statement": [allow(&["apig:*:*"])],
            "Depends": [{"catalog": "BASE", "display_name": "Tenant Guest"}]});
        let policy = Policy::parse(&role, Kind::Role).unwrap();
        let guest = Dependency { catalog: "BASE".into(), display_name: "Tenant Guest".into() };
        assert_eq!(policy.depends(), [guest]);
        assert_eq!(refused(&role), "IAM.1024");
        let many =
            json!({"Version": "1.0", "Statement": [allow(&["a:b:c"])], "Depends": vec![json!({}); 21]});
        assert_eq!(Policy::parse(&many, Kind::Role).unwrap_err(), Error::DependsCount { count: 21 });
    }

    #[test]
    fn what_is_wrong_with_a_document_has_a_code() {
        let good = || allow(&["iam:users:getUser"]);
        let with = |key: &str, value: Value| {
            let mut statement = good();
            statement[key] = value;
            document(&[statement])
        };
        for (document, code) in [
            (json!([]), "IAM.1020"),
            (json!("text"), "IAM.1020"),
            (document(&[json!({"Effect": "x".repeat(6_144)})]), "IAM.1021"),
            (json!({"Statement": [good()]}), "IAM.1024"),
            (json!({"Version": "1.0", "Statement": [good()]}), "IAM.1024"),
            (json!({"Version": 1.1, "Statement": [good()]}), "IAM.1024"),
            (json!({"Version": "1.1", "Statement": [good()], "Depends": []}), "IAM.1025"),
            (json!({"Version": "1.1"}), "IAM.1027"),
            (json!({"Version": "1.1", "Statement": good()}), "IAM.1027"),
            (document(&[json!("Allow")]), "IAM.1027"),
            (document(&[]), "IAM.1028"),
            (document(&vec![good(); 9]), "IAM.1028"),
            (with("Effect", json!("Maybe")), "IAM.1029"),
            (with("Effect", json!(null)), "IAM.1029"),
            (document(&[json!({"Effect": "Allow"})]), "IAM.1030"),
            (with("NotAction", json!(["iam:a:b"])), "IAM.1031"),
            (with("Action", json!(["iam:a:b,\n  iam:c:d"])), "IAM.1035"),
            (with("Sid", json!("x")), "IAM.1059"),
            (json!({"Version": "1.1", "Statement": [good()], "Id": 1}), "IAM.1059"),
            (
                document(&[json!({"Effect": "Allow", "Action": ["iam:agencies:assume"],
                    "Resource": {"uri": ["/iam/agencies/a"]}, "Condition": {}})]),
                "IAM.1039",
            ),
        ] {
            assert_eq!(refused(&document), code, "{document}");
        }
    }

    #[test]
    fn eight_full_statements_fit() {
        let statements = vec![allow(&["iam:users:getUser", "iam:groups:*"]); 8];
        assert!(Policy::parse(&document(&statements), Kind::FineGrained).is_ok());
    }

    #[test]
    fn text_that_is_deep_or_no_json_is_refused() {
        for text in ["", "{", "[".repeat(100_000).as_str(), &format!("{}1", "{\"a\":".repeat(100_000))] {
            assert_eq!(Policy::parse_text(text, Kind::FineGrained).unwrap_err(), Error::NotAnObject);
        }
    }
}
