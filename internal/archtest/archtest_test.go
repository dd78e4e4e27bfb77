package archtest

import (
	"flag"
	"io/fs"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write .golangci.yml anew")

const root = "../.."

// tree reads the project once for all tests.
func tree(t *testing.T) (*Source, fs.FS) {
	t.Helper()
	dir := os.DirFS(root)
	s, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Go) < 20 || len(s.Files) <= len(s.Go) {
		t.Fatalf("only %d Go files of %d files were found", len(s.Go), len(s.Files))
	}
	return s, dir
}

// TestTheHouse holds the project to each rule.
func TestTheHouse(t *testing.T) {
	s, dir := tree(t)
	for _, rule := range []struct {
		name  string
		check func(*Source) []string
	}{
		{"Imports", Imports},
		{"Pure", Pure},
		{"SQL", SQL},
		{"Reveals", Reveals},
		{"Texts", Texts},
		{"ErrorKeys", ErrorKeys},
		{"Size", Size},
		{"Names", Names},
		{"Words", Words},
		{"Decisions", Decisions},
		{"Free", Free},
		{"Links", func(s *Source) []string { return Links(s, dir) }},
	} {
		t.Run(rule.name, func(t *testing.T) {
			for _, finding := range rule.check(s) {
				t.Error(finding)
			}
		})
	}
}

func TestLintConfigIsWrittenFromTheTable(t *testing.T) {
	const name = root + "/.golangci.yml"
	if *update {
		if err := os.WriteFile(name, []byte(LintConfig()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != LintConfig() {
		t.Errorf(".golangci.yml differs from the table (%v); run with -update", err)
	}
}
