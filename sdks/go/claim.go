package countersign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// claim is a signature that holds as far as the head of the request goes.
type claim struct {
	request   *Request
	presented *presented
	key       keyPair
	lines     lines
	// digest is what the body of a declared payload must have, or nil if the signature leaves the body out.
	digest []byte
}

func newClaim(request *Request, presented *presented, secretKey string) (*claim, error) {
	if hasLineBreak(request.Method) {
		return nil, malformed("the method has a line break")
	}
	lines, err := presented.lines()
	key := keyPair{presented.accessKey, hide(secretKey)}
	return &claim{request: request, presented: presented, key: key, lines: lines}, err
}

// checkDeclared compares under the content hash header, if there is one, before the body is there (5.4).
func (c *claim) checkDeclared(refuseUnsigned bool) error {
	if c.presented.declared == nil {
		return nil
	}
	declared := *c.presented.declared
	if declared == unsignedPayload {
		return c.checkUnsigned(refuseUnsigned)
	}
	digest, err := hex.DecodeString(declared)
	if err != nil || len(digest) != sha256.Size {
		return refuse(ErrBadContentHash, "the header %s is neither a digest nor %s", headerContentSHA256, unsignedPayload)
	}
	c.digest = digest
	return c.compare(declared)
}

// checkUnsigned compares a signature that leaves the body out. One that is declared so may have been made of the empty
// body, and then the body must be empty.
func (c *claim) checkUnsigned(refuseUnsigned bool) error {
	err := c.compare(unsignedPayload)
	if refuseUnsigned {
		err = refuse(ErrUnsignedPayload, "a signature without the body is not accepted here: sign the body")
	}
	if err != nil && c.compare(emptyPayload) == nil {
		empty := sha256.Sum256(nil)
		c.digest = empty[:]
		return nil
	}
	return err
}

// finish is the access key, once the body is there.
func (c *claim) finish(body []byte) (accessKey string, err error) {
	if c.presented.declared == nil {
		if err := c.compare(payloadLine(body)); err != nil {
			return "", err
		}
	} else if c.digest != nil {
		if digest := sha256.Sum256(body); !hmac.Equal(digest[:], c.digest) {
			return "", refuse(ErrContentHashMismatch, "the body is not the one that %s declares", headerContentSHA256)
		}
	}
	return c.key.accessKey, nil
}

// compare takes constant time on the codes (5.6).
func (c *claim) compare(payload string) error {
	presented := c.presented
	canonical := canonicalRequest(c.request.Method, c.request.Target, c.lines, presented.signedNames, payload)
	code := c.key.code(presented.algorithm, presented.date, presented.scope, canonical)
	if hmac.Equal(code[:], presented.signature) {
		return nil
	}
	err := refuse(ErrMismatch, "verify signature fail: another secret key, or the request was changed after it was signed")
	err.CanonicalRequest = string(canonical)
	return err
}
