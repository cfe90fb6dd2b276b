//! Secrets: wiped on drop, compared in constant time, never printed.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// It has no `Display` and no `Serialize`, its `Debug` shows nothing, and its memory is wiped.
        #[derive(Clone)]
        pub struct $name(Zeroizing<Box<str>>);

        impl $name {
            /// Takes the text as it is; no trimming.
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The secret itself. Every caller is a place to review.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl ConstantTimeEq for $name {
            fn ct_eq(&self, other: &Self) -> subtle::Choice {
                self.0.as_bytes().ct_eq(other.0.as_bytes())
            }
        }
    )*};
}

secrets! {
    /// The private half of a key pair: an IAM secret key (SK) or an AppSecret.
    SecretKey;
    /// A token (`X-Auth-Token`, `X-Subject-Token`): whoever holds it acts as its subject.
    Token;
    /// The security token that accompanies a temporary key pair (`X-Security-Token`).
    SecurityToken;
    /// An AppCode or an AI API key: it alone proves who calls.
    Passcode;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_shows_the_secret() {
        let key = SecretKey::new("4j7Ti2mCa07EY494nMZupfY1uyEcq4WE1Ur48O8B");
        assert_eq!(format!("{key:?} {key:#?}"), "SecretKey(***) SecretKey(***)");
    }
}
