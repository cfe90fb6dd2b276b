//! How the subject of a credential proved itself.

use crate::codec::{Reader, Writer};

/// A set of authentication methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Methods(u16);

impl Methods {
    /// Name and password.
    pub const PASSWORD: Self = Self(1);
    /// Another token.
    pub const TOKEN: Self = Self(1 << 1);
    /// A permanent access key.
    pub const ACCESS_KEY: Self = Self(1 << 2);
    /// Rights delegated by an agency.
    pub const ASSUME_ROLE: Self = Self(1 << 3);
    /// An application credential with its secret.
    pub const APPLICATION_CREDENTIAL: Self = Self(1 << 4);
    /// A token of an identity provider.
    pub const MAPPED: Self = Self(1 << 5);

    /// Wire names, in the order in which an answer lists them.
    const NAMES: [(Self, &'static str); 6] = [
        (Self::PASSWORD, "password"),
        (Self::TOKEN, "token"),
        (Self::ACCESS_KEY, "hw_ak_sk"),
        (Self::ASSUME_ROLE, "assume_role"),
        (Self::APPLICATION_CREDENTIAL, "application_credential"),
        (Self::MAPPED, "mapped"),
    ];

    /// Both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of the methods is in both sets.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The wire names of the methods in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(method, _)| self.meets(*method)).map(|(_, name)| name)
    }

    pub(crate) fn write(self, out: &mut Writer) {
        out.bytes(&self.0.to_be_bytes());
    }

    /// A set with a method that is not known here means something that is not understood here.
    pub(crate) fn read(input: &mut Reader<'_>) -> Option<Self> {
        let set = Self(u16::from_be_bytes(input.array()?));
        let known = Self::NAMES.into_iter().fold(0, |known, (method, _)| known | method.0);
        (set.0 & !known == 0).then_some(set)
    }
}
