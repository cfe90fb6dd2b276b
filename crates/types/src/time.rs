//! A point in time in UTC. Where it comes from is the caller's business: this crate has no clock.

use std::fmt;

/// Seconds and nanoseconds since 1970-01-01T00:00:00Z, years 1970 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Timestamp {
    seconds: u64,
    nanos: u32,
}

/// The text is not a date of the expected shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form yyyyMMddTHHmmssZ")]
pub struct InvalidTime;

const DAY: u64 = 86_400;
const LAST_SECOND: u64 = 253_402_300_799;

impl Timestamp {
    /// From whole seconds since the epoch; later than year 9999 becomes its last second.
    #[must_use]
    pub const fn from_unix(seconds: u64) -> Self {
        Self::from_unix_nanos(seconds, 0)
    }

    /// From seconds and nanoseconds since the epoch.
    #[must_use]
    pub const fn from_unix_nanos(seconds: u64, nanos: u32) -> Self {
        let seconds = if seconds > LAST_SECOND { LAST_SECOND } else { seconds };
        Self { seconds, nanos: nanos % 1_000_000_000 }
    }

    /// Whole seconds since the epoch.
    #[must_use]
    pub const fn unix(self) -> u64 {
        self.seconds
    }

    /// Whole milliseconds since the epoch.
    #[must_use]
    pub const fn unix_millis(self) -> u64 {
        self.seconds * 1_000 + self.nanos as u64 / 1_000_000
    }

    /// The start of its millisecond.
    #[must_use]
    pub const fn floor_millis(self) -> Self {
        Self { nanos: self.nanos / 1_000_000 * 1_000_000, ..self }
    }

    /// Nanoseconds within the second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Reads `yyyyMMdd'T'HHmmss'Z'`, the form of `X-Sdk-Date`: 16 bytes, real calendar dates, no leap second.
    ///
    /// # Errors
    /// [`InvalidTime`] for any other text.
    pub fn parse_basic(text: &[u8]) -> Result<Self, InvalidTime> {
        let [y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, mi1, mi2, s1, s2, b'Z'] = *text else {
            return Err(InvalidTime);
        };
        let year = digits(&[y1, y2, y3, y4])?;
        let (month, day) = (digits(&[mo1, mo2])?, digits(&[d1, d2])?);
        let (hour, minute, second) = (digits(&[h1, h2])?, digits(&[mi1, mi2])?, digits(&[s1, s2])?);
        if year < 1970 || hour > 23 || minute > 59 || second > 59 {
            return Err(InvalidTime);
        }
        let days = days_from_civil(year, month, day).ok_or(InvalidTime)?;
        Ok(Self::from_unix(days * DAY + hour * 3_600 + minute * 60 + second))
    }

