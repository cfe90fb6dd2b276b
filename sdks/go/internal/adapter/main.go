// Sends one request through the transport, as a line of JSON on standard input says, and prints the answer as JSON.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	countersign "github.com/countersign/countersign/sdks/go"
)

type job struct {
	Method             string      `json:"method"`
	URL                string      `json:"url"`
	Headers            [][2]string `json:"headers"`
	Body               []byte      `json:"body"`
	ClockOffsetSeconds int         `json:"clock_offset_seconds"`
	CorrectClock       bool        `json:"correct_clock"`
}

type answer struct {
	Status int    `json:"status"`
	Body   []byte `json:"body"`
}

func main() {
	var job job
	if err := json.NewDecoder(os.Stdin).Decode(&job); err != nil {
		log.Fatal(err)
	}
	answer, err := job.send()
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		log.Fatal(err)
	}
}

func (j job) send() (*answer, error) {
	client, err := j.client()
	if err != nil {
		return nil, err
	}
	request, err := j.request()
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return &answer{response.StatusCode, body}, err
}

func (j job) client() (*http.Client, error) {
	signer, err := countersign.NewSigner(
		os.Getenv("COUNTERSIGN_ACCESS_KEY"),
		os.Getenv("COUNTERSIGN_SECRET_KEY"),
		countersign.WithSecurityToken(os.Getenv("COUNTERSIGN_SECURITY_TOKEN")),
		countersign.WithProjectID(os.Getenv("COUNTERSIGN_PROJECT_ID")),
	)
	if err != nil {
		return nil, err
	}
	offset := time.Duration(j.ClockOffsetSeconds) * time.Second
	return &http.Client{Transport: &countersign.Transport{
		Signer:       signer,
		CorrectClock: j.CorrectClock,
		Now:          func() time.Time { return time.Now().Add(offset) },
	}}, nil
}

func (j job) request() (*http.Request, error) {
	request, err := http.NewRequest(j.Method, j.URL, bytes.NewReader(j.Body))
	if err != nil {
		return nil, err
	}
	for _, header := range j.Headers {
		if http.CanonicalHeaderKey(header[0]) == "Host" {
			request.Host = header[1]
		} else {
			request.Header.Add(header[0], header[1])
		}
	}
	return request, nil
}
