package main

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

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

// exportsOfTheSweep takes out of story A's house what belongs to its sweep and its class.
func exportsOfTheSweep(t *testing.T, flags []string) {
	t.Helper()
	rows := func(words ...string) [][]string {
		out, err := csv.NewReader(strings.NewReader(done(t, append(append([]string{"export"}, words...), flags...)...))).ReadAll()
		if err != nil || len(out) == 0 {
			t.Fatal(words, err, len(out))
		}
		return out[1:]
	}
	campaigns, days := rows("campaigns"), rows("attendance")
	class := days[0][0]
	at := slices.IndexFunc(campaigns, func(row []string) bool { return slices.Contains(row, "sweep") })
	sweep := campaigns[max(at, 0)][0]
	if len(days) != 50 || len(rows("attendance", "--campaign", class)) != 50 {
		t.Errorf("25 kader on two days are %d rows", len(days))
	}
	inSweep := rows("workers", "--campaign", sweep)
	if len(inSweep) < 192 || len(inSweep) >= len(rows("workers")) {
		t.Errorf("the sweep recorded %d persons", len(inSweep))
	}
	if own := rows("campaigns", "--campaign", sweep); len(own) != 1 || own[0][0] != sweep {
		t.Errorf("%q", own)
	}
	if code, out, talk := command(t, append([]string{"export", "workers", "--campaign", "none"}, flags...)...); code == 0 || out != "" || talk == "" {
		t.Errorf("an unknown campaign: exit %d, %q", code, talk)
	}
	book, err := excelize.OpenReader(strings.NewReader(done(t, append([]string{"export", "attendance", "--format", "xlsx"}, flags...)...)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if sheet, err := book.GetRows("attendance"); err != nil || len(sheet) != 51 || sheet[0][0] != "class_id" || sheet[1][0] != class {
		t.Error(err, len(sheet))
	}
}

func TestHarmless_NoFormulaReachesASpreadsheet(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+62": "'+62", "-5": "'-5", "@x": "'@x", "\tx": "'\tx", "Siti": "Siti", "": "", "a=b": "a=b"} {
		if got := harmless(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
