// Prints the CPU time of a signature by the official Go core.
package main

import (
	"log"
	"reflect"

	"github.com/countersign/countersign/sdks/go/bench/internal/measure"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

func main() {
	builder := request.NewHttpRequestBuilder().
		WithMethod("GET").
		WithEndpoint("https://"+measure.Host).
		WithPath(measure.Path).
		AddHeaderParam("Host", measure.Host).
		AddHeaderParam("User-Agent", measure.UserAgent).
		AddHeaderParam("Content-Type", "application/json").
		AddHeaderParam("X-Project-Id", measure.ProjectID)
	for name, value := range measure.Query {
		builder.AddQueryParam(name, reflect.ValueOf(value))
	}
	request := builder.Build()
	err := measure.Sign(func() error {
		// The signer would take the time of its last signature from here.
		delete(request.GetHeaderParams(), signer.HeaderXDate)
		_, err := signer.Sign(request, measure.AccessKey, measure.SecretKey)
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
}
