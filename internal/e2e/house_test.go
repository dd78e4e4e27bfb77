package e2e

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// house is a database with a branch in it, the keys it is served with, and the server
// that serves it now.
type house struct {
	t         testing.TB
	url       string
	dir       string
	keys      string
	passwords map[string]string // by log-in
	server    *server
	addr      atomic.Value // string: where the present server listens
	wrap      []string     // before the command line of the server, such as a tracer
}

const (
	agent   = "agen"
	officer = "petugas"
)

// newHouse makes keys and two accounts on an empty database; the agent may register. Nothing
// is served yet.
func newHouse(t testing.TB, url string) *house {
	t.Helper()
	h := peopledHouse(t, url)
	h.certify()
	return h
}

// certify gives the agent a certificate, by the keys of the house.
func (h *house) certify() {
	h.t.Helper()
	var made struct{ Number string }
	must(h.t, &made, "account", "certify", "--db", h.url, "--keys", h.keys, "--login", agent, "--json")
}

// peopledHouse is newHouse without the agent's certificate: the keys are not used yet.
func peopledHouse(t testing.TB, url string) *house {
	t.Helper()
	h := &house{t: t, url: url, dir: t.TempDir(), passwords: map[string]string{}}
	h.newKeys()
	for login, role := range map[string]string{agent: "agent", officer: "officer"} {
		var made struct {
			Password string `json:"one_time_password"`
		}
		must(t, &made, "account", "add", "--db", url, "--login", login, "--name", "Orang "+login, "--role", role,
			"--office", "Cabang Uji", "--area", "15", "--json")
		h.passwords[login] = made.Password
	}
	t.Cleanup(func() {
		if h.server != nil {
			h.server.kill()
		}
	})
	return h
}

func (h *house) newKeys() {
	h.t.Helper()
	out, code := jaring(h.t, "keygen")
	if code != 0 {
		h.t.Fatal("keygen failed")
	}
	h.keys = filepath.Join(h.dir, "keys")
	if err := os.WriteFile(h.keys, out, 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// start serves the database and waits until calls are taken.
func (h *house) start() {
	h.t.Helper()
	h.server = launch(h)
	h.addr.Store(h.server.await(h.t))
}

// audit says what the counters and the chains of a database at rest are like.
func (h *house) audit() {
	h.t.Helper()
	var counted struct {
		Counters    int   `json:"counters"`
		Events      int   `json:"events"`
		Differences []any `json:"differences"`
	}
	must(h.t, &counted, "recount", "--db", h.url, "--keys", h.keys, "--json")
	var walked struct {
		Events  int   `json:"events"`
		Damages []any `json:"damages"`
	}
	must(h.t, &walked, "verify", "--db", h.url, "--keys", h.keys, "--json")
	if len(counted.Differences) > 0 || len(walked.Damages) > 0 || counted.Counters == 0 || walked.Events < counted.Events {
		h.t.Errorf("recount: %+v; verify: %+v", counted, walked)
	}
}
