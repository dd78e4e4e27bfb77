package archtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// LintConfig is .golangci.yml: the rule of imports said to a linter, so that an
// editor shows what this package would find. It is written from the same tables;
// `go test ./internal/archtest -run Lint -update` writes it anew.
func LintConfig() string {
	var b strings.Builder
	b.WriteString(`# The linter's view of the rule of imports. Written from internal/archtest/imports.go:
# change the table there, then run: go test ./internal/archtest -run Lint -update
version: "2"
linters:
  default: standard
  enable:
    - depguard
    - errorlint
    - unconvert
  settings:
    depguard:
      rules:
`)
	for _, room := range slices.Sorted(maps.Keys(mayImport)) {
		writeRule(&b, room, mayImport[room])
	}
	b.WriteString(`formatters:
  enable:
    - gofmt
`)
	return b.String()
}

func writeRule(b *strings.Builder, room string, allowed []string) {
	fmt.Fprintf(b, "        %s:\n          list-mode: lax\n          files: [\"**/internal/%s/**\", \"!$test\"]\n", room, room)
	b.WriteString("          allow:\n")
	for _, other := range slices.Concat([]string{room}, allowed) {
		fmt.Fprintf(b, "            - %s/internal/%s\n", module, other)
	}
	b.WriteString("          deny:\n")
	fmt.Fprintf(b, "            - pkg: %s/internal\n              desc: %s may not know this room\n", module, room)
	denied := []string{}
	if slices.Contains(pure, room) {
		denied = []string{"os", "net", "math/rand", "crypto/rand", "log$", "context"}
	}
	if !slices.Contains(mayHoldSQL, room) {
		denied = append(denied, drivers...)
	}
	for _, p := range denied {
		fmt.Fprintf(b, "            - pkg: %s\n              desc: not in %s\n", p, room)
	}
}
