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

mistakes! {
    Request {
        AuthorizationMissing "authorization-missing"
            "The request has no Authorization header."
            "Send the Authorization header that the signer returns, and keep proxies and redirects from dropping it."
        AuthorizationOfAnotherScheme "authorization-of-another-scheme"
            "The Authorization header belongs to another scheme than SDK-HMAC-SHA256 and its sisters."
            "Sign with SDK-HMAC-SHA256; signatures of other clouds, Basic and Bearer credentials are not taken here."
        AlgorithmUnknown "algorithm-unknown"
            "The algorithm in the Authorization header is not one that is accepted."
            "Write SDK-HMAC-SHA256, in upper case, in the header and in the string to sign."
        AuthorizationMalformed "authorization-malformed"
            "The Authorization header does not follow the grammar."
            "Write: SDK-HMAC-SHA256 Access=KEY, SignedHeaders=host;x-sdk-date, Signature=HEX."
        HeaderTwice "header-twice"
            "A header that must be single stands more than once."
            "Set Authorization, X-Sdk-Date, Host and their companions once; do not add them again on a retry."
        SignedNamesUpperCase "signed-names-upper-case"
            "SignedHeaders has names in upper case."
            "Write the names of SignedHeaders in lower case."
        DateNotSigned "date-not-signed"
            "SignedHeaders does not name x-sdk-date."
            "Sign the X-Sdk-Date header and name it in SignedHeaders."
        SignatureUpperCase "signature-upper-case"
            "The signature is written in upper-case hex."
            "Write the signature in lower-case hex."
        SignatureBase64 "signature-base64"
            "The signature is written in base64 instead of hex."
            "Write the 32 bytes of the HMAC as 64 lower-case hex digits."
        ContentHashMalformed "content-hash-malformed"
            "The content hash header is neither a digest in hex nor UNSIGNED-PAYLOAD."
            "Declare the hash of the body in lower-case hex, or leave the header out."
        UnsignedPayloadRefused "unsigned-payload-refused"
            "The body is declared UNSIGNED-PAYLOAD, which is not accepted here."
            "Sign the hash of the body."
    }
    Key {
        AccessKeyUnknown "access-key-unknown"
            "The access key of the request is not the one that is known here."
            "Compare the access key character by character with the one that was issued."
        KeysSwapped "keys-swapped"
            "Access key and secret key are swapped."
            "Give the access key as access key and the secret key as secret key; then replace the secret, because it was sent."
        AccessKeyAsSecret "access-key-as-secret"
            "The request was signed with the access key in the place of the secret key."
            "Sign with the secret key."
        AnotherKeysSecret "another-keys-secret"
            "The request was signed with the secret of another key of the same user."
            "Use access key and secret key of one pair."
        AppKeyOnIamApi "app-key-on-iam-api"
            "The request was signed with the key of an app, but the API wants an IAM access key."
            "Sign with the AK/SK of an IAM user, or set the API's authentication to App."
        IamKeyOnAppApi "iam-key-on-app-api"
            "The request was signed with an IAM access key, but the API wants the key of an app."
            "Sign with AppKey and AppSecret of an app that is authorized for the API."
        SecurityTokenMissing "security-token-missing"
            "The access key is a temporary one, and the X-Security-Token header is missing."
            "Send and sign X-Security-Token together with a temporary key pair."
        SecurityTokenNotSent "security-token-not-sent"
            "X-Security-Token was signed but did not arrive."
            "Send every header that is signed."
        SecurityTokenOfAnotherKey "security-token-of-another-key"
            "The X-Security-Token header does not belong to the access key."
            "Take access key, secret key and security token from the same answer, and none with a permanent key."
        SecretWithBlank "secret-with-blank"
            "The secret key has a blank, a tab or a line break at its start or end."
            "Trim the secret key when it is read from a file, a form or the environment."
        SecretWithQuotes "secret-with-quotes"
            "The secret key was used with quotes around it."
            "Remove the quotes from the configuration value."
        SecretBase64Decoded "secret-base64-decoded"
            "The secret key was decoded from base64 before use."
            "Use the characters of the secret key as they are, as bytes of UTF-8."
        SecretBase64Encoded "secret-base64-encoded"
            "The secret key was encoded in base64 before use."
            "Use the characters of the secret key as they are, as bytes of UTF-8."
        SecretHexDecoded "secret-hex-decoded"
            "The secret key was decoded from hex before use."
            "Use the characters of the secret key as they are, as bytes of UTF-8."
        SecretHexEncoded "secret-hex-encoded"
            "The secret key was encoded in hex before use."
            "Use the characters of the secret key as they are, as bytes of UTF-8."
        SecretPercentEncoded "secret-percent-encoded"
            "The secret key was percent-encoded or percent-decoded before use."
            "Use the characters of the secret key as they are, without URL encoding."
        SecretCaseChanged "secret-case-changed"
            "The secret key was turned to lower or upper case."
            "Keep the case of the secret key."
        SecretWithPrefix "secret-with-prefix"
            "A prefix was put in front of the secret key, as another cloud's scheme has it."
            "Use the secret key alone as the HMAC key."
        LegacyDerivation "legacy-derivation"
            "The signature was made by the older scheme that derives the key from date, region and service."
            "Sign with SDK-HMAC-SHA256 and Access=, and with the secret key itself."
        DerivedKeyForPlain "derived-key-for-plain"
            "The key was derived as for V11-HMAC-SHA256, but the algorithm is SDK-HMAC-SHA256."
            "Sign with the secret key itself, or write V11-HMAC-SHA256 and Credential=."
        PlainKeyForDerived "plain-key-for-derived"
            "The algorithm is V11-HMAC-SHA256, but the secret key was used without derivation."
            "Derive the key by HKDF for the scope, or write SDK-HMAC-SHA256 and Access=."
    }
    Time {
        WrongDateHeader "wrong-date-header"
            "The signing time was taken from another header than X-Sdk-Date."
            "Send X-Sdk-Date as yyyyMMddTHHmmssZ and use its value in the string to sign."
        DateMissing "date-missing"
            "The X-Sdk-Date header is missing."
            "Send X-Sdk-Date as yyyyMMddTHHmmssZ, and sign it."
        DateMalformed "date-malformed"
            "The X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ."
            "Write the UTC time without dashes, colons and fractions, such as 20250102T030405Z."
        DateInAnotherForm "date-in-another-form"
            "The string to sign has the signing time in another form than the X-Sdk-Date header."
            "Use the value of X-Sdk-Date byte for byte as the second line of the string to sign."
        LocalTime "local-time"
            "The signing time is local time marked as UTC."
            "Format the time in UTC before Z is put behind it."
        ClockOff "clock-off"
            "The signing time is more than 15 minutes away from the server's clock."
            "Set the clock by NTP, sign right before sending, and never reuse a signature."
    }
    Method {
        MethodLowerCase "method-lower-case"
            "The method was signed in lower case."
            "Sign the method in upper case, as it is sent."
        MethodOverridden "method-overridden"
            "The method of an override header was signed instead of the one that was sent."
            "Sign the method of the request line; override headers do not count."
        MethodChanged "method-changed"
            "Another method was signed than the one that arrived."
            "Sign the method that is sent; redirects turn POST into GET, and some tools turn HEAD into GET."
    }
    Path {
        PathWithoutFinalSlash "path-without-final-slash"
            "The canonical path lacks its final slash."
            "End the path of the canonical request in /; leave the URL as it is."
        PathAsSent "path-as-sent"
            "The path was signed as it stands in the URL instead of decoded and encoded again."
            "Decode each segment of the path once and encode all but A-Z a-z 0-9 - . _ ~."
        PathNotEncoded "path-not-encoded"
            "The path was signed decoded."
            "Encode each segment of the path: all bytes but A-Z a-z 0-9 - . _ ~."
        PathDoubleEncoded "path-double-encoded"
            "The path was encoded twice: %20 became %2520."
            "Decode the path once before it is encoded for the canonical request."
        PathReservedKept "path-reserved-kept"
            "Reserved characters of the path were signed unescaped."
            "Escape all bytes but A-Z a-z 0-9 - . _ ~, also ! ' ( ) * : @ & = + $ and comma."
        PathPlusForSpace "path-plus-for-space"
            "A space of the path was signed as +."
            "Escape a space as %20; form encoders are not for paths."
        PathEscapesLowerCase "path-escapes-lower-case"
            "The path was escaped with lower-case hex digits."
            "Write escapes with upper-case digits, such as %2F."
        PathSlashesEncoded "path-slashes-encoded"
            "The slashes of the path were escaped as %2F."
            "Encode the segments one by one and join them with /."
        PathDotSegmentsRemoved "path-dot-segments-removed"
            "Dot segments were removed from the signed path but not from the URL."
            "Send the same path that is signed: resolve . and .. before both."
        PathSlashesMerged "path-slashes-merged"
            "Repeated slashes were merged in the signed path but not in the URL."
            "Send the same path that is signed: build URLs without // in the path."
        PathWithQuery "path-with-query"
            "The query was signed as part of the path."
            "Split the target at the first ?; the query has a line of its own."
        PathIsUrl "path-is-url"
            "The whole URL was signed in the place of the path."
            "Sign the path alone, without scheme and host."
        PathLeftOut "path-left-out"
            "The path / was signed instead of the request's path."
            "Sign the path of the URL that is called."
        ForwardedPrefix "forwarded-prefix"
            "A proxy stripped the prefix that it names in X-Forwarded-Prefix after the request was signed."
            "Let the proxy pass the path on unchanged, or sign the path without the prefix."
        PathPrefixStripped "path-prefix-stripped"
            "A prefix of the signed path was stripped on the way."
            "Let the proxy pass the path on unchanged, or sign the path that arrives."
        PathPrefixAdded "path-prefix-added"
            "The path that arrived begins with a prefix that was not signed."
            "Let the proxy pass the path on unchanged, or sign the base path too."
        PathRewritten "path-rewritten"
            "A proxy rewrote the path after the request was signed."
            "Let the proxy pass the path on unchanged."
    }
    Query {
        QueryLeftOut "query-left-out"
            "The query was not signed."
            "Put the sorted, encoded query into the third line of the canonical request."
        QueryLineMissing "query-line-missing"
            "The canonical request lacks the empty line of an absent query."
            "Keep the third line, empty, when there is no query."
        QueryAsSent "query-as-sent"
            "The query was signed as it stands in the URL instead of decoded, sorted and encoded."
            "Sort the parameters by name and value and encode both."
        QueryUnsorted "query-unsorted"
            "The parameters of the query were not signed in the order of their names."
            "Sort the parameters by name, then value, comparing bytes."
        QuerySortedAsText "query-sorted-as-text"
            "The parameters were sorted as encoded text instead of by decoded name and value."
            "Sort by decoded name, then decoded value, before anything is encoded."
        QuerySortedIgnoringCase "query-sorted-ignoring-case"
            "The parameters were sorted without regard to case."
            "Compare bytes: upper-case letters come before lower-case ones."
        QueryNotEncoded "query-not-encoded"
            "The query was signed decoded."
            "Encode names and values: all bytes but A-Z a-z 0-9 - . _ ~."
        QueryDoubleEncoded "query-double-encoded"
            "The query was encoded twice: %20 became %2520."
            "Decode names and values once before they are encoded for the canonical request."
        QueryReservedKept "query-reserved-kept"
            "Reserved characters of the query were signed unescaped."
            "Escape all bytes but A-Z a-z 0-9 - . _ ~, also ! ' ( ) * : @ / and comma."
        QueryPlusForSpace "query-plus-for-space"
            "A + and a space of the query were taken for one another."
            "Send and sign a space as %20 and a plus as %2B."
        QueryEscapesLowerCase "query-escapes-lower-case"
            "The query was escaped with lower-case hex digits."
            "Write escapes with upper-case digits, such as %2F."
        QueryEmptyValueWithoutEquals "query-empty-value-without-equals"
            "A parameter without a value was signed without its =."
            "Write name= in the canonical query, even if the URL has only the name."
        QueryEmptyValueLeftOut "query-empty-value-left-out"
            "A parameter without a value was left out of the signature."
            "Write name= in the canonical query for it."
        QueryRepeatedNameLost "query-repeated-name-lost"
            "Only one value of a repeated parameter was signed."
            "Sign one name=value pair for each value."
        QueryRepeatedNameJoined "query-repeated-name-joined"
            "The values of a repeated parameter were signed joined by a comma."
            "Sign one name=value pair for each value."
        QueryWithQuestionMark "query-with-question-mark"
            "The canonical query begins with the ? of the URL."
            "Leave the ? out of the canonical request."
        QueryParameterAdded "query-parameter-added"
            "A parameter was added to the query after signing."
            "Sign after every interceptor has changed the URL."
    }
    Host {
        HostLowerCased "host-lower-cased"
            "The Host was signed in lower case but sent otherwise."
            "Send and sign the same spelling of the host."
        HostWithPort "host-with-port"
            "The Host was signed with a port that the sent Host lacks."
            "Sign the Host header exactly as it is sent: without the port if it is the scheme's default."
        HostWithoutPort "host-without-port"
            "The Host was signed without the port that the sent Host has."
            "Sign the Host header exactly as it is sent: with the port if the URL has one."
        HostForwarded "host-forwarded"
            "A proxy replaced the Host that was signed; the original stands in a forwarding header."
            "Let the proxy pass the Host header on unchanged."
        HostOfAnotherName "host-of-another-name"
            "Another name of this service was signed as Host than the one that was sent."
            "Sign the name that stands in the URL."
        HostLocalhost "host-localhost"
            "The Host was signed as localhost or a loopback address."
            "Sign the name that the request is sent to."
        HostWithScheme "host-with-scheme"
            "The Host was signed with the scheme in front or a slash behind."
            "Sign the host alone, as in the Host header."
    }
    Headers {
        ContentTypeCharset "content-type-charset"
            "The Content-Type was signed with another charset parameter than it was sent with."
            "Set the charset before signing; HTTP clients add one by themselves."
        ContentTypeMissing "content-type-missing"
            "The Content-Type was signed but did not arrive."
            "Send the Content-Type that is signed, or do not sign it when there is no body."
        ContentTypeChanged "content-type-changed"
            "Another Content-Type was signed than the one that arrived."
            "Set the Content-Type before signing and keep the HTTP client from replacing it."
        HeaderNotSent "header-not-sent"
            "A header was signed that intermediaries drop or that was not sent."
            "Do not sign headers of the connection; send all that is signed."
        HeaderRewritten "header-rewritten"
            "A signed header was extended on the way."
            "Do not sign headers to which proxies append."
        HeaderValueEmpty "header-value-empty"
            "A header was signed as empty that arrived with a value."
            "Sign after the HTTP client has filled in its headers, or do not sign them."
        HeaderLeftOut "header-left-out"
            "SignedHeaders names a header that the canonical request left out."
            "Write one line name:value into the canonical request for every signed name."
        HeaderNotListed "header-not-listed"
            "A header was signed that SignedHeaders does not name."
            "Use one list for the header lines, for the line of signed names and for SignedHeaders."
        HeaderNamesNotLowerCase "header-names-not-lower-case"
            "The header names were not signed in lower case."
            "Write the names in lower case in the canonical request."
        HeaderValueNotTrimmed "header-value-not-trimmed"
            "A header value was signed with blanks around it."
            "Trim header values, and put no blank after the colon."
        HeaderBlanksMerged "header-blanks-merged"
            "Repeated blanks inside a header value were merged for the signature."
            "Trim header values at both ends and change nothing inside."
        HeaderBlockUnsorted "header-block-unsorted"
            "The header lines were signed in another order than the signed names."
            "Write the header lines in the order of SignedHeaders."
        SignedNamesUnsorted "signed-names-unsorted"
            "The line of signed names has another order than SignedHeaders."
            "Use the same text for that line and for SignedHeaders."
        RepeatedHeaderJoined "repeated-header-joined"
            "The lines of a repeated header were not signed one by one."
            "Write one line for each, or send the header once."
    }
    Body {
        BodyHashOfEmpty "body-hash-of-empty"
            "The hash of an empty body was signed, but a body arrived."
            "Hash the bytes of the body that is sent."
        BodyHashOfEmptyObject "body-hash-of-empty-object"
            "The hash of {} was signed, but another body arrived."
            "Hash the bytes that are sent; an absent body is not {}."
        BodyHashOfNull "body-hash-of-null"
            "The hash of null or of empty quotes was signed."
            "Hash the bytes that are sent; an absent body is no text."
        JsonCompacted "json-compacted"
            "The JSON body was signed without blanks but sent with them."
            "Serialize once, sign those bytes and send them."
        JsonSpaced "json-spaced"
            "The JSON body was signed with blanks after commas and colons but sent otherwise."
            "Serialize once, sign those bytes and send them."
        JsonIndented "json-indented"
            "The JSON body was signed indented but sent otherwise."
            "Serialize once, sign those bytes and send them."
        JsonKeysSorted "json-keys-sorted"
            "The JSON body was signed with sorted keys but sent otherwise."
            "Serialize once, sign those bytes and send them."
        JsonEscaped "json-escaped"
            "The JSON body was signed with other escapes than it was sent with."
            "Serialize once, sign those bytes and send them; serializers differ in \\u and \\/ escapes."
        BodyNewline "body-newline"
            "The body was signed with another line end at its end than it was sent with."
            "Sign the bytes that are sent, with the last line end if there is one."
        BodyLineBreaks "body-line-breaks"
            "The body was signed with other line breaks than it was sent with."
            "Sign the bytes that are sent; tools turn line feeds into CRLF or drop them."
        BodyByteOrderMark "body-byte-order-mark"
            "The body was signed with or without the byte order mark, and sent the other way."
            "Write the body as UTF-8 without a byte order mark."
        BodyLatin1 "body-latin1"
            "The body was signed in Latin-1 but sent in UTF-8."
            "Encode the text as UTF-8 before hashing."
        BodyFormEncoding "body-form-encoding"
            "The form was signed with other escapes for blanks than it was sent with."
            "Encode the form once, sign those bytes and send them."
        BodyAsQuery "body-as-query"
            "The form was signed as query instead of as body."
            "Sign the form as the body; only the URL's query is the query."
        BodyUnhashed "body-unhashed"
            "The body itself was signed instead of its hash."
            "Put the lower-case hex of the body's hash into the last line."
        BodyHashUpperCase "body-hash-upper-case"
            "The body's hash was signed in upper-case hex."
            "Write the hash in lower-case hex."
        BodyHashBase64 "body-hash-base64"
            "The body's hash was signed in base64."
            "Write the hash in lower-case hex."
        BodyHashLeftOut "body-hash-left-out"
            "The last line of the canonical request, the body's hash, was left out."
            "End the canonical request in the hash of the body, also when it is empty."
        UnsignedPayloadUndeclared "unsigned-payload-undeclared"
            "UNSIGNED-PAYLOAD was signed, but the header X-Sdk-Content-Sha256 does not say so."
            "Send X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD and sign it, or sign the body's hash."
        DeclaredHashNotSigned "declared-hash-not-signed"
            "X-Sdk-Content-Sha256 declares one payload, and the signature covers another."
            "Use the value of the header as the last line of the canonical request."
        BodyChanged "body-changed"
            "The body that arrived is not the one whose hash was declared and signed."
            "Send the bytes that were hashed; look for what rewrites or compresses the body on the way."
    }
    Text {
        LineBreaksCrLf "line-breaks-crlf"
            "The lines were joined with CRLF."
            "Join all lines with a single line feed."
        BlankLineMissing "blank-line-missing"
            "The empty line between header lines and signed names is missing."
            "End every header line in a line feed, the last one too, and add one more."
        EndsInLineBreak "ends-in-line-break"
            "The canonical request or the string to sign ends in a line break."
            "Put no line feed behind the last line."
        SignedNamesLineMissing "signed-names-line-missing"
            "The canonical request lacks the line of signed names."
            "Write the signed names, joined with ;, before the body's hash."
    }
    Signature {
        CanonicalHashUpperCase "canonical-hash-upper-case"
            "The hash of the canonical request was written in upper-case hex or base64."
            "Write the hash in lower-case hex in the string to sign."
        CanonicalRequestUnhashed "canonical-request-unhashed"
            "The string to sign has the canonical request itself instead of its hash."
            "Hash the canonical request and write the hash in lower-case hex."
        StringToSignLeftOut "string-to-sign-left-out"
            "The canonical request or its hash was signed directly, without the string to sign."
            "Sign three lines: algorithm, X-Sdk-Date, and the hash of the canonical request."
        ScopeLine "scope-line"
            "The string to sign has a scope line too many or too few."
            "Write the scope into the string to sign of V11-HMAC-SHA256, and of no other algorithm."
        AlgorithmSwapped "algorithm-swapped"
            "The signature was made by another algorithm than the Authorization header names."
            "Use one algorithm for the body's hash, the canonical request's hash, the HMAC and the header."
        AlgorithmNameSwapped "algorithm-name-swapped"
            "The string to sign names another algorithm than the Authorization header."
            "Use the same algorithm name in both."
        HmacArgumentsSwapped "hmac-arguments-swapped"
            "Key and message of the HMAC are swapped."
            "Give the secret key as key and the string to sign as message."
    }
}

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
