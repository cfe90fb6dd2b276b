// Calls an API behind a gateway, by the domain of its group.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	countersign "github.com/countersign/countersign/sdks/go"
)

func main() {
	signer, err := countersign.NewSigner(
		os.Getenv("COUNTERSIGN_ACCESS_KEY"),
		os.Getenv("COUNTERSIGN_SECRET_KEY"),
	)
	if err != nil {
		log.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodGet, os.Getenv("COUNTERSIGN_URL"), nil)
	if err != nil {
		log.Fatal(err)
	}
	if host := os.Getenv("COUNTERSIGN_HOST"); host != "" {
		request.Host = host
	}
	if err := signer.SignRequest(request); err != nil {
		log.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n%s\n", response.Status, body)
	if response.StatusCode/100 != 2 {
		os.Exit(1)
	}
}
