//! The error codes of the data plane: number, status and base message.
//!
//! Codes and texts follow the published call-time error table of the product family. Management codes live
//! beside the management API, because they are chosen per resource there.

/// One refusal of the gateway as a client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// `APIG.` and four digits.
    pub code: &'static str,
    /// HTTP status; 494 is the family's status for oversized headers.
    pub status: u16,
    /// Base `error_msg`; a detail is appended after `": "`.
    pub message: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal $message:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code { code: $code, status: $status, message: $message };)*
        /// All codes of the data plane.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// No API with this path, or not published in the environment.
    API_NOT_PUBLISHED = "APIG.0101" 404 "The API does not exist or has not been published in the environment.";
    /// The path exists, the method does not.
    API_NOT_FOUND = "APIG.0101" 404 "The API does not exist.";
    /// The published definition has no backend.
    BACKEND_NOT_FOUND = "APIG.0103" 500 "The backend does not exist.";
    /// The request line, a header or a parameter is not acceptable.
    REQUEST_ERROR = "APIG.0201" 400 "API request error.";
    /// Body over the cap.
    BODY_TOO_LARGE = "APIG.0201" 413 "Request entity too large.";
    /// Target over 32 KiB.
    TARGET_TOO_LARGE = "APIG.0201" 414 "Request URI too large.";
    /// One header over 32 KiB, or all over 128 KiB.
    HEADERS_TOO_LARGE = "APIG.0201" 494 "Request headers too large.";
    /// The client did not send its body in time.
    CLIENT_TIMEOUT = "APIG.0201" 408 "API request error.";
    /// The bodies in flight use up the gateway's memory budget.
    OVERLOADED = "APIG.0201" 503 "The gateway is overloaded.";
    /// The backend refused the connection, closed it early, or answered with something that is not HTTP.
    BACKEND_UNAVAILABLE = "APIG.0201" 502 "Backend unavailable.";
    /// The backend did not answer in time.
    BACKEND_TIMEOUT = "APIG.0201" 504 "Backend timeout.";
    /// IAM authentication (AK/SK or token) failed.
    IAM_AUTHENTICATION = "APIG.0301" 401 "Incorrect IAM authentication information";
    /// The IAM user may not call the API.
    IAM_UNAUTHORIZED = "APIG.0302" 403 "The IAM user is not authorized to access the API.";
    /// App authentication failed.
    APP_AUTHENTICATION = "APIG.0303" 401 "Incorrect app authentication information";
    /// The app has no authorization for the API in this environment.
    APP_UNAUTHORIZED = "APIG.0304" 403 "The app is not authorized to access the API.";
    /// The project named by the request is not one the IAM user may act in.
    PROJECT_UNAVAILABLE = "APIG.0310" 403 "The project is unavailable.";
    /// The custom authorizer says no (response type `AUTHORIZER_FAILURE`, whose published status is 500).
    AUTHORIZER_FAILURE = "APIG.0305" 500 "Incorrect authentication information.";
    /// What identifies the caller to the custom authorizer is missing or malformed (`AUTHORIZER_IDENTITIES_FAILURE`).
    AUTHORIZER_IDENTITIES_FAILURE = "APIG.0305" 401 "Incorrect authentication information";
    /// The custom authorizer cannot be asked or does not answer as agreed (`AUTHORIZER_CONF_FAILURE`).
    AUTHORIZER_CONF_FAILURE = "APIG.0601" 500 "Internal server error";
    /// Access denied by policy.
    ACCESS_DENIED = "APIG.0306" 403 "API access denied.";
    /// The token or temporary key was made by this service, but what it says no longer holds: it was revoked, or its
    /// user, agency or project was changed, disabled or removed.
    TOKEN_OUTDATED = "APIG.0307" 401 "The token must be updated.";
    /// The app has made all calls that its quota allows.
    APP_QUOTA_EXHAUSTED = "APIG.0501" 405 "The app quota has been used up.";
    /// A token for further tokens whose time is over.
    REFRESH_TOKEN_EXPIRED = "APIG.1001" 401 "Refresh token is expired";
    /// An app's token for calls whose time is over.
    ACCESS_TOKEN_EXPIRED = "APIG.1002" 401 "Access token is expired";
    /// The token was given to another app.
    REFRESH_TOKEN_FOREIGN = "APIG.1003" 401 "App not match refresh token";
    /// The app that the token was given to is gone.
    APP_NOT_FOUND = "APIG.1004" 401 "App not exist";
    /// No AppKey or AppSecret looks like this.
    KEY_PAIR_MALFORMED = "APIG.1009" 400 "AppKey or AppSecret is invalid";
    /// No app has this key pair.
    KEY_PAIR_INVALID = "APIG.2201" 400 "Appkey or SecretKey is invalid";
    /// This gateway gave no such token for further tokens.
    REFRESH_TOKEN_INVALID = "APIG.2202" 400 "Refresh token is invalid";
    /// This gateway gave no such token for calls.
    ACCESS_TOKEN_INVALID = "APIG.2203" 400 "Access token is invalid";
    /// Tokens are asked for with a form.
    TOKEN_CONTENT_TYPE = "APIG.2204" 400 "ContentType invalid";
    /// The form is malformed.
    TOKEN_PARAMETER = "APIG.2205" 400 "Auth parameter invalid";
    /// Tokens are asked for with POST.
    TOKEN_METHOD = "APIG.2206" 400 "Auth method invalid";
    /// `through_data` is longer than 300 characters.
    TOKEN_THROUGH_DATA = "APIG.2208" 400 "The length of through_data is out of range";
    /// Neither client credentials nor a refresh token.
    TOKEN_GRANT_TYPE = "APIG.2209" 400 "The value of grant_type is not in enum list";
    /// `grant_type` is missing.
    TOKEN_GRANT_TYPE_MISSING = "APIG.2210" 400 "Lack of grant_type";
    /// `client_id` is missing.
    TOKEN_CLIENT_ID_MISSING = "APIG.2211" 400 "Lack of client_id";
    /// `client_secret` is missing.
    TOKEN_CLIENT_SECRET_MISSING = "APIG.2212" 400 "Lack of client_secret";
    /// `refresh_token` is missing.
    TOKEN_REFRESH_TOKEN_MISSING = "APIG.2213" 400 "Lack of refresh_token";
    /// A throttling limit is used up.
    THROTTLED = "APIG.0308" 429 "The throttling threshold has been reached.";
    /// The API's list of source addresses does not let the address pass.
    ADDRESS_UNAUTHORIZED = "APIG.0402" 403 "The IP address is not authorized to access the API.";
    /// The app's list of source addresses does not let the address pass.
    APP_ADDRESS_UNTRUSTED = "APIG.0405" 403 "The app is not accessed from a trusted IP address.";
    /// Unexpected fault of the gateway.
    INTERNAL = "APIG.0601" 500 "Internal server error.";
    /// The message could not be understood as HTTP.
    BAD_REQUEST = "APIG.0602" 400 "Bad request.";
    /// The backend's name did not resolve.
    BACKEND_NAME = "APIG.0605" 500 "Domain name resolution failed.";
    /// No configuration is loaded yet.
    NO_CONFIGURATION = "APIG.0606" 500 "Failed to load the API configurations.";
    /// The API exists, but not over this scheme; the supported one is appended.
    PROTOCOL = "APIG.0607" 400 "The following protocol is supported";
    /// The request to the backend cannot be signed with the key that is bound to the API.
    BACKEND_SIGNATURE = "APIG.0705" 500 "Backend signature calculation failed.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_status_and_message_are_unique_together() {
        for (position, code) in ALL.iter().enumerate() {
            assert!(!ALL[..position].contains(code), "{code:?} stands twice");
        }
    }
}
