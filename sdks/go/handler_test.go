package countersign

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandlerAnswersRefusalsAsJSON(t *testing.T) {
	verifier := newVerifier()
	verifier.BodyBytesMax = 4
	handler := verifier.Handler(tellKeyAndBody)
	signed := func(body io.Reader) *http.Request {
		request := newRequest(t, "PUT", "http://h/", body)
		if err := newSigner(t).SignRequest(request, UnsignedPayload()); err != nil {
			t.Fatal(err)
		}
		return request
	}
	for _, c := range []struct {
		request *http.Request
		status  int
		code    Code
	}{
		{newRequest(t, "GET", "http://h/", nil), 401, ErrMissingAuthorization},
		{signed(strings.NewReader("12345")), 413, ErrBodyTooLong},
		{signed(&brokenReader{strings.NewReader("1")}), 400, ErrBodyIncomplete},
	} {
		request := httptest.NewRequest(c.request.Method, "/", c.request.Body)
		request.Host, request.Header = "h", c.request.Header
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		var told map[string]string
		if err := json.Unmarshal(recorder.Body.Bytes(), &told); err != nil {
			t.Fatal(err)
		}
		if recorder.Code != c.status || told["error_code"] != string(c.code) || told["error_msg"] == "" {
			t.Error(recorder.Code, told, c.code)
		}
	}
}

func TestStaleRequestsAreRefusedBeforeTheirBodyIsRead(t *testing.T) {
	request := newRequest(t, "PUT", "http://h/", bytes.NewReader(nil))
	if err := newSigner(t).SignRequest(request, At(someTime)); err != nil {
		t.Fatal(err)
	}
	unread := strings.NewReader("unread")
	received := httptest.NewRequest("PUT", "/", unread)
	received.Host, received.Header = "h", request.Header
	recorder := httptest.NewRecorder()
	newVerifier().Handler(tellKeyAndBody).ServeHTTP(recorder, received)
	if recorder.Code != 401 || unread.Len() != len("unread") {
		t.Error(recorder.Code, unread.Len())
	}
}

func TestTargetIsTheOneOfTheWireBehindStrippedPrefixes(t *testing.T) {
	server := httptest.NewServer(http.StripPrefix("/api", newVerifier().Handler(tellKeyAndBody)))
	defer server.Close()
	transport := &Transport{Signer: newSigner(t)}
	if got := send(t, transport, newRequest(t, "GET", server.URL+"/api/a%2Fb", nil)); got != (reply{200, "AccessKey "}) {
		t.Error(got)
	}
}

func TestContextsOfOtherRequestsHaveNoAccessKey(t *testing.T) {
	if accessKey, ok := AccessKey(context.Background()); ok || accessKey != "" {
		t.Error(accessKey)
	}
}
