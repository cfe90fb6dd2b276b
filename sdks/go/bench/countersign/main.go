// Prints the CPU time of a signature by this library.
package main

import (
	"log"

	countersign "github.com/countersign/countersign/sdks/go"
	"github.com/countersign/countersign/sdks/go/bench/internal/measure"
)

func main() {
	signer, err := countersign.NewSigner(measure.AccessKey, measure.SecretKey)
	if err != nil {
		log.Fatal(err)
	}
	request := countersign.Request{
		Method: "GET",
		Target: measure.Target,
		Headers: []countersign.Header{
			{Name: "Host", Value: measure.Host},
			{Name: "User-Agent", Value: measure.UserAgent},
			{Name: "Content-Type", Value: "application/json"},
			{Name: "X-Project-Id", Value: measure.ProjectID},
		},
	}
	err = measure.Sign(func() error {
		_, err := signer.Sign(request)
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}
