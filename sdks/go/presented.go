package countersign

import (
	"sort"
	"strings"
	"time"
)

// skewSecondsMax is how far the signing time may be away, inclusive (5.3).
const skewSecondsMax = 15 * 60

// presented is what a request says about its signature. Nothing is verified yet.
type presented struct {
	authorization
	date        string
	signingTime time.Time
	// declared is the content hash header, if there is one.
	declared *string
	// received are the values of each header by its name in lower case.
	received map[string][]string
}

// single are the headers of which there must be at most one (5.1).
var single = []string{
	headerAuthorization, headerDate, headerHost, headerContentSHA256, headerContentSM3, headerSecurityToken,
	headerProjectID, headerDomainID,
}

// present reads the head of a request (2, 5.1 to 5.3). The carrier is the header that holds the signature.
func present(request *Request, carrier string) (*presented, error) {
	received := receive(request.Headers, carrier)
	values := received["authorization"]
	switch {
	case len(values) == 0:
		return nil, refuse(ErrMissingAuthorization, "the request is not signed: sign it with a key of this service")
	case len(values) > 1:
		return nil, duplicate(headerAuthorization)
	}
	authorization, err := parseAuthorization(values[0])
	if err != nil {
		return nil, err
	}
	for _, name := range single {
		if len(received[strings.ToLower(name)]) > 1 {
			return nil, duplicate(name)
		}
	}
	presented := &presented{authorization: authorization, received: received}
	if err := presented.readDate(received["x-sdk-date"]); err != nil {
		return nil, err
	}
	if values := received["x-sdk-content-sha256"]; len(values) == 1 {
		presented.declared = &values[0]
	}
	return presented, nil
}

func duplicate(name string) error {
	return refuse(ErrDuplicateHeader, "the header %s stands more than once: send it once", name)
}

// receive gathers the values of each header by its name in lower case. What the carrier holds is the authorization,
// and the header of that name is another if it is not the carrier.
func receive(headers []Header, carrier string) map[string][]string {
	if carrier == "" {
		carrier = headerAuthorization
	}
	received := make(map[string][]string, len(headers))
	for _, header := range headers {
		name := strings.ToLower(header.Name)
		if strings.EqualFold(name, carrier) {
			name = "authorization"
		} else if name == "authorization" {
			continue
		}
		received[name] = append(received[name], trimBlanks(header.Value))
	}
	return received
}

// readDate reads X-Sdk-Date and holds the day of a scope against it.
func (p *presented) readDate(values []string) error {
	if len(values) == 0 {
		return refuse(ErrMissingDate, "the X-Sdk-Date header is missing: send the signing time")
	}
	date := values[0]
	moment, err := time.Parse(dateLayout, date)
	if err != nil || moment.Format(dateLayout) != date || moment.Unix() < 0 {
		return refuse(ErrBadDate, "the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ")
	}
	if p.algorithm.isScoped() && !strings.HasPrefix(p.scope, date[:len("yyyyMMdd")]+"/") {
		return malformed("the day of the scope is not that of X-Sdk-Date")
	}
	p.date, p.signingTime = date, moment
	return nil
}

// checkTime refuses a signing time more than 15 minutes away (5.3).
func (p *presented) checkTime(now time.Time) error {
	if isSkewed(p.signingTime, now) {
		return refuse(ErrExpired, "signature expired, signature time:%s,server time:%s", p.date, now.UTC().Format(dateLayout))
	}
	return nil
}

// isSkewed tells whether two clocks are too far apart, in whole seconds.
func isSkewed(one, other time.Time) bool {
	seconds := one.Unix() - other.Unix()
	return seconds < -skewSecondsMax || seconds > skewSecondsMax
}

// lines is the header block: names in the order given, the values of each sorted, an absent header empty (3.3).
func (p *presented) lines() (lines, error) {
	var block lines
	for _, name := range strings.Split(p.signedNames, ";") {
		values := p.received[name]
		if len(values) == 0 {
			values = []string{""}
		}
		sort.Strings(values)
		for _, value := range values {
			if hasLineBreak(value) {
				return nil, malformed("a signed header has a line break")
			}
			block = append(block, line{name, value})
		}
	}
	return block, nil
}

// hasLineBreak tells whether text could pass for two lines.
func hasLineBreak(text string) bool {
	return strings.ContainsAny(text, "\r\n\x00")
}
