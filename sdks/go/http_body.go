package countersign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
)

// BodyBytesMax is the default limit of bodies that are kept in memory: 12 MiB.
const BodyBytesMax int64 = 12 << 20

// payload is the payload line of the request (3.4). A body that nobody can give again is replaced by its copy.
func (s requestSettings) payload(request *http.Request) (string, error) {
	switch {
	case s.unsignedPayload:
		return unsignedPayload, nil
	case !hasBody(request):
		return emptyPayload, nil
	case request.GetBody != nil:
		return hashBody(request)
	}
	body, err := readBody(request.Body, s.bodyBytesMax)
	if err != nil {
		return "", err
	}
	request.Body.Close()
	request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	request.Body, _ = request.GetBody()
	if request.ContentLength <= 0 {
		request.ContentLength = int64(len(body))
	}
	return payloadLine(body), nil
}

func hasBody(request *http.Request) bool {
	return request.Body != nil && request.Body != http.NoBody
}

// hashBody reads a body of any length without keeping it.
func hashBody(request *http.Request) (string, error) {
	body, err := request.GetBody()
	if err != nil {
		return "", incomplete(err)
	}
	defer body.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, body); err != nil {
		return "", incomplete(err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// readBody reads a body that may not be longer than bytesMax.
func readBody(body io.Reader, bytesMax int64) ([]byte, error) {
	read, err := io.ReadAll(io.LimitReader(body, bytesMax+1))
	if err != nil {
		return nil, incomplete(err)
	}
	if int64(len(read)) > bytesMax {
		return nil, refuse(ErrBodyTooLong, "the body is longer than %d bytes: raise the limit, or give a shorter one", bytesMax)
	}
	return read, nil
}

func incomplete(cause error) *Error {
	err := refuse(ErrBodyIncomplete, "the body broke off: send it again")
	err.cause = cause
	return err
}
