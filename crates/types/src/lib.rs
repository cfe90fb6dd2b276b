//! The words every other crate shares: ids, secrets, time, limits and the error-code table.
//!
//! It decides nothing and does no I/O; it has no clock and no random source. Ids are created elsewhere
//! and validated here; secrets can be held, compared in constant time and wiped, but not printed.
//!
//! ```
//! use countersign_types::{AccessKeyId, Timestamp};
//! let key = AccessKeyId::parse("QTWAOYTTINDUT2QVKYUC").unwrap();
//! assert_eq!(key.as_str(), "QTWAOYTTINDUT2QVKYUC");
//! let signed = Timestamp::parse_basic(b"20211217T064303Z").unwrap();
//! assert_eq!(signed.rfc3339().to_string(), "2021-12-17T06:43:03Z");
//! ```

pub mod code;
mod id;
pub mod limits;
mod response_type;
mod secret;
mod tally;
mod time;

pub use code::Code;
pub use id::{
    AccessKeyId, AclId, AgencyId, AiApiKeyId, ApiId, AppCodeId, AppId, AppQuotaId, ApplicationCredentialId,
    AuthId, AuthorizerId, BindingId, ChannelId, DomainId, EnvId, GroupId, IdentityProviderId, InstanceId,
    InvalidId, MappingId, ProjectId, PublishId, ResponseId, RoleId, SignatureKeyId, TaskId, ThrottleId,
    ThrottleSpecialId, UserGroupId, UserId, VariableId, VersionId,
};
pub use response_type::ResponseType;
pub use secret::{Passcode, SecretKey, SecurityToken, Token};
pub use tally::{Tally, Traffic};
pub use time::{InvalidTime, Timestamp};
