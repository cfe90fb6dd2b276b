// A backend behind the verifier's handler, on a free port of the loopback address until standard input ends.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	countersign "github.com/countersign/countersign/sdks/go"
)

type answer struct {
	AccessKey string `json:"access_key"`
	BodyBytes int64  `json:"body_bytes"`
}

func main() {
	verifier := &countersign.Verifier{Keys: countersign.Keys(map[string]string{
		os.Getenv("COUNTERSIGN_ACCESS_KEY"): os.Getenv("COUNTERSIGN_SECRET_KEY"),
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", listener.Addr())
	go func() { log.Fatal(http.Serve(listener, verifier.Handler(http.HandlerFunc(tell)))) }()
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		log.Fatal(err)
	}
}

// tell answers with what the handler behind the verifier learns.
func tell(writer http.ResponseWriter, request *http.Request) {
	accessKey, _ := countersign.AccessKey(request.Context())
	bodyBytes, err := io.Copy(io.Discard, request.Body)
	if err != nil {
		http.Error(writer, err.Error(), http.StatusBadRequest)
		return
	}
	writer.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(writer).Encode(answer{accessKey, bodyBytes}); err != nil {
		log.Print(err)
	}
}
