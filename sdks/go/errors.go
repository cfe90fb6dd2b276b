package countersign

import "fmt"

// Code names why a request is not signed or a signature not accepted. The names are those of every Countersign
// library. A Code is something to compare errors with: errors.Is(err, countersign.ErrExpired).
type Code string

// Why a request is not signed.
const (
	// ErrMissingCredentials: access key or secret key is empty.
	ErrMissingCredentials Code = "MissingCredentials"
	// ErrBadCredentials: access key or security token has a character that cannot stand in its header.
	ErrBadCredentials Code = "BadCredentials"
	// ErrMissingHost: the request has no Host header.
	ErrMissingHost Code = "MissingHost"
	// ErrBadMethod: the method is not a token.
	ErrBadMethod Code = "BadMethod"
	// ErrBadTarget: the target is no origin form.
	ErrBadTarget Code = "BadTarget"
	// ErrBadHeader: a name that is no header name, or a value with a control character.
	ErrBadHeader Code = "BadHeader"
	// ErrTakenHeader: a header that the signer adds, or a second Host.
	ErrTakenHeader Code = "TakenHeader"
	// ErrMissingScope: V11-HMAC-SHA256 without region and service.
	ErrMissingScope Code = "MissingScope"
	// ErrBadScope: region or service is not of A-Z a-z 0-9 - _ and the full stop.
	ErrBadScope Code = "BadScope"
)

// ErrUnsupportedAlgorithm: the library has no such algorithm, or the verifier does not accept it.
const ErrUnsupportedAlgorithm Code = "UnsupportedAlgorithm"

// Why a signature is not accepted.
const (
	// ErrMissingAuthorization: no signature of this protocol.
	ErrMissingAuthorization Code = "MissingAuthorization"
	// ErrDuplicateHeader: a single header stands twice (5.1).
	ErrDuplicateHeader Code = "DuplicateHeader"
	// ErrMalformedAuthorization: the Authorization header does not follow the grammar (2).
	ErrMalformedAuthorization Code = "MalformedAuthorization"
	// ErrMissingAccessKey: the Authorization header names no access key.
	ErrMissingAccessKey Code = "MissingAccessKey"
	// ErrMissingDate: there is no X-Sdk-Date.
	ErrMissingDate Code = "MissingDate"
	// ErrBadDate: X-Sdk-Date is not a date of the form yyyyMMddTHHmmssZ.
	ErrBadDate Code = "BadDate"
	// ErrExpired: the signing time is more than 15 minutes away (5.3).
	ErrExpired Code = "Expired"
	// ErrUnknownKey: no key has this name.
	ErrUnknownKey Code = "UnknownKey"
	// ErrBadContentHash: the content hash header is no digest.
	ErrBadContentHash Code = "BadContentHash"
	// ErrUnsignedPayload: signatures that leave the body out are not accepted here.
	ErrUnsignedPayload Code = "UnsignedPayload"
	// ErrContentHashMismatch: the body is not the declared one.
	ErrContentHashMismatch Code = "ContentHashMismatch"
	// ErrMismatch: the signature is not that of this request; see [Error.CanonicalRequest].
	ErrMismatch Code = "Mismatch"
	// ErrBodyTooLong: the body is longer than the limit.
	ErrBodyTooLong Code = "BodyTooLong"
	// ErrBodyIncomplete: the body broke off.
	ErrBodyIncomplete Code = "BodyIncomplete"
)

// Error returns the name.
func (c Code) Error() string { return string(c) }

// Error is what every function of this package fails with. It repeats no secret.
type Error struct {
	// Code is the stable name.
	Code Code
	// Message says what is wrong and what to do.
	Message string
	// CanonicalRequest is what the verifier built of the request, its lines separated by LF; of [ErrMismatch] only.
	CanonicalRequest string

	cause error
}

// Error returns the message.
func (e *Error) Error() string { return "countersign: " + e.Message }

// Is tells whether target is the code of this error.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == e.Code
}

// Unwrap is the failure to read a body; of [ErrBodyIncomplete] only.
func (e *Error) Unwrap() error { return e.cause }

func refuse(code Code, format string, arguments ...interface{}) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, arguments...)}
}
