package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is the name of this module; rooms are module/internal/ROOM.
const module = "jaring"

// mayImport is the rule of imports: what each room may import of the others. A
// room that is not listed may not exist: whoever adds one says here what it may
// know. Tests are free, as long as Go itself allows it.
var mayImport = map[string][]string{
	"jaring":   {},
	"area":     {"jaring"},
	"scheme":   {"jaring"},
	"roster":   {"jaring", "area", "match"},
	"match":    {"jaring"},
	"ledger":   {"jaring"},
	"forecast": {"jaring"},
	"i18n":     {"jaring"},
	"config":   {"jaring"},
	"vault":    {"jaring"},
	"wire":     {"jaring"},
	"store":    {"jaring", "ledger"},
	"app":      {"jaring", "area", "scheme", "match", "ledger", "forecast", "roster", "store", "vault", "wire"},
	"sponsor":  {"jaring", "area", "scheme", "match", "ledger", "roster", "app", "store", "vault", "wire"},
	"outreach": {"jaring", "area", "scheme", "match", "forecast", "app", "sponsor", "store", "vault", "wire"},
	"acts":     {"app", "sponsor", "outreach"},
	"auth":     {"jaring", "store", "vault"},
	"backup":   {"jaring", "app", "store"},
	"sheet":    {"jaring", "i18n", "roster"},
	"document": {"jaring", "i18n", "scheme"},
	"outside":  {"jaring"},
	"payment":  {"jaring", "outside"},
	"core":     {"jaring", "outside"},
	"message":  {"jaring", "i18n", "outside"},
	"dci":      {"jaring", "app"},
	"jobs":     {"jaring", "acts", "app", "backup", "sponsor", "outreach", "message", "payment", "core"},
	"httpapi":  {"jaring", "area", "scheme", "acts", "app", "backup", "sponsor", "outreach", "auth", "i18n", "sheet", "document", "wire"},
	"demo":     {"jaring", "area", "acts", "app", "sponsor", "outreach", "auth", "vault", "wire"},
	"bench":    {"jaring", "area", "scheme", "match", "acts", "app", "sponsor", "outreach", "auth", "store", "httpapi", "jobs", "demo", "vault", "wire", "payment", "roster", "sheet", "i18n"},
}

// testOnly rooms are for tests and for each other.
var testOnly = []string{"jaringtest", "archtest", "e2e"}

// pure rooms know no clock, random, file, net or SQL.
var pure = []string{"jaring", "area", "scheme", "match", "roster", "ledger", "forecast"}

// pureStd is all that a pure room may use from outside. time and slog
// are there for their types alone; see impureCalls.
var pureStd = []string{
	"bytes", "cmp", "compress/flate", "compress/gzip", "container/heap", "crypto/hmac", "crypto/sha1", "crypto/sha256", "crypto/subtle", "embed",
	"encoding", "encoding/base32", "encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex", "encoding/json",
	"errors", "fmt", "hash", "hash/crc32", "hash/fnv", "io", "iter", "log/slog", "maps", "math", "math/big", "math/bits",
	"regexp", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf8",
	"golang.org/x/text/unicode/norm",
}

// impureCalls are the parts of allowed packages that reach for a clock, a file
// or the terminal.
var impureCalls = map[string][]string{
	"time": {"Now", "Since", "Until", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Sleep", "LoadLocation", "Local"},
	"log/slog": {"Default", "SetDefault", "New", "Debug", "Info", "Warn", "Error", "Log", "LogAttrs",
		"DebugContext", "InfoContext", "WarnContext", "ErrorContext"},
	"fmt": {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// Imports finds imports against the rule.
func Imports(s *Source) (findings []string) {
	for i := range s.Go {
		f := &s.Go[i]
		room := f.Room()
		if f.Test || room == "" || room == "cmd" || slices.Contains(testOnly, room) {
			findings = append(findings, importsOfTestRooms(s, f)...)
			continue
		}
		allowed, known := mayImport[room]
		if !known {
			findings = append(findings, fmt.Sprintf("%s: the room %s is not in the plan; say in archtest what it may import", f.Path, room))
			continue
		}
		findings = append(findings, importsOfTestRooms(s, f)...)
		for _, imp := range f.AST.Imports {
			if other := roomOf(imp); other != "" && other != room && !slices.Contains(testOnly, other) && !slices.Contains(allowed, other) {
				findings = append(findings, fmt.Sprintf("%s: %s may not import %s", s.At(imp.Pos()), room, other))
			}
		}
	}
	return findings
}

// importsOfTestRooms finds a program that leans on what is only for tests.
func importsOfTestRooms(s *Source, f *GoFile) (findings []string) {
	if f.Test || slices.Contains(testOnly, f.Room()) {
		return nil
	}
	for _, imp := range f.AST.Imports {
		if other := roomOf(imp); slices.Contains(testOnly, other) {
			findings = append(findings, fmt.Sprintf("%s: %s is for tests only", s.At(imp.Pos()), other))
		}
	}
	return findings
}

// Pure finds what a pure room may not use.
func Pure(s *Source) (findings []string) {
	for i := range s.Go {
		f := &s.Go[i]
		if f.Test || !slices.Contains(pure, f.Room()) {
			continue
		}
		for _, imp := range f.AST.Imports {
			if name := pathOf(imp); roomOf(imp) == "" && !slices.Contains(pureStd, name) {
				findings = append(findings, fmt.Sprintf("%s: %s is pure and may not import %s", s.At(imp.Pos()), f.Room(), name))
			}
		}
		findings = append(findings, impureUses(s, f)...)
	}
	return findings
}

func impureUses(s *Source, f *GoFile) (findings []string) {
	names := localNames(f)
	ast.Inspect(f.AST, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && id.Obj == nil && slices.Contains(impureCalls[names[id.Name]], sel.Sel.Name) {
			findings = append(findings, fmt.Sprintf("%s: %s is pure and may not use %s.%s", s.At(n.Pos()), f.Room(), id.Name, sel.Sel.Name))
		}
		return true
	})
	return findings
}

// localNames maps the name that f uses for a package to the package's path.
func localNames(f *GoFile) map[string]string {
	names := map[string]string{}
	for _, imp := range f.AST.Imports {
		name := path.Base(pathOf(imp))
		if imp.Name != nil {
			name = imp.Name.Name
		}
		names[name] = pathOf(imp)
	}
	return names
}

func pathOf(imp *ast.ImportSpec) string {
	p, _ := strconv.Unquote(imp.Path.Value)
	return p
}

// roomOf is the room that imp names, empty for packages that are no rooms.
func roomOf(imp *ast.ImportSpec) string {
	rest, ok := strings.CutPrefix(pathOf(imp), module+"/internal/")
	if !ok {
		return ""
	}
	room, _, _ := strings.Cut(rest, "/")
	return room
}
