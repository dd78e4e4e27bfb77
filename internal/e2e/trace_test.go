//go:build soak

package e2e

import (
	"bufio"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// traced is what the system calls of a server say about its answers and its disk.
type traced struct {
	syncs    int // of the log, ended well
	answers  int // 201 and 202 to registrations
	unsynced int // answers before which nothing had become durable since the answer before
	logged   int // pages written to the log
}

// tracer runs a command and writes its calls to a file. The process started is the
// command itself; the tracer stands beside it.
func tracer(file string) []string {
	return []string{"strace", "-D", "-f", "-y", "--seccomp-bpf", "-s", "24", "-o", file, "-e", "trace=fsync,fdatasync,pwrite64,write"}
}

var (
	callLine    = regexp.MustCompile(`^(\d+) +(\w+)\(\d+<([^>]*)>(.*)$`)
	resumedLine = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>.* = (-?\d+)`)
	leftLine    = regexp.MustCompile(`^\d+ +\+\+\+ (exited|killed)`)
)

// journal follows the calls. A sync makes durable what was written before it began, once
// it has ended; an answer counts from the moment its write begins.
type journal struct {
	traced
	pages   int            // written to the log so far
	durable int            // of them
	before  int            // durable at the answer before
	syncing map[string]int // pages when a thread began to sync
}

// readTrace reads a trace from an offset on, after the tracer has finished.
func readTrace(t testing.TB, file string, whole bool) traced {
	t.Helper()
	if whole {
		awaitTracer(t, file)
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	j := &journal{syncing: map[string]int{}}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		j.line(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	j.logged = j.pages
	return j.traced
}

// awaitTracer waits until the last thread is seen to leave.
func awaitTracer(t testing.TB, file string) {
	t.Helper()
	size := int64(-1)
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		last := strings.TrimSpace(string(text))
		last = last[strings.LastIndexByte(last, '\n')+1:]
		if size == int64(len(text)) && leftLine.MatchString(last) {
			return
		}
		size = int64(len(text))
	}
	t.Fatal("the tracer does not end")
}

func (j *journal) line(text string) {
	if m := callLine.FindStringSubmatch(text); m != nil {
		thread, call, path, rest := m[1], m[2], m[3], m[4]
		unfinished := strings.Contains(rest, "<unfinished")
		switch onLog := strings.HasSuffix(path, "-wal"); {
		case call == "pwrite64" && onLog:
			j.pages++
		case strings.HasSuffix(call, "sync") && onLog:
			j.syncing[thread] = j.pages
			if !unfinished {
				j.synced(thread, strings.HasSuffix(rest, "= 0"))
			}
		case call == "write" && strings.Contains(rest, `"HTTP/1.1 201`), call == "write" && strings.Contains(rest, `"HTTP/1.1 202`):
			j.answered()
		}
		return
	}
	if m := resumedLine.FindStringSubmatch(text); m != nil && strings.HasSuffix(m[2], "sync") {
		j.synced(m[1], m[3] == "0")
	}
}

func (j *journal) synced(thread string, well bool) {
	upTo, ours := j.syncing[thread]
	delete(j.syncing, thread)
	if ours && well {
		j.syncs++
		j.durable = max(j.durable, upTo)
	}
}

func (j *journal) answered() {
	j.answers++
	if j.durable == j.before {
		j.unsynced++
	}
	j.before = j.durable
}
