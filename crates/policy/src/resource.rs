//! Resources: `service:region:account:type:path`, or the older form that names agencies.

use crate::{Error, action::is_part, action::is_service_name, glob::Glob};
use serde_json::Value;

/// Most resources of a statement.
const COUNT_MAX: usize = 10;
/// Most resources of the older form.
const URI_COUNT_MAX: usize = 20;
/// Most characters of a resource.
const LENGTH_MAX: usize = 1_500;
/// Where an agency is in the older form.
const AGENCIES: &str = "/iam/agencies/";

/// The resources that a statement is about.
#[derive(Debug)]
pub(crate) struct Resources(Box<[Pattern]>);

#[derive(Debug)]
struct Pattern {
    service: Box<str>,
    /// Region, account, type, path.
    rest: [Glob; 4],
}

/// A resource that is asked for, in its parts; missing ones are empty.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    service: &'a str,
    rest: [&'a str; 4],
}

impl Resources {
    /// The two forms, and whether it was the older one.
    pub(crate) fn parse(value: &Value) -> Result<(Self, bool), Error> {
        match value {
            Value::Array(list) => Ok((Self::parse_list(list)?, false)),
            Value::Object(object) => match (object.get("uri"), object.len()) {
                (Some(Value::Array(list)), 1) => Ok((Self::parse_uris(list)?, true)),
                _ => Err(Error::Resources),
            },
            _ => Err(Error::Resources),
        }
    }

    pub(crate) fn contain(&self, asked: &Asked<'_>) -> bool {
        self.0.iter().any(|pattern| pattern.matches(asked))
    }

    fn parse_list(list: &[Value]) -> Result<Self, Error> {
        if list.is_empty() || list.len() > COUNT_MAX {
            return Err(Error::ResourceCount { count: list.len() });
        }
        let texts = list.iter().map(|resource| resource.as_str().ok_or(Error::Resources));
        texts.map(|text| Pattern::parse(text?)).collect::<Result<_, _>>().map(Self)
    }

    fn parse_uris(list: &[Value]) -> Result<Self, Error> {
        if list.is_empty() || list.len() > URI_COUNT_MAX {
            return Err(Error::UriCount { count: list.len() });
        }
        let texts = list.iter().map(|uri| uri.as_str().ok_or(Error::Resources));
        texts.map(|text| Pattern::parse_agency(text?)).collect::<Result<_, _>>().map(Self)
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, Error> {
        check_length(text)?;
        let resource = || text.to_owned();
        let mut parts = text.splitn(5, ':');
        let service = parts.next().unwrap_or_default();
        let wrong_service = || Error::ResourceService { resource: resource(), service: service.to_owned() };
        let (Some(region), Some(account), Some(kind), Some(path)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong_service());
        };
        if !is_service_name(service) {
            return Err(wrong_service());
        }
        match region {
            "" => return Err(Error::Region),
            region if !is_part(region) => {
                return Err(Error::ResourceRegion { region: region.to_owned(), resource: resource() });
            }
            _ => {}
        }
        if !is_part(kind) {
            return Err(Error::ResourceType { resource: resource(), kind: kind.to_owned() });
        }
        if !is_part(account) || path.is_empty() || path.chars().any(char::is_control) {
            return Err(Error::Resource { resource: resource() });
        }
        Ok(Self { service: service.into(), rest: [region, account, kind, path].map(Glob::stars) })
    }

    fn parse_agency(text: &str) -> Result<Self, Error> {
        check_length(text)?;
        let id = text.strip_prefix(AGENCIES).filter(|id| is_part(id));
        let id = id.ok_or_else(|| Error::OldResource { uri: text.to_owned() })?;
        Ok(Self { service: "iam".into(), rest: ["*", "*", "agency", id].map(Glob::stars) })
    }

    fn matches(&self, asked: &Asked<'_>) -> bool {
        let mut parts = self.rest.iter().zip(asked.rest);
        *self.service == *asked.service && parts.all(|(pattern, part)| pattern.matches(part.as_bytes()))
    }
}

impl<'a> Asked<'a> {
    pub(crate) fn new(resource: &'a str) -> Self {
        let mut parts = resource.splitn(5, ':');
        let mut next = || parts.next().unwrap_or_default();
        Self { service: next(), rest: [next(), next(), next(), next()] }
    }
}

fn check_length(text: &str) -> Result<(), Error> {
    let length = text.chars().count();
    if length == 0 || text.contains(char::is_whitespace) {
        Err(Error::BlankResource)
    } else if length > LENGTH_MAX {
        Err(Error::ResourceLength { length })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn contain(list: &Value, resource: &str) -> bool {
        Resources::parse(list).unwrap().0.contain(&Asked::new(resource))
    }

    fn refused(list: &Value) -> &'static str {
        Resources::parse(list).unwrap_err().code()
    }

    #[test]
    fn every_part_must_fit_and_the_path_is_the_rest() {
        let list = json!(["apig:local-*:*:api:folder:*"]);
        assert!(contain(&list, "apig:local-1:acme:api:folder:a:b"));
        for other in [
            "apig:far-1:acme:api:folder:a",
            "iam:local-1:acme:api:folder:a",
            "apig:local-1:acme:app:folder:a",
        ] {
            assert!(!contain(&list, other), "{other}");
        }
        assert!(contain(&json!(["iam:*:*:*:*"]), "iam::acme:user:ada"));
        assert!(!contain(&json!(["iam:*:*:user:ada"]), "iam::acme:user:*"), "one is not all");
    }

    #[test]
    fn the_older_form_names_agencies() {
        let list = json!({"uri": ["/iam/agencies/07805aca", "/iam/agencies/*x"]});
        assert!(contain(&list, "iam::acme:agency:07805aca"));
        assert!(contain(&list, "iam::acme:agency:ax"));
        assert!(!contain(&list, "iam::acme:agency:other"));
        assert!(!contain(&list, "iam::acme:user:07805aca"));
    }

    #[test]
    fn what_is_wrong_with_a_resource_has_a_code() {
        let long = format!("iam:*:*:user:{}", "x".repeat(1_488));
        for (list, code) in [
            (json!("iam:*:*:user:*"), "IAM.1049"),
            (json!(null), "IAM.1049"),
            (json!([1]), "IAM.1049"),
            (json!({"uri": [], "more": 1}), "IAM.1049"),
            (json!({"uri": "x"}), "IAM.1049"),
            (json!({"uri": []}), "IAM.1037"),
            (json!({"uri": vec!["/iam/agencies/a"; 21]}), "IAM.1037"),
            (json!({"uri": ["/iam/users/a"]}), "IAM.1038"),
            (json!([]), "IAM.1040"),
            (json!(vec!["iam:*:*:user:*"; 11]), "IAM.1040"),
            (json!([""]), "IAM.1041"),
            (json!(["iam:*:*:user:a b"]), "IAM.1041"),
            (json!([long]), "IAM.1042"),
            (json!(["iam::*:user:*"]), "IAM.1043"),
            (json!(["iam:é:*:user:*"]), "IAM.1044"),
            (json!(["*"]), "IAM.1045"),
            (json!(["*:*:*:*:*"]), "IAM.1045"),
            (json!(["iam:*:*:user"]), "IAM.1045"),
            (json!(["iam:*:*::x"]), "IAM.1046"),
            (json!(["iam:*::user:x"]), "IAM.1047"),
            (json!(["iam:*:*:user:"]), "IAM.1047"),
            (json!(["iam:*:*:user:\u{7f}"]), "IAM.1047"),
        ] {
            assert_eq!(refused(&list), code, "{list}");
        }
    }
}
