//! An equivalent curl line of a signed request, for a POSIX shell.

use crate::outgoing::Outgoing;

/// Options without which curl would change what is signed: dot segments, and brackets that it expands.
const FAITHFUL: &str = "curl --path-as-is --globoff";

/// The line that sends this request. `data` is the body as it was described, `@FILE` for a file's bytes.
pub(crate) fn line(outgoing: &Outgoing, added: &[(&str, String)], data: Option<&str>) -> String {
    let mut words = vec![FAITHFUL.to_owned()];
    match outgoing.method.as_str() {
        // With --request HEAD curl would wait for a body.
        "HEAD" => words.push("--head".to_owned()),
        method => words.push(format!("--request {}", quoted(method))),
    }
    let given = outgoing.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let added = added.iter().map(|(name, value)| (*name, value.as_str()));
    words.extend(given.chain(added).map(|(name, value)| header(name, value)));
    if let Some(data) = data {
        if !outgoing.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            words.push("--header 'Content-Type:'".to_owned());
        }
        words.push(match data.strip_prefix('@') {
            Some(_) => format!("--data-binary {}", quoted(data)),
            None => format!("--data-raw {}", quoted(data)),
        });
    }
    words.push(quoted(&outgoing.url.to_string()));
    words.join(" ")
}

/// Curl takes a name with nothing behind the colon as an order to leave the header out.
fn header(name: &str, value: &str) -> String {
    let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
    format!("--header {}", quoted(&line))
}

/// One word of a shell, whatever its characters.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
