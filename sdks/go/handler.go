package countersign

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

type contextKey struct{}

// AccessKey is the access key that the request with this context was signed with; ok is false for requests that no
// [Verifier.Handler] let through.
func AccessKey(ctx context.Context) (accessKey string, ok bool) {
	accessKey, ok = ctx.Value(contextKey{}).(string)
	return accessKey, ok
}

// Handler lets through what is signed with one of the keys, and answers everything else with 401 and
// {"error_code": …, "error_msg": …}: 413 if the body is too long, 400 if it broke off. What the head of a request tells
// is refused before its body is read. The next handler finds the whole body, and the access key by [AccessKey].
//
// Path and query are taken as the client sent them, whatever handlers in front of this one made of the URL.
func (v *Verifier) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		accessKey, body, err := v.verifyHTTP(writer, request)
		if err != nil {
			answer(writer, err)
			return
		}
		verified := request.WithContext(context.WithValue(request.Context(), contextKey{}, accessKey))
		verified.Body = io.NopCloser(bytes.NewReader(body))
		verified.ContentLength = int64(len(body))
		next.ServeHTTP(writer, verified)
	})
}

func (v *Verifier) verifyHTTP(writer http.ResponseWriter, request *http.Request) (accessKey string, body []byte, err error) {
	claim, err := v.claim(received(request), v.now())
	if err != nil {
		return "", nil, err
	}
	bytesMax := v.BodyBytesMax
	if bytesMax == 0 {
		bytesMax = BodyBytesMax
	}
	if body, err = io.ReadAll(http.MaxBytesReader(writer, request.Body, bytesMax)); err != nil {
		return "", nil, err
	}
	accessKey, err = claim.finish(body)
	return accessKey, body, err
}

// received is the head of a request as it came. [http.Server] keeps Host beside the headers.
func received(request *http.Request) *Request {
	target := request.RequestURI
	if !strings.HasPrefix(target, "/") {
		target = request.URL.RequestURI()
	}
	return &Request{Method: request.Method, Target: target, Headers: headerLines(request.Host, request.Header)}
}

func (v *Verifier) now() time.Time {
	if v.Now == nil {
		return time.Now()
	}
	return v.Now()
}

// answer writes a refusal.
func answer(writer http.ResponseWriter, err error) {
	refusal, status := refusalOf(err), http.StatusUnauthorized
	switch refusal.Code {
	case ErrBodyTooLong:
		status = http.StatusRequestEntityTooLarge
	case ErrBodyIncomplete:
		status = http.StatusBadRequest
	}
	text, _ := json.Marshal(map[string]string{"error_code": string(refusal.Code), "error_msg": refusal.Message})
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	writer.Write(text)
}

// refusalOf names a failure: a body that cannot be read was too long, or it broke off.
func refusalOf(err error) *Error {
	var refusal *Error
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &refusal):
		return refusal
	case errors.As(err, &tooLong):
		return refuse(ErrBodyTooLong, "the body is longer than %d bytes", tooLong.Limit)
	default:
		return incomplete(err)
	}
}
