package archtest

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"jaring/internal/i18n"
)

// lateArgs are values that a door adds to an error on its way out, so the place
// that makes the error need not.
var lateArgs = map[string][]string{"error.internal": {"code"}}

// catalogue is the text by key of one language.
type catalogue map[string]string

// Texts finds keys that only one language has, places that differ, keys that two
// files claim, and files that are no flat object of texts.
func Texts(s *Source) (findings []string) {
	server := map[string]catalogue{"id": {}, "en": {}}
	screens := map[string]catalogue{"id": {}, "en": {}}
	for _, f := range s.Files {
		var all map[string]catalogue
		lang, dir := "", path.Dir(f.Path)
		switch {
		case path.Ext(f.Path) != ".json":
		case path.Dir(dir) == "internal/i18n" && strings.HasSuffix(dir, ".d"):
			all, lang = server, strings.TrimSuffix(path.Base(dir), ".d")
		case dir == "web/src/lib/i18n":
			all, lang = screens, strings.TrimSuffix(path.Base(f.Path), ".json")
		}
		if all[lang] != nil {
			findings = append(findings, all[lang].add(f)...)
		}
	}
	return slices.Concat(findings, compare("internal/i18n", server), compare("web/src/lib/i18n", screens))
}

func (c catalogue) add(f File) (findings []string) {
	var part map[string]string
	if err := json.Unmarshal([]byte(f.Text), &part); err != nil {
		return []string{fmt.Sprintf("%s: not a flat object of texts: %v", f.Path, err)}
	}
	for _, key := range slices.Sorted(maps.Keys(part)) {
		if _, taken := c[key]; taken {
			findings = append(findings, fmt.Sprintf("%s: the key %s stands in another file too", f.Path, key))
		}
		c[key] = part[key]
	}
	return findings
}

func compare(where string, all map[string]catalogue) (findings []string) {
	id, en := all["id"], all["en"]
	for _, key := range slices.Sorted(maps.Keys(id)) {
		text, ok := en[key]
		switch a, b := i18n.Places(id[key]), i18n.Places(text); {
		case !ok:
			findings = append(findings, fmt.Sprintf("%s: %s has no English text", where, key))
		case !slices.Equal(a, b):
			findings = append(findings, fmt.Sprintf("%s: %s needs %v in Indonesian, %v in English", where, key, a, b))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(en)) {
		if _, ok := id[key]; !ok {
			findings = append(findings, fmt.Sprintf("%s: %s has no Indonesian text", where, key))
		}
	}
	return findings
}

// ErrorKeys finds errors whose key has no text, and errors that do not bring what
// their text needs. A key that is put together at run time is not seen here.
func ErrorKeys(s *Source) (findings []string) {
	texts := map[string]catalogue{"id": {}}
	for _, f := range s.Files {
		if path.Dir(f.Path) == "internal/i18n/id.d" && path.Ext(f.Path) == ".json" {
			texts["id"].add(f)
		}
	}
	consts := constants(s)
	for i := range s.Go {
		f := &s.Go[i]
		if f.Test {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			for _, m := range madeErrors(n, consts[f.Dir]) {
				findings = append(findings, m.judge(s, texts["id"])...)
			}
			return true
		})
	}
	return findings
}

// madeError is an error as the source makes it; args is nil when they are not
// all plain to see.
type madeError struct {
	pos     token.Pos
	key     string
	args    []string
	visible bool
}

func (m madeError) judge(s *Source, texts catalogue) (findings []string) {
	text, ok := texts[m.key]
	if !ok {
		return []string{fmt.Sprintf("%s: the error %s has no text", s.At(m.pos), m.key)}
	}
	if !m.visible {
		return nil
	}
	for _, name := range i18n.Places(text) {
		if !slices.Contains(m.args, name) && !slices.Contains(lateArgs[m.key], name) {
			findings = append(findings, fmt.Sprintf("%s: the text of %s needs {%s}", s.At(m.pos), m.key, name))
		}
	}
	return findings
}

// madeErrors reads jaring.NewError(code, "key", "arg", value, …) and
// jaring.Error{Key: "key"}.
func madeErrors(n ast.Node, consts map[string]string) []madeError {
	switch n := n.(type) {
	case *ast.CallExpr:
		if nameOf(n.Fun) != "NewError" || len(n.Args) < 2 {
			return nil
		}
		key, ok := constant(n.Args[1], consts)
		if !ok {
			return nil
		}
		args, visible := argNames(n, consts)
		return []madeError{{n.Pos(), key, args, visible}}
	case *ast.CompositeLit:
		if n.Type == nil || nameOf(n.Type) != "Error" {
			return nil
		}
		for _, elt := range n.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok && nameOf(kv.Key) == "Key" {
				if key, ok := constant(kv.Value, consts); ok {
					return []madeError{{pos: n.Pos(), key: key}}
				}
			}
		}
	}
	return nil
}

func argNames(call *ast.CallExpr, consts map[string]string) (names []string, visible bool) {
	if call.Ellipsis.IsValid() {
		return nil, false
	}
	for i := 2; i < len(call.Args); i += 2 {
		name, ok := constant(call.Args[i], consts)
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// constant is the text of a literal, or of a constant of the same package.
func constant(e ast.Expr, consts map[string]string) (string, bool) {
	if text, ok := literal(e); ok {
		return text, true
	}
	if id, ok := e.(*ast.Ident); ok {
		text, ok := consts[id.Name]
		return text, ok
	}
	return "", false
}

// constants are the string constants of each folder at package level.
func constants(s *Source) map[string]map[string]string {
	all := map[string]map[string]string{}
	for i := range s.Go {
		f := &s.Go[i]
		if all[f.Dir] == nil {
			all[f.Dir] = map[string]string{}
		}
		for _, decl := range f.AST.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				addConstants(all[f.Dir], spec.(*ast.ValueSpec))
			}
		}
	}
	return all
}

func addConstants(into map[string]string, spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		if i >= len(spec.Values) {
			return
		}
		if lit, ok := spec.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			into[name.Name], _ = strconv.Unquote(lit.Value)
		}
	}
}
