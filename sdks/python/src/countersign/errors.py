"""Why a request cannot be signed, or is refused. The names are the same in every language's library."""


class Error(Exception):
    """What every error of this library is."""

    @property
    def name(self) -> str:
        """The error's name in all languages."""
        return type(self).__name__


class SigningError(Error):
    """A request that cannot be signed as it is."""


class MissingCredentials(SigningError):
    """Access key or secret key is empty or absent."""


class BadCredentials(SigningError):
    """Access key or security token has a character that cannot stand in its header."""


class MissingHost(SigningError):
    """The request has no Host header; without one the signature would hold for any host."""


class BadMethod(SigningError):
    """The method is not a token."""


class BadTarget(SigningError):
    """The target is no origin form: it has no `/` in front, or a blank, or a control character."""


class BadHeader(SigningError):
    """A name that is no header name, or a value that would break the message."""


class TakenHeader(SigningError):
    """A header that the signer adds, or a second Host."""


class MissingScope(SigningError):
    """The algorithm needs a region and a service."""


class BadScope(SigningError):
    """Region or service has a character other than `A-Z a-z 0-9 - _ .`."""


class VerificationError(Error):
    """A request that is refused."""

    #: The status that middleware answers with.
    status = 401


class UnsupportedAlgorithm(SigningError, VerificationError):
    """Not an algorithm of this library, or one that the platform lacks, or one that is not accepted here."""


class MissingAuthorization(VerificationError):
    """The request carries no signature of this protocol."""


class DuplicateHeader(VerificationError):
    """A header that must be single stands twice (5.1)."""


class MalformedAuthorization(VerificationError):
    """The header with the signature does not follow the grammar (2)."""


class MissingAccessKey(VerificationError):
    """`Access=` or `Credential=` is missing or empty."""


class MissingDate(VerificationError):
    """There is no X-Sdk-Date."""


class BadDate(VerificationError):
    """X-Sdk-Date is not a date of the form yyyyMMddTHHmmssZ."""


class Expired(VerificationError):
    """The signing time is more than 15 minutes away (5.3). The message tells both times."""


class UnknownKey(VerificationError):
    """There is no key of that name."""


class BadContentHash(VerificationError):
    """The content hash header is neither a digest nor UNSIGNED-PAYLOAD (5.4)."""


class UnsignedPayload(VerificationError):
    """UNSIGNED-PAYLOAD is not accepted here."""


class ContentHashMismatch(VerificationError):
    """The body does not have the hash that is declared for it."""


class Mismatch(VerificationError):
    """The signature is not that of this request under this key."""

    def __init__(self, canonical_request: str):
        super().__init__("the signature is not that of this request under this key")
        #: As it was built here. It repeats what the sender wrote, a security token included.
        self.canonical_request = canonical_request


class BodyTooLong(VerificationError):
    """The body is longer than the guard accepts."""

    status = 413


class BodyIncomplete(VerificationError):
    """The body broke off."""

    status = 400
