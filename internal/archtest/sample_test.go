package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// sample is a small bad tree: path and text.
type sample map[string]string

func (files sample) read(t *testing.T) (*Source, fstest.MapFS) {
	t.Helper()
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Read(root)
	if err != nil {
		t.Fatal(err)
	}
	return s, root
}

// wantFindings checks that findings hold each part of want once and no more.
func wantFindings(t *testing.T, findings []string, want ...string) {
	t.Helper()
	rest := slices.Clone(findings)
	for _, part := range want {
		i := slices.IndexFunc(rest, func(f string) bool { return strings.Contains(f, part) })
		if i < 0 {
			t.Errorf("nothing says %q in\n%s", part, strings.Join(findings, "\n"))
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, f := range rest {
		t.Errorf("too much: %s", f)
	}
}

func TestImportsFindsEachKindOfBreach(t *testing.T) {
	s, _ := sample{
		"internal/ledger/bad.go":       `package ledger; import _ "jaring/internal/store"`,
		"internal/sheet/bad.go":        `package sheet; import _ "jaring/internal/document"`,
		"internal/sheet/good.go":       `package sheet; import _ "jaring/internal/i18n"`,
		"internal/sheet/free_test.go":  `package sheet; import _ "jaring/internal/jaringtest"`,
		"internal/app/bad.go":          `package app; import _ "jaring/internal/jaringtest"`,
		"internal/store/sub/bad.go":    `package sub; import _ "jaring/internal/app"`,
		"internal/attic/new.go":        `package attic`,
		"cmd/jaring/main.go":           `package main; import (_ "jaring/internal/store"; _ "jaring/internal/e2e")`,
		"internal/jaringtest/town.go":  `package jaringtest; import _ "jaring/internal/app"`,
		"internal/store/good.go":       `package store; import _ "jaring/internal/jaring"`,
		"internal/store/inner/good.go": `package inner; import _ "jaring/internal/store"`,
	}.read(t)
	wantFindings(t, Imports(s),
		"ledger may not import store", "sheet may not import document", "app/bad.go:1: jaringtest is for tests only",
		"store may not import app", "the room attic is not in the plan", "main.go:1: e2e is for tests only")
}

func TestPureFindsClockFileAndTerminal(t *testing.T) {
	s, _ := sample{
		"internal/match/bad.go": `package match
import ("os"; "fmt"; "log/slog"; tm "time"; "math/rand"; "database/sql"; "net/http")
var _ = os.Args
var _ = rand.Int
var _ sql.DB
var _ http.Client
func (clock) LogValue() slog.Value { slog.Info(""); return slog.Value{} }
func f() tm.Time { fmt.Println(); return tm.Now() }
var zone = tm.Local`,
		"internal/match/good.go": `package match
import ("time"; "fmt")
type clock struct{}
func (clock) Now() int { return 1 }
func g(t time.Time) string { time := clock{}; return fmt.Sprint(t, time.Now()) }`,
		"internal/match/bad_test.go": `package match; import _ "os"`,
		"internal/store/good.go":     `package store; import "time"; var _ = time.Now`,
	}.read(t)
	wantFindings(t, Pure(s), "not import os", "not import math/rand", "not import database/sql", "not import net/http",
		"not use slog.Info", "not use fmt.Println", "not use tm.Now", "not use tm.Local")
}

func TestSQLFindsStatementsAndDriversOutsideAndBuiltOnes(t *testing.T) {
	s, _ := sample{
		"internal/app/bad.go": "package app\nimport _ \"github.com/jackc/pgx/v5\"\nconst q = `\n  SELECT id FROM worker`\nconst u = \"UPDATE worker SET x = 1\"",
		"internal/app/good.go": `package app
const a = "Update the list, set by set"
const b = "SELECTION of one"`,
		"internal/store/good.go": "package store\nimport _ \"database/sql\"\nconst q = \"INSERT INTO worker VALUES ($1)\"",
		"internal/store/bad.go": `package store
import ("fmt"; "log/slog")
func f(nik string) (string, string) {
	slog.Info("SELECT %s", "x", nik)
	return fmt.Sprintf("SELECT id FROM worker WHERE nik = '%s'", nik), fmt.Sprintf("SELECT id FROM worker LIMIT %d", 3)
}`,
		"internal/app/some_test.go": "package app\nconst q = `DELETE FROM worker`",
	}.read(t)
	wantFindings(t, SQL(s), "only store reaches a database, not app", "app/bad.go:3: SQL stands", "app/bad.go:5: SQL stands",
		"store/bad.go:5: a statement takes values")
}

func TestRevealsFindsWhoMayNotSee(t *testing.T) {
	s, _ := sample{
		"internal/httpapi/bad.go":      "package httpapi\nfunc f(n interface{ Reveal() string }) string { return n.Reveal() }",
		"internal/store/bad.go":        "package store\nfunc f(n interface{ Reveal() string }) any { return n.Reveal }",
		"internal/vault/good.go":       "package vault\nfunc f(n interface{ Reveal() string }) string { return n.Reveal() }",
		"internal/httpapi/bad_test.go": "package httpapi\nfunc g(n interface{ Reveal() string }) string { return n.Reveal() }",
	}.read(t)
	wantFindings(t, Reveals(s), "bad.go:2: httpapi may not", "bad.go:2: store may not")
}

func TestTextsFindsWhatOneLanguageLacks(t *testing.T) {
	s, _ := sample{
		"internal/i18n/id.d/a.json":      `{"one":"satu","two":"dua {n}","gone":"x"}`,
		"internal/i18n/en.d/a.json":      `{"one":"one","two":"two {m}","extra":"x"}`,
		"internal/i18n/id.d/b.json":      `{"one":"lagi"}`,
		"internal/i18n/en.d/broken.json": `{"x":{}}`,
		"web/src/lib/i18n/id.d/a.json":   `{"act":"Simpan {n|a|b}"}`,
		"web/src/lib/i18n/en.d/a.json":   `{"act":"Save"}`,
		"web/src/lib/i18n/other.json":    `[]`,
	}.read(t)
	wantFindings(t, Texts(s), "broken.json: not a flat object", "id.d/b.json: the key one stands in another file",
		"two needs [n] in Indonesian, [m] in English", "gone has no English text", "extra has no Indonesian text",
		"web/src/lib/i18n: act needs [n]")
}

func TestErrorKeysFindsUnknownKeysAndMissingValues(t *testing.T) {
	s, _ := sample{
		"internal/i18n/id.d/a.json": `{"known":"ada","needs":"{n} dari {max}","error.internal":"{code}"}`,
		"internal/app/a.go": `package app
import "jaring/internal/jaring"
const key = "const.unknown"
func f(k string, pairs ...any) []error { return []error{
	jaring.NewError(jaring.Invalid, "known"),
	jaring.NewError(jaring.Invalid, "unknown"),
	jaring.NewError(jaring.Invalid, key),
	jaring.NewError(jaring.Invalid, k),
	jaring.NewError(jaring.Invalid, "needs", "n", 1),
	jaring.NewError(jaring.Invalid, "needs", pairs...),
	jaring.NewError(jaring.Invalid, "needs", "n", 1, "max", 2),
	jaring.NewError(jaring.Internal, "error.internal"),
	&jaring.Error{Key: "literal.unknown"},
} }`,
		"internal/match/b.go": `package match
import "jaring/internal/jaring"
type j struct{}
func (j) reject(field, key string, pairs ...any) { use(jaring.NewError(jaring.Invalid, key, pairs...).At(field)) }
func use(...any) {}
func g() {
	fail := func(bad bool, key string, pairs ...any) { use(jaring.NewError(jaring.Invalid, key, append(pairs, "max", 1)...)) }
	fail(true, "closure.unknown")
	fail(true, "needs", "n", 1)
	j{}.reject("nik", "method.unknown")
	j{}.reject("nik", "needs", "n", 1)
	use(jaring.Finding{Verdict: jaring.Warn, Key: "finding.unknown"}, jaring.Error{Key: "known"})
}
var list = []jaring.Finding{{Verdict: jaring.Reject, Key: "listed.unknown"}, {Key: "needs"}, {Key: "needs", Args: jaring.Args{}}}
func oneOf[T ~string](x j, field, text, key string, choices ...T) { x.reject(field, key) }
func k(x j) { oneOf(x, "sex", "", "chained.unknown", "M") }
func h(fail func(string, string)) { fail("", "no key") }`,
	}.read(t)
	wantFindings(t, ErrorKeys(s), "a.go:6: the error unknown has no text", "const.unknown", "literal.unknown", "a.go:9: the text of needs needs {max}",
		"closure.unknown", "method.unknown", "finding.unknown", "chained.unknown", "listed.unknown",
		"b.go:14: the text of needs needs {max}", "b.go:14: the text of needs needs {n}", "b.go:11: the text of needs needs {max}")
}

func TestSizeFindsLongFilesAndFunctions(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\n", n) }
	s, _ := sample{
		"internal/app/long.go":      "package app\nfunc f() {" + lines(60) + "}\nfunc g() {" + lines(59) + "}\n",
		"internal/app/long_test.go": "package app\nfunc f() {" + lines(99) + "}\n",
		"internal/app/huge.go":      "package app\n" + lines(400),
		"internal/app/made.go":      "// Code generated by areagen. DO NOT EDIT.\n\npackage app\n" + lines(900),
		"web/src/page.svelte":       lines(401),
		"docs/long.md":              lines(900),
	}.read(t)
	wantFindings(t, Size(s), "f has 61 lines", "huge.go: 401 lines", "page.svelte: 401 lines")
}

func TestNamesFindsEmptyOnes(t *testing.T) {
	s, _ := sample{
		"internal/util/a.go":         "package util",
		"internal/app/helpers/b.go":  "package things",
		"internal/app/common_doc.go": "package app",
	}.read(t)
	wantFindings(t, Names(s), "util/a.go", "helpers/b.go")
}

func TestDocsFindsDeadLinksAndLongDecisions(t *testing.T) {
	s, root := sample{
		"README.md":                   "[a](docs/a.md) [b](docs/gone.md#x) ![p](docs/p.png) [w](https://x.example) [s](#here) `[c](code.md)`\n```\n[d](block.md)\n```\n",
		"docs/a.md":                   "[up](../README.md) [dir](decisions/) [away](../../x.md) `docs/a.md` `internal/gone.go`",
		"docs/decisions/README.md":    "1. [x](0001-long.md)\n2. [x](0002-ok.md)\n2. [x](0002-same.md)\n",
		"docs/decisions/0001-long.md": "# 1. x\n" + strings.Repeat("x\n", 40),
		"docs/decisions/0002-ok.md":   "# 2. x\n" + strings.Repeat("x\n", 39),
		"docs/decisions/0002-same.md": "# 2. x\n",
		"docs/decisions/0003-lone.md": "# 3. x\n",
		"docs/decisions/loose.md":     "# x\n",
	}.read(t)
	wantFindings(t, Links(s, root), "the link docs/gone.md#x", "the link docs/p.png", "the link ../../x.md", "there is no internal/gone.go")
	wantFindings(t, Decisions(s), "0001-long.md: 41 lines", "0002-same.md: a number", "0003-lone.md: a number", "loose.md: a number")
	wantFindings(t, Free(s), "README.md does not say", "README.id.md does not say")
}

func TestWordsFindsPlacesAndOpenWork(t *testing.T) {
	s, _ := sample{
		"docs/a.md":              "see " + machine[0] + "x and " + machine[1] + "\nTO" + "DO is fine in prose",
		"internal/app/a.go":      "package app\n// TO" + "DO later\n// FIX" + "MEUP is a name",
		"internal/app/b_test.go": "package app\nfunc f(t interface{ Skip() }) { t.Sk" + "ip() }",
		"web/src/a.test.ts":      "it.sk" + "ip('x')\nsubmit.only",
	}.read(t)
	wantFindings(t, Words(s), "a.md:1: names a place", "a.md:1: names a place", "a.go:2: left open", "b_test.go:2: left open", "a.test.ts:1: left open")
}

func TestReadRefusesBrokenGo(t *testing.T) {
	if _, err := Read(fstest.MapFS{"internal/app/a.go": {Data: []byte("package")}}); err == nil {
		t.Error("a broken file was read")
	}
}

func ExampleImports() {
	s, _ := Read(fstest.MapFS{"internal/ledger/post.go": {Data: []byte("package ledger\nimport _ \"jaring/internal/app\"")}})
	fmt.Println(Imports(s))
	// Output: [internal/ledger/post.go:2: ledger may not import app]
}
