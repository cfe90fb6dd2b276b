package countersign

import (
	"net/http"
	"strings"
	"time"
)

// RequestOption is a setting of one signature.
type RequestOption func(*requestSettings)

type requestSettings struct {
	now             time.Time
	unsignedPayload bool
	bodyBytesMax    int64
}

// At is the signing time; without it the system's clock counts.
func At(now time.Time) RequestOption {
	return func(s *requestSettings) { s.now = now }
}

// UnsignedPayload leaves the body out of the signature and says so in X-Sdk-Content-Sha256.
func UnsignedPayload() RequestOption {
	return func(s *requestSettings) { s.unsignedPayload = true }
}

// SignRequest signs what an [http.Client] sends for the request, and adds the headers to it. Its method, URL, host,
// headers and body must not change afterwards.
//
// The body is read by GetBody, which [http.NewRequest] sets for the usual readers. Another body is read up to
// [BodyBytesMax] and replaced by its copy. Besides the errors of [Signer.Sign] there are [ErrBodyTooLong] and
// [ErrBodyIncomplete].
func (s *Signer) SignRequest(request *http.Request, options ...RequestOption) error {
	return s.addTo(request, settingsOf(options))
}

// ExplainRequest is [Signer.SignRequest] with the texts in between. It adds no headers.
func (s *Signer) ExplainRequest(request *http.Request, options ...RequestOption) (*Explanation, error) {
	signed, err := s.signHTTP(request, settingsOf(options))
	if err != nil {
		return nil, err
	}
	return s.explain(signed), nil
}

func settingsOf(options []RequestOption) requestSettings {
	settings := requestSettings{bodyBytesMax: BodyBytesMax}
	for _, option := range options {
		option(&settings)
	}
	return settings
}

// addTo signs the request and adds the headers to it.
func (s *Signer) addTo(request *http.Request, settings requestSettings) error {
	signed, err := s.signHTTP(request, settings)
	if err != nil {
		return err
	}
	if request.Header == nil {
		request.Header = make(http.Header, len(signed.headers))
	}
	for _, header := range signed.headers {
		request.Header.Set(header.Name, header.Value)
	}
	return nil
}

func (s *Signer) signHTTP(request *http.Request, settings requestSettings) (signed, error) {
	wire, err := onWire(request)
	if err != nil {
		return signed{}, err
	}
	payload, err := settings.payload(request)
	if err != nil {
		return signed{}, err
	}
	wire.Now = settings.now
	return s.sign(wire, payload)
}

// onWire is the head of a request as [http.Transport] writes it.
func onWire(request *http.Request) (*Request, error) {
	if request.URL == nil {
		return nil, refuse(ErrBadTarget, "the request has no URL")
	}
	host, err := hostOf(request)
	if err != nil {
		return nil, err
	}
	method := request.Method
	if method == "" {
		method = http.MethodGet
	}
	return &Request{Method: method, Target: request.URL.RequestURI(), Headers: headerLines(host, request.Header)}, nil
}

// headerLines are the lines of a request whose Host stands beside its headers, as it does on both sides of net/http.
func headerLines(host string, header http.Header) []Header {
	lines := append(make([]Header, 0, len(header)+1), Header{headerHost, host})
	for name, values := range header {
		for _, value := range values {
			lines = append(lines, Header{name, value})
		}
	}
	return lines
}

// hostOf is the Host header. The zone of an address is not sent, and names are sent in ASCII.
func hostOf(request *http.Request) (string, error) {
	host := request.Host
	if host == "" {
		host = request.URL.Host
	}
	if !isVisible(host) {
		return "", refuse(ErrBadHeader, "the host %q is not ASCII: write it in its xn-- form", host)
	}
	address, port, isAddress := strings.Cut(host, "]")
	if isAddress && strings.HasPrefix(address, "[") {
		address, _, _ = strings.Cut(address, "%")
		return address + "]" + port, nil
	}
	return host, nil
}
