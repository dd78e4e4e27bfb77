package main

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"jaring/internal/jaringtest"
)

func TestExport_NoWholeNIKUnlessAReasonIsWrittenDown(t *testing.T) {
	flags, _ := demoAt(t, jaringtest.SQLiteURL(t), "--size", "30", "--story", "")
	with := func(words ...string) []string { return append(append([]string{"export"}, words...), flags...) }
	rows, err := csv.NewReader(strings.NewReader(done(t, with("workers")...))).ReadAll()
	if err != nil || len(rows) < 20 || rows[0][2] != "nik" {
		t.Fatal(err, len(rows))
	}
	for _, r := range rows[1:] {
		if !strings.HasSuffix(r[2], "•• •••• •••• ••••") || r[8] != "" && !strings.HasPrefix(r[8], "'+62") {
			t.Errorf("%q", r)
		}
	}
	if code, out, _ := command(t, with("workers", "--reveal")...); code != 2 || out != "" {
		t.Errorf("revealed without a reason: exit %d", code)
	}
	out := done(t, with("workers", "--reveal", "--reason", "permintaan tertulis 12/2026", "--format", "jsonl")...)
	for line := range strings.Lines(out) {
		var w struct{ NIK, Phone string }
		if err := json.Unmarshal([]byte(line), &w); err != nil || len(w.NIK) != 16 {
			t.Fatalf("%v: %s", err, line)
		}
	}
	events := done(t, with("events", "--format", "jsonl")...)
	if n := strings.Count(events, `"kind":"worker.nik_revealed"`); n != len(rows)-1 || strings.Count(events, "permintaan tertulis 12/2026") != n {
		t.Errorf("%d reveals are written down for %d persons", n, len(rows)-1)
	}
	for _, what := range []string{"memberships", "payments"} {
		if lines := strings.Count(done(t, with(what)...), "\n"); lines < 15 {
			t.Errorf("%s: %d lines", what, lines)
		}
	}
}

func TestHarmless_NoFormulaReachesASpreadsheet(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+62": "'+62", "-5": "'-5", "@x": "'@x", "\tx": "'\tx", "Siti": "Siti", "": "", "a=b": "a=b"} {
		if got := harmless(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
