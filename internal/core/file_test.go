package core

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func newFiles(t testing.TB, now func() time.Time) (*Files, string) {
	t.Helper()
	folder := t.TempDir()
	x, err := NewFiles(folder, FilesOptions{Now: now, Damaged: func(why *jaring.Error) string { return "Rusak: " + why.Key }})
	if err != nil {
		t.Fatal(err)
	}
	return x, folder
}

// list are the names in a part of the exchange, folders left out.
func list(t testing.TB, parts ...string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// put writes a file and, when vouch is true, its sidecar.
func put(t testing.TB, dir, name, text string, vouch bool) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if !vouch {
		return
	}
	sum := sha256.Sum256([]byte(text))
	line := hex.EncodeToString(sum[:]) + "  " + name + "\n"
	if err := os.WriteFile(filepath.Join(dir, name+sidecar), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
}

func rejection(i int) string {
	raw, _ := encodeAnswer(Answer{MessageID: enrolment(i).MessageID, Verdict: Rejected, Reason: ReasonAge, On: 20261006})
	return string(raw) + "\n"
}

func TestFilesRoundTrip(t *testing.T) {
	sim, now := newSimulator(t, SimulatorOptions{Seed: 2, Delay: time.Minute, RejectRate: 0.05})
	x, folder := newFiles(t, now.Now)
	es := enrolments(120)
	for _, batch := range [][]Enrolment{es[:50], es[50:], es[:1]} { // one is sent twice
		if err := x.Send(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	names := list(t, folder, outDir)
	if len(names) != 6 || !regexp.MustCompile(`^ENR-20261005-030000-00[123]\.jsonl(\.sha256)?$`).MatchString(names[0]) {
		t.Fatal(names)
	}
	cursor := ""
	var answers []Answer
	for range 3 {
		if err := sim.Exchange(folder); err != nil {
			t.Fatal(err)
		}
		now.Wind(time.Minute)
		var some []Answer
		some, cursor = all(t, x, cursor)
		answers = append(answers, some...)
	}
	if len(list(t, folder, outDir)) != 0 {
		t.Error("the core left NIK lying about")
	}
	by := verdicts(t, answers)
	if len(by) != 120 || len(answers) != 120 {
		t.Errorf("%d answers to %d messages", len(answers), len(by))
	}
	if in, done := list(t, folder, inDir), list(t, folder, inDir, doneDir); len(in) != 6 || len(done) != 2 { // the statements stay
		t.Error(in, done)
	}
	now.Wind(24 * time.Hour)
	if err := sim.Exchange(folder); err != nil {
		t.Fatal(err)
	}
	for range 2 { // from in, and again from in/done
		rows, err := x.Statement(t.Context(), 20261005)
		if err != nil || len(differences(t, 20261005, heldOf(es, by), rows)) != 0 {
			t.Error(len(rows), err)
		}
	}
}

func TestFilesCrashBetweenDataAndSidecar(t *testing.T) {
	x, folder := newFiles(t, time.Now)
	in := filepath.Join(folder, inDir)
	put(t, in, "ACK-20261006-010000-001.jsonl", rejection(1), false)
	put(t, in, ".ACK-20261006-010000-002.jsonl", rejection(2), false)
	if answers, next, err := x.Answers(t.Context(), ""); err != nil || len(answers) != 0 || next != "" {
		t.Fatal("read what nobody vouched for", answers, next, err)
	}
	put(t, in, "ACK-20261006-010000-001.jsonl", rejection(1), true)
	if answers, _, err := x.Answers(t.Context(), ""); err != nil || len(answers) != 1 {
		t.Fatal(answers, err)
	}
}

// A crash of ours leaves hidden names; they hold NIK and go with a later Send.
func TestFilesSweepsItsOwnWreck(t *testing.T) {
	c := jaringtest.NewClock(time.Now().Add(time.Hour))
	x, folder := newFiles(t, c.Now)
	out := filepath.Join(folder, outDir)
	put(t, out, ".ENR-20261005-000000-001.jsonl", "half", false) // before the first name
	put(t, out, "ENR-20261005-000000-002.jsonl", "whole\n", false)
	put(t, out, ".ENR-20261005-000000-002.jsonl.sha256", "between the names", false)
	put(t, out, "ENR-20261005-000000-003.jsonl", "taken by the core, sidecar first", false)
	put(t, out, "ENR-20261005-000000-004.jsonl", "whole\n", true)
	put(t, out, "README.txt", "of the operator", false)
	if err := x.Send(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"ENR-20261005-000000-003.jsonl", "ENR-20261005-000000-004.jsonl", "ENR-20261005-000000-004.jsonl.sha256", "README.txt"}
	if got := list(t, folder, outDir); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	put(t, out, ".ENR-20261005-000000-005.jsonl", "being written", false)
	c.Wind(time.Since(c.Now()))
	if err := x.Send(t.Context(), nil); err != nil || len(list(t, folder, outDir)) != 5 {
		t.Error("swept away what is being written", err)
	}
}

func TestFilesDamaged(t *testing.T) {
	long := `{"message_id":"` + strings.Repeat("x", maxLine) + `"}`
	for _, c := range []struct{ rule, text, key string }{
		{"a line is cut", rejection(1) + rejection(2)[:40], "core.file_line"},
		{"another kind of line", rejection(1) + "nik;nama\n", "core.file_line"},
		{"a line without end", long, "core.file_line"},
		{"checksum differs", rejection(1), "core.file_checksum"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			x, folder := newFiles(t, time.Now)
			in := filepath.Join(folder, inDir)
			put(t, in, "ACK-20261006-010000-001.jsonl", c.text, true)
			if c.key == "core.file_checksum" {
				put(t, in, "ACK-20261006-010000-001.jsonl", c.text+" ", false)
			}
			put(t, in, "ACK-20261006-010000-002.jsonl", rejection(3), true)
			answers, _, err := x.Answers(t.Context(), "")
			if err != nil || len(answers) != 1 || answers[0].MessageID != enrolment(3).MessageID {
				t.Fatal("a damaged file stops the others:", answers, err)
			}
			want := []string{"ACK-20261006-010000-001.jsonl", "ACK-20261006-010000-001.jsonl.sha256", "ACK-20261006-010000-001.jsonl.txt"}
			if got := list(t, in, damagedDir); !slices.Equal(got, want) {
				t.Fatal(got)
			}
			said, err := os.ReadFile(filepath.Join(in, damagedDir, want[2]))
			if err != nil || string(said) != "Rusak: "+c.key+"\n" {
				t.Errorf("%q %v", said, err)
			}
		})
	}
}

func TestFilesErrorsNameThePlaceAndNoNIK(t *testing.T) {
	nik := enrolment(1).NIK.Reveal()
	dir := t.TempDir()
	put(t, dir, "ACK-1.jsonl", rejection(1)+"\n"+strings.Replace(rejection(2), "rejected", nik, 1), true)
	_, _, err := readDropped(dir, "ACK-1.jsonl", decodeAnswer)
	var e *jaring.Error
	if !errors.As(err, &e) || e.Args["n"] != 3 || e.Args["field"] != "verdict" || strings.Contains(fmt.Sprint(err, e.Args), nik) {
		t.Error(err)
	}
}

// The file of a cursor stays until the cursor comes back: only then is it kept.
func TestFilesAnswersComeAgainUntilKept(t *testing.T) {
	x, folder := newFiles(t, time.Now)
	in := filepath.Join(folder, inDir)
	put(t, in, "ACK-20261006-010000-002.jsonl", rejection(1)+rejection(2), true)
	for range 3 {
		answers, _, err := x.Answers(t.Context(), "")
		if err != nil || len(answers) != 2 {
			t.Fatal(answers, err)
		}
	}
	_, cursor, _ := x.Answers(t.Context(), "")
	put(t, in, "ACK-20261006-010000-001.jsonl", rejection(3), true) // an older name that comes late
	answers, next, err := x.Answers(t.Context(), cursor)
	if err != nil || len(answers) != 1 || answers[0].MessageID != enrolment(3).MessageID {
		t.Fatal(answers, err)
	}
	// The core gives another file the name of one that was handed out but not kept.
	put(t, in, "ACK-20261006-010000-001.jsonl", rejection(4), true)
	answers, next, err = x.Answers(t.Context(), next)
	if err != nil || len(answers) != 1 || answers[0].MessageID != enrolment(4).MessageID {
		t.Fatal("a file was put away unread:", answers, err)
	}
	if rest, _ := all(t, x, next); len(rest) != 0 {
		t.Error(rest)
	}
	// The same name a second time does not overwrite what is done.
	put(t, in, "ACK-20261006-010000-002.jsonl", rejection(5), true)
	if rest, _ := all(t, x, ""); len(rest) != 1 {
		t.Error(rest)
	}
	want := []string{"ACK-20261006-010000-001.jsonl", "ACK-20261006-010000-002-2.jsonl", "ACK-20261006-010000-002.jsonl"}
	got := slices.DeleteFunc(list(t, in, doneDir), func(n string) bool { return strings.HasSuffix(n, sidecar) })
	if !slices.Equal(got, want) {
		t.Error(got)
	}
}

func TestFilesStrangeCursorsMoveNothing(t *testing.T) {
	x, folder := newFiles(t, time.Now)
	in := filepath.Join(folder, inDir)
	put(t, in, "ACK-1.jsonl", rejection(1), true)
	put(t, in, "ACK-0.jsonl", "", true) // nothing in it
	if err := os.Symlink(filepath.Join(in, "ACK-1.jsonl"), filepath.Join(in, "ACK-link.jsonl")); err != nil {
		t.Fatal(err)
	}
	for _, cursor := range []string{"1.17", "../in/ACK-1.jsonl@x", "ACK-1.jsonl@", "ACK-none.jsonl@ff", "STM-20261005.jsonl@", "@"} {
		if answers, _, err := x.Answers(t.Context(), cursor); err != nil || len(answers) != 1 {
			t.Errorf("%q: %v %v", cursor, answers, err)
		}
	}
}

func TestFilesStatement(t *testing.T) {
	x, folder := newFiles(t, time.Now)
	in := filepath.Join(folder, inDir)
	_, err := x.Statement(t.Context(), 20261005)
	wantKey(t, err, jaring.NotFound, "core.statement_missing")
	row := func(i int) string {
		raw, _ := encodeStatementRow(StatementRow{enrolment(i).MessageID, "S2600000901", jaring.Programs{jaring.JKK}, 24321, 24321})
		return string(raw) + "\n"
	}
	put(t, in, "STM-20261005.jsonl", row(2)+row(1), true)
	rows, err := x.Statement(t.Context(), 20261005)
	if err != nil || len(rows) != 2 || rows[0].MessageID != enrolment(1).MessageID {
		t.Fatal(rows, err)
	}
	put(t, in, "STM-20261005.jsonl", row(3), true) // the core corrects itself
	for range 2 {
		if rows, err := x.Statement(t.Context(), 20261005); err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
	}
	put(t, in, "STM-20261006.jsonl", "{", true)
	_, err = x.Statement(t.Context(), 20261006)
	wantKey(t, err, jaring.Invalid, "core.file_line")
	if got := list(t, in, damagedDir); len(got) != 3 {
		t.Error(got)
	}
}

func TestFilesOfAFolderThatFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, filepath.Dir(file), "file", "", false)
	_, err := NewFiles(file, FilesOptions{})
	wantKey(t, err, jaring.Unavailable, "core.folder")
	x, folder := newFiles(t, time.Now)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	wantKey(t, x.Send(t.Context(), enrolments(1)), jaring.Unavailable, "core.folder")
	_, _, err = x.Answers(t.Context(), "")
	wantKey(t, err, jaring.Unavailable, "core.folder")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("the cause is lost:", err)
	}
}

func TestFilesManyInOneFolder(t *testing.T) {
	c := jaringtest.NewClock(start)
	x, folder := newFiles(t, c.Now)
	if err := x.Send(t.Context(), enrolments(perFile+1)); err != nil {
		t.Fatal(err)
	}
	if got := list(t, folder, outDir); len(got) != 4 {
		t.Error(got)
	}
}
