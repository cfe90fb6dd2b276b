package countersign_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	countersign "github.com/countersign/countersign/sdks/go"
)

func ExampleSigner_Sign() {
	signer, err := countersign.NewSigner("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc")
	if err != nil {
		log.Fatal(err)
	}
	headers, err := signer.Sign(countersign.Request{
		Method:  "GET",
		Target:  "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2",
		Headers: []countersign.Header{{Name: "Host", Value: "service.region.example.com"}},
		Now:     time.Date(2019, time.November, 15, 3, 36, 55, 0, time.UTC),
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, header := range headers {
		fmt.Printf("%s: %.67s\n", header.Name, header.Value)
	}
	// Output:
	// X-Sdk-Date: 20191115T033655Z
	// Authorization: SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=host;x-s
}

func ExampleVerifier_Handler() {
	verifier := &countersign.Verifier{Keys: countersign.Keys(map[string]string{"AccessKey": "SecretKey"})}
	backend := httptest.NewServer(verifier.Handler(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		accessKey, _ := countersign.AccessKey(request.Context())
		fmt.Println("signed with", accessKey)
	})))
	defer backend.Close()

	signer, err := countersign.NewSigner("AccessKey", "SecretKey")
	if err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Transport: &countersign.Transport{Signer: signer}}
	for _, sender := range []*http.Client{client, http.DefaultClient} {
		response, err := sender.Get(backend.URL)
		if err != nil {
			log.Fatal(err)
		}
		response.Body.Close()
		fmt.Println(response.Status)
	}
	// Output:
	// signed with AccessKey
	// 200 OK
	// 401 Unauthorized
}
