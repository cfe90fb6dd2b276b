// Sends one request through the unmodified Go core; see ../README.md for the contract.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"reflect"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/def"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/httphandler"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/region"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
)

type job struct {
	Address    string              `json:"address"`
	Host       *string             `json:"host"`
	Key        *string             `json:"key"`
	Secret     *string             `json:"secret"`
	Token      *string             `json:"security_token"`
	IdpID      *string             `json:"idp_id"`
	IDToken    *string             `json:"id_token_file"`
	Region     *string             `json:"region"`
	Method     string              `json:"method"`
	Path       string              `json:"path"`
	PathParams map[string]string   `json:"path_params"`
	Query      map[string][]string `json:"query"`
	Headers    map[string]string   `json:"headers"`
	BodyFile   *string             `json:"body_file"`
}

type result struct {
	Status    int     `json:"status"`
	RequestID *string `json:"request_id"`
	ErrorCode *string `json:"error_code"`
	ErrorMsg  *string `json:"error_msg"`
	Body      *string `json:"body"`
}

type response struct {
	HttpStatusCode int
	Body           *string `json:"body,omitempty"`
}

func main() {
	var input job
	exitOn(json.NewDecoder(os.Stdin).Decode(&input))
	output, err := call(input)
	exitOn(err)
	exitOn(json.NewEncoder(os.Stdout).Encode(output))
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "caller:", err)
		os.Exit(1)
	}
}

func call(input job) (*result, error) {
	var requestID *string
	client, err := newClient(input, func(answer http.Response) {
		if id := answer.Header.Get("X-Request-Id"); id != "" {
			requestID = &id
		}
	})
	if err != nil {
		return nil, err
	}
	request, requestDef, err := newRequest(input)
	if err != nil {
		return nil, err
	}
	answer, err := client.Sync(request, requestDef)
	var refusal *sdkerr.ServiceResponseError
	if errors.As(err, &refusal) {
		return &result{refusal.StatusCode, &refusal.RequestId, &refusal.ErrorCode, &refusal.ErrorMessage, nil}, nil
	}
	if err != nil {
		return nil, err
	}
	success := answer.(*response)
	return &result{success.HttpStatusCode, requestID, nil, nil, success.Body}, nil
}

func newClient(input job, onAnswer func(http.Response)) (*core.HcHttpClient, error) {
	keys := basic.NewCredentialsBuilder()
	if input.Key != nil && input.Secret != nil {
		keys.WithAk(*input.Key).WithSk(*input.Secret)
	}
	if input.Token != nil {
		keys.WithSecurityToken(*input.Token)
	}
	if input.IdpID != nil && input.IDToken != nil {
		keys.WithIdpId(*input.IdpID).WithIdTokenFile(*input.IDToken)
	}
	if input.Region != nil {
		keys.WithIamEndpointOverride("http://" + input.Address)
	}
	credentials, err := keys.SafeBuild()
	if err != nil {
		return nil, err
	}
	endpoint := input.Address
	if input.Host != nil {
		endpoint = *input.Host
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, input.Address)
	}
	builder := core.NewHcHttpClientBuilder().WithCredential(credentials).
		WithHttpConfig(config.DefaultHttpConfig().WithDialContext(dial).
			WithHttpHandler(httphandler.NewHttpHandler().AddResponseHandler(onAnswer)))
	if input.Region != nil {
		return builder.WithRegion(region.NewRegion(*input.Region, "http://"+endpoint)).SafeBuild()
	}
	return builder.WithEndpoint("http://" + endpoint).SafeBuild()
}

// The core reads a request from the fields of a struct by their names, so a struct is made to measure.
func newRequest(input job) (interface{}, *def.HttpRequestDef, error) {
	definition := def.NewHttpRequestDefBuilder().WithMethod(input.Method).WithPath(input.Path).
		WithContentType("application/json").WithResponse(new(response)).
		WithResponseField(def.NewFieldDef().WithName("Body").WithLocationType(def.Body))
	var fields []reflect.StructField
	var values []interface{}
	add := func(name, tag string, location def.LocationType, value interface{}) {
		fields = append(fields, reflect.StructField{Name: name, Type: reflect.TypeOf(value)})
		values = append(values, value)
		definition.WithRequestField(def.NewFieldDef().WithName(name).WithJsonTag(tag).WithLocationType(location))
	}
	for name, value := range input.PathParams {
		add(fmt.Sprintf("F%d", len(fields)), name, def.Path, value)
	}
	for name, value := range input.Query {
		add(fmt.Sprintf("F%d", len(fields)), name, def.Query, value)
	}
	for name, value := range input.Headers {
		add(fmt.Sprintf("F%d", len(fields)), name, def.Header, value)
	}
	if input.BodyFile != nil {
		body, err := readJSON(*input.BodyFile)
		if err != nil {
			return nil, nil, err
		}
		add("Body", "", def.Body, body)
	}
	request := reflect.New(reflect.StructOf(fields))
	for index, value := range values {
		request.Elem().Field(index).Set(reflect.ValueOf(value))
	}
	return request.Interface(), definition.Build(), nil
}

func readJSON(path string) (map[string]interface{}, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var value map[string]interface{}
	return value, json.Unmarshal(text, &value)
}
