package countersign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Algorithm is the token of an algorithm (4). The standard library has no SM3, so this one has no algorithm of it.
type Algorithm string

const (
	// HMACSHA256 signs with the secret key itself.
	HMACSHA256 Algorithm = "SDK-HMAC-SHA256"
	// V11HMACSHA256 signs with a key derived for a day, a region and a service; see [WithScope].
	V11HMACSHA256 Algorithm = "V11-HMAC-SHA256"
)

// The algorithms that signatures may name, and that are not here.
const (
	hmacSM3         Algorithm = "SDK-HMAC-SM3"
	ecdsaP256SHA256 Algorithm = "SDK-ECDSA-P256-SHA256"
	sm2SM3          Algorithm = "SDK-SM2-SM3"
)

func (a Algorithm) isSupported() bool { return a == HMACSHA256 || a == V11HMACSHA256 }

func (a Algorithm) isScoped() bool { return a == V11HMACSHA256 }

// isCurve tells whether the signature is a DER sequence (2.6).
func (a Algorithm) isCurve() bool { return a == ecdsaP256SHA256 || a == sm2SM3 }

// isKnown tells whether the protocol has this algorithm.
func (a Algorithm) isKnown() bool { return a.isSupported() || a.isCurve() || a == hmacSM3 }

// secret is a text in a function, so that nothing that prints values prints it.
type secret func() string

func hide(text string) secret {
	return func() string { return text }
}

type keyPair struct {
	accessKey string
	secretKey secret
}

// code is the authentication code of a canonical request. The scope is that of a scoped algorithm, else empty (4.1).
func (k keyPair) code(algorithm Algorithm, date, scope string, canonical []byte) [sha256.Size]byte {
	text := stringToSign(algorithm, date, scope, canonical)
	if algorithm.isScoped() {
		return mac(k.derive(scope), text)
	}
	return mac([]byte(k.secretKey()), text)
}

// derive is HKDF-SHA256 with one block of output. The key is the text of its hex form (4.2).
func (k keyPair) derive(scope string) []byte {
	extracted := mac([]byte(k.accessKey), []byte(k.secretKey()))
	expanded := mac(extracted[:], append([]byte(scope), 1))
	return appendHex(nil, expanded)
}

func stringToSign(algorithm Algorithm, date, scope string, canonical []byte) []byte {
	out := make([]byte, 0, 192)
	out = append(append(out, algorithm...), '\n')
	out = append(append(out, date...), '\n')
	if algorithm.isScoped() {
		out = append(append(out, scope...), '\n')
	}
	return appendHex(out, sha256.Sum256(canonical))
}

func mac(key, text []byte) (code [sha256.Size]byte) {
	hash := hmac.New(sha256.New, key)
	hash.Write(text)
	hash.Sum(code[:0])
	return code
}

func appendHex(out []byte, digest [sha256.Size]byte) []byte {
	var digits [2 * sha256.Size]byte
	hex.Encode(digits[:], digest[:])
	return append(out, digits[:]...)
}

// payloadLine is the last line of the canonical request for a body (3.4).
func payloadLine(body []byte) string {
	if len(body) == 0 {
		return emptyPayload
	}
	digest := sha256.Sum256(body)
	return hex.EncodeToString(digest[:])
}

const (
	emptyPayload    = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	unsignedPayload = "UNSIGNED-PAYLOAD"
)
