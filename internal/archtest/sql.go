package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mayHoldSQL are the rooms with statements in them: store, and bench, which
// measures the raw engine beside it.
var mayHoldSQL = []string{"store", "bench"}

// drivers are the packages that reach a database.
var drivers = []string{"database/sql", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/pressly/goose"}

// statement is the beginning of an SQL statement, in capitals as we write them.
var statement = regexp.MustCompile(`^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|(CREATE|ALTER|DROP)\s+(UNIQUE\s+)?(TABLE|INDEX|VIEW)\s|WITH\s+\w+.*\sAS\s*\(|PRAGMA\s)`)

// anyValue is a verb of fmt that puts text into a statement.
var anyValue = regexp.MustCompile(`%[-+# 0-9.]*[svqxX]`)

// SQL finds statements outside the room for them, drivers used elsewhere, and
// statements with values written into their text.
func SQL(s *Source) (findings []string) {
	for i := range s.Go {
		f := &s.Go[i]
		if f.Test || slices.Contains(testOnly, f.Room()) {
			continue
		}
		home := slices.Contains(mayHoldSQL, f.Room())
		if !home && f.Room() != "" && f.Room() != "cmd" {
			findings = append(findings, driversOf(s, f)...)
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if lit, ok := literal(n); ok && !home && statement.MatchString(lit) {
				findings = append(findings, fmt.Sprintf("%s: SQL stands in store alone", s.At(n.Pos())))
			}
			if builtSQL(n) {
				findings = append(findings, fmt.Sprintf("%s: a statement takes values as $n, never as text", s.At(n.Pos())))
			}
			return true
		})
	}
	return findings
}

func driversOf(s *Source, f *GoFile) (findings []string) {
	for _, imp := range f.AST.Imports {
		for _, driver := range drivers {
			if p := pathOf(imp); p == driver || strings.HasPrefix(p, driver+"/") {
				findings = append(findings, fmt.Sprintf("%s: only store reaches a database, not %s", s.At(imp.Pos()), f.Room()))
			}
		}
	}
	return findings
}

// builtSQL reports a Sprintf, or any other f-function, that writes a statement.
func builtSQL(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !strings.HasSuffix(sel.Sel.Name, "f") && sel.Sel.Name != "Appendf" {
		return false
	}
	for _, arg := range call.Args {
		if lit, ok := literal(arg); ok && statement.MatchString(lit) && anyValue.MatchString(lit) {
			return true
		}
	}
	return false
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
