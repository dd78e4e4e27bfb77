package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Source is the tree under test: its text files, and its Go files parsed.
type Source struct {
	Files []File
	Go    []GoFile
	Fset  *token.FileSet
}

// File is one text file, its path from the root of the tree.
type File struct {
	Path, Text string
}

// GoFile is one Go file.
type GoFile struct {
	File
	Dir  string // folder from the root: internal/store
	Test bool
	AST  *ast.File
}

// outside are folders that are made, fetched or none of ours.
var outside = []string{".git", "node_modules", "data", "bin", ".cache", "site", ".svelte-kit", "test-results", "build", "LICENSES"}

// textual are the endings of files that people write.
var textual = []string{".go", ".md", ".ts", ".js", ".mjs", ".svelte", ".css", ".html", ".sh", ".sql", ".json", ".yml", ".yaml", ".mod"}

// Read reads the tree of root. A Go file that does not parse is an error.
func Read(root fs.FS) (*Source, error) {
	s := &Source{Fset: token.NewFileSet()}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && slices.Contains(outside, path.Base(name)):
			return fs.SkipDir
		case d.IsDir() || !isText(name):
			return nil
		}
		return s.add(root, name)
	})
	return s, err
}

func isText(name string) bool {
	base := path.Base(name)
	return base == "Makefile" || base == "run" && path.Dir(name) == ".ci" || slices.Contains(textual, path.Ext(base))
}

func (s *Source) add(root fs.FS, name string) error {
	raw, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	f := File{Path: name, Text: string(raw)}
	s.Files = append(s.Files, f)
	if path.Ext(name) != ".go" || strings.Contains(name, "/testdata/") {
		return nil
	}
	tree, err := parser.ParseFile(s.Fset, name, raw, parser.ParseComments)
	if err != nil {
		return err
	}
	s.Go = append(s.Go, GoFile{File: f, Dir: path.Dir(name), Test: strings.HasSuffix(name, "_test.go"), AST: tree})
	return nil
}

// At is the place of pos as path:line.
func (s *Source) At(pos token.Pos) string {
	p := s.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// Room is the room that f stands in: store for internal/store/worker.go, cmd for
// the commands, empty elsewhere.
func (f *GoFile) Room() string {
	parts := strings.Split(f.Dir, "/")
	switch {
	case parts[0] == "cmd":
		return "cmd"
	case parts[0] == "internal" && len(parts) > 1:
		return parts[1]
	}
	return ""
}

// isGenerated follows the convention of go generate.
func (f *GoFile) isGenerated() bool { return ast.IsGenerated(f.AST) }
