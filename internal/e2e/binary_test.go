package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// built is the folder of the binary that was made for these tests; empty when none was.
var built string

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}

// binary is the program under test, built once.
var binary = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("JARING_BIN"); path != "" {
		return filepath.Abs(path)
	}
	dir, err := os.MkdirTemp("", "jaring-bin-")
	if err != nil {
		return "", err
	}
	built = dir
	path := filepath.Join(dir, "jaring")
	if out, err := exec.Command("go", "build", "-o", path, "jaring/cmd/jaring").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
})

// program gives the binary or ends the test.
func program(t testing.TB) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// jaring runs one command to its end and gives what it printed and its exit code.
func jaring(t testing.TB, args ...string) (out []byte, code int) {
	t.Helper()
	cmd := exec.Command(program(t), args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	bound(cmd)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("jaring %s: %v", args[0], err)
	}
	if code = cmd.ProcessState.ExitCode(); code != 0 {
		t.Logf("jaring %s ended with %d: %s%s", strings.Join(args[:min(2, len(args))], " "), code, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes(), code
}

// must runs a command that has to succeed and reads its JSON into answer.
func must(t testing.TB, answer any, args ...string) {
	t.Helper()
	out, code := jaring(t, args...)
	if code != 0 {
		t.Fatalf("jaring %s: exit %d", args[0], code)
	}
	if err := json.Unmarshal(out, answer); err != nil {
		t.Fatalf("jaring %s: %v: %s", args[0], err, out)
	}
}
