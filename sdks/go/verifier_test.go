package countersign

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// vector is a recorded request, as spec/vectors/README.md describes it.
type vector struct {
	ID         string
	Now        string
	Credential struct{ AK, SK string }
	Wire       struct {
		Method, Target string
		Headers        [][2]string
		BodyB64        string `json:"body_b64"`
	}
	CanonicalRequest string `json:"canonical_request"`
}

func published(t *testing.T) []vector {
	t.Helper()
	text, err := os.ReadFile("../../spec/vectors/verify/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Vectors []vector }
	if err := json.Unmarshal(text, &file); err != nil || len(file.Vectors) == 0 {
		t.Fatal(err, len(file.Vectors))
	}
	return file.Vectors
}

func (v vector) request(t *testing.T) Request {
	t.Helper()
	body, err := base64.StdEncoding.DecodeString(v.Wire.BodyB64)
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Method: v.Wire.Method, Target: v.Wire.Target, Body: body, Now: at(v.Now)}
	for _, header := range v.Wire.Headers {
		request.Headers = append(request.Headers, Header{header[0], header[1]})
	}
	return request
}

func TestPublishedAnswersAreAcceptedAndNoOtherSecretKeyIs(t *testing.T) {
	for _, vector := range published(t) {
		for secretKey, code := range map[string]Code{vector.Credential.SK: "", "another": ErrMismatch} {
			verifier := &Verifier{
				Keys:       Keys(map[string]string{vector.Credential.AK: secretKey}),
				Algorithms: []Algorithm{HMACSHA256, V11HMACSHA256},
			}
			accessKey, err := verifier.Verify(vector.request(t))
			if code == "" && (err != nil || accessKey != vector.Credential.AK) {
				t.Error(vector.ID, accessKey, err)
			}
			var refusal *Error
			if code != "" && (!errors.As(err, &refusal) || refusal.Code != code || refusal.CanonicalRequest != vector.CanonicalRequest) {
				t.Error(vector.ID, err)
			}
		}
	}
}

// signedRequest is a request that signer signed, ready to be received.
func signedRequest(t *testing.T, signer *Signer, request Request) Request {
	t.Helper()
	headers, err := signer.Sign(request)
	if err != nil {
		t.Fatal(err)
	}
	request.Headers = append(append([]Header{}, request.Headers...), headers...)
	return request
}

func order(t *testing.T) Request {
	return signedRequest(t, newSigner(t), Request{
		Method:  "POST",
		Target:  "/orders?limit=20",
		Headers: []Header{{"Host", "h:80"}, {"Content-Type", "application/json"}, {"X-Many", "b"}, {"X-Many", "a"}},
		Body:    []byte("{}"),
		Now:     someTime,
	})
}

func newVerifier() *Verifier {
	return &Verifier{Keys: Keys(map[string]string{"AccessKey": "SecretKey"})}
}

// replaced is the request with another value in the header, or without it if there is none.
func replaced(request Request, name string, values ...string) Request {
	var headers []Header
	for _, header := range request.Headers {
		if !strings.EqualFold(header.Name, name) {
			headers = append(headers, header)
		}
	}
	for _, value := range values {
		headers = append(headers, Header{name, value})
	}
	request.Headers = headers
	return request
}

func valueOf(request Request, name string) string {
	for _, header := range request.Headers {
		if strings.EqualFold(header.Name, name) {
			return header.Value
		}
	}
	return ""
}

func TestWhatTheSignerSignedIsAccepted(t *testing.T) {
	scoped := newSigner(t, WithAlgorithm(V11HMACSHA256), WithScope("r", "s"))
	unsigned := order(t)
	unsigned.Headers = unsigned.Headers[:2]
	unsigned.UnsignedPayload = true
	empty := Request{Method: "GET", Target: "/", Headers: []Header{{"Host", "h"}}}
	for _, request := range []Request{
		order(t),
		replaced(order(t), "X-Many", "a", "b"),
		signedRequest(t, newSigner(t, WithSecurityToken("t"), WithProjectID("p")), empty),
		signedRequest(t, scoped, empty),
		signedRequest(t, newSigner(t), unsigned),
	} {
		verifier := newVerifier()
		verifier.Algorithms = []Algorithm{HMACSHA256, V11HMACSHA256}
		if accessKey, err := verifier.Verify(request); err != nil || accessKey != "AccessKey" {
			t.Error(request, err)
		}
	}
}

