// Uses the packed library as its users do: signs the worked example of the documentation, and verifies it.
package main

import (
	"fmt"
	"log"
	"runtime/debug"
	"time"

	countersign "github.com/countersign/countersign/sdks/go"
)

const (
	accessKey = "QTWAOYTTINDUT2QVKYUC"
	secretKey = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"
	expected  = "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
		"Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
)

func main() {
	signer, err := countersign.NewSigner(accessKey, secretKey)
	if err != nil {
		log.Fatal(err)
	}
	request := countersign.Request{
		Method: "GET",
		Target: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
		Headers: []countersign.Header{
			{Name: "Content-Type", Value: "application/json"},
			{Name: "Host", Value: "service.region.example.com"},
		},
		Now: time.Date(2019, time.November, 15, 3, 36, 55, 0, time.UTC),
	}
	added, err := signer.Sign(request)
	if err != nil {
		log.Fatal(err)
	}
	if authorization := added[len(added)-1].Value; authorization != expected {
		log.Fatal("the signature is not the published one: ", authorization)
	}
	request.Headers = append(request.Headers, added...)
	verifier := &countersign.Verifier{Keys: countersign.Keys(map[string]string{accessKey: secretKey})}
	if _, err := verifier.Verify(request); err != nil {
		log.Fatal(err)
	}
	build, ok := debug.ReadBuildInfo()
	if !ok || len(build.Deps) != 1 {
		log.Fatal("the library is not the only dependency")
	}
	fmt.Println(build.Deps[0].Path, build.Deps[0].Version)
}
