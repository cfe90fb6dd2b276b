//! What a credential says, and its bytes.

use crate::codec::{Reader, Writer};
use countersign_types::{AgencyId, DomainId, ProjectId, Timestamp, UserId};

/// Who, where, for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who acts.
    pub subject: Subject,
    /// The subject's epoch at issue; a later epoch of the live record invalidates the credential.
    pub epoch: u32,
    /// The subject's account.
    pub domain_id: DomainId,
    /// What it may act on.
    pub scope: Scope,
    /// How the subject proved itself.
    pub methods: Methods,
    /// From when until when.
    pub lifetime: Lifetime,
    /// Names this credential, for revocation and logs.
    pub audit_id: AuditId,
    /// The first credential of the chain this one was obtained by; its own audit id when it is the first.
    pub chain: AuditId,
    /// Who took on the subject's rights, when the subject is an agency.
    pub assumed_by: Option<Assumer>,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A user.
    User(UserId),
    /// An agency, taken on by [`Claims::assumed_by`].
    Agency(AgencyId),
}

/// What a credential may act on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Nothing but the subject's own affairs.
    Unscoped,
    /// A project of the subject's account.
    Project(ProjectId),
    /// An account as a whole.
    Domain(DomainId),
}

/// A user who acts as an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumer {
    /// The user.
    pub user_id: UserId,
    /// The user's account.
    pub domain_id: DomainId,
    /// The user's epoch at issue.
    pub epoch: u32,
}

/// When a credential holds; whole milliseconds, because that is what its published times show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// When it was issued.
    pub issued: Timestamp,
    /// First moment at which it no longer holds.
    pub expires: Timestamp,
}

/// Names a credential: 128 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AuditId(pub [u8; 16]);

impl std::fmt::Display for AuditId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

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

    /// A token of an identity provider.
    pub const MAPPED: Self = Self(1 << 8);

    /// Wire names, in the order in which an answer lists them.
    const NAMES: [(Self, &'static str); 5] = [
        (Self::PASSWORD, "password"),
        (Self::TOKEN, "token"),
        (Self::ACCESS_KEY, "hw_ak_sk"),
        (Self::ASSUME_ROLE, "assume_role"),
        (Self::MAPPED, "mapped"),
    ];

    /// Both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The wire names of the methods in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(method, _)| self.0 & method.0 != 0).map(|(_, name)| name)
    }
}

const HAS_ASSUMER: u8 = 0b1000_0000;
const IS_AGENCY: u8 = 0b0100_0000;
const SCOPE: u8 = 0b0000_0011;

impl Claims {
    pub(crate) fn write(&self, out: &mut Writer) {
        let (subject_flag, subject) = match &self.subject {
            Subject::User(id) => (0, id.as_str()),
            Subject::Agency(id) => (IS_AGENCY, id.as_str()),
        };
        let (scope_flag, scope) = match &self.scope {
            Scope::Unscoped => (0, None),
            Scope::Project(id) => (1, Some(id.as_str())),
            Scope::Domain(id) => (2, Some(id.as_str())),
        };
        let assumer_flag = if self.assumed_by.is_some() { HAS_ASSUMER } else { 0 };
        out.byte(subject_flag | scope_flag | assumer_flag);
        out.bytes(&self.methods.0.to_be_bytes());
        out.id(subject);
        out.bytes(&self.epoch.to_be_bytes());
        out.id(self.domain_id.as_str());
        if let Some(scope) = scope {
            out.id(scope);
        }
        out.time(self.lifetime.issued);
        out.time(self.lifetime.expires);
        out.bytes(&self.audit_id.0);
        out.bytes(&self.chain.0);
        if let Some(assumer) = &self.assumed_by {
            out.id(assumer.user_id.as_str());
            out.id(assumer.domain_id.as_str());
            out.bytes(&assumer.epoch.to_be_bytes());
        }
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Option<Self> {
        let flags = input.byte()?;
        let methods = Methods(u16::from_be_bytes(input.array()?));
        let subject =
            if flags & IS_AGENCY == 0 { Subject::User(input.id()?) } else { Subject::Agency(input.id()?) };
        let epoch = u32::from_be_bytes(input.array()?);
        let domain_id = input.id()?;
        let scope = match flags & SCOPE {
            0 => Scope::Unscoped,
            1 => Scope::Project(input.id()?),
            2 => Scope::Domain(input.id()?),
            _ => return None,
        };
        let lifetime = Lifetime { issued: input.time()?, expires: input.time()? };
        let (audit_id, chain) = (AuditId(input.array()?), AuditId(input.array()?));
        let assumed_by = if flags & HAS_ASSUMER == 0 { None } else { Some(Assumer::read(input)?) };
        Some(Self { subject, epoch, domain_id, scope, methods, lifetime, audit_id, chain, assumed_by })
    }
}

impl Assumer {
    fn read(input: &mut Reader<'_>) -> Option<Self> {
        let (user_id, domain_id) = (input.id()?, input.id()?);
        Some(Self { user_id, domain_id, epoch: u32::from_be_bytes(input.array()?) })
    }
}
