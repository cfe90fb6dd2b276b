package countersign

import (
	"errors"
	"strings"
	"testing"
)

func TestAuthorizationsOutsideOfTheGrammarAreRefused(t *testing.T) {
	names, signature := "SignedHeaders=host;x-sdk-date", "Signature="+strings.Repeat("0", 64)
	manyNames := "SignedHeaders=x-sdk-date" + strings.Repeat(";x", signedNamesMax)
	for authorization, code := range map[string]Code{
		"Basic eDp5":                       ErrMissingAuthorization,
		"SDK":                              ErrMissingAuthorization,
		"":                                 ErrMissingAuthorization,
		"SDK-HMAC-MD5 Access=a":            ErrUnsupportedAlgorithm,
		"sdk-hmac-sha256 Access=AccessKey": ErrUnsupportedAlgorithm,
		"SDK-HMAC-SHA256":                  ErrMissingAccessKey,
		"SDK-HMAC-SHA256 Access=, " + names + ", " + signature:                               ErrMissingAccessKey,
		"SDK-HMAC-SHA256 Credential=a/20060102/r/s, " + names + ", " + signature:             ErrMissingAccessKey,
		"V11-HMAC-SHA256 Credential=a/20060102/r, " + names + ", " + signature:               ErrMalformedAuthorization,
		"V11-HMAC-SHA256 Credential=a/20060103/r/s, " + names + ", " + signature:             ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a b, " + names + ", " + signature:                            ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + signature + ", " + names:                              ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + names:                                                 ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + names + ", " + signature + ", x":                      ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + names + ", " + signature + "0":                        ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + names + ", Signature=" + strings.Repeat("A", 64):      ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, SignedHeaders=host, " + signature:                         ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, SignedHeaders=Host;x-sdk-date, " + signature:              ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, SignedHeaders=host;host;x-sdk-date, " + signature:         ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, SignedHeaders=authorization;x-sdk-date, " + signature:     ErrMalformedAuthorization,
		"SDK-HMAC-SHA256 Access=a, " + manyNames + ", " + signature:                          ErrMalformedAuthorization,
		"SDK-HMAC-SHA256\tAccess=a\t,\t" + names + " ,  " + signature + " ":                  ErrUnknownKey,
		"SDK-HMAC-SM3 Access=AccessKey, " + names + ", " + signature:                         ErrUnsupportedAlgorithm,
		"V11-HMAC-SHA256 Credential=AccessKey/20060102/r/s, " + names + ", " + signature:     ErrUnsupportedAlgorithm,
		"SDK-ECDSA-P256-SHA256 Access=AccessKey, " + names + ", Signature=3006020101020101":  ErrUnsupportedAlgorithm,
		"SDK-ECDSA-P256-SHA256 Access=AccessKey, " + names + ", Signature=300":               ErrMalformedAuthorization,
		"SDK-SM2-SM3 Access=AccessKey, " + names + ", Signature=" + strings.Repeat("00", 81): ErrMalformedAuthorization,
	} {
		if _, err := newVerifier().Verify(replaced(order(t), "Authorization", authorization)); !errors.Is(err, code) {
			t.Errorf("%s: %v instead of %s", authorization, err, code)
		}
	}
}
