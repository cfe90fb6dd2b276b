//! What a credential says, and its bytes.

use crate::Methods;
use crate::codec::{Reader, Writer};
use countersign_types::{AgencyId, DomainId, ProjectId, RoleId, Timestamp, UserId};

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
    /// The first credential of the chain this one was obtained by: an application credential, or a token or temporary
    /// key, whose own audit id it then is.
    pub chain: AuditId,
    /// Who took on the subject's rights, when the subject is an agency.
    pub assumed_by: Option<Assumer>,
    /// The only roles it gives, if it gives fewer than its subject has.
    pub only: Option<OnlyRoles>,
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

/// The roles that a credential gives at most, whichever of them its subject has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlyRoles(Vec<RoleId>);

/// Most roles that a credential names, so that it stays short.
const ONLY_ROLES_MAX: usize = 8;

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

impl AuditId {
    /// Reads 32 hex digits, the form that it prints in.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| Self(bytes))
    }
}

impl std::fmt::Display for AuditId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl OnlyRoles {
    /// `None` when there are more than eight.
    #[must_use]
    pub fn new(roles: Vec<RoleId>) -> Option<Self> {
        (roles.len() <= ONLY_ROLES_MAX).then_some(Self(roles))
    }

    /// Whether the role of this id is one of them.
    #[must_use]
    pub fn contains(&self, role: &str) -> bool {
        self.0.iter().any(|id| id.as_str() == role)
    }

    fn write(&self, out: &mut Writer) {
        out.byte(u8::try_from(self.0.len()).expect("there are no more than eight"));
        self.0.iter().for_each(|role| out.id(role.as_str()));
    }

    fn read(input: &mut Reader<'_>) -> Option<Self> {
        let count = usize::from(input.byte()?);
        if count > ONLY_ROLES_MAX {
            return None;
        }
        (0..count).map(|_| input.id()).collect::<Option<_>>().map(Self)
    }
}

const HAS_ASSUMER: u8 = 0b1000_0000;
const IS_AGENCY: u8 = 0b0100_0000;
const HAS_ONLY_ROLES: u8 = 0b0010_0000;
const SCOPE: u8 = 0b0000_0011;
const KNOWN_FLAGS: u8 = HAS_ASSUMER | IS_AGENCY | HAS_ONLY_ROLES | SCOPE;

impl Claims {
    /// The application credential that the chain began with. It has the chain's name, so that revoking the name ends
    /// everything obtained by it, wherever claims are checked.
    #[must_use]
    pub fn application_credential(&self) -> Option<AuditId> {
        self.methods.meets(Methods::APPLICATION_CREDENTIAL).then_some(self.chain)
    }

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
        let only_flag = if self.only.is_some() { HAS_ONLY_ROLES } else { 0 };
        out.byte(subject_flag | scope_flag | assumer_flag | only_flag);
        self.methods.write(out);
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
        if let Some(only) = &self.only {
            only.write(out);
        }
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Option<Self> {
        let flags = input.byte().filter(|flags| flags & !KNOWN_FLAGS == 0)?;
        let methods = Methods::read(input)?;
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
        let only = if flags & HAS_ONLY_ROLES == 0 { None } else { Some(OnlyRoles::read(input)?) };
        Some(Self { subject, epoch, domain_id, scope, methods, lifetime, audit_id, chain, assumed_by, only })
    }
}

impl Assumer {
    fn read(input: &mut Reader<'_>) -> Option<Self> {
        let (user_id, domain_id) = (input.id()?, input.id()?);
        Some(Self { user_id, domain_id, epoch: u32::from_be_bytes(input.array()?) })
    }
}
