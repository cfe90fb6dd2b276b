//! Random requests that every signer must sign: all that callers send, and much that they should not.

use super::random::Random;
use crate::bytes::Bytes;
use crate::protocol::{Credential, Payload, Request, SignTask};
use countersign_types::Timestamp;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
const RESERVED: &str = "!$'()*,;:@|^`{}[]\"<>\\";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Letters of one to four bytes; some of them sort otherwise in UTF-16.
const UNICODE: &str = "éßñ虚拟云かな한글Жא😀𝔘～\u{ffee}e\u{301}";
/// Names of query pairs; few, so that they repeat.
const QUERY_NAMES: [&str; 12] =
    ["a", "b", "B", "limit", "marker", "a b", "ids[]", "名", "é", "x+y", "", "sort_key"];
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
const HOSTS: [&str; 5] = [
    "service.region.example.com",
    "service.region.example.com:8443",
    "Service.Example.COM",
    "127.0.0.1:80",
    "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com:443",
];
const HEADER_NAMES: [&str; 10] = [
    "User-Agent",
    "X-Trace-Id",
    "x-trace",
    "X-A",
    "X-A1",
    "X-A-B",
    "Accept",
    "X_Under",
    "Content-Length",
    "Connection",
];
const CONTENT_TYPES: [&str; 4] =
    ["application/json", "application/json;charset=utf8", "text/plain", "application/octet-stream"];
/// 2001-09-09 to 2033-05-18.
const TIMES: (u64, usize) = (1_000_000_000, 1_000_000_000);

/// Request number `case` of a seed, signed with one of `algorithms`.
pub(super) fn task(seed: u64, case: u64, algorithms: &[String]) -> SignTask {
    let random = &mut Random::of_case(seed, case);
    let algorithm = algorithm(random, algorithms);
    let is_scoped = algorithm.starts_with("V11");
    let (offset, span) = TIMES;
    SignTask {
        credential: credential(random),
        algorithm,
        region: is_scoped.then(|| "cn-north-4".to_owned()),
        service: is_scoped.then(|| "vpc".to_owned()),
        now: Timestamp::from_unix(offset + random.below(span) as u64).basic().to_string(),
        request: request(random),
    }
}

/// Most are signed with the first, which is the usual one.
fn algorithm(random: &mut Random, algorithms: &[String]) -> String {
    let place = if random.percent(70) { 0 } else { random.below(algorithms.len()) };
    algorithms.get(place).cloned().unwrap_or_default()
}

fn credential(random: &mut Random) -> Credential {
    let mut sometimes = |percent, length| {
        let is_there = random.percent(percent);
        is_there.then(|| text(random, LETTERS, length))
    };
    let (security_token, project_id, domain_id) = (sometimes(15, 200), sometimes(15, 32), sometimes(10, 32));
    let (letters, length) = (if random.percent(5) { UNICODE } else { PLAIN }, 1 + random.below(80));
    Credential {
        access_key: text(random, LETTERS, 20),
        secret_key: text(random, letters, length),
        security_token,
        project_id,
        domain_id,
    }
}

fn request(random: &mut Random) -> Request {
    let mut target = path(random);
    if random.percent(70) {
        target.push('?');
        target.push_str(&query(random));
    }
    let body = if random.percent(50) { Bytes::default() } else { body(random) };
    Request {
        method: random.one_of(&METHODS).to_owned(),
        target,
        headers: headers(random),
        body,
        payload: if random.percent(10) { Payload::Unsigned } else { Payload::Body },
    }
}

fn path(random: &mut Random) -> String {
    let is_plain = random.percent(60);
    let mut path = String::new();
    for _ in 0..random.below(5) {
        path.push('/');
        if random.percent(95) {
            path.push_str(&segment(random, is_plain));
        }
    }
    if path.is_empty() || random.percent(20) {
        path.push('/');
    }
    path
}

fn segment(random: &mut Random, is_plain: bool) -> String {
    let length = 1 + random.below(8);
    if is_plain {
        return text(random, PLAIN, length);
    }
    (0..length).map(|_| piece(random, RESERVED)).collect()
}

fn query(random: &mut Random) -> String {
    let is_plain = random.percent(40);
    let pair = |random: &mut Random| {
        if is_plain {
            let length = random.below(6);
            return format!("{}={}", text(random, PLAIN, 3), text(random, PLAIN, length));
        }
        let name = encoded(random.one_of(&QUERY_NAMES));
        let length = random.below(8);
        let value: String = (0..length).map(|_| piece(random, RESERVED)).collect();
        match random.below(20) {
            0 => name,
            1 => format!("{name}="),
            2 => String::new(),
            _ => format!("{name}={value}"),
        }
    };
    let count = random.below(7);
    (0..count).map(|_| pair(random)).collect::<Vec<_>>().join("&")
}

