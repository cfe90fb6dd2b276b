//! Mistakes that the request itself shows, without a comparison of signatures.

use crate::Mistake;
use crate::diagnosis::{Named, Proof};
use crate::evidence::Evidence;
use countersign_sign::names;
use countersign_types::{Timestamp, limits::SKEW_SECONDS_MAX};
use countersign_verify::{Error, is_secret};

/// Why the verifier refuses.
pub(crate) enum Refusal {
    /// There is no signature of this family.
    Unsigned,
    /// The key is not known, or another one.
    UnknownKey,
    /// The verifier's own word.
    Error(Error),
}

const DATE_HEADERS: [&str; 4] = ["date", "x-date", "x-amz-date", "x-hw-date"];
/// How access keys of temporary pairs begin.
const TEMPORARY: &str = "HST";
/// Minutes between UTC and the zones that are not whole hours away.
const ODD_ZONES: [u64; 10] = [150, 210, 270, 330, 345, 390, 525, 570, 630, 765];
const WESTERNMOST_HOURS: u64 = 12;
const EASTERNMOST_HOURS: u64 = 14;
/// How far local time may be from a zone's, in seconds.
const ZONE_TOLERANCE_SECONDS: u64 = 120;

/// A mistake that the request shows.
pub(crate) fn seen(mistake: Mistake, particular: Option<String>) -> Named {
    Named { mistake, particular, proof: Proof::Seen }
}

/// Facts of a request whose Authorization header says nothing that could be held against a key.
pub(crate) fn without_claim(refusal: Option<&Refusal>, has_authorization: bool) -> Vec<Named> {
    let mistake = match refusal {
        Some(Refusal::Unsigned) if has_authorization => Mistake::AuthorizationOfAnotherScheme,
        Some(Refusal::Unsigned) => Mistake::AuthorizationMissing,
        Some(Refusal::Error(error)) => return of_error(error).into_iter().collect(),
        Some(Refusal::UnknownKey) | None => return Vec::new(),
    };
    vec![seen(mistake, None)]
}

/// Facts of a request that claims a signature. `spelling` is how that is misspelled.
pub(crate) fn of_claim(
    evidence: &Evidence<'_>,
    refusal: Option<&Refusal>,
    spelling: Option<Mistake>,
) -> Vec<Named> {
    let mut facts: Vec<Named> = spelling.map(|mistake| seen(mistake, None)).into_iter().collect();
    facts.extend(signed_names(evidence));
    facts.extend(legacy(evidence));
    match refusal {
        Some(Refusal::Error(Error::MalformedAuthorization(_))) if !facts.is_empty() => {}
        Some(Refusal::Error(Error::MissingAccessKey)) if !facts.is_empty() => {}
        Some(Refusal::Error(error)) => facts.extend(of_error(error)),
        Some(Refusal::Unsigned | Refusal::UnknownKey) | None => {}
    }
    facts.extend(access_key(evidence));
    facts.extend(security_token(evidence));
    facts.extend(time(evidence));
    facts
}

fn of_error(error: &Error) -> Option<Named> {
    let (mistake, particular) = match error {
        Error::DuplicateHeader(name) => (Mistake::HeaderTwice, Some((*name).to_owned())),
        Error::MalformedAuthorization(reason) => {
            (Mistake::AuthorizationMalformed, Some((*reason).to_owned()))
        }
        Error::MissingAccessKey => (Mistake::AuthorizationMalformed, Some(error.to_string())),
        Error::UnsupportedAlgorithm => (Mistake::AlgorithmUnknown, None),
        Error::MissingDate => (Mistake::DateMissing, None),
        Error::BadDate => (Mistake::DateMalformed, None),
        Error::BadContentHash => (Mistake::ContentHashMalformed, None),
        Error::UnsignedPayload => (Mistake::UnsignedPayloadRefused, None),
        Error::ContentHashMismatch => (Mistake::BodyChanged, None),
        Error::Expired { .. } | Error::Mismatch { .. } => return None,
    };
    Some(seen(mistake, particular))
}

fn signed_names(evidence: &Evidence<'_>) -> Vec<Named> {
    let mut facts = Vec::new();
    if evidence.claimed.names.bytes().any(|byte| byte.is_ascii_uppercase()) {
        facts.push(seen(Mistake::SignedNamesUpperCase, None));
    }
    if !evidence.signed_names().any(|name| name == "x-sdk-date") {
        let other = evidence.signed_names().find(|name| DATE_HEADERS.contains(&name.as_str()));
        let mistake = if other.is_some() { Mistake::WrongDateHeader } else { Mistake::DateNotSigned };
        facts.push(seen(mistake, other));
    }
    facts
}

/// A scope of four parts is the older scheme's (§4.5).
fn legacy(evidence: &Evidence<'_>) -> Option<Named> {
    let is_legacy = evidence.claimed.scope.ends_with("/sdk_request");
    is_legacy.then(|| seen(Mistake::LegacyDerivation, None))
}

fn access_key(evidence: &Evidence<'_>) -> Option<Named> {
    let claimed = evidence.claimed.access_key;
    match evidence.situation.key {
        Some(key) if key.access_key().as_str() == claimed => None,
        Some(key) if is_secret(key, claimed.as_bytes()) => Some(seen(Mistake::KeysSwapped, None)),
        None if lacks_token(evidence) => None,
        _ => Some(seen(Mistake::AccessKeyUnknown, None)),
    }
}

fn lacks_token(evidence: &Evidence<'_>) -> bool {
    evidence.claimed.access_key.starts_with(TEMPORARY) && evidence.value(names::SECURITY_TOKEN).is_none()
}

fn security_token(evidence: &Evidence<'_>) -> Option<Named> {
    let known = evidence.situation.security_token.map(|token| token.expose().as_bytes());
    match (known, evidence.value(names::SECURITY_TOKEN)) {
        (Some(_), None) => Some(seen(Mistake::SecurityTokenMissing, None)),
        (Some(known), Some(sent)) if known != sent => Some(seen(Mistake::SecurityTokenOfAnotherKey, None)),
        (None, None) if lacks_token(evidence) => Some(seen(Mistake::SecurityTokenMissing, None)),
        _ => None,
    }
}

fn time(evidence: &Evidence<'_>) -> Option<Named> {
    let now = evidence.situation.place.now;
    let signed = Timestamp::parse_basic(evidence.value(names::DATE)?).ok()?;
    let skew = signed.abs_diff_seconds(now);
    if skew <= SKEW_SECONDS_MAX {
        return None;
    }
    let (sign, direction, hours_max) =
        if signed > now { ('+', "ahead of", EASTERNMOST_HOURS) } else { ('-', "behind", WESTERNMOST_HOURS) };
    let minutes = (skew + 30) / 60;
    let zone = zone(skew).filter(|zone| *zone <= hours_max * 60);
    let Some(zone) = zone else {
        let how_far = format!("{minutes} minutes {direction} the server's clock");
        return Some(seen(Mistake::ClockOff, Some(how_far)));
    };
    Some(seen(Mistake::LocalTime, Some(format!("{sign}{:02}:{:02}", zone / 60, zone % 60))))
}

/// The distance of a time zone from UTC in minutes, if the skew is one.
fn zone(skew_seconds: u64) -> Option<u64> {
    let is_near = |minutes: &u64| skew_seconds.abs_diff(minutes * 60) <= ZONE_TOLERANCE_SECONDS;
    let whole = (1..=EASTERNMOST_HOURS).map(|hours| hours * 60);
    whole.chain(ODD_ZONES).find(is_near)
}
