package countersign

import (
	"encoding/hex"
	"time"
)

// Sign returns the headers to add to the request, Authorization last.
//
// It fails with [ErrMissingHost], [ErrBadMethod], [ErrBadTarget], [ErrBadHeader] or [ErrTakenHeader].
func (s *Signer) Sign(request Request) ([]Header, error) {
	signed, err := s.sign(&request, request.payload())
	return signed.headers, err
}

// Explanation is a signature with the texts that it came from, for people who search a mistake. Like the request, it
// holds the security token.
type Explanation struct {
	// Headers are those to add.
	Headers []Header
	// CanonicalRequest is the text of clause 3.
	CanonicalRequest string
	// StringToSign is the text of clause 4.1.
	StringToSign string
}

// Explain is [Signer.Sign] with the texts in between.
func (s *Signer) Explain(request Request) (*Explanation, error) {
	signed, err := s.sign(&request, request.payload())
	if err != nil {
		return nil, err
	}
	return s.explain(signed), nil
}

func (s *Signer) explain(signed signed) *Explanation {
	text := stringToSign(s.algorithm, signed.date, signed.scope, signed.canonical)
	return &Explanation{signed.headers, string(signed.canonical), string(text)}
}

// signed is a signature, and what it was made of.
type signed struct {
	headers     []Header
	canonical   []byte
	date, scope string
}

func (s *Signer) sign(request *Request, payload string) (signed, error) {
	if err := checkRequestLine(request.Method, request.Target); err != nil {
		return signed{}, err
	}
	date := request.now().UTC().Format(dateLayout)
	headers := s.added(date, payload)
	lines, err := signedLines(request.Headers, headers)
	if err != nil {
		return signed{}, err
	}
	names, scope := lines.names(), s.scope(date)
	canonical := canonicalRequest(request.Method, request.Target, lines, names, payload)
	code := s.key.code(s.algorithm, date, scope, canonical)
	headers = append(headers, Header{headerAuthorization, s.authorization(scope, names, hex.EncodeToString(code[:]))})
	return signed{headers, canonical, date, scope}, nil
}

// added are the headers that accompany the signature, with room for it.
func (s *Signer) added(date, payload string) []Header {
	headers := append(make([]Header, 0, 6), Header{headerDate, date})
	headers = appendPresent(headers, Header{headerProjectID, s.projectID})
	headers = appendPresent(headers, Header{headerDomainID, s.domainID})
	headers = appendPresent(headers, Header{headerSecurityToken, s.securityToken()})
	if payload == unsignedPayload {
		headers = append(headers, Header{headerContentSHA256, unsignedPayload})
	}
	return headers
}

func appendPresent(headers []Header, header Header) []Header {
	if header.Value == "" {
		return headers
	}
	return append(headers, header)
}

// scope is day/region/service of a scoped algorithm.
func (s *Signer) scope(date string) string {
	if !s.algorithm.isScoped() {
		return ""
	}
	return date[:len("yyyyMMdd")] + "/" + s.region + "/" + s.service
}

// authorization is the header of clause 2, spaced as the official sample backends expect it (7.5).
func (s *Signer) authorization(scope, names, signature string) string {
	owner := " Access=" + s.key.accessKey
	if s.algorithm.isScoped() {
		owner = " Credential=" + s.key.accessKey + "/" + scope
	}
	return string(s.algorithm) + owner + ", SignedHeaders=" + names + ", Signature=" + signature
}

func (r *Request) payload() string {
	if r.UnsignedPayload {
		return unsignedPayload
	}
	return payloadLine(r.Body)
}

func (r *Request) now() time.Time {
	if r.Now.IsZero() {
		return time.Now()
	}
	return r.Now
}
