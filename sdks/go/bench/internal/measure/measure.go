// Package measure takes the CPU time of an operation in batches.
package measure

import (
	"encoding/json"
	"os"
	"sort"
	"syscall"
	"time"
)

const (
	batches   = 15
	batchTime = 150 * time.Millisecond
	warmUp    = 5000
)

// The request that every benchmark of signing signs.
const (
	AccessKey = "COSTKEY0000000000001"
	SecretKey = "ssssssssssssssssssssssssssssssssssssssss"
	Host      = "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com"
	Path      = "/v2/orders/1/items"
	Target    = Path + "?limit=1&marker=m1&offset=0&sort=name"
	UserAgent = "huaweicloud-usdk-python/3.0"
	ProjectID = "00000000000000000000000000000001"
)

// Query holds the pairs of Target.
var Query = map[string]string{"limit": "1", "marker": "m1", "offset": "0", "sort": "name"}

type figures struct {
	Min    float64 `json:"min"`
	Median float64 `json:"median"`
}

// Sign prints nanoseconds of CPU per call of sign as JSON. The whole process counts, so that garbage is paid for.
func Sign(sign func() error) error {
	perCall, err := batch(sign, warmUp)
	if err != nil {
		return err
	}
	calls := int(float64(batchTime)/perCall) + 1
	costs := make([]float64, batches)
	for i := range costs {
		if costs[i], err = batch(sign, calls); err != nil {
			return err
		}
	}
	sort.Float64s(costs)
	return json.NewEncoder(os.Stdout).Encode(map[string]figures{"sign_ns": {costs[0], costs[batches/2]}})
}

// batch is the CPU time per call in nanoseconds.
func batch(sign func() error, calls int) (float64, error) {
	start, err := processTime()
	if err != nil {
		return 0, err
	}
	for i := 0; i < calls; i++ {
		if err := sign(); err != nil {
			return 0, err
		}
	}
	end, err := processTime()
	return float64(end-start) / float64(calls), err
}

func processTime() (time.Duration, error) {
	var usage syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), err
}
