package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jaring/internal/demo"
	"jaring/internal/jaringtest"
)

func TestPlay_TheBoardReadsWhatTheStoryTells(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		flags, out := demoAt(t, url, "--size", "200", "--story", "a")
		logins := filepath.Join(t.TempDir(), "demo.json")
		if sqlitePath(url) != "" {
			logins = sqlitePath(url) + loginsFile
		} else if err := os.WriteFile(logins, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
		s := serve(t, flags...)
		play := []string{"play", "http://" + s.address, "--logins", logins, "--over", "2s", "--wait", "3m", "--seed", "3", "--json"}
		var p demo.Played
		if err := json.Unmarshal([]byte(done(t, play...)), &p); err != nil {
			t.Fatal(err)
		}
		if !p.Whole || p.Kader != 25 || p.Registered != 192 || p.Protected != 151 || p.Best != 20 || len(p.Winners) != 3 || p.Winners[0].Office != "Cabang Jambi" ||
			p.Winners[1].Office != "KCP Batang Hari" || p.Winners[2].Office != "Cabang Jambi" || p.Lots.Total != 412 || !p.Lots.Balanced {
			t.Errorf("%+v", p)
		}
		_, token, _ := strings.Cut(p.Board, "?k=")
		code, text := s.get(t, "/api/v1/kiosk/board?k="+token)
		var board struct{ Registered, Evaluation, Repeated int }
		if err := json.Unmarshal([]byte(text), &board); err != nil || code != http.StatusOK || board.Registered != 192 || board.Evaluation != 0 || board.Repeated == 0 {
			t.Errorf("the screen: %d, %v, %+v", code, err, board)
		}
		if sqlitePath(url) != "" {
			playedAgain(t, s.address, logins)
		}
		if out := done(t, append([]string{"verify"}, flags...)...); !strings.HasSuffix(out, ", 0 damages\n") {
			t.Error(out)
		}
	})
}

// playedAgain plays once more: the same people are in the book already, so others are met in their places.
func playedAgain(t *testing.T, address, logins string) {
	t.Helper()
	out := done(t, "play", "http://"+address, "--logins", logins, "--over", "1s", "--wait", "0s")
	if !strings.HasPrefix(out, "http://"+address+"/board?k=") || !strings.Contains(out, "1. Rahma Dewi, Cabang Jambi: 20\n") {
		t.Error(out)
	}
}

func TestPlay_OnlyOnADemoThatHasTheStory(t *testing.T) {
	without, _ := demoAt(t, jaringtest.SQLiteURL(t), "--size", "5", "--story", "")
	logins := sqlitePath(without[1]) + loginsFile
	demoServer := serve(t, without...)
	realServer := serve(t, "--db", jaringtest.SQLiteURL(t), "--keys", keyFile(t))
	for name, c := range map[string]struct {
		args []string
		want int
	}{
		"no story":     {[]string{"http://" + demoServer.address, "--logins", logins}, 1},
		"no demo":      {[]string{"http://" + realServer.address, "--logins", logins}, 2},
		"nobody there": {[]string{"http://127.0.0.1:1", "--logins", logins}, 2},
		"no address":   {[]string{"http://%", "--logins", logins}, 2},
		"no log-ins":   {[]string{"http://" + demoServer.address, "--logins", logins + ".none"}, 2},
		"no time":      {[]string{"http://" + demoServer.address, "--logins", logins, "--over", "0s"}, 2},
	} {
		if code, out, talk := command(t, append([]string{"play"}, c.args...)...); code != c.want || out != "" || talk == "" {
			t.Errorf("%s: exit %d, %q, %q", name, code, out, talk)
		}
	}
	if code, out, _ := command(t, "play", "--help"); code != 0 || !strings.Contains(out, "Example: jaring play") {
		t.Errorf("--help: exit %d, %q", code, out)
	}
}
