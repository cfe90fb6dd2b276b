package countersign

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Limits of the grammar (2.5, 2.6).
const (
	signedNamesMax = 100
	// signatureDigitsMax are the hex digits of a DER sequence of two 33-byte integers, with room for long lengths.
	signatureDigitsMax = 160
)

// authorization is a parsed Authorization header.
type authorization struct {
	algorithm Algorithm
	accessKey string
	// scope is day/region/service of a scoped algorithm, else empty.
	scope string
	// signedNames are joined with ;, in the order in which they are signed.
	signedNames string
	// signature is the code of an HMAC algorithm, or a DER sequence.
	signature []byte
}

// parseAuthorization follows the grammar of clause 2.
func parseAuthorization(value string) (authorization, error) {
	token, parameters := cutToken(value)
	if !isOfFamily(token) {
		return authorization{}, refuse(ErrMissingAuthorization, "the Authorization header has no signature of this protocol")
	}
	algorithm := Algorithm(token)
	if !algorithm.isKnown() {
		return authorization{}, refuse(ErrUnsupportedAlgorithm, "the protocol has no algorithm of that name")
	}
	parts := strings.SplitN(parameters, ",", 4)
	parsed := authorization{algorithm: algorithm}
	for _, read := range []func(parameters []string) error{parsed.readOwner, parsed.readNames, parsed.readSignature} {
		if err := read(parts); err != nil {
			return authorization{}, err
		}
	}
	if len(parts) > 3 {
		return authorization{}, malformed("something follows the signature")
	}
	return parsed, nil
}

// cutToken splits at the first blank.
func cutToken(value string) (token, parameters string) {
	end := strings.IndexAny(value, " \t")
	if end < 0 {
		return value, ""
	}
	return value[:end], value[end:]
}

// isOfFamily tells schemes of this protocol from others, whatever their case (2.2).
func isOfFamily(token string) bool {
	return len(token) >= 4 && (strings.EqualFold(token[:4], "SDK-") || strings.EqualFold(token[:4], "V11-"))
}

// parameter is the value behind the keyword, if it stands at that place.
func parameter(parts []string, place int, keyword string) (value string, ok bool) {
	if place >= len(parts) {
		return "", false
	}
	part := trimBlanks(parts[place])
	return strings.TrimPrefix(part, keyword), strings.HasPrefix(part, keyword)
}

// readOwner reads access key and scope (2.4).
func (a *authorization) readOwner(parts []string) error {
	keyword := "Access="
	if a.algorithm.isScoped() {
		keyword = "Credential="
	}
	owner, ok := parameter(parts, 0, keyword)
	if a.accessKey = owner; ok && a.algorithm.isScoped() {
		a.accessKey, a.scope, _ = strings.Cut(owner, "/")
		if !isScope(a.scope) {
			return malformed("the scope is not day/region/service")
		}
	}
	if !ok || a.accessKey == "" {
		return refuse(ErrMissingAccessKey, "%s is empty or missing in the Authorization header", strings.TrimSuffix(keyword, "="))
	}
	if !isVisible(owner) {
		return malformed("access key or scope has a character that is not visible")
	}
	return nil
}

func isScope(text string) bool {
	parts := strings.Split(text, "/")
	return len(parts) == 3 && parts[0] != "" && parts[1] != "" && parts[2] != ""
}

// readNames reads the signed names (2.5).
func (a *authorization) readNames(parts []string) error {
	list, ok := parameter(parts, 1, "SignedHeaders=")
	if !ok {
		return malformed("SignedHeaders is missing or out of place")
	}
	names := strings.SplitN(list, ";", signedNamesMax+1)
	if len(names) > signedNamesMax {
		return malformed("SignedHeaders has too many names")
	}
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		switch {
		case !lowerTokenBytes.isToken(name):
			return malformed("SignedHeaders has a name that is no lower-case header name")
		case name == "authorization":
			return malformed("SignedHeaders names authorization, which cannot sign itself")
		case seen[name]:
			return malformed("SignedHeaders names a header twice")
		}
		seen[name] = true
	}
	if !seen["x-sdk-date"] {
		return malformed("SignedHeaders does not name x-sdk-date")
	}
	a.signedNames = list
	return nil
}

// readSignature reads lower-case hex: 64 digits of an HMAC, or a DER sequence of a curve (2.6).
func (a *authorization) readSignature(parts []string) error {
	digits, ok := parameter(parts, 2, "Signature=")
	if !ok {
		return malformed("Signature is missing or out of place")
	}
	signature, err := hex.DecodeString(digits)
	if err != nil || !lowerHexBytes.hasAll(digits) || len(digits) > signatureDigitsMax {
		return malformed("Signature is not lower-case hex, or too long")
	}
	if !a.algorithm.isCurve() && len(signature) != sha256.Size {
		return malformed("Signature is not 64 lower-case hex digits")
	}
	a.signature = signature
	return nil
}

func malformed(reason string) *Error {
	return refuse(ErrMalformedAuthorization, "malformed Authorization header: %s", reason)
}
