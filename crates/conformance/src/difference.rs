//! Where a signer's answer first leaves the right one.

use crate::protocol::Signed;
use countersign_sign::Parts;

/// The first difference in the order in which a signature comes about: method, path, query, headers, signed names,
/// payload, string to sign, headers added, signature. `None` if there is none.
///
/// What the signer does not tell cannot be compared. `is_signature` says whether a signature other than the expected
/// one holds all the same.
pub(crate) fn first(expected: &Signed, got: &Signed, is_signature: impl Fn() -> bool) -> Option<String> {
    let canonical = both(&expected.canonical_request, &got.canonical_request)
        .and_then(|(expected, got)| canonical_request(expected, got));
    let string_to_sign = || {
        both(&expected.string_to_sign, &got.string_to_sign)
            .and_then(|(expected, got)| say("string to sign", expected, got))
    };
    canonical
        .or_else(string_to_sign)
        .or_else(|| signed_names(expected, got))
        .or_else(|| added(expected, got))
        .or_else(|| signature(expected, got, is_signature))
}

fn both<'a>(expected: &'a Option<String>, got: &'a Option<String>) -> Option<(&'a str, &'a str)> {
    expected.as_deref().zip(got.as_deref())
}

fn say(what: &str, expected: &str, got: &str) -> Option<String> {
    (expected != got).then(|| format!("{what}: {got:?} instead of {expected:?}"))
}

fn canonical_request(expected: &str, got: &str) -> Option<String> {
    let (expected_text, got_text) = (expected, got);
    let (expected, got) = (Parts::of(expected, '\n'), Parts::of(got, '\n'));
    say("method", expected.method, got.method)
        .or_else(|| say("path", expected.path, got.path))
        .or_else(|| say("query", expected.query, got.query))
        .or_else(|| header(&expected.headers, &got.headers))
        .or_else(|| say("signed names", expected.signed_names, got.signed_names))
        .or_else(|| say("payload", expected.payload, got.payload))
        .or_else(|| say("canonical request", expected_text, got_text))
}

/// The first line of the header block that differs, told by the name of the header.
fn header(expected: &[&str], got: &[&str]) -> Option<String> {
    let length = expected.len().max(got.len());
    (0..length)
        .map(|place| (expected.get(place), got.get(place)))
        .find(|(expected, got)| expected != got)
        .map(|pair| match pair {
            (Some(expected), Some(got)) if name(expected) == name(got) => {
                format!("header {}: {:?} instead of {:?}", name(got), value(got), value(expected))
            }
            (Some(expected), got) if got.is_none_or(|got| name(expected) < name(got)) => {
                format!("header {}: not signed", name(expected))
            }
            (_, got) => format!("header {}: signed, but should not be", got.map_or("", |got| name(got))),
        })
}

fn name(line: &str) -> &str {
    line.split_once(':').map_or(line, |(name, _)| name)
}

fn value(line: &str) -> &str {
    line.split_once(':').map_or("", |(_, value)| value)
}

fn signed_names(expected: &Signed, got: &Signed) -> Option<String> {
    if got.signed_names().is_empty() {
        return Some("signed names: the Authorization header has none".to_owned());
    }
    say("signed names", &expected.signed_names().join(";"), &got.signed_names().join(";"))
}

/// The headers added, but for the last one, which holds the signature.
fn added(expected: &Signed, got: &Signed) -> Option<String> {
    let others = |signed: &Signed| {
        let is_other = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("authorization");
        signed.headers.iter().filter(is_other).cloned().collect::<Vec<_>>()
    };
    let (expected, got) = (others(expected), others(got));
    let pairs = expected.iter().map(Some).chain(std::iter::repeat(None));
    let given = got.iter().map(Some).chain(std::iter::repeat(None));
    let length = expected.len().max(got.len());
    pairs.zip(given).take(length).find(|(expected, got)| expected != got).map(|(expected, got)| {
        let line = |header: Option<&(String, String)>| {
            header.map_or_else(
                || "nothing".to_owned(),
                |(name, value)| format!("{:?}", format!("{name}: {value}")),
            )
        };
        format!("headers added: {} instead of {}", line(got), line(expected))
    })
}

