//! Why a server refuses: the canonical request that it shows beside the one that was signed.

use crate::Parts;

/// What stands before the canonical request in the text of a refusal; `|` stands for each line break.
const MARK: &str = "canonicalRequest:";

/// Its value is a secret: sentences find their way into logs.
const UNSHOWN: &str = "x-security-token";

/// Says in one sentence in which part the canonical request that a server shows in `error_msg` first differs from
/// the one that was signed, or that none does. `None` when the text shows no canonical request.
///
/// ```
/// let shown = "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:\
///              GET|/v1/|a=1|host:example.com||host|e3b0c4";
/// let signed = "GET\n/v1/\na=2\nhost:example.com\n\nhost\ne3b0c4";
/// let told = countersign_sign::difference(shown, signed).unwrap();
/// assert_eq!(told, "the query differs: the server has \"a=1\", signed was \"a=2\"");
/// ```
#[must_use]
pub fn difference(error_msg: &str, canonical_request: &str) -> Option<String> {
    let (_, shown) = error_msg.split_once(MARK)?;
    let signed = canonical_request.replace('\n', "|");
    if shown == signed {
        return Some("the canonical requests are equal, so the secret key is another one".to_owned());
    }
    let (shown, signed) = (Parts::of(shown, '|'), Parts::of(&signed, '|'));
    let part =
        named(&shown).into_iter().zip(named(&signed)).find(|((_, shown), (_, signed))| shown != signed);
    Some(match part {
        Some(((name @ ("method" | "path" | "query"), shown), (_, signed))) => say(name, shown, signed),
        _ if shown.headers != signed.headers => header(&shown.headers, &signed.headers),
        Some(((name, shown), (_, signed))) => say(name, shown, signed),
        None => "the canonical requests differ in their line breaks".to_owned(),
    })
}

fn say(part: &str, shown: &str, signed: &str) -> String {
    format!("the {part} differs: the server has {shown:?}, signed was {signed:?}")
}

/// The first line of the header block that differs, by its name.
fn header(shown: &[&str], signed: &[&str]) -> String {
    let length = shown.len().max(signed.len());
    let pairs = (0..length).map(|place| (shown.get(place).copied(), signed.get(place).copied()));
    let (shown, signed) = pairs.clone().find(|(shown, signed)| shown != signed).unwrap_or_default();
    let name = |line: Option<&str>| line.map(|line| line.split(':').next().unwrap_or(line).to_owned());
    match (name(shown), name(signed)) {
        (Some(one), Some(other)) if one == other && one == UNSHOWN => {
            format!("the header {one} differs from what the server received")
        }
        (Some(one), Some(other)) if one == other => {
            say(&format!("header {one}"), shown.unwrap_or_default(), signed.unwrap_or_default())
        }
        (Some(name), other) if other.as_ref().is_none_or(|other| name < *other) => {
            format!("the header {name} differs: the server has it, signed it was not")
        }
        (_, name) => {
            let name = name.unwrap_or_default();
            format!("the header {name} differs: it was signed, the server does not have it")
        }
    }
}

/// All parts but the headers, by their names.
fn named<'a>(parts: &Parts<'a>) -> [(&'static str, &'a str); 5] {
    [
        ("method", parts.method),
        ("path", parts.path),
        ("query", parts.query),
        ("list of signed headers", parts.signed_names),
        ("hash of the body", parts.payload),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "GET\n/a/\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nhash";

    fn told(shown: &str) -> String {
        let message = format!("verify aksk signature fail, canonicalRequest:{}", shown.replace('\n', "|"));
        difference(&message, SIGNED).unwrap()
    }

    #[test]
    fn the_first_part_that_differs_is_named() {
        for (shown, what) in [
            ("PUT\n/\n\n\n\n\n", "the method differs: the server has \"PUT\", signed was \"GET\""),
            ("GET\n/b/\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nhash", "the path differs"),
            ("GET\n/a/\n\nhost:h\nx-b:1\n\nhost;x-b\nhash", "the query differs"),
            (
                "GET\n/a/\nb=1\nhost:h:80\nx-b:1\n\nhost;x-b\nhash",
                "the header host differs: the server has \"host:h:80\", signed was \"host:h\"",
            ),
            (
                "GET\n/a/\nb=1\nhost:h\n\nhost\nhash",
                "the header x-b differs: it was signed, the server does not have it",
            ),
            (
                "GET\n/a/\nb=1\na:1\nhost:h\nx-b:1\n\na;host;x-b\nhash",
                "the header a differs: the server has it, signed it was not",
            ),
            ("GET\n/a/\nb=1\nhost:h\nx-b:1\n\nx-b;host\nhash", "the list of signed headers differs"),
            ("GET\n/a/\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nother", "the hash of the body differs"),
        ] {
            assert!(told(shown).starts_with(what), "{shown:?}: {}", told(shown));
        }
    }

    #[test]
    fn a_security_token_is_not_repeated() {
        let message = format!("{MARK}GET|/||x-security-token:theirs||x-security-token|hash");
        let told = difference(&message, "GET\n/\n\nx-security-token:ours\n\nx-security-token\nhash").unwrap();
        assert_eq!(told, "the header x-security-token differs from what the server received");
    }

    #[test]
    fn equal_requests_leave_the_secret_key() {
        assert_eq!(told(SIGNED), "the canonical requests are equal, so the secret key is another one");
    }

    #[test]
    fn a_text_without_a_canonical_request_tells_nothing() {
        assert_eq!(difference("verify aksk signature fail", SIGNED), None);
    }

    #[test]
    fn any_text_is_answered() {
        for shown in ["", "|", "||||||||", "GET", "GET|/a/|b=1|host:h|x-b:1||host;x-b|hash|"] {
            assert!(difference(&format!("{MARK}{shown}"), SIGNED).is_some(), "{shown}");
        }
    }
}
