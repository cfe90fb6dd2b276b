// Posts JSON through a client that signs.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

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
	client := &http.Client{Transport: &countersign.Transport{Signer: signer}}
	order := strings.NewReader(`{"item": "tea", "amount": 2}`)
	response, err := client.Post(os.Getenv("COUNTERSIGN_URL"), "application/json", order)
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
