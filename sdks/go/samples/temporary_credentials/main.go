// Signs with a temporary key pair, in a project.
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
		countersign.WithSecurityToken(os.Getenv("COUNTERSIGN_SECURITY_TOKEN")),
		countersign.WithProjectID(os.Getenv("COUNTERSIGN_PROJECT_ID")),
	)
	if err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Transport: &countersign.Transport{Signer: signer}}
	response, err := client.Get(os.Getenv("COUNTERSIGN_URL"))
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
