//! Newtypes for every identifier, all made by one macro so that they behave alike.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The text is not an identifier: empty, too long, or with a character outside the allowed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a valid identifier: 1 to {max} characters of letters, digits, '-', '_', '.', '@', '+', '=' expected"
)]
pub struct InvalidId {
    /// Most characters this identifier may have.
    pub max: usize,
}

const fn allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@' | b'+' | b'=')
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $max:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks length and character set; the text is kept as it is.
            ///
            /// # Errors
            /// [`InvalidId`] when the text is empty, too long, or has a character outside the set.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                if text.is_empty() || text.len() > $max || !text.bytes().all(allowed) {
                    return Err(InvalidId { max: $max });
                }
                Ok(Self(text.into()))
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.as_ref().to_owned()
            }
        }
    )*};
}

ids! {
    /// An account ("domain" in Keystone v3): 32 lower-case hex digits when created here.
    DomainId: 64;
    /// A project of a domain.
    ProjectId: 64;
    /// A user of a domain.
    UserId: 64;
    /// An agency: rights that an account delegates to another.
    AgencyId: 64;
    /// An application credential of a user: 32 lower-case hex digits, which also name the tokens obtained by it.
    ApplicationCredentialId: 64;
    /// A group of users of a domain.
    UserGroupId: 64;
    /// An identity provider: named by its account, unique in the installation.
    IdentityProviderId: 64;
    /// Rules that an identity provider's people log in by: named by its account.
    MappingId: 64;
    /// A role or policy.
    RoleId: 64;
    /// A dedicated gateway ("instance"): a dashed UUID when created here.
    InstanceId: 64;
    /// An API group.
    GroupId: 64;
    /// An API.
    ApiId: 64;
    /// An environment; the built-in one has the literal id `DEFAULT_ENVIRONMENT_RELEASE_ID`.
    EnvId: 64;
    /// An environment variable.
    VariableId: 64;
    /// An app ("credential").
    AppId: 64;
    /// An authorization of an app for an API in an environment.
    AuthId: 64;
    /// The publication of an API in an environment; stable over re-publishing.
    PublishId: 64;
    /// One frozen version of a published API.
    VersionId: 64;
    /// A request throttling policy.
    ThrottleId: 64;
    /// A special limit of a throttling policy.
    ThrottleSpecialId: 64;
    /// An access control policy.
    AclId: 64;
    /// A signature key: what the gateway signs requests to backends with.
    SignatureKeyId: 64;
    /// The binding of a policy to a publication.
    BindingId: 64;
    /// A load balance channel.
    ChannelId: 64;
    /// A custom authorizer.
    AuthorizerId: 64;
    /// A set of gateway responses.
    ResponseId: 64;
    /// An AppCode's record; not the code itself.
    AppCodeId: 64;
    /// An AI API key's record; not the key itself.
    AiApiKeyId: 64;
    /// A quota of apps.
    AppQuotaId: 64;
    /// An asynchronous task.
    TaskId: 64;
    /// The public half of a key pair: an IAM access key (AK) or an app's AppKey (8 to 200 characters).
    AccessKeyId: 200;
}

impl EnvId {
    /// The built-in environment RELEASE.
    #[must_use]
    pub fn release() -> Self {
        Self(Arc::from("DEFAULT_ENVIRONMENT_RELEASE_ID"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_the_authorization_header_are_no_identifier_characters() {
        for text in ["", "a,b", "a;b", "a/b", "a b", "a\nb", "é", &"x".repeat(65)] {
            assert!(GroupId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn deserializing_checks_like_parsing() {
        assert!(serde_json::from_str::<GroupId>("\"ok-1\"").is_ok());
        assert!(serde_json::from_str::<GroupId>("\"not ok\"").is_err());
    }
}
