package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"jaring/internal/demo"
	"jaring/internal/jaringtest"
	"jaring/internal/vault"
)

// built is a demo as --json gives it.
type built struct {
	Logins  []demo.Login
	Figures demo.Figures
	Stories struct{ A *demo.StoryA }
}

func parse(t *testing.T, out string) (b built) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), &b); err != nil {
		t.Fatal(err, out)
	}
	return b
}

func TestDemo_LivesOnBothEnginesAndItsCountersAndHistoryAreWhole(t *testing.T) {
	var first *built
	jaringtest.URLs(t, func(t *testing.T, url string) {
		flags, out := demoAt(t, url, "--size", "420", "--seed", "5", "--story", "a")
		b := parse(t, out)
		f := b.Figures
		if f.Registered < 380 || f.Registered != f.Protected+f.Paid+f.Waiting+f.Grace+f.Ended {
			t.Errorf("figures do not add up: %+v", f)
		}
		if f.Protected == 0 || f.Waiting == 0 || f.Grace == 0 || f.Ended == 0 || f.Review == 0 {
			t.Errorf("not alive: %+v", f)
		}
		a := b.Stories.A
		if a == nil || a.KaderTotal != 25 || a.Registered != 192 || a.Best != 20 || len(a.Winners) != 3 || a.Winners[0].Office != "Cabang Jambi" ||
			a.Winners[1].Office != "KCP Batang Hari" || a.Winners[2].Office != "Cabang Jambi" || a.Kader["KCP Batang Hari"] != 3 || a.Kader["Cabang Jambi"] != 10 ||
			a.Protected != 151 || a.ProgramsEach < 2 || a.Lots.Total != 412 || !a.Lots.Balanced || !a.Sealed {
			t.Errorf("story a: %+v", a)
		}
		exportsOfTheSweep(t, flags)
		if out := done(t, append([]string{"recount"}, flags...)...); !strings.HasSuffix(out, ", 0 differences\n") {
			t.Error(out)
		}
		if out := done(t, append([]string{"verify"}, flags...)...); !strings.HasSuffix(out, ", 0 damages\n") {
			t.Error(out)
		}
		again := parse(t, done(t, append([]string{"demo", "--json"}, flags...)...))
		if again.Figures != f || len(again.Logins) != 0 {
			t.Errorf("told again: %+v, want %+v", again.Figures, f)
		}
		if first == nil {
			first = &b
		} else if first.Figures != f || !reflect.DeepEqual(first.Stories, b.Stories) {
			t.Errorf("the same seed gives %+v here and %+v there", f, first.Figures)
		}
	})
}

func TestDemo_LogInsWorkAndAreForTheirOwnerAlone(t *testing.T) {
	flags, out := demoAt(t, jaringtest.SQLiteURL(t), "--size", "10", "--story", "")
	path := sqlitePath(flags[1]) + ".logins"
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", err, info)
	}
	text, _ := os.ReadFile(path)
	s := serve(t, flags...)
	for _, l := range parse(t, out).Logins[:3] {
		if !strings.Contains(string(text), l.Password) {
			t.Errorf("%s is not in the file", l.Login)
		}
		if code := enter(t, s, l); code != http.StatusOK {
			t.Errorf("%s: %d", l.Login, code)
		}
	}
	for _, secret := range []string{path, sqlitePath(flags[1]) + ".keys"} {
		if info, err := os.Stat(secret); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", secret, err)
		}
	}
}

func enter(t *testing.T, s *served, l demo.Login) int {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"login": l.Login, "password": l.Password})
	res, err := http.Post("http://"+s.address+"/api/v1/session", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestDemo_BrokenOffIsNotTakenForAWholeOne(t *testing.T) {
	flags, _ := demoAt(t, jaringtest.SQLiteURL(t), "--size", "5", "--story", "")
	execSQLite(t, flags[1], "DELETE FROM setting WHERE name = 'demo.built'")
	if code, _, talk := command(t, append([]string{"demo"}, flags...)...); code != 1 || talk == "" {
		t.Errorf("exit %d, %q", code, talk)
	}
}

func execSQLite(t *testing.T, url, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", sqlitePath(url))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestRecountAndVerify_FindWhatWasTouched(t *testing.T) {
	flags, _ := demoAt(t, jaringtest.SQLiteURL(t), "--size", "20", "--story", "")
	with := func(words ...string) []string { return append(words, flags...) }
	execSQLite(t, flags[1], "UPDATE counter SET n = n + 7 WHERE dimension = 'all' AND measure = 'now.waiting'")
	code, out, _ := command(t, with("recount")...)
	if code != 1 || !strings.HasSuffix(out, ", 1 differences\n") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, _, _ := command(t, with("recount", "--mend")...); code != 1 {
		t.Errorf("mending: exit %d", code)
	}
	done(t, with("recount")...)
	execSQLite(t, flags[1], "UPDATE event SET facts = replace(facts, 'self', 'csr') WHERE seq = 1 AND kind = 'worker.registered'")
	code, out, _ = command(t, with("verify", "--json")...)
	var v struct {
		Damages []struct{ What string }
	}
	if err := json.Unmarshal([]byte(out), &v); err != nil || code != 1 || len(v.Damages) == 0 || v.Damages[0].What != "chain.hash" {
		t.Errorf("exit %d, %s", code, out)
	}
}

func TestRekey_WhileAServerRuns(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		flags, out := demoAt(t, url, "--size", "60", "--story", "")
		path := sqlitePath(url) + ".keys"
		if len(flags) == 4 {
			path = flags[3]
		}
		before, err := vault.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		one, two := serve(t, flags...), serve(t, flags...)
		login := parse(t, out).Logins[0]
		stop, slowest := make(chan struct{}), make(chan time.Duration)
		go func() { // nobody who writes is refused meanwhile
			var most time.Duration
			for {
				select {
				case <-stop:
					slowest <- most
					return
				default:
				}
				start := time.Now()
				if code := enter(t, one, login); code != http.StatusOK {
					t.Errorf("log-in: %d", code)
				}
				most = max(most, time.Since(start))
				time.Sleep(25 * time.Millisecond) // somebody who logs in all the time is sent away
			}
		}()
		if out := done(t, append([]string{"rekey"}, flags...)...); !strings.HasSuffix(out, " 0 left\n") {
			t.Error(out)
		}
		close(stop)
		t.Logf("the slowest log-in took %v", <-slowest)
		after, err := vault.Load(path)
		if err != nil || len(after.Index) != 1 || after.Index[0].ID == before.Index[0].ID || after.Digest.ID != before.Digest.ID {
			t.Errorf("%v: the key file was not renewed", err)
		}
		kept, err := filepath.Glob(path + ".index-*")
		if err != nil || len(kept) != 1 {
			t.Errorf("the old keys: %v, %v", kept, err)
		}
		for _, s := range []*served{one, two} {
			if code := enter(t, s, login); code != http.StatusOK {
				t.Errorf("afterwards: %d", code)
			}
			if code := s.end(); code != 0 {
				t.Errorf("exit %d: %s", code, s.log)
			}
		}
		old := []string{"verify", "--db", url, "--keys", kept[0]}
		if code, _, talk := command(t, old...); code != 2 {
			t.Errorf("the old key file opens it: exit %d, %s", code, talk)
		}
		done(t, append([]string{"recount"}, flags...)...)
	})
}
