//! Another second line of the string to sign than X-Sdk-Date.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;
use countersign_types::Timestamp;

const HEADERS: [&str; 4] = ["date", "x-date", "x-amz-date", "x-hw-date"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let signed =
        |mistake, date: Vec<u8>| Guess::about(mistake, &date.clone(), draft.with(|draft| draft.date = date));
    let mut guesses = Vec::new();
    for date in HEADERS.iter().filter_map(|name| evidence.value(name)) {
        guesses.push(signed(Mistake::WrongDateHeader, date.to_vec()));
        let basic = parse_http_date(date).map(|time| time.basic_bytes().to_vec());
        guesses.extend(basic.map(|date| signed(Mistake::WrongDateHeader, date)));
    }
    if let Ok(time) = Timestamp::parse_basic(&draft.date) {
        guesses.extend(spellings(time).map(|date| signed(Mistake::DateInAnotherForm, date)));
    }
    guesses.push(signed(Mistake::DateInAnotherForm, draft.date.to_ascii_lowercase()));
    guesses.push(signed(Mistake::DateInAnotherForm, draft.date.iter().copied().take(8).collect()));
    guesses.push(signed(Mistake::DateInAnotherForm, Vec::new()));
    guesses
}

fn spellings(time: Timestamp) -> [Vec<u8>; 5] {
    let iso = time.rfc3339().to_string();
    [
        iso.replace('Z', ".000Z"),
        iso.replace('Z', "+00:00"),
        iso,
        time.unix().to_string(),
        time.unix_millis().to_string(),
    ]
    .map(String::into_bytes)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
fn parse_http_date(text: &[u8]) -> Option<Timestamp> {
    let text = str::from_utf8(text).ok()?;
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let basic = format!("{year}{month:02}{day}T{}Z", time.replace(':', ""));
    Timestamp::parse_basic(basic.as_bytes()).ok()
}
