//! Enumerations that have a fixed word each: stored, sent and read as that word.

/// Defines enums whose variants are words of the contract.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The value with this word, letters as they are.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    )*};
}

pub(crate) use words;

words! {
    /// Schemes an API may be called over.
    Protocol {
        /// Cleartext only.
        Http = "HTTP",
        /// TLS only.
        Https = "HTTPS",
        /// Either.
        Both = "BOTH",
        /// gRPC over TLS.
        Grpcs = "GRPCS",
    }
    /// Method of a request.
    Method {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `DELETE`
        Delete = "DELETE",
        /// `HEAD`
        Head = "HEAD",
        /// `PATCH`
        Patch = "PATCH",
        /// `OPTIONS`
        Options = "OPTIONS",
        /// Every method; at a backend: the client's.
        Any = "ANY",
    }
    /// How a path template matches.
    Matching {
        /// The whole path.
        Exact = "NORMAL",
        /// A prefix that ends at a segment border.
        Prefix = "SWA",
    }
    /// Who may call.
    Auth {
        /// Everybody.
        None = "NONE",
        /// Authorized apps.
        App = "APP",
        /// Users with an access key.
        Iam = "IAM",
        /// Whom the authorizer lets pass.
        Authorizer = "AUTHORIZER",
    }
    /// On which side of the gateway an authorizer stands.
    Side {
        /// It decides on callers.
        Frontend = "FRONTEND",
        /// It decides on what goes to a backend.
        Backend = "BACKEND",
    }
    /// Whether an AppCode may stand in for the signature.
    AppCode {
        /// No.
        Disable = "DISABLE",
        /// Yes, in a header.
        Header = "HEADER",
    }
    /// Content type of requests.
    ContentType {
        /// JSON.
        Json = "application/json",
        /// XML.
        Xml = "application/xml",
        /// A form with files.
        Form = "multipart/form-data",
        /// Text.
        Text = "text/plain",
    }
    /// Where a parameter stands.
    Location {
        /// A `{name}` of the path.
        Path = "PATH",
        /// The query.
        Query = "QUERY",
        /// A header line.
        Header = "HEADER",
    }
    /// Type of a request parameter's value.
    ValueType {
        /// Text.
        Text = "STRING",
        /// A decimal number.
        Number = "NUMBER",
    }
    /// Where the value of a backend parameter comes from.
    Origin {
        /// The request parameter that is named.
        Request = "REQUEST",
        /// The value itself.
        Constant = "CONSTANT",
        /// What the gateway knows under the name.
        System = "SYSTEM",
    }
    /// Scheme spoken to a backend.
    BackendProtocol {
        /// Cleartext HTTP.
        Http = "HTTP",
        /// HTTP over TLS.
        Https = "HTTPS",
        /// Cleartext gRPC.
        Grpc = "GRPC",
        /// gRPC over TLS.
        Grpcs = "GRPCS",
    }
    /// How a function is invoked.
    Invocation {
        /// The answer is waited for.
        Sync = "sync",
        /// It is not.
        Async = "async",
    }
    /// Network of a function.
    FunctionNetwork {
        /// Outside of virtual private clouds.
        V1 = "V1",
        /// Inside of one.
        V2 = "V2",
    }
    /// When a policy backend applies.
    Effect {
        /// When all of its conditions hold.
        All = "ALL",
        /// When one of its conditions holds.
        Any = "ANY",
    }
    /// What a condition looks at.
    ConditionOrigin {
        /// A request parameter.
        Parameter = "param",
        /// The client's address.
        Source = "source",
        /// Path or method.
        System = "system",
        /// A cookie.
        Cookie = "cookie",
        /// What the authorizer answered.
        Authorizer = "frontend_authorizer",
        /// An orchestrated parameter.
        Orchestration = "orchestration",
    }
    /// How a condition compares.
    ConditionType {
        /// Equal.
        Exact = "exact",
        /// One of a list.
        Enum = "enum",
        /// Matches a regular expression.
        Pattern = "pattern",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_stored_and_sent_alike() {
        assert_eq!(Matching::parse("SWA"), Some(Matching::Prefix));
        assert_eq!(serde_json::to_string(&Matching::Prefix).unwrap(), "\"SWA\"");
        assert_eq!(Matching::Prefix.as_str(), "SWA");
        assert_eq!(Matching::parse("swa"), None);
    }
}
