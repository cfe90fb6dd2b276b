//! The mistakes that clients make, each with its stable code, one sentence, and what to change.

/// Which part of a signature a mistake is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The Authorization header and the headers that accompany it.
    Request,
    /// The key pair or its security token.
    Key,
    /// The signing time.
    Time,
    /// The method.
    Method,
    /// The path.
    Path,
    /// The query.
    Query,
    /// The Host header.
    Host,
    /// Other headers.
    Headers,
    /// The body.
    Body,
    /// How the parts are put together.
    Text,
    /// What is signed in the end, and how.
    Signature,
}

macro_rules! mistakes {
    ($($part:ident { $($name:ident $code:literal $sentence:literal $remedy:literal)* })*) => {
        /// What a client did wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is described by its sentence")]
        pub enum Mistake { $($($name,)*)* }

        impl Mistake {
            /// Every mistake, ordered by part.
            pub const ALL: &[Self] = &[$($(Self::$name,)*)*];

            /// The reason code: stable, kebab-case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $($(Self::$name => $code,)*)* }
            }

            /// One sentence for people: what happened.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $($(Self::$name => $sentence,)*)* }
            }

            /// What to change.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $($(Self::$name => $remedy,)*)* }
            }

            /// What it is about.
            #[must_use]
            pub const fn part(self) -> Part {
                match self { $($(Self::$name => Part::$part,)*)* }
            }
        }
    };
}

mod table;

pub use table::Mistake;

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_mistake_has_a_code_of_its_own_in_kebab_case() {
        let codes: BTreeSet<_> = Mistake::ALL.iter().map(|mistake| mistake.code()).collect();
        assert_eq!(codes.len(), Mistake::ALL.len());
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(codes.iter().all(|code| code.bytes().all(plain)));
    }

    #[test]
    fn sentence_and_remedy_are_single_sentences_for_one_line() {
        for mistake in Mistake::ALL {
            for text in [mistake.sentence(), mistake.remedy()] {
                assert!(text.ends_with('.') && text.is_ascii() && !text.contains('\n'), "{mistake}: {text}");
            }
        }
    }
}
