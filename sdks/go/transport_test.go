package countersign

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRequestsThatCannotBeSignedAreNotSent(t *testing.T) {
	tooLong, brokenOff := onlyReader{strings.NewReader("12345")}, &brokenReader{strings.NewReader("1")}
	taken := newRequest(t, "GET", "http://127.0.0.1:0/", nil)
	taken.SetBasicAuth("user", "password")
	missing := &http.Request{Method: "GET"}
	for _, c := range []struct {
		request *http.Request
		code    Code
	}{
		{newRequest(t, "PUT", "http://127.0.0.1:0/", tooLong), ErrBodyTooLong},
		{newRequest(t, "PUT", "http://127.0.0.1:0/", brokenOff), ErrBodyIncomplete},
		{newRequest(t, "GET", "http://127.0.0.1:0/?a b", nil), ErrBadTarget},
		{newRequest(t, "GET", "http://b\u00fccher.example/", nil), ErrBadHeader},
		{taken, ErrTakenHeader},
		{missing, ErrBadTarget},
	} {
		_, err := (&Transport{Signer: newSigner(t), BodyBytesMax: 4}).RoundTrip(c.request)
		expectCode(t, err, c.code)
		if c.code == ErrBodyIncomplete && !errors.Is(err, errBroken) {
			t.Error("the cause is lost")
		}
	}
}

func TestClockIsCorrectedFromTheServersDateAndStaysSo(t *testing.T) {
	server := guarded(t, newVerifier())
	slow := func() time.Time { return time.Now().Add(-time.Hour) }
	post := func(transport *Transport) reply {
		return send(t, transport, newRequest(t, "POST", server.URL, onlyReader{strings.NewReader("body")}))
	}
	if got := post(&Transport{Signer: newSigner(t), Now: slow}); got.status != 401 {
		t.Error("corrected without being told to:", got)
	}
	counting := &countingTransport{}
	transport := &Transport{Signer: newSigner(t), Now: slow, CorrectClock: true, Base: counting}
	for _, sent := range []int{2, 3} {
		if got := post(transport); got != (reply{200, "AccessKey body"}) || counting.sent != sent {
			t.Error(got, counting.sent)
		}
	}
}

type countingTransport struct{ sent int }

func (c *countingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	c.sent++
	return http.DefaultTransport.RoundTrip(request)
}

func TestRefusalsForOtherReasonsAreNotSentAgain(t *testing.T) {
	server := guarded(t, &Verifier{Keys: Keys(nil)})
	counting := &countingTransport{}
	transport := &Transport{Signer: newSigner(t), CorrectClock: true, Base: counting}
	if got := send(t, transport, newRequest(t, "GET", server.URL, nil)); got.status != 401 || counting.sent != 1 {
		t.Error(got, counting.sent)
	}
}

func TestUnsignedStreamsAreNotSentAgain(t *testing.T) {
	server := guarded(t, newVerifier())
	ahead := func() time.Time { return time.Now().Add(time.Hour) }
	transport := &Transport{Signer: newSigner(t), Now: ahead, CorrectClock: true, UnsignedPayload: true}
	put := func() reply {
		return send(t, transport, newRequest(t, "PUT", server.URL, onlyReader{strings.NewReader("body")}))
	}
	if got := put(); got.status != 401 || !strings.Contains(got.body, `"error_code":"Expired"`) {
		t.Error(got)
	}
	if got := put(); got != (reply{200, "AccessKey body"}) {
		t.Error(got)
	}
}

func TestOneTransportSignsForManyGoroutines(t *testing.T) {
	server := guarded(t, newVerifier())
	late := func() time.Time { return time.Now().Add(-time.Hour) }
	transport := &Transport{Signer: newSigner(t), CorrectClock: true, Now: late}
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		request := newRequest(t, "POST", server.URL, strings.NewReader("body"))
		group.Add(1)
		go func() {
			defer group.Done()
			response, err := transport.RoundTrip(request)
			if err != nil || response.StatusCode != 200 {
				t.Error(response, err)
				return
			}
			response.Body.Close()
		}()
	}
	group.Wait()
}

func TestRedirectsAreSignedUnlessTheyLeadElsewhere(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		io.WriteString(writer, "signed:"+request.Header.Get("Authorization")+request.Header.Get("X-Security-Token"))
	}))
	defer elsewhere.Close()
	here := httptest.NewServer(newVerifier().Handler(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		switch request.URL.Path {
		case "/near":
			http.Redirect(writer, request, "/", http.StatusFound)
		case "/far":
			http.Redirect(writer, request, elsewhere.URL, http.StatusFound)
		default:
			io.WriteString(writer, "arrived")
		}
	})))
	defer here.Close()
	transport := &Transport{Signer: newSigner(t, WithSecurityToken("t"))}
	if got := send(t, transport, newRequest(t, "GET", here.URL+"/near", nil)); got != (reply{200, "arrived"}) {
		t.Error(got)
	}
	if got := send(t, transport, newRequest(t, "GET", here.URL+"/far", nil)); got != (reply{200, "signed:"}) {
		t.Error(got)
	}
}
