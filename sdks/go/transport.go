package countersign

import (
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// Transport signs the requests of an [http.Client] and leaves the sending to another [http.RoundTripper]. It may be
// shared by goroutines and must not be copied. Only Signer is required.
//
// A redirect to another host is sent without a signature.
type Transport struct {
	// Signer signs.
	Signer *Signer
	// Base sends; [http.DefaultTransport] if it is nil.
	Base http.RoundTripper
	// UnsignedPayload leaves bodies out of the signatures.
	UnsignedPayload bool
	// BodyBytesMax is the longest body that is kept in memory, if the request has no GetBody; 12 MiB if it is zero.
	BodyBytesMax int64
	// CorrectClock learns from an answer of 401 whose Date is more than 15 minutes away how wrong the clock is, and
	// sends the request once again. Use it over TLS only: others could make the client sign for another time.
	CorrectClock bool
	// Now is the clock; [time.Now] if it is nil.
	Now func() time.Time

	// correction is what to add to the clock, in nanoseconds.
	correction atomic.Int64
}

// RoundTrip signs a copy of the request and sends it.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if leavesOrigin(request) {
		return t.base().RoundTrip(request)
	}
	first, signedAt := request.Clone(request.Context()), t.now()
	if err := t.sign(first, signedAt); err != nil {
		if hasBody(request) {
			request.Body.Close()
		}
		return nil, err
	}
	response, err := t.base().RoundTrip(first)
	if err != nil || !t.CorrectClock || !t.learn(response, signedAt) {
		return response, err
	}
	return t.sendAgain(request, first, response)
}

// sendAgain sends the request with the clock corrected; the refusal stays the answer if the body is gone.
func (t *Transport) sendAgain(request, first *http.Request, refusal *http.Response) (*http.Response, error) {
	second := request.Clone(request.Context())
	if hasBody(first) {
		if first.GetBody == nil {
			return refusal, nil
		}
		body, err := first.GetBody()
		if err != nil {
			return refusal, nil
		}
		second.Body, second.GetBody, second.ContentLength = body, first.GetBody, first.ContentLength
	}
	if err := t.sign(second, t.now()); err != nil {
		return refusal, nil
	}
	discard(refusal.Body)
	return t.base().RoundTrip(second)
}

func (t *Transport) sign(request *http.Request, now time.Time) error {
	settings := requestSettings{now, t.UnsignedPayload, t.BodyBytesMax}
	if settings.bodyBytesMax == 0 {
		settings.bodyBytesMax = BodyBytesMax
	}
	return t.Signer.addTo(request, settings)
}

// learn takes the server's clock from a refusal, and tells whether it was far from the signing time.
func (t *Transport) learn(response *http.Response, signedAt time.Time) bool {
	if response.StatusCode != http.StatusUnauthorized {
		return false
	}
	server, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil || !isSkewed(signedAt, server) {
		return false
	}
	t.correction.Store(int64(server.Sub(t.clock())))
	return true
}

// now is the corrected clock.
func (t *Transport) now() time.Time {
	return t.clock().Add(time.Duration(t.correction.Load()))
}

func (t *Transport) clock() time.Time {
	if t.Now == nil {
		return time.Now()
	}
	return t.Now()
}

func (t *Transport) base() http.RoundTripper {
	if t.Base == nil {
		return http.DefaultTransport
	}
	return t.Base
}

// leavesOrigin tells whether the request follows redirects to another host than the first one's.
func leavesOrigin(request *http.Request) bool {
	first := request
	for first.Response != nil && first.Response.Request != nil {
		first = first.Response.Request
	}
	return first != request && first.URL.Host != request.URL.Host
}

// discard empties a short body, so that its connection can be used again.
func discard(body io.ReadCloser) {
	const bytesMax = 64 << 10
	io.CopyN(io.Discard, body, bytesMax)
	body.Close()
}
