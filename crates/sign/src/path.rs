//! The canonical path (§3.1) and the forms that some official clients sign instead (§5.5).

use crate::escape;

/// How the path of a request target becomes canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathForm {
    /// Decoded once, encoded, ending in one more `/` unless it ends in one (P1).
    Decoded,
    /// Like `Decoded`, then trailing empty segments are dropped: `/a//` becomes `/a/` (P1j, the Java client).
    DecodedTrimmed,
    /// Encoded without decoding, so that `%20` becomes `%2520` (P2).
    Raw,
}

impl PathForm {
    /// Appends the canonical form of a raw path (the request target before `?`).
    pub fn write(self, path: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        match self {
            Self::Decoded | Self::DecodedTrimmed => escape::PATH.normalize(path, out),
            Self::Raw => escape::PATH.encode(path, out),
        }
        if self == Self::DecodedTrimmed {
            while out.len() > start && out.last() == Some(&b'/') {
                out.pop();
            }
        }
        if out.len() == start || out.last() != Some(&b'/') {
            out.push(b'/');
        }
    }
}

/// Whether a raw path reads the same in every form: there is nothing to decode, to escape or to trim.
pub(crate) fn has_one_form(path: &[u8]) -> bool {
    escape::PATH.has_all(path) && !path.ends_with(b"//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: PathForm, path: &str) -> String {
        let mut out = b"/".to_vec();
        form.write(path.as_bytes(), &mut out);
        String::from_utf8(out.split_off(1)).unwrap()
    }

    #[test]
    fn the_canonical_path_ends_in_a_slash_that_the_wire_lacks() {
        assert_eq!(written(PathForm::Decoded, ""), "/");
        assert_eq!(written(PathForm::Decoded, "/v1/ping"), "/v1/ping/");
        assert_eq!(written(PathForm::Decoded, "/v1/ping/"), "/v1/ping/");
    }

    #[test]
    fn a_path_of_one_form_is_written_alike_in_all_and_others_are_not() {
        let forms = |path| {
            [PathForm::Decoded, PathForm::DecodedTrimmed, PathForm::Raw].map(|form| written(form, path))
        };
        for path in ["", "/", "/a", "/a/", "/a//b/~c"] {
            assert!(has_one_form(path.as_bytes()), "{path}");
            assert!(forms(path).array_windows().all(|[one, other]| one == other), "{path}");
        }
        assert!(!has_one_form(b"/a//"));
        assert!(!has_one_form(b"/a%20b"));
    }

    #[test]
    fn an_encoded_slash_is_a_slash_and_double_slashes_stay() {
        assert_eq!(written(PathForm::Decoded, "/a%2Fb"), "/a/b/");
        assert_eq!(written(PathForm::Decoded, "/a//b"), "/a//b/");
        assert_eq!(written(PathForm::Decoded, "/a/./b"), "/a/./b/");
    }

    #[test]
    fn the_trimmed_form_drops_trailing_empty_segments() {
        assert_eq!(written(PathForm::DecodedTrimmed, "/a//"), "/a/");
        assert_eq!(written(PathForm::DecodedTrimmed, "//"), "/");
    }

    #[test]
    fn the_raw_form_encodes_the_percent_sign() {
        assert_eq!(written(PathForm::Raw, "/a%20b"), "/a%2520b/");
    }
}
