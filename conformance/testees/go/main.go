// The unmodified official Go core as a testee; see ../../README.md for the protocol.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"strings"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer/algorithm"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

const core = "github.com/huaweicloud/huaweicloud-sdk-go-v3"

var algorithms = map[string]algorithm.SigningAlgorithm{
	"SDK-HMAC-SHA256":       algorithm.HmacSHA256,
	"SDK-HMAC-SM3":          algorithm.HmacSM3,
	"SDK-ECDSA-P256-SHA256": algorithm.EcdsaP256SHA256,
	"SDK-SM2-SM3":           algorithm.SM2SM3,
}

type task struct {
	Do         string `json:"do"`
	Credential struct {
		AccessKey     string `json:"access_key"`
		SecretKey     string `json:"secret_key"`
		SecurityToken string `json:"security_token"`
		ProjectID     string `json:"project_id"`
		DomainID      string `json:"domain_id"`
	} `json:"credential"`
	Algorithm string `json:"algorithm"`
	Region    string `json:"region"`
	Service   string `json:"service"`
	Now       string `json:"now"`
	Request   struct {
		Method  string      `json:"method"`
		Target  string      `json:"target"`
		Headers [][2]string `json:"headers"`
		Body    []byte      `json:"body"`
		Payload string      `json:"payload"`
	} `json:"request"`
}

type signed struct {
	Headers [][2]string `json:"headers"`
	// The core tells neither of these.
	CanonicalRequest *string `json:"canonical_request"`
	StringToSign     *string `json:"string_to_sign"`
}

type unsupported struct {
	Unsupported string `json:"unsupported"`
}

type refused struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

func main() {
	lines, answers := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked task
		if err := json.Unmarshal(line, &asked); err != nil {
			fmt.Fprintln(os.Stderr, "official:", err)
			os.Exit(1)
		}
		if err := answers.Encode(answer(asked)); err != nil {
			os.Exit(1)
		}
	}
}

func answer(asked task) interface{} {
	if asked.Do == "describe" {
		known := []string{signer.AlgorithmV11}
		for token := range algorithms {
			known = append(known, token)
		}
		return map[string]interface{}{
			"name": "official-go", "version": version(), "verbs": []string{"sign"}, "algorithms": known,
		}
	}
	return sign(asked)
}

func version() string {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range build.Deps {
			if dependency.Path == core {
				return strings.TrimPrefix(dependency.Version, "v")
			}
		}
	}
	return "unknown"
}

func sign(asked task) interface{} {
	path, query, _ := strings.Cut(asked.Request.Target, "?")
	builder := request.NewHttpRequestBuilder().WithMethod(asked.Request.Method).WithPath(decode(path))
	for name, values := range pairs(query) {
		builder.AddQueryParam(name, reflect.ValueOf(values))
	}
	given := map[string]bool{}
	for _, header := range asked.Request.Headers {
		if given[header[0]] {
			return unsupported{"a header that stands twice"}
		}
		given[header[0]] = true
		builder.AddHeaderParam(header[0], header[1])
	}
	added := companions(asked)
	for _, header := range added {
		builder.AddHeaderParam(header[0], header[1])
	}
	if len(asked.Request.Body) > 0 {
		builder.WithBody("", string(asked.Request.Body))
	}
	result, err := signWith(asked, builder.Build())
	if err != nil {
		return refused{fmt.Sprintf("%T", err), err.Error()}
	}
	if result == nil {
		return unsupported{asked.Algorithm}
	}
	return signed{Headers: append(added, [2]string{signer.HeaderAuthorization, result[signer.HeaderAuthorization]})}
}

func signWith(asked task, request *request.DefaultHttpRequest) (map[string]string, error) {
	key, secret := asked.Credential.AccessKey, asked.Credential.SecretKey
	if asked.Algorithm == signer.AlgorithmV11 {
		return signer.SignDerived(request, key, secret, asked.Service, asked.Region)
	}
	name, known := algorithms[asked.Algorithm]
	if !known {
		return nil, nil
	}
	official, err := signer.GetSigner(name)
	if err != nil {
		return nil, err
	}
	return official.Sign(request, key, secret)
}

// companions are the headers that the core adds beside the signature, in the order of sdks/README.md.
func companions(asked task) [][2]string {
	content := "X-Sdk-Content-Sha256"
	if strings.HasSuffix(asked.Algorithm, "SM3") {
		content = "X-Sdk-Content-Sm3"
	}
	declared := ""
	if asked.Request.Payload == "unsigned" {
		declared = "UNSIGNED-PAYLOAD"
	}
	var added [][2]string
	for _, header := range [][2]string{
		{"X-Sdk-Date", asked.Now},
		{"X-Project-Id", asked.Credential.ProjectID},
		{"X-Domain-Id", asked.Credential.DomainID},
		{"X-Security-Token", asked.Credential.SecurityToken},
		{content, declared},
	} {
		if header[1] != "" {
			added = append(added, header)
		}
	}
	return added
}

// pairs are decoded names and values, as callers give them.
func pairs(query string) map[string][]string {
	found := map[string][]string{}
	for _, piece := range strings.Split(query, "&") {
		if piece != "" {
			name, value, _ := strings.Cut(piece, "=")
			found[decode(name)] = append(found[decode(name)], decode(value))
		}
	}
	return found
}

// decode replaces each %XX; any other percent sign stands for itself.
func decode(text string) string {
	var decoded strings.Builder
	for place := 0; place < len(text); place++ {
		var char byte
		if text[place] == '%' && place+2 < len(text) && hex(text[place+1:place+3], &char) {
			decoded.WriteByte(char)
			place += 2
		} else {
			decoded.WriteByte(text[place])
		}
	}
	return decoded.String()
}

func hex(digits string, char *byte) bool {
	for _, digit := range []byte(digits) {
		place := strings.IndexByte("0123456789abcdef", digit|0x20)
		if place < 0 || digit < '0' {
			return false
		}
		*char = *char<<4 | byte(place)
	}
	return true
}
