package countersign

import (
	"sort"
	"strings"
	"time"
)

// Request is a request as it stands on the wire.
type Request struct {
	// Method as on the wire, usually in upper case.
	Method string
	// Target is path and query exactly as sent, in origin form: "/v1/vpcs?limit=2".
	Target string
	// Headers are the header lines. Host is required for signing.
	Headers []Header
	// Body is the whole body, after any decoding of chunks.
	Body []byte
	// UnsignedPayload makes the signer leave the body out and say so in X-Sdk-Content-Sha256. A verifier ignores it.
	UnsignedPayload bool
	// Now is the signing time, or the verifier's clock; the system's clock if it is zero.
	Now time.Time
}

// Header is one header line.
type Header struct{ Name, Value string }

// Names and literals of the protocol (2, 6).
const (
	headerAuthorization = "Authorization"
	headerHost          = "Host"
	headerDate          = "X-Sdk-Date"
	headerProjectID     = "X-Project-Id"
	headerDomainID      = "X-Domain-Id"
	headerSecurityToken = "X-Security-Token"
	headerContentSHA256 = "X-Sdk-Content-Sha256"
	headerContentSM3    = "X-Sdk-Content-Sm3"
)

// dateLayout is the form of X-Sdk-Date.
const dateLayout = "20060102T150405Z"

// rewritten are names that intermediaries add, drop or rewrite: a signature over them would not survive the way (7.3).
var rewritten = map[string]bool{
	"connection":          true,
	"content-length":      true,
	"expect":              true,
	"keep-alive":          true,
	"proxy-authenticate":  true,
	"proxy-authorization": true,
	"proxy-connection":    true,
	"te":                  true,
	"trailer":             true,
	"transfer-encoding":   true,
	"upgrade":             true,
}

// reserved are names that only the signer may add.
var reserved = map[string]bool{
	"authorization":        true,
	"x-sdk-date":           true,
	"x-sdk-content-sha256": true,
	"x-sdk-content-sm3":    true,
}

// checkRequestLine refuses what cannot stand on a request line (7.4).
func checkRequestLine(method, target string) error {
	if !tokenBytes.isToken(method) {
		return refuse(ErrBadMethod, "the method %q is not a token: write one like GET", method)
	}
	if !strings.HasPrefix(target, "/") {
		return refuse(ErrBadTarget, "the target %q does not begin with /: give path and query as they are sent", target)
	}
	for i := 0; i < len(target); i++ {
		if target[i] <= ' ' || target[i] == 0x7f {
			return refuse(ErrBadTarget, "the target %q has a blank or control character: write it as %%XX", target)
		}
	}
	return nil
}

// lines are ordered by name, then value, comparing bytes.
type lines []line

// signedLines is the header block in order. Names with _ are left out, because common proxies drop them (7.3).
func signedLines(given, added []Header) (lines, error) {
	signed := make(lines, 0, len(given)+len(added))
	for _, header := range added {
		signed = append(signed, line{strings.ToLower(header.Name), trimBlanks(header.Value)})
	}
	hasHost := false
	for _, header := range given {
		name, value, err := checkHeader(header)
		if err != nil {
			return nil, err
		}
		if reserved[name] || signed[:len(added)].has(name) || name == "host" && hasHost {
			return nil, refuse(ErrTakenHeader, "the header %s is the signer's to add, or stands twice: leave it out", header.Name)
		}
		hasHost = hasHost || name == "host"
		if !rewritten[name] && strings.IndexByte(name, '_') < 0 {
			signed = append(signed, line{name, value})
		}
	}
	sort.Sort(signed)
	if signed = signed.withoutBlanks(); !signed.has("host") {
		return nil, refuse(ErrMissingHost, "the request has no Host header: add the host that it is sent to")
	}
	return signed, nil
}

// withoutBlanks leaves out the headers of which a line is blank, with all their lines: who verifies a name walks every
// line of it, and sample backends refuse blank ones (7.3). The lines are in order, so that a blank one is the first.
func (l lines) withoutBlanks() lines {
	kept, blank := l[:0], ""
	for _, line := range l {
		if line.value == "" {
			blank = line.name
		}
		if line.name != blank {
			kept = append(kept, line)
		}
	}
	return kept
}

// checkHeader is the name in lower case and the value without surrounding blanks, of what can be sent (7.4).
func checkHeader(header Header) (name, value string, err error) {
	if !tokenBytes.isToken(header.Name) {
		return "", "", refuse(ErrBadHeader, "%q is no header name", header.Name)
	}
	if !isValue(header.Value) {
		return "", "", refuse(ErrBadHeader, "the value of the header %s has a control character: take it out", header.Name)
	}
	return strings.ToLower(header.Name), trimBlanks(header.Value), nil
}

// names are the names of the block, each once, joined with ;.
func (l lines) names() string {
	var list strings.Builder
	list.Grow(16 * len(l))
	for i, line := range l {
		if i > 0 && line.name == l[i-1].name {
			continue
		}
		if i > 0 {
			list.WriteByte(';')
		}
		list.WriteString(line.name)
	}
	return list.String()
}

func (l lines) has(name string) bool {
	for _, line := range l {
		if line.name == name {
			return true
		}
	}
	return false
}

func (l lines) Len() int      { return len(l) }
func (l lines) Swap(i, j int) { l[i], l[j] = l[j], l[i] }
func (l lines) Less(i, j int) bool {
	if l[i].name != l[j].name {
		return l[i].name < l[j].name
	}
	return l[i].value < l[j].value
}
