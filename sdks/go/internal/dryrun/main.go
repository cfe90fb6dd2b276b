// Packs the module as a module proxy serves it, into a proxy of files, and builds and runs a program that has it from
// there. Run it in the module's folder: dryrun DIRECTORY LICENSE.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	countersign "github.com/countersign/countersign/sdks/go"
)

const (
	module  = "github.com/countersign/countersign/sdks/go"
	version = "v" + countersign.Version
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: dryrun DIRECTORY LICENSE")
	}
	directory, err := filepath.Abs(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := run(directory, os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(directory, license string) error {
	if err := os.RemoveAll(directory); err != nil {
		return err
	}
	files, err := moduleFiles(".")
	if err != nil {
		return err
	}
	files["LICENSE"] = license
	proxy := filepath.Join(directory, "proxy")
	if err := publish(files, filepath.Join(proxy, module, "@v")); err != nil {
		return err
	}
	fmt.Printf("packed %d files as %s %s\n", len(files), module, version)
	return consume(directory, proxy)
}

// consume builds the consumer with nothing but the proxy to have modules from, and runs it.
func consume(directory, proxy string) error {
	consumer := filepath.Join(directory, "consumer")
	if err := os.Mkdir(consumer, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "main.go"} {
		text, err := os.ReadFile(filepath.Join("internal", "dryrun", "consumer", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(consumer, name), text, 0o644); err != nil {
			return err
		}
	}
	build := exec.Command("go", "build", "-o", "consumer", ".")
	build.Dir, build.Stdout, build.Stderr = consumer, os.Stdout, os.Stderr
	build.Env = append(os.Environ(),
		"GOPROXY=file://"+filepath.ToSlash(proxy), "GONOPROXY=none", "GOSUMDB=off", "GOWORK=off",
		"GOMODCACHE="+filepath.Join(directory, "modules"), "GOFLAGS=-mod=mod -modcacherw -buildvcs=false",
	)
	if err := build.Run(); err != nil {
		return fmt.Errorf("the consumer does not build: %w", err)
	}
	output, err := exec.Command(filepath.Join(consumer, "consumer")).CombinedOutput()
	if err != nil {
		return fmt.Errorf("the consumer failed: %s: %w", output, err)
	}
	if told := strings.TrimSpace(string(output)); told != module+" "+version {
		return fmt.Errorf("the consumer was built with %s", told)
	}
	fmt.Printf("a program signed and verified with %s", output)
	return nil
}
