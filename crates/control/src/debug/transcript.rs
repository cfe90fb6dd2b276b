//! Request and response as the text that clients show to people.

use super::{Incoming, Outgoing, Transcript};

/// Stands at the end of a body that was cut.
const TRUNCATED: &str = "[TRUNCATED]";

pub(super) fn write(outgoing: &Outgoing, incoming: Result<Incoming, String>, latency_ms: u64) -> Transcript {
    let first = format!("{} {} HTTP/1.1", outgoing.method, outgoing.target);
    let request = message(&first, &outgoing.headers, &outgoing.body);
    let (response, log) = match incoming {
        Ok(incoming) => (response(&incoming), String::new()),
        Err(reason) => (String::new(), reason),
    };
    Transcript { request, response, latency_ms, log }
}

fn response(incoming: &Incoming) -> String {
    let mut text = message(&format!("HTTP/1.1 {}", incoming.status), &incoming.headers, &incoming.body);
    if incoming.truncated {
        text.push_str(TRUNCATED);
    }
    text
}

/// Lines end as in the published examples.
fn message(first: &str, headers: &[(String, String)], body: &[u8]) -> String {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{first}\n{lines}\n{}", String::from_utf8_lossy(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debug::Scheme;

    fn outgoing() -> Outgoing {
        let headers = vec![("Host".into(), "a".into())];
        Outgoing {
            method: "POST",
            scheme: Scheme::Http,
            target: "/x?y=z".into(),
            headers,
            body: b"body".to_vec(),
        }
    }

    #[test]
    fn both_messages_are_shown_as_text() {
        let headers = vec![("Server".into(), "api-gateway".into())];
        let incoming =
            Incoming { status: "200 OK".into(), headers, body: b"ok\xff".to_vec(), truncated: true };
        let transcript = write(&outgoing(), Ok(incoming), 7);
        assert_eq!(transcript.request, "POST /x?y=z HTTP/1.1\nHost: a\n\nbody");
        assert_eq!(transcript.response, "HTTP/1.1 200 OK\nServer: api-gateway\n\nok\u{fffd}[TRUNCATED]");
        assert_eq!((transcript.latency_ms, transcript.log.as_str()), (7, ""));
    }

    #[test]
    fn without_a_response_the_log_says_why() {
        let transcript = write(&outgoing(), Err("the gateway is not reachable".into()), 0);
        assert_eq!(
            (transcript.response.as_str(), transcript.log.as_str()),
            ("", "the gateway is not reachable")
        );
    }
}