/// A character or two of a target: raw, encoded, or a percent sign that encodes nothing.
fn piece(random: &mut Random, reserved: &str) -> String {
    match random.below(40) {
        0..16 => random.character(PLAIN).to_string(),
        16..22 => random.character(reserved).to_string(),
        22..28 => encoded(&random.character(reserved).to_string()),
        28..32 => encoded(&random.character(UNICODE).to_string()),
        32 => random.character(UNICODE).to_string(),
        33 => encoded(&random.character(UNICODE).to_string()).to_lowercase(),
        34 => "%20".to_owned(),
        35 => "+".to_owned(),
        36 => random.one_of(&["%2F", "%2f", "%3F", "%26", "%3D", "%2B"]).to_owned(),
        37 => random.one_of(&["%25", "%2541", "%41", "%7e"]).to_owned(),
        38 => random.one_of(&["%zz", "%4", "%00", "%0A"]).to_owned(),
        _ => random.one_of(&["=", "/", "%FF", "%C3%28"]).to_owned(),
    }
}

fn headers(random: &mut Random) -> Vec<(String, String)> {
    let mut headers = vec![("Host".to_owned(), random.one_of(&HOSTS).to_owned())];
    if random.percent(15) {
        headers.push(("Content-Type".to_owned(), random.one_of(&CONTENT_TYPES).to_owned()));
    }
    for _ in 0..random.below(4) {
        let name = random.one_of(&HEADER_NAMES);
        if random.percent(90) && headers.iter().any(|(known, _)| known == name) {
            continue;
        }
        headers.push((name.to_owned(), value(random)));
    }
    let place = random.below(headers.len());
    headers.swap(0, place);
    headers
}

fn value(random: &mut Random) -> String {
    let length = 1 + random.below(20);
    match random.below(20) {
        0 => String::new(),
        1 => " \t".to_owned(),
        2 => format!("  {} ", text(random, PLAIN, length)),
        3 => format!("\u{a0}{}", text(random, PLAIN, length)),
        4 | 5 => text(random, UNICODE, length),
        6 | 7 => format!("{0}  \"{0}\", {0};q=1", text(random, PLAIN, 4)),
        _ => text(random, PLAIN, length),
    }
}

fn body(random: &mut Random) -> Bytes {
    let length = random.below(300);
    Bytes(match random.below(4) {
        0 => random.bytes(length),
        1 => format!("a={}&b=c+d", text(random, PLAIN, length)).into_bytes(),
        2 => format!("{{\"name\":\"{}\"}}", text(random, UNICODE, length)).into_bytes(),
        _ => format!("{{\"name\":\"{}\",\"n\":[1,2]}}", text(random, PLAIN, length)).into_bytes(),
    })
}

fn text(random: &mut Random, characters: &str, length: usize) -> String {
    (0..length).map(|_| random.character(characters)).collect()
}

/// Every byte that is not unreserved as %XX.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        let character = char::from(byte);
        if PLAIN.contains(character) { character.to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own;
    use crate::protocol::Answer;
    use countersign_sign::Algorithm;

    #[test]
    fn a_case_follows_from_seed_and_number_alone() {
        let algorithms = vec!["SDK-HMAC-SHA256".to_owned()];
        let json = |seed, case| serde_json::to_string(&task(seed, case, &algorithms)).unwrap();
        assert_eq!(json(1, 7), json(1, 7));
        assert_ne!(json(1, 7), json(1, 8));
        assert_ne!(json(1, 7), json(2, 7));
    }

    #[test]
    fn our_signer_signs_every_case_and_our_verifier_accepts_it() {
        let algorithms: Vec<_> = Algorithm::ALL.map(|algorithm| algorithm.token().to_owned()).into();
        for case in 0..500 {
            let task = task(3, case, &algorithms);
            let Answer::Signed(signed) = own::sign(&task) else {
                panic!("{}", serde_json::to_string(&task).unwrap());
            };
            let verified = own::verify(&crate::wire::arrived(&task, &signed.headers));
            assert!(matches!(verified, Answer::Verified { .. }), "{}", serde_json::to_string(&task).unwrap());
        }
    }
}
