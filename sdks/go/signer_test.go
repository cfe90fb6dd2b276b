package countersign

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// The worked example of the documentation (spec/vectors/verify/published.json, kat/doc-vpc).
const (
	vpcAccessKey = "QTWAOYTTINDUT2QVKYUC"
	vpcSecretKey = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"
	vpcTarget    = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0"
	vpcSignature = "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
		"Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
)

var vpcHeaders = []Header{{"Content-Type", "application/json"}, {"Host", "service.region.example.com"}}

// at is the time of an X-Sdk-Date.
func at(date string) time.Time {
	moment, err := time.Parse(dateLayout, date)
	if err != nil {
		panic(err)
	}
	return moment
}

var someTime = at("20060102T150405Z")

func newSigner(t *testing.T, options ...Option) *Signer {
	t.Helper()
	signer, err := NewSigner("AccessKey", "SecretKey", options...)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func explained(t *testing.T, signer *Signer, request Request) *Explanation {
	t.Helper()
	explanation, err := signer.Explain(request)
	if err != nil {
		t.Fatal(err)
	}
	return explanation
}

func expectCode(t *testing.T, err error, code Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("%v instead of %s", err, code)
	}
}

func TestPublishedExampleIsReproduced(t *testing.T) {
	signer, err := NewSigner(vpcAccessKey, vpcSecretKey)
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Method: "GET", Target: vpcTarget, Headers: vpcHeaders, Now: at("20191115T033655Z")}
	explanation := explained(t, signer, request)
	expected := []Header{{"X-Sdk-Date", "20191115T033655Z"}, {"Authorization", vpcSignature}}
	if !reflect.DeepEqual(explanation.Headers, expected) {
		t.Error(explanation.Headers)
	}
	hash := "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
	if explanation.StringToSign != "SDK-HMAC-SHA256\n20191115T033655Z\n"+hash {
		t.Error(explanation.StringToSign)
	}
}

func TestHeadersAreSignedTrimmedSortedAndWithoutThoseThatProxiesRewrite(t *testing.T) {
	request := Request{Method: "GET", Target: "/a", Now: someTime, Headers: []Header{
		{"X-B", " two\t"}, {"Host", "h"}, {"X-B", "one"}, {"X_Under", "1"}, {"X-Blank", " "}, {"Content-Length", "0"},
		{"X-Half", "1"}, {"x-half", ""},
	}}
	expected := "GET\n/a/\n\nhost:h\nx-b:one\nx-b:two\nx-sdk-date:20060102T150405Z\n\nhost;x-b;x-sdk-date\n" + emptyPayload
	if canonical := explained(t, newSigner(t), request).CanonicalRequest; canonical != expected {
		t.Error(canonical)
	}
}

func TestAddedHeadersStandInTheOrderOfTheContract(t *testing.T) {
	signer := newSigner(t, WithSecurityToken("token"), WithDomainID("d1"), WithProjectID("p1"))
	request := Request{Method: "GET", Target: "/", Headers: []Header{{"host", "h"}}, UnsignedPayload: true}
	headers, err := signer.Sign(request)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, header := range headers {
		names = append(names, header.Name)
	}
	expected := "X-Sdk-Date X-Project-Id X-Domain-Id X-Security-Token X-Sdk-Content-Sha256 Authorization"
	if strings.Join(names, " ") != expected {
		t.Error(names)
	}
	signed := "SignedHeaders=host;x-domain-id;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token,"
	if authorization := headers[len(headers)-1].Value; !strings.Contains(authorization, signed) {
		t.Error(authorization)
	}
}

func TestUnsignedPayloadIsTheLastLine(t *testing.T) {
	request := Request{Method: "PUT", Target: "/", Headers: []Header{{"host", "h"}}, Body: []byte("x"), UnsignedPayload: true}
	if canonical := explained(t, newSigner(t), request).CanonicalRequest; !strings.HasSuffix(canonical, "\nUNSIGNED-PAYLOAD") {
		t.Error(canonical)
	}
}

func TestScopedAlgorithmNamesItsScope(t *testing.T) {
	signer := newSigner(t, WithAlgorithm(V11HMACSHA256), WithScope("test-region-1", "demo"))
	request := Request{Method: "GET", Target: "/", Headers: []Header{{"host", "h"}}, Now: someTime}
	headers, err := signer.Sign(request)
	if err != nil {
		t.Fatal(err)
	}
	start := "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=host;x-sdk-date, "
	if !strings.HasPrefix(headers[len(headers)-1].Value, start) {
		t.Error(headers)
	}
}

