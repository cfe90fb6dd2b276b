package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
)

// moduleFiles are the files of the module below root, by their names in it. Modules of their own do not belong to it.
func moduleFiles(root string) (map[string]string, error) {
	files := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && isModule(path) {
			return filepath.SkipDir
		}
		if entry.Type().IsRegular() {
			files[filepath.ToSlash(path)] = path
		}
		return nil
	})
	return files, err
}

func isModule(directory string) bool {
	_, err := os.Stat(filepath.Join(directory, "go.mod"))
	return err == nil
}

// publish writes what a module proxy answers: the list of versions, and of this version information, go.mod and zip.
func publish(files map[string]string, directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	manifest, err := os.ReadFile(files["go.mod"])
	if err != nil {
		return err
	}
	answers := map[string]string{
		"list":            version + "\n",
		version + ".info": `{"Version":"` + version + `"}`,
		version + ".mod":  string(manifest),
	}
	for name, text := range answers {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return pack(files, filepath.Join(directory, version+".zip"))
}

// pack writes the files into a zip, each under module@version.
func pack(files map[string]string, path string) error {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for name, source := range files {
		text, err := os.ReadFile(source)
		if err != nil {
			return err
		}
		entry, err := writer.Create(module + "@" + version + "/" + name)
		if err != nil {
			return err
		}
		if _, err := entry.Write(text); err != nil {
			return err
		}
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, archive.Bytes(), 0o644)
}
