package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"jaring/internal/core"
)

func TestCoreSimFlags(t *testing.T) {
	var c CoreSimCmd
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(nil); err != nil || c.Listen != "127.0.0.1:0" || c.Delay != 2*time.Second || c.RejectRate != 0.02 {
		t.Fatal(err, c)
	}
	if _, err := parser.Parse([]string{"--delay=0s", "--reject-rate=0.5", "--seed=7", "--port-file=p", "--files=d", "--late=3s", "--double", "--busy=2"}); err != nil || c.Seed != 7 || c.Busy != 2 {
		t.Error(err, c)
	}
}

func TestCoreSimRefuses(t *testing.T) {
	for _, c := range []CoreSimCmd{{Listen: "0.0.0.0:0"}, {Listen: "127.0.0.1:0", RejectRate: 1.5}} {
		if err := c.Run(); err != errWrongUse {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// The command answers, keeps its state, and ends in peace when it is told to.
func TestCoreSimRuns(t *testing.T) {
	dir := t.TempDir()
	c := CoreSimCmd{Listen: "127.0.0.1:0", PortFile: filepath.Join(dir, "port"), State: filepath.Join(dir, "state"), Files: filepath.Join(dir, "files")}
	ended := make(chan error, 1)
	go func() { ended <- c.Run() }()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var port []byte
	for len(port) == 0 {
		if ctx.Err() != nil {
			t.Fatal("no port was written")
		}
		time.Sleep(5 * time.Millisecond)
		port, _ = os.ReadFile(c.PortFile)
	}
	client, err := core.Open("http://127.0.0.1:"+strings.TrimSpace(string(port)), core.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if answers, _, err := client.Answers(ctx, ""); err != nil || len(answers) != 0 {
		t.Error(answers, err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
