//! Path templates and `#variables#`.

use super::words::{Matching, Side};
use countersign_snapshot::{Segment, Template};
use std::collections::BTreeSet;

/// Longest path template in characters.
const PATH_CHARS_MAX: usize = 512;
/// Longest name of a parameter in characters.
const NAME_CHARS_MAX: usize = 32;

/// Reads the path template of a request: it starts with `/`, `{name}` is a whole segment, `{name+}` the last one.
/// Returns the names, or `None` when the text is no template that the data plane would serve.
pub(super) fn request_names(path: &str) -> Option<BTreeSet<String>> {
    let written = |segment: &str| {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        is_path_text(name.unwrap_or(segment))
    };
    let fits = path.len() <= PATH_CHARS_MAX && path.split('/').all(written);
    let template = Template::parse(path).ok().filter(|_| fits)?;
    template.names().all(is_parameter_name).then(|| template.names().map(str::to_owned).collect())
}

/// Reads the path template of a backend: `{name}` may stand anywhere, `#name#` is an environment variable.
/// Returns the names of its parameters, or `None` when the text is no such template.
pub(super) fn backend_names(path: &str) -> Option<BTreeSet<&str>> {
    let parts = path.split('#');
    let marks_pair_up = !parts.clone().count().is_multiple_of(2);
    (path.starts_with(['/', '#']) && path.len() <= PATH_CHARS_MAX && marks_pair_up).then_some(())?;
    // Between the marks stand, alternately, literal text and names.
    let mut names = BTreeSet::new();
    for (position, part) in parts.enumerate() {
        if position.is_multiple_of(2) {
            collect_braces(part, &mut names)?;
        } else {
            is_variable_name(part).then_some(())?;
        }
    }
    path.split('/').all(is_no_detour).then_some(names)
}

fn collect_braces<'a>(part: &'a str, names: &mut BTreeSet<&'a str>) -> Option<()> {
    let mut rest = part;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}')?;
        let name = name.strip_suffix('+').unwrap_or(name);
        (literal.split('/').all(is_path_text) && is_parameter_name(name)).then_some(())?;
        names.insert(name);
        rest = after;
    }
    rest.split('/').all(is_path_text).then_some(())
}

/// What tells one route from another, beside the method: two texts that always match the same requests give the
/// same one. Names of parameters and spellings of literals tell nothing; `{name+}` matches alike either way.
pub(super) fn place(matching: Matching, path: &str) -> String {
    let Ok(template) = Template::parse(path) else { return path.to_owned() };
    let mut place = matching.as_str();
    let mut shape = String::new();
    for segment in template.segments() {
        shape.push('/');
        shape.push_str(match segment {
            Segment::Literal(text) => text,
            Segment::Parameter(_) => "{}",
            Segment::Rest(_) => {
                place = "REST";
                "{+}"
            }
        });
    }
    format!("{place} {shape}")
}

/// Neither `.` nor `..`: they would leave the place that the template names.
fn is_no_detour(segment: &str) -> bool {
    !matches!(segment, "." | "..")
}

