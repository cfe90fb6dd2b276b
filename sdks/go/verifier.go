package countersign

import "time"

// KeySource finds the secret key of an access key as a request names it, or ok is false. It is asked for every request,
// by many goroutines, so that keys can be rotated while the service runs.
type KeySource func(accessKey string) (secretKey string, ok bool)

// Keys are key pairs that do not change: access key to secret key. Nothing that prints values prints them.
func Keys(pairs map[string]string) KeySource {
	kept := make(map[string]string, len(pairs))
	for accessKey, secretKey := range pairs {
		kept[accessKey] = secretKey
	}
	return func(accessKey string) (secretKey string, ok bool) {
		secretKey, ok = kept[accessKey]
		return secretKey, ok
	}
}

// Verifier verifies signatures in a backend: those that a gateway makes with a signature key, in the documented form
// (3). It holds no state between requests and may be shared by goroutines. Only Keys is required.
type Verifier struct {
	// Keys are the keys accepted.
	Keys KeySource
	// Algorithms are those accepted; [HMACSHA256] alone if there are none.
	Algorithms []Algorithm
	// RefuseUnsignedPayload refuses signatures that leave the body out (5.4).
	RefuseUnsignedPayload bool
	// SignatureHeader names the header that carries the signature; Authorization if it is empty.
	SignatureHeader string
	// BodyBytesMax is the longest body that [Verifier.Handler] takes; 12 MiB if it is zero.
	BodyBytesMax int64
	// Now is the clock of [Verifier.Handler]; [time.Now] if it is nil.
	Now func() time.Time
}

// Verify returns the access key that the request is signed with.
//
// It fails with an [Error] that names the first of the reasons of clause 5.7, and with [ErrMismatch] as the last but one.
func (v *Verifier) Verify(request Request) (accessKey string, err error) {
	claim, err := v.claim(&request, request.now())
	if err != nil {
		return "", err
	}
	return claim.finish(request.Body)
}

// claim goes as far as the head of the request tells, in the order of clause 5.7.
func (v *Verifier) claim(request *Request, now time.Time) (*claim, error) {
	presented, err := present(request, v.SignatureHeader)
	if err != nil {
		return nil, err
	}
	if err := presented.checkTime(now); err != nil {
		return nil, err
	}
	secretKey, ok := v.secretKey(presented.accessKey)
	if !ok {
		return nil, refuse(ErrUnknownKey, "no key %s is known here: register it, or sign with one that is", presented.accessKey)
	}
	if !v.accepts(presented.algorithm) {
		return nil, refuse(ErrUnsupportedAlgorithm, "%s is not accepted here: sign with another algorithm", presented.algorithm)
	}
	claim, err := newClaim(request, presented, secretKey)
	if err != nil {
		return nil, err
	}
	return claim, claim.checkDeclared(v.RefuseUnsignedPayload)
}

func (v *Verifier) secretKey(accessKey string) (secretKey string, ok bool) {
	if v.Keys == nil {
		return "", false
	}
	secretKey, ok = v.Keys(accessKey)
	return secretKey, ok && secretKey != ""
}

func (v *Verifier) accepts(algorithm Algorithm) bool {
	if len(v.Algorithms) == 0 {
		return algorithm == HMACSHA256
	}
	for _, accepted := range v.Algorithms {
		if accepted == algorithm {
			return algorithm.isSupported()
		}
	}
	return false
}
