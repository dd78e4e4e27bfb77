package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
)

// The most lines of a file and of a function.
const (
	fileLines     = 400
	functionLines = 60
)

// emptyNames say nothing about what is inside.
var emptyNames = []string{"util", "utils", "common", "helper", "helpers", "base", "manager", "managers", "models", "misc", "shared", "lib"}

// Size finds files and functions that are too long. Generated files are read by
// nobody and may be; the tables of a test may be long, its file may not.
func Size(s *Source) (findings []string) {
	generated := map[string]bool{}
	for i := range s.Go {
		f := &s.Go[i]
		generated[f.Path] = f.isGenerated()
		if !f.Test && !f.isGenerated() {
			findings = append(findings, longFunctions(s, f)...)
		}
	}
	for _, f := range s.Files {
		written := slices.Contains([]string{".go", ".ts", ".svelte", ".mjs", ".sh"}, path.Ext(f.Path))
		if n := strings.Count(f.Text, "\n"); written && n > fileLines && !generated[f.Path] {
			findings = append(findings, fmt.Sprintf("%s: %d lines, at most %d", f.Path, n, fileLines))
		}
	}
	return findings
}

func longFunctions(s *Source, f *GoFile) (findings []string) {
	for _, decl := range f.AST.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := s.Fset.Position(fn.End()).Line - s.Fset.Position(fn.Pos()).Line + 1; n > functionLines {
			findings = append(findings, fmt.Sprintf("%s: %s has %d lines, at most %d", s.At(fn.Pos()), fn.Name.Name, n, functionLines))
		}
	}
	return findings
}

// Names finds packages and folders of Go that are called nothing.
func Names(s *Source) (findings []string) {
	for i := range s.Go {
		f := &s.Go[i]
		name := strings.TrimSuffix(f.AST.Name.Name, "_test")
		if slices.Contains(emptyNames, name) || slices.Contains(emptyNames, path.Base(f.Dir)) {
			findings = append(findings, fmt.Sprintf("%s: a package called %s says nothing of the trade", f.Path, name))
		}
	}
	return findings
}