func TestSignersThatCannotSignAreNotMade(t *testing.T) {
	v11 := WithAlgorithm(V11HMACSHA256)
	cases := []struct {
		accessKey, secretKey string
		options              []Option
		code                 Code
	}{
		{"", "s", nil, ErrMissingCredentials},
		{"a", "", nil, ErrMissingCredentials},
		{"a,b", "s", nil, ErrBadCredentials},
		{"a b", "s", nil, ErrBadCredentials},
		{"é", "s", nil, ErrBadCredentials},
		{"a/b", "s", []Option{v11, WithScope("r", "s")}, ErrBadCredentials},
		{"a", "s", []Option{WithSecurityToken("a\nb")}, ErrBadCredentials},
		{"a", "s", []Option{WithSecurityToken(" ")}, ErrBadCredentials},
		{"a", "s", []Option{WithProjectID("p\r\nq")}, ErrBadHeader},
		{"a", "s", []Option{WithAlgorithm("SDK-HMAC-SM3")}, ErrUnsupportedAlgorithm},
		{"a", "s", []Option{WithAlgorithm("sdk-hmac-sha256")}, ErrUnsupportedAlgorithm},
		{"a", "s", []Option{v11}, ErrMissingScope},
		{"a", "s", []Option{v11, WithScope("r", "")}, ErrMissingScope},
		{"a", "s", []Option{v11, WithScope("a/b", "s")}, ErrBadScope},
	}
	for _, c := range cases {
		_, err := NewSigner(c.accessKey, c.secretKey, c.options...)
		expectCode(t, err, c.code)
	}
}

func TestWhatCannotBeSentOrWouldBeAmbiguousIsRefused(t *testing.T) {
	host := Header{"Host", "h"}
	cases := []struct {
		method, target string
		headers        []Header
		code           Code
	}{
		{"GET", "/", nil, ErrMissingHost},
		{"GET", "/", []Header{{"Host", " "}}, ErrMissingHost},
		{"", "/", []Header{host}, ErrBadMethod},
		{"GE T", "/", []Header{host}, ErrBadMethod},
		{"GET", "", []Header{host}, ErrBadTarget},
		{"GET", "http://h/", []Header{host}, ErrBadTarget},
		{"GET", "/a b", []Header{host}, ErrBadTarget},
		{"GET", "/a\x7f", []Header{host}, ErrBadTarget},
		{"GET", "/", []Header{host, {"a", "b\r\nc: d"}}, ErrBadHeader},
		{"GET", "/", []Header{host, {"a b", "c"}}, ErrBadHeader},
		{"GET", "/", []Header{host, {"", "c"}}, ErrBadHeader},
		{"GET", "/", []Header{host, {"HOST", "i"}}, ErrTakenHeader},
		{"GET", "/", []Header{{"Host", ""}, host}, ErrTakenHeader},
		{"GET", "/", []Header{host, {"x-sdk-date", "i"}}, ErrTakenHeader},
		{"GET", "/", []Header{host, {"Authorization", ""}}, ErrTakenHeader},
		{"GET", "/", []Header{host, {"X-Sdk-Content-Sm3", "i"}}, ErrTakenHeader},
		{"GET", "/", []Header{host, {"x-project-id", "other"}}, ErrTakenHeader},
	}
	signer := newSigner(t, WithProjectID("p1"))
	for _, c := range cases {
		_, err := signer.Sign(Request{Method: c.method, Target: c.target, Headers: c.headers})
		expectCode(t, err, c.code)
	}
}

func TestNoTextFormShowsASecret(t *testing.T) {
	type holder struct {
		signer   *Signer
		copy     Signer
		verifier *Verifier
	}
	signer := newSigner(t, WithSecurityToken("TheToken"))
	verifier := &Verifier{Keys: Keys(map[string]string{"AccessKey": "SecretKey"})}
	values := []interface{}{signer, *signer, verifier, *verifier, holder{signer, *signer, verifier}}
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			text := fmt.Sprintf(verb, value)
			for _, secret := range []string{"SecretKey", "TheToken", fmt.Sprintf("%x", "SecretKey"), fmt.Sprintf("%x", "TheToken")} {
				if strings.Contains(text, secret) {
					t.Errorf("%s of %T shows %s: %s", verb, value, secret, text)
				}
			}
		}
	}
	if text := fmt.Sprint(signer); text != "countersign.Signer(AccessKey)" {
		t.Error(text)
	}
}
