// Speaks the testee protocol of the conformance kit: one JSON object a line in, one a line out.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
	"strings"
	"time"

	countersign "github.com/countersign/countersign/sdks/go"
)

var algorithms = []countersign.Algorithm{countersign.HMACSHA256, countersign.V11HMACSHA256}

// lacking are the algorithms of the protocol that this library does not have.
var lacking = map[string]bool{"SDK-HMAC-SM3": true, "SDK-ECDSA-P256-SHA256": true, "SDK-SM2-SM3": true}

// job is any question; which members it has depends on the verb.
type job struct {
	Do         string                `json:"do"`
	Credential credential            `json:"credential"`
	Algorithm  countersign.Algorithm `json:"algorithm"`
	Region     string                `json:"region"`
	Service    string                `json:"service"`
	Now        string                `json:"now"`
	Keys       []credential          `json:"keys"`
	Request    request               `json:"request"`
}

type credential struct {
	AccessKey     string `json:"access_key"`
	SecretKey     string `json:"secret_key"`
	SecurityToken string `json:"security_token"`
	ProjectID     string `json:"project_id"`
	DomainID      string `json:"domain_id"`
}

type request struct {
	Method  string      `json:"method"`
	Target  string      `json:"target"`
	Headers [][2]string `json:"headers"`
	Body    []byte      `json:"body"`
	Payload string      `json:"payload"`
}

func main() {
	input := json.NewDecoder(bufio.NewReader(os.Stdin))
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	for {
		var job job
		if err := input.Decode(&job); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := output.Encode(job.answer()); err != nil {
			log.Fatal(err)
		}
	}
}

func (j job) answer() interface{} {
	switch j.Do {
	case "describe":
		verbs := []string{"sign", "verify"}
		return description{"countersign-go", countersign.Version, verbs, algorithms}
	case "sign":
		return answerOr(j.sign())
	case "verify":
		return answerOr(j.verify())
	default:
		return refusal{"UnknownVerb", "this testee cannot " + j.Do}
	}
}

type description struct {
	Name       string                  `json:"name"`
	Version    string                  `json:"version"`
	Verbs      []string                `json:"verbs"`
	Algorithms []countersign.Algorithm `json:"algorithms"`
}

type refusal struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

type unsupported struct {
	Algorithm string `json:"unsupported"`
}

func answerOr(answer interface{}, err error) interface{} {
	var refused *countersign.Error
	switch {
	case err == nil:
		return answer
	case errors.As(err, &refused):
		return refusal{string(refused.Code), refused.Message}
	default:
		return refusal{"BadJob", err.Error()}
	}
}

func (j job) sign() (interface{}, error) {
	if lacking[string(j.Algorithm)] {
		return unsupported{string(j.Algorithm)}, nil
	}
	signer, err := countersign.NewSigner(j.Credential.AccessKey, j.Credential.SecretKey,
		countersign.WithSecurityToken(j.Credential.SecurityToken),
		countersign.WithProjectID(j.Credential.ProjectID),
		countersign.WithDomainID(j.Credential.DomainID),
		countersign.WithAlgorithm(j.Algorithm),
		countersign.WithScope(j.Region, j.Service),
	)
	if err != nil {
		return nil, err
	}
	request, err := j.request(func(text string) string { return text })
	if err != nil {
		return nil, err
	}
	request.UnsignedPayload = j.Request.Payload == "unsigned"
	signed, err := signer.Explain(request)
	if err != nil {
		return nil, err
	}
	headers := make([][2]string, len(signed.Headers))
	for i, header := range signed.Headers {
		headers[i] = [2]string{header.Name, header.Value}
	}
	return map[string]interface{}{
		"headers":           headers,
		"canonical_request": signed.CanonicalRequest,
		"string_to_sign":    signed.StringToSign,
	}, nil
}

func (j job) verify() (interface{}, error) {
	keys := make(map[string]string, len(j.Keys))
	for _, key := range j.Keys {
		keys[key.AccessKey] = key.SecretKey
	}
	verifier := &countersign.Verifier{Keys: countersign.Keys(keys), Algorithms: algorithms}
	request, err := j.request(wire)
	if err != nil {
		return nil, err
	}
	accessKey, err := verifier.Verify(request)
	if token := algorithmOf(request); lacking[token] && errors.Is(err, countersign.ErrUnsupportedAlgorithm) {
		return unsupported{token}, nil
	}
	return map[string]string{"access_key": accessKey}, err
}

// algorithmOf is the first word of the Authorization header.
func algorithmOf(request countersign.Request) string {
	for _, header := range request.Headers {
		if strings.EqualFold(header.Name, "Authorization") {
			token, _, _ := strings.Cut(header.Value, " ")
			return token
		}
	}
	return ""
}

// request is the request of the job; text turns its texts into what stands on the wire.
func (j job) request(text func(string) string) (countersign.Request, error) {
	now, err := time.Parse("20060102T150405Z", j.Now)
	if err != nil {
		return countersign.Request{}, err
	}
	headers := make([]countersign.Header, len(j.Request.Headers))
	for i, header := range j.Request.Headers {
		headers[i] = countersign.Header{Name: header[0], Value: text(header[1])}
	}
	return countersign.Request{
		Method:  j.Request.Method,
		Target:  text(j.Request.Target),
		Headers: headers,
		Body:    j.Request.Body,
		Now:     now,
	}, nil
}

// wire turns each character into one byte (latin-1).
func wire(text string) string {
	bytes := make([]byte, 0, len(text))
	for _, character := range text {
		bytes = append(bytes, byte(character))
	}
	return string(bytes)
}