func TestTamperedRequestsAreRefused(t *testing.T) {
	good := order(t)
	authorization := valueOf(good, "Authorization")
	changed := func(change func(*Request)) Request {
		request := order(t)
		change(&request)
		return request
	}
	flipped := authorization[:len(authorization)-1] + map[bool]string{true: "1", false: "0"}[strings.HasSuffix(authorization, "0")]
	date := "X-Sdk-Date"
	for name, c := range map[string]struct {
		request Request
		code    Code
	}{
		"method":            {changed(func(r *Request) { r.Method = "PUT" }), ErrMismatch},
		"path":              {changed(func(r *Request) { r.Target = "/other?limit=20" }), ErrMismatch},
		"query":             {changed(func(r *Request) { r.Target = "/orders?limit=21" }), ErrMismatch},
		"more query":        {changed(func(r *Request) { r.Target += "&a=1" }), ErrMismatch},
		"body":              {changed(func(r *Request) { r.Body = []byte("{ }") }), ErrMismatch},
		"no body":           {changed(func(r *Request) { r.Body = nil }), ErrMismatch},
		"host":              {replaced(good, "Host", "other"), ErrMismatch},
		"header":            {replaced(good, "Content-Type", "text/plain"), ErrMismatch},
		"a line less":       {replaced(good, "X-Many", "a"), ErrMismatch},
		"no header":         {replaced(good, "Content-Type"), ErrMismatch},
		"another second":    {replaced(good, date, "20060102T150406Z"), ErrMismatch},
		"signature":         {replaced(good, "Authorization", flipped), ErrMismatch},
		"no signature":      {replaced(good, "Authorization"), ErrMissingAuthorization},
		"two signatures":    {replaced(good, "Authorization", authorization, authorization), ErrDuplicateHeader},
		"two hosts":         {replaced(good, "Host", "h:80", "h:80"), ErrDuplicateHeader},
		"no date":           {replaced(good, date), ErrMissingDate},
		"odd date":          {replaced(good, date, "2006-01-02T15:04:05Z"), ErrBadDate},
		"impossible date":   {replaced(good, date, "20060230T150405Z"), ErrBadDate},
		"prehistoric date":  {replaced(good, date, "19691231T235959Z"), ErrBadDate},
		"declared unsigned": {replaced(good, "X-Sdk-Content-Sha256", unsignedPayload), ErrMismatch},
		"odd content hash":  {replaced(good, "X-Sdk-Content-Sha256", "abc"), ErrBadContentHash},
	} {
		if _, err := newVerifier().Verify(c.request); !errors.Is(err, c.code) {
			t.Errorf("%s: %v instead of %s", name, err, c.code)
		}
	}
}

func TestNineHundredSecondsAreInTimeAndOneMoreIsNot(t *testing.T) {
	for seconds, inTime := range map[int]bool{-901: false, -900: true, 0: true, 900: true, 901: false} {
		request := order(t)
		request.Now = someTime.Add(time.Duration(seconds) * time.Second)
		_, err := newVerifier().Verify(request)
		if inTime && err != nil || !inTime && !errors.Is(err, ErrExpired) {
			t.Error(seconds, err)
		}
		times := "signature time:20060102T150405Z,server time:" + request.Now.Format(dateLayout)
		if !inTime && !strings.Contains(err.Error(), times) {
			t.Error(err)
		}
	}
}

func TestUnsignedPayloadIsForThePolicyButAnEmptyBodyMayBeDeclaredSo(t *testing.T) {
	strict := newVerifier()
	strict.RefuseUnsignedPayload = true
	request := Request{Method: "PUT", Target: "/", Headers: []Header{{"Host", "h"}}, Now: someTime, Body: []byte("x"), UnsignedPayload: true}
	unsigned := signedRequest(t, newSigner(t), request)
	_, err := strict.Verify(unsigned)
	expectCode(t, err, ErrUnsignedPayload)

	// Some clients declare an empty form unsigned and sign it as empty (5.4).
	declared := append(unsigned.Headers[:len(unsigned.Headers)-1:len(unsigned.Headers)-1], Header{})
	block := lines{{"host", "h"}, {"x-sdk-content-sha256", unsignedPayload}, {"x-sdk-date", unsigned.Headers[1].Value}}
	canonical := canonicalRequest("PUT", "/", block, block.names(), emptyPayload)
	code := keyPair{"AccessKey", hide("SecretKey")}.code(HMACSHA256, block[2].value, "", canonical)
	declared[len(declared)-1] = Header{"Authorization", newSigner(t).authorization("", block.names(), string(appendHex(nil, code)))}
	unsigned.Headers = declared
	for _, verifier := range []*Verifier{strict, newVerifier()} {
		unsigned.Body = nil
		if _, err := verifier.Verify(unsigned); err != nil {
			t.Error(err)
		}
		unsigned.Body = []byte("x")
		_, err := verifier.Verify(unsigned)
		expectCode(t, err, ErrContentHashMismatch)
	}
}

func TestAnotherHeaderMayCarryTheSignature(t *testing.T) {
	request := order(t)
	carried := replaced(replaced(request, "Authorization", "Bearer x"), "x-signature", valueOf(request, "Authorization"))
	verifier := newVerifier()
	verifier.SignatureHeader = "X-Signature"
	if _, err := verifier.Verify(carried); err != nil {
		t.Error(err)
	}
	_, err := verifier.Verify(request)
	expectCode(t, err, ErrMissingAuthorization)
}

func TestKeysWithoutSecretOpenNothing(t *testing.T) {
	for _, keys := range []KeySource{nil, Keys(nil), Keys(map[string]string{"AccessKey": ""})} {
		_, err := (&Verifier{Keys: keys}).Verify(order(t))
		expectCode(t, err, ErrUnknownKey)
	}
}