    /// Reads `yyyy-MM-dd'T'HH:mm:ss`, perhaps with a fraction and perhaps with `Z`: UTC, whole seconds.
    ///
    /// # Errors
    /// [`InvalidTime`] for any other text.
    pub fn parse_iso(text: &str) -> Result<Self, InvalidTime> {
        let text = text.strip_suffix('Z').unwrap_or(text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidTime);
        }
        let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2] =
            *whole.as_bytes()
        else {
            return Err(InvalidTime);
        };
        Self::parse_basic(&[y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, mi1, mi2, s1, s2, b'Z'])
    }

    /// Absolute distance in whole seconds; nanoseconds count towards the larger distance.
    #[must_use]
    pub const fn abs_diff_seconds(self, other: Self) -> u64 {
        self.seconds.abs_diff(other.seconds)
    }

    /// `yyyyMMdd'T'HHmmss'Z'`.
    #[must_use]
    pub fn basic(self) -> impl fmt::Display {
        Text(String::from_utf8_lossy(&self.basic_bytes()).into_owned())
    }

    /// `yyyyMMdd'T'HHmmss'Z'` in ASCII, for those who sign thousands a second.
    #[must_use]
    pub const fn basic_bytes(self) -> [u8; 16] {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        let ([y1, y2], [y3, y4]) = (two_digits(year / 100), two_digits(year % 100));
        let ([mo1, mo2], [d1, d2]) = (two_digits(month), two_digits(day));
        let ([h1, h2], [mi1, mi2], [s1, s2]) = (two_digits(hour), two_digits(minute), two_digits(second));
        [y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, mi1, mi2, s1, s2, b'Z']
    }

    /// `yyyy-MM-dd'T'HH:mm:ss'Z'`, whole seconds.
    #[must_use]
    pub fn rfc3339(self) -> impl fmt::Display {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        Text(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// `yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'`: what create answers of the management API carry.
    #[must_use]
    pub fn rfc3339_nanos(self) -> impl fmt::Display {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        let nanos = self.nanos;
        Text(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanos:09}Z"))
    }

    /// `yyyy-MM-dd'T'HH:mm:ss.mmm000'Z'`: what identity answers carry. Six digits, because one official client parses
    /// exactly that; the last three are zero, because another reads microseconds as milliseconds.
    #[must_use]
    pub fn rfc3339_millis(self) -> impl fmt::Display {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        let millis = self.nanos / 1_000_000;
        Text(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}000Z"))
    }

    const fn civil(self) -> Civil {
        let (year, month, day) = civil_from_days(self.seconds / DAY);
        let in_day = self.seconds % DAY;
        Civil { year, month, day, hour: in_day / 3_600, minute: in_day / 60 % 60, second: in_day % 60 }
    }
}

struct Text(String);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

struct Civil {
    year: u64,
    month: u64,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
}

fn digits(text: &[u8]) -> Result<u64, InvalidTime> {
    text.iter().try_fold(0, |number, byte| {
        if byte.is_ascii_digit() { Ok(number * 10 + u64::from(byte - b'0')) } else { Err(InvalidTime) }
    })
}

/// The last two decimal digits.
const fn two_digits(number: u64) -> [u8; 2] {
    [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; `None` for a day that does not exist.
///
/// The year is counted from March, so that the leap day is the last of its year.
const fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    if month == 0 || month > 12 || day == 0 || day > days_in_month(year, month) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let months_from_march = (month + 9) % 12;
    let day_of_year = (153 * months_from_march + 2) / 5 + day - 1;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year;
    Some(days - 719_468)
}

const fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_from_march + 2) / 5 + 1;
    let month = if months_from_march < 10 { months_from_march + 3 } else { months_from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eight_thousand_years_survives_the_round_trip() {
        let mut days = 0;
        for year in 1970..9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days_from_civil(year, month, day), Some(days));
                    assert_eq!(civil_from_days(days), (year, month, day));
                    days += 1;
                }
            }
        }
    }

    #[test]
    fn malformed_and_impossible_dates_are_refused() {
        for text in [
            "",
            "20250102T030405",
            "20250102T030405z",
            "2025-01-02T03:04:05Z",
            "20250230T000000Z",
            "20251301T000000Z",
            "20250100T000000Z",
            "20250102T240000Z",
            "20250102T006000Z",
            "20250102T000060Z",
            "19691231T235959Z",
            "2025010aT030405Z",
            "20250102T030405ZZ",
            "99991231T2359590",
        ] {
            assert_eq!(Timestamp::parse_basic(text.as_bytes()), Err(InvalidTime), "{text}");
        }
    }

    #[test]
    fn times_with_dashes_and_colons_are_read_with_and_without_fraction_and_zone() {
        let expected = Ok(Timestamp::from_unix(1_639_723_383));
        for text in ["2021-12-17T06:43:03Z", "2021-12-17T06:43:03", "2021-12-17T06:43:03.123456Z"] {
            assert_eq!(Timestamp::parse_iso(text), expected, "{text}");
        }
        for text in
            ["", "Z", "2021-12-17", "2021-12-17T06:43:03.Z", "2021-13-17T06:43:03", "2021-12-17T06:43:03+01"]
        {
            assert_eq!(Timestamp::parse_iso(text), Err(InvalidTime), "{text}");
        }
    }

    #[test]
    fn known_instants_print_in_all_forms() {
        let time = Timestamp::from_unix_nanos(1_639_723_383, 42);
        assert_eq!(time.basic().to_string(), "20211217T064303Z");
        assert_eq!(time.rfc3339().to_string(), "2021-12-17T06:43:03Z");
        assert_eq!(time.rfc3339_nanos().to_string(), "2021-12-17T06:43:03.000000042Z");
        let fine = Timestamp::from_unix_nanos(1_639_723_383, 7_999_999);
        assert_eq!(fine.rfc3339_millis().to_string(), "2021-12-17T06:43:03.007000Z");
        assert_eq!(Timestamp::parse_basic(b"20211217T064303Z"), Ok(Timestamp::from_unix(1_639_723_383)));
    }
}
