//! What must not be named: right requests, and failures without a reason.

use crate::client::{Case, SECRET, right, sha256};
use countersign_diagnosis::{Limits, UNKNOWN, Verdict};

const REQUESTS: u32 = 1_000;

/// Numbers from a seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn text(&mut self, alphabet: &str, length_max: usize) -> String {
        let characters: Vec<char> = alphabet.chars().collect();
        (0..=self.below(length_max)).map(|_| characters[self.below(characters.len())]).collect()
    }
}

const WORD: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A right request with random path, query, header and body.
fn random(numbers: &mut Numbers) -> Case {
    let odd = "ab ZY/é+*:&=~%-.";
    let mut case = right();
    let segments: Vec<_> =
        (0..=numbers.below(4)).map(|_| encode(&numbers.text(odd, 8).replace('/', ""))).collect();
    let mut pairs: Vec<_> =
        (0..numbers.below(5)).map(|_| (numbers.text(odd, 3), numbers.text(odd, 4))).collect();
    let write = |pairs: &[(String, String)]| {
        let pieces = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        pieces.collect::<Vec<_>>().join("&")
    };
    let path = format!("/{}", segments.join("/"));
    case.target = format!("{path}?{}", write(&pairs));
    pairs.sort();
    case.signing.query = write(&pairs);
    case.signing.path = if path.ends_with('/') { path } else { path + "/" };
    let value = numbers.text(WORD, 12);
    case.sign_and_send("X-Random", &value);
    let body = numbers.text(odd, 40);
    case.bodies(&body, &body);
    case
}

#[test]
fn a_thousand_right_requests_verify() {
    let mut numbers = Numbers(1);
    for number in 0..REQUESTS {
        let diagnosis = random(&mut numbers).diagnose();
        assert_eq!(diagnosis.verdict, Verdict::Verifies, "{number}");
    }
}

/// Changes one thing at random; never only the case of a letter, which is a mistake with a name.
fn spoil(case: &mut Case, numbers: &mut Numbers) {
    let other = |text: &mut String, numbers: &mut Numbers| {
        let at = numbers.below(text.len());
        let old = text.as_bytes()[at];
        let new = *b"qjxkvw7531".iter().find(|new| !old.eq_ignore_ascii_case(new)).unwrap();
        text.replace_range(at..=at, &char::from(new).to_string());
    };
    match numbers.below(6) {
        0 => case.key = numbers.text(WORD, 40).into_bytes(),
        1 => {
            let mut secret = SECRET.to_owned();
            other(&mut secret, numbers);
            case.key = secret.into_bytes();
        }
        2 => case.spell = |code| hex::encode(code.iter().map(|byte| byte ^ 0x10).collect::<Vec<_>>()),
        3 => case.signing.set("x-random", "another"),
        4 => case.signing.payload = sha256(numbers.text(WORD, 30).as_bytes()),
        _ => case.signing.path = format!("/{}/", numbers.text(WORD, 20)),
    }
}

#[test]
fn a_thousand_failures_without_a_reason_have_no_name() {
    let mut numbers = Numbers(2);
    for number in 0..REQUESTS {
        let mut case = random(&mut numbers);
        spoil(&mut case, &mut numbers);
        let diagnosis = case.diagnose();
        assert_eq!(diagnosis.code(), UNKNOWN, "{number}");
        assert!(diagnosis.hashes <= Limits::default().hashes_max && !diagnosis.was_cut_short, "{number}");
    }
}
