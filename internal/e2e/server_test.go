package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// server is one process of `jaring serve`.
type server struct {
	cmd      *exec.Cmd
	log      string // file of what it said
	portFile string
	ended    chan struct{}
	began    time.Time
}

const startWithin = 30 * time.Second

// launch starts a process and does not wait for it.
func launch(h *house) *server {
	h.t.Helper()
	s := &server{portFile: filepath.Join(h.dir, "port"), log: filepath.Join(h.dir, "log"), ended: make(chan struct{}), began: time.Now()}
	_ = os.Remove(s.portFile)
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		h.t.Fatal(err)
	}
	defer log.Close()
	line := append(append([]string{}, h.wrap...), program(h.t), "serve", "--db", h.url, "--listen", "127.0.0.1:0", "--port-file", s.portFile, "--log-level", "warn")
	if h.keys != "" {
		line = append(line, "--keys", h.keys)
	}
	s.cmd = exec.Command(line[0], line[1:]...)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	bound(s.cmd)
	if err := s.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		_ = s.cmd.Wait()
	}()
	return s
}

// await gives the address once the server listens.
func (s *server) await(t testing.TB) string {
	t.Helper()
	for time.Since(s.began) < startWithin {
		if text, err := os.ReadFile(s.portFile); err == nil {
			return strings.TrimSpace(string(text))
		}
		select {
		case <-s.ended:
			t.Fatalf("the server ended at its start: %v\n%s", s.cmd.ProcessState, s.tail())
		case <-time.After(2 * time.Millisecond):
		}
	}
	t.Fatalf("the server does not start\n%s", s.tail())
	return ""
}

// kill ends the process as a cut of its power would, and waits until it is gone.
func (s *server) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	<-s.ended
}

// end asks the process to leave and waits; it must leave with 0.
func (s *server) end(t testing.TB) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("the server was gone already: %v\n%s", err, s.tail())
	}
	select {
	case <-s.ended:
	case <-time.After(startWithin):
		t.Errorf("the server does not end\n%s", s.tail())
		s.kill()
	}
	if !s.cmd.ProcessState.Success() {
		t.Errorf("the server ended with %v\n%s", s.cmd.ProcessState, s.tail())
	}
}

const tailLines = 20

// tail is the end of what was said.
func (s *server) tail() string {
	text, _ := os.ReadFile(s.log)
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-tailLines):], []byte("\n")))
}
