package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

const npmPackage = "idn-area-data@4.0.1"

// fetch unpacks the CSV files of the npm package into dir and says where.
func fetch(dir string) (string, error) {
	cmd := exec.Command("npm", "pack", "--silent", npmPackage)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("npm pack %s: %w", npmPackage, err)
	}
	lines := strings.Fields(string(out))
	if len(lines) == 0 {
		return "", errors.New("npm pack named no file")
	}
	f, err := os.Open(filepath.Join(dir, filepath.Base(lines[len(lines)-1])))
	if err != nil {
		return "", err
	}
	defer f.Close()
	return dir, unpack(f, dir)
}

// unpack writes the CSV files of a package's data directory, nothing else.
func unpack(r io.Reader, dir string) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if path.Dir(h.Name) != "package/data" || path.Ext(h.Name) != ".csv" {
			continue
		}
		text, err := io.ReadAll(t)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, path.Base(h.Name)), text, 0o644); err != nil {
			return err
		}
	}
}
