package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaringtest"
	"jaring/internal/vault"
)

// command does one command as the shell would.
func command(t *testing.T, args ...string) (code int, out, talk string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Run(t.Context(), args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// done is command for one that must succeed.
func done(t *testing.T, args ...string) string {
	t.Helper()
	code, out, talk := command(t, args...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, talk)
	}
	return out
}

func keyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.keys")
	if err := os.WriteFile(path, []byte(done(t, "keygen")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// demoAt builds a small demo at url and gives the flags that open it.
func demoAt(t *testing.T, url string, more ...string) (flags []string, out string) {
	t.Helper()
	flags = []string{"--db", url}
	if !strings.HasPrefix(url, "sqlite:") {
		flags = append(flags, "--keys", filepath.Join(t.TempDir(), "demo.keys"))
	}
	return flags, done(t, append(append([]string{"demo", "--json"}, more...), flags...)...)
}

// served is a server that runs until the test ends.
type served struct {
	address string
	log     *bytes.Buffer
	end     func() int // ends it and gives its exit code
}

func serve(t *testing.T, flags ...string) *served {
	t.Helper()
	s := &served{log: &bytes.Buffer{}}
	port := filepath.Join(t.TempDir(), "port")
	ctx, cancel := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() {
		code <- Run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--port-file", port}, flags...), io.Discard, s.log)
	}()
	ended := -1
	s.end = func() int {
		if ended < 0 {
			cancel()
			ended = <-code
		}
		return ended
	}
	t.Cleanup(func() { s.end() })
	for end := time.Now().Add(20 * time.Second); s.address == ""; time.Sleep(5 * time.Millisecond) {
		select {
		case ended = <-code:
			t.Fatalf("the server ended with %d: %s", ended, s.log)
		default:
		}
		if time.Now().After(end) {
			t.Fatal("the server did not say where it is")
		}
		text, _ := os.ReadFile(port)
		s.address = strings.TrimSpace(string(text))
	}
	return s
}

func (s *served) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get("http://" + s.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestRun_EveryCommandShowsAnExample(t *testing.T) {
	for _, words := range []string{"serve", "demo", "keygen", "rekey", "recount", "verify", "backup", "restore", "quote", "benefit", "core-sim", "export", "rules check",
		"rules list", "rules diff", "bench", "account add", "account list", "account disable", "account password", "account certify"} {
		code, out, talk := command(t, append(strings.Fields(words), "--help")...)
		if code != 0 || !strings.Contains(out, "Example") || talk != "" {
			t.Errorf("%s --help: exit %d, %q, %q", words, code, out, talk)
		}
	}
	code, out, _ := command(t, "--help")
	if code != 0 || !strings.Contains(out, "not affiliated") {
		t.Errorf("--help: exit %d, %q", code, out)
	}
}

func TestRun_WrongUseIsTwoAndOneSentenceInTheLanguageAsked(t *testing.T) {
	t.Setenv("LC_ALL", "")
	for _, c := range []struct{ lang, want string }{{"id_ID.UTF-8", "Perintah ini"}, {"en_US.UTF-8", "This command"}, {"C.UTF-8", "Perintah ini"}, {"", "Perintah ini"}} {
		t.Setenv("JARING_LANG", "")
		t.Setenv("LC_MESSAGES", "")
		t.Setenv("LANG", c.lang)
		code, out, talk := command(t, "serve", "--nothing")
		if code != 2 || out != "" || !strings.HasPrefix(talk, c.want) || strings.Count(talk, "\n") != 1 {
			t.Errorf("%s: exit %d, %q, %q", c.lang, code, out, talk)
		}
	}
	t.Setenv("JARING_LANG", "en")
	for _, args := range [][]string{{}, {"nothing"}, {"recount", "--db", "mysql://x"}, {"verify", "--db", "sqlite:" + t.TempDir() + "/none.db"},
		{"demo", "--size", "-1"}, {"demo", "--story", "z"}, {"serve", "--listen", "nowhere"}, {"serve", "--db", "x"}} {
		code, out, talk := command(t, args...)
		if code != 2 || out != "" || talk == "" || strings.Contains(talk, "goroutine") {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, talk)
		}
	}
}

func TestKeygen_MakesADifferentWholeSetEachTime(t *testing.T) {
	one, err := vault.Parse([]byte(done(t, "keygen")))
	if err != nil {
		t.Fatal(err)
	}
	two, err := vault.Parse([]byte(done(t, "keygen")))
	if err != nil || bytes.Equal(one.Data[0].Secret, two.Data[0].Secret) || one.Demo {
		t.Errorf("%v: the same twice, or a demo's", err)
	}
}

func TestServe_RefusesWhatWouldEndBadly(t *testing.T) {
	t.Setenv("JARING_LANG", "en")
	real, other := keyFile(t), keyFile(t)
	demoFlags, _ := demoAt(t, jaringtest.SQLiteURL(t), "--size", "20", "--story", "")
	demoDB := demoFlags[1]
	realDB := jaringtest.SQLiteURL(t)
	s := serve(t, "--db", realDB, "--keys", real)
	if code := s.end(); code != 0 {
		t.Fatal(code, s.log)
	}
	for _, c := range []struct {
		name, key string
		args      []string
	}{
		{"no keys", "keys.required", []string{"serve", "--db", jaringtest.SQLiteURL(t)}},
		{"keys of a demo", "keys.of_demo", []string{"serve", "--db", jaringtest.SQLiteURL(t), "--keys", sqlitePath(demoDB) + ".keys"}},
		{"real keys for a demo", "keys.of_real", []string{"serve", "--db", demoDB, "--keys", real}},
		{"a demo for strangers", "config.demo_public", []string{"serve", "--db", demoDB, "--listen", "0.0.0.0:0"}},
		{"strangers without an operator", "config.operator_missing", []string{"serve", "--db", realDB, "--keys", real, "--listen", "0.0.0.0:0"}},
		{"another database's keys", "keys.other_database", []string{"serve", "--db", realDB, "--keys", other}},
		{"a real one as a demo", "demo.is_real", []string{"demo", "--db", realDB}},
		{"a key file that is none", "keys.unreadable", []string{"serve", "--db", realDB, "--keys", sqlitePath(realDB)}},
	} {
		code, out, talk := command(t, c.args...)
		want, _, _ := strings.Cut(i18n.Text(i18n.EN, c.key, nil), "{")
		if code != 2 || out != "" || !strings.Contains(talk, strings.TrimSpace(want)) {
			t.Errorf("%s: exit %d, %q, want %q", c.name, code, talk, want)
		}
	}
	if _, err := os.Stat(sqlitePath(realDB) + ".keys"); err == nil {
		t.Error("a demo's key set was made for a real database")
	}
}

func TestServe_AnswersAndLeavesNothingUnderWay(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		s := serve(t, "--db", url, "--keys", keyFile(t), "--log-level", "debug")
		for _, path := range []string{"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/"} {
			if code, _ := s.get(t, path); code >= 300 {
				t.Errorf("%s: %d", path, code)
			}
		}
		if _, text := s.get(t, "/metrics"); !strings.Contains(text, "jaring_events_pending") {
			t.Error("the jobs are not measured")
		}
		if code := s.end(); code != 0 {
			t.Errorf("exit %d: %s", code, s.log)
		}
		for line := range strings.Lines(s.log.String()) {
			var fields map[string]any
			if err := json.Unmarshal([]byte(line), &fields); err != nil {
				t.Errorf("not a structured line: %q", line)
			}
		}
	})
}
