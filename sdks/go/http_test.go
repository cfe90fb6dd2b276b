package countersign

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// tellKeyAndBody answers with the access key and the body.
var tellKeyAndBody = http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
	accessKey, _ := AccessKey(request.Context())
	io.WriteString(writer, accessKey+" ")
	io.Copy(writer, request.Body)
})

// guarded is a server behind the verifier's handler.
func guarded(t *testing.T, verifier *Verifier) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(verifier.Handler(tellKeyAndBody))
	t.Cleanup(server.Close)
	return server
}

// reply is the answer to a request, read to its end.
type reply struct {
	status int
	body   string
}

func send(t *testing.T, transport *Transport, request *http.Request) reply {
	t.Helper()
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, string(body)}
}

func newRequest(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	request, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	return request
}

// onlyReader hides from net/http what a body could do besides being read.
type onlyReader struct{ io.Reader }

// brokenReader fails after its text.
type brokenReader struct{ text io.Reader }

var errBroken = errors.New("broken")

func (r *brokenReader) Read(into []byte) (int, error) {
	if n, err := r.text.Read(into); err == nil {
		return n, nil
	}
	return 0, errBroken
}

func TestHandlerLetsThroughWhatTheTransportSigned(t *testing.T) {
	server := guarded(t, newVerifier())
	transport := &Transport{Signer: newSigner(t, WithSecurityToken("t"))}
	for _, target := range []string{"", "/", "/a%20b/%E4%BD%A0//x;y=z/?b=2&a=10&a=9&empty=&x=a/b+c", "/%2F?", "/q?a=%zz"} {
		for body, reader := range map[string]io.Reader{
			"":       nil,
			"short":  strings.NewReader("short"),
			"stream": onlyReader{strings.NewReader("stream")},
		} {
			request := newRequest(t, "PUT", server.URL+target, reader)
			request.Header["X-Many"] = []string{"b ", "a"}
			request.Header.Set("User-Agent", "test")
			if got := send(t, transport, request); got != (reply{200, "AccessKey " + body}) {
				t.Error(target, body, got)
			}
			if request.Header.Get("Authorization") != "" {
				t.Error("the request was changed")
			}
		}
	}
}

func TestSignRequestAddsHeadersAndExplainRequestDoesNot(t *testing.T) {
	server := guarded(t, newVerifier())
	request := newRequest(t, "", server.URL+"/a?b", onlyReader{strings.NewReader("body")})
	request.Host = "Group.example.com:81"
	explanation, err := newSigner(t).ExplainRequest(request, At(someTime))
	if err != nil {
		t.Fatal(err)
	}
	start := "GET\n/a/\nb=\nhost:Group.example.com:81\nx-sdk-date:20060102T150405Z\n"
	if !strings.HasPrefix(explanation.CanonicalRequest, start) || len(request.Header) != 0 {
		t.Error(explanation, request.Header)
	}
	if err := newSigner(t).SignRequest(request, UnsignedPayload()); err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); string(body) != "AccessKey body" {
		t.Errorf("%s", body)
	}
}

func TestHostIsSignedAsItIsSent(t *testing.T) {
	for url, expected := range map[string]string{
		"http://h/": "h", "http://H:80/": "H:80", "http://[::1]/": "[::1]", "http://[fe80::1%25eth0]:81/": "[fe80::1]:81",
	} {
		if host, err := hostOf(newRequest(t, "GET", url, nil)); err != nil || host != expected {
			t.Error(url, host, err)
		}
	}
}