/// Characters of a path without `/`; `%` stands before two hex digits.
fn is_path_text(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// A letter, then letters, digits, `.`, `-` and `_`.
pub(crate) fn is_parameter_name(name: &str) -> bool {
    name.len() <= NAME_CHARS_MAX
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// What `$context.authorizer.<side>.<name>` asks for, if the text has this form.
pub(crate) fn context_name(text: &str) -> Option<(Side, &str)> {
    let (side, name) = text.strip_prefix("$context.authorizer.")?.split_once('.')?;
    let side = match side {
        "frontend" => Side::Frontend,
        "backend" => Side::Backend,
        _ => return None,
    };
    (is_parameter_name(name) && !name.contains('.')).then_some((side, name))
}

fn is_variable_name(name: &str) -> bool {
    is_parameter_name(name) && name.len() >= 3
}

/// `host` or `host:port`, in which `#name#` may stand for any part.
pub(super) fn is_address(text: &str) -> bool {
    let parts: Vec<&str> = text.split('#').collect();
    if parts.len().is_multiple_of(2) || text.is_empty() || text.len() > 255 {
        return false;
    }
    let names_fit = parts.iter().skip(1).step_by(2).all(|name| is_variable_name(name));
    let literal: String = parts.iter().step_by(2).copied().collect();
    match parts.len() {
        1 => is_plain_address(text),
        _ => names_fit && literal.bytes().all(is_address_byte),
    }
}

/// `host` or `host:port` without variables; an IPv6 address stands in brackets.
pub(crate) fn is_plain_address(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => return host.parse::<std::net::Ipv6Addr>().is_ok(),
        Some((host, port)) => {
            return host.parse::<std::net::Ipv6Addr>().is_ok() && port.strip_prefix(':').is_some_and(is_port);
        }
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let host_fits = !host.is_empty() && host.bytes().all(|byte| is_address_byte(byte) && byte != b':');
    host_fits && port.is_none_or(is_port)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._:".contains(&byte)
}

/// Names of the `#variables#` in the text.
pub(crate) fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split('#').skip(1).step_by(2)
}

/// The text with every `#name#` replaced, or the name that `value_of` does not know.
pub(crate) fn substitute<'a>(
    text: &str,
    value_of: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, String> {
    let mut result = String::with_capacity(text.len());
    for (position, part) in text.split('#').enumerate() {
        result.push_str(if position % 2 == 0 { part } else { value_of(part).ok_or(part)? });
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_request_path_are_whole_segments() {
        let names = |path| request_names(path).map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(names("/"), Some(vec![]));
        assert_eq!(names("/a/{id}/b/{rest+}"), Some(vec!["id".to_owned(), "rest".to_owned()]));
        assert_eq!(names("/a%20b/*/c:d/"), Some(vec![]));
        for bad in [
            "",
            "a",
            "/a{id}",
            "/{id}x",
            "/{}",
            "/{1}",
            "/{a/b}",
            "/{rest+}/x",
            "/{a}/{a}",
            "/a b",
            "/a?b",
            "/a#b#",
            "/%2",
            "/%zz",
            "/é",
            "/../a",
            "/a/.",
            "/{a",
            "/a}",
            "//a",
            "/a%2Fb",
            "/a%5Cb",
            "/%00",
            "/%ff",
        ] {
            assert_eq!(names(bad), None, "{bad:?}");
        }
        assert_eq!(names(&format!("/{}", "a".repeat(512))), None);
    }

    #[test]
    fn parameters_and_variables_of_a_backend_path_stand_anywhere() {
        let names = |path| backend_names(path).map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(names("/v1/pre-{id}.{kind}/#base##tail#/x"), Some(vec!["id", "kind"]));
        assert_eq!(names("#base#/x"), Some(vec![]));
        for bad in ["", "x", "/#ab", "/#a#", "/{id", "/id}", "/{a#base#b}", "/a b", "/##", "/../x"] {
            assert_eq!(names(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn routes_that_match_alike_are_one_place() {
        let exact = |path| place(Matching::Exact, path);
        assert_eq!(exact("/a/{x}/{rest+}"), exact("/a/{y}/{more+}"));
        assert_eq!(exact("/a/b"), exact("/%61/b"));
        assert_eq!(exact("/a/{rest+}"), place(Matching::Prefix, "/a/{rest+}"));
        assert_ne!(exact("/a"), place(Matching::Prefix, "/a"));
        assert_ne!(exact("/a/{x}"), exact("/a/{x+}"));
        assert_ne!(exact("/a"), exact("/a/"));
    }

    #[test]
    fn addresses_are_host_and_optional_port() {
        for good in [
            "example.com",
            "10.0.0.1:8080",
            "[::1]:80",
            "[::1]",
            "a_b",
            "#host#",
            "#host#:80",
            "x.#tail##port#",
        ] {
            assert!(is_address(good), "{good:?}");
        }
        for bad in [
            "", ":80", "a:", "a:0", "a:65536", "a:8x", "a b", "a/b", "http://a", "a@b", "#h#", "#host",
            "[::1", "[x]:1",
        ] {
            assert!(!is_address(bad), "{bad:?}");
        }
    }

    #[test]
    fn variables_are_replaced_and_an_unknown_one_is_named() {
        let known = |name: &str| (name == "one").then_some("1");
        assert_eq!(substitute("/#one##one#/x", known).unwrap(), "/11/x");
        assert_eq!(substitute("/#two#", known).unwrap_err(), "two");
        assert_eq!(variables("#a#b#c#").collect::<Vec<_>>(), ["a", "c"]);
    }
}
