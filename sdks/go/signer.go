package countersign

import (
	"fmt"
	"io"
	"strings"
)

// Signer signs with one key pair. It holds no state between requests, may be shared by goroutines, and never shows its
// secret key.
type Signer struct {
	key                 keyPair
	securityToken       secret
	projectID, domainID string
	algorithm           Algorithm
	region, service     string
}

// Option is a setting of a [Signer].
type Option func(*Signer)

// WithSecurityToken adds and signs X-Security-Token: the key pair is a temporary one. An empty token is none.
func WithSecurityToken(token string) Option {
	return func(s *Signer) { s.securityToken = hide(token) }
}

// WithProjectID adds and signs X-Project-Id. An empty id is none.
func WithProjectID(id string) Option {
	return func(s *Signer) { s.projectID = id }
}

// WithDomainID adds and signs X-Domain-Id. An empty id is none.
func WithDomainID(id string) Option {
	return func(s *Signer) { s.domainID = id }
}

// WithAlgorithm signs with another algorithm than [HMACSHA256].
func WithAlgorithm(algorithm Algorithm) Option {
	return func(s *Signer) { s.algorithm = algorithm }
}

// WithScope is the region and the service that [V11HMACSHA256] signs for; the day is that of the signing time.
func WithScope(region, service string) Option {
	return func(s *Signer) { s.region, s.service = region, service }
}

// NewSigner makes a signer with [HMACSHA256] and no further headers, unless options say otherwise.
//
// It fails with [ErrMissingCredentials], [ErrBadCredentials], [ErrUnsupportedAlgorithm], [ErrMissingScope],
// [ErrBadScope], or [ErrBadHeader] for a project or domain id that no header can have.
func NewSigner(accessKey, secretKey string, options ...Option) (*Signer, error) {
	signer := &Signer{key: keyPair{accessKey, hide(secretKey)}, securityToken: hide(""), algorithm: HMACSHA256}
	for _, option := range options {
		option(signer)
	}
	if accessKey == "" || secretKey == "" {
		return nil, refuse(ErrMissingCredentials, "access key or secret key is empty: give both")
	}
	for _, check := range []func() error{signer.checkScope, signer.checkAccessKey, signer.checkIdentity} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return signer, nil
}

func (s *Signer) checkScope() error {
	switch {
	case !s.algorithm.isSupported():
		return refuse(ErrUnsupportedAlgorithm, "no algorithm %q here: use %s or %s", s.algorithm, HMACSHA256, V11HMACSHA256)
	case !s.algorithm.isScoped():
		return nil
	case s.region == "" || s.service == "":
		return refuse(ErrMissingScope, "%s needs a region and a service: give both", s.algorithm)
	case !scopeBytes.hasAll(s.region) || !scopeBytes.hasAll(s.service):
		return refuse(ErrBadScope, "region and service may have letters, digits, - _ and . only")
	}
	return nil
}

// checkAccessKey holds the access key to what the Authorization header can name (2.4).
func (s *Signer) checkAccessKey() error {
	separators := ","
	if s.algorithm.isScoped() {
		separators = ",/"
	}
	if !isVisible(s.key.accessKey) || strings.ContainsAny(s.key.accessKey, separators) {
		return refuse(ErrBadCredentials, "the access key has a character other than visible ASCII without %q", separators)
	}
	return nil
}

func (s *Signer) checkIdentity() error {
	if !isAbsentOrValue(s.securityToken()) {
		return refuse(ErrBadCredentials, "the security token is blank or has a control character")
	}
	for _, header := range []Header{{headerProjectID, s.projectID}, {headerDomainID, s.domainID}} {
		if !isAbsentOrValue(header.Value) {
			return refuse(ErrBadHeader, "the value of %s is blank or has a control character", header.Name)
		}
	}
	return nil
}

func isAbsentOrValue(text string) bool {
	return text == "" || isValue(text) && trimBlanks(text) != ""
}

// Format prints the access key whatever the verb, and never the secret key.
func (s Signer) Format(state fmt.State, _ rune) {
	io.WriteString(state, "countersign.Signer("+s.key.accessKey+")")
}