fn signature(expected: &Signed, got: &Signed, is_signature: impl Fn() -> bool) -> Option<String> {
    let head = |signed: &Signed| {
        let authorization = signed.authorization().unwrap_or_default();
        authorization.rsplit_once("Signature=").map_or(authorization, |(head, _)| head).to_owned()
    };
    say("Authorization", &head(expected), &head(got)).or_else(|| {
        let difference =
            say("signature", expected.signature().unwrap_or_default(), got.signature().unwrap_or_default());
        difference.filter(|_| !is_signature())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(canonical_request: &str, names: &str, signature: &str) -> Signed {
        let authorization = format!("SDK-HMAC-SHA256 Access=A, SignedHeaders={names}, Signature={signature}");
        Signed {
            headers: vec![
                ("X-Sdk-Date".to_owned(), "d".to_owned()),
                ("Authorization".to_owned(), authorization),
            ],
            canonical_request: Some(canonical_request.to_owned()),
            string_to_sign: Some(canonical_request.to_owned()),
        }
    }

    const RIGHT: &str = "GET\n/a/\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nhash";

    fn told(canonical_request: &str) -> String {
        let (expected, got) = (signed(RIGHT, "host;x-b", "1"), signed(canonical_request, "host;x-b", "1"));
        first(&expected, &got, || false).unwrap_or_default()
    }

    #[test]
    fn the_first_part_that_differs_is_named() {
        assert_eq!(told(RIGHT), "");
        for (text, what) in [
            ("PUT\n/\n\n\n\n\n", "method: "),
            ("GET\n/a\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nhash", "path: \"/a\" instead of \"/a/\""),
            ("GET\n/a/\nb=\nhost:h\nx-b:1\n\nhost;x-b\nhash", "query: "),
            ("GET\n/a/\nb=1\nhost:h\nx-b: 1\n\nhost;x-b\nhash", "header x-b: \" 1\" instead of \"1\""),
            ("GET\n/a/\nb=1\nhost:h\n\nhost\nhash", "header x-b: not signed"),
            ("GET\n/a/\nb=1\na:1\nhost:h\nx-b:1\n\na;host;x-b\nhash", "header a: signed, but should not be"),
            ("GET\n/a/\nb=1\nhost:h\nx-b:1\n\nx-b;host\nhash", "signed names: "),
            ("GET\n/a/\nb=1\nhost:h\nx-b:1\n\nhost;x-b\nother", "payload: "),
            ("GET\n/a/\nb=1\nhost:h\nx-b:1\nhost;x-b\nhash", "canonical request: "),
        ] {
            assert!(told(text).starts_with(what), "{text:?}: {}", told(text));
        }
    }

    #[test]
    fn a_signer_that_tells_no_texts_is_compared_by_what_it_adds() {
        let silent = |names, signature| Signed {
            canonical_request: None,
            string_to_sign: None,
            ..signed("", names, signature)
        };
        let expected = signed(RIGHT, "host;x-b", "1");
        let told = |got: &Signed| first(&expected, got, || false).unwrap_or_default();
        assert_eq!(told(&silent("host;x-b", "1")), "");
        assert_eq!(told(&silent("host", "1")), "signed names: \"host\" instead of \"host;x-b\"");
        assert_eq!(told(&silent("host;x-b", "2")), "signature: \"2\" instead of \"1\"");
        let bare = Signed { headers: vec![], ..silent("host", "1") };
        assert_eq!(told(&bare), "signed names: the Authorization header has none");
        let mut more = silent("host;x-b", "1");
        more.headers.insert(1, ("X-More".to_owned(), "1".to_owned()));
        assert_eq!(told(&more), "headers added: \"X-More: 1\" instead of nothing");
    }

    #[test]
    fn a_signature_of_another_nonce_is_right_if_it_holds() {
        let (expected, got) = (signed(RIGHT, "host;x-b", "1"), signed(RIGHT, "host;x-b", "2"));
        assert_eq!(first(&expected, &got, || true), None);
    }
}
