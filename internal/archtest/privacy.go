package archtest

import (
	"fmt"
	"go/ast"
	"slices"
)

// mayReveal are the rooms that may turn a NIK into its digits: its own, the one
// that seals it, the acts, and the port to the core, which knows whose they are.
var mayReveal = []string{"jaring", "vault", "app", "core"}

// Reveals finds a call of Reveal in any other room. Doors, logs and the store get a
// NIK masked or sealed.
func Reveals(s *Source) (findings []string) {
	for i := range s.Go {
		f := &s.Go[i]
		if f.Test || slices.Contains(mayReveal, f.Room()) || slices.Contains(testOnly, f.Room()) {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Reveal" {
				findings = append(findings, fmt.Sprintf("%s: %s may not see a whole NIK", s.At(n.Pos()), f.Room()))
			}
			return true
		})
	}
	return findings
}
