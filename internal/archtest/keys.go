package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"

	"jaring/internal/i18n"
)

// lateArgs are values that a door adds to an error on its way out, so the place
// that makes the error need not.
var lateArgs = map[string][]string{"error.internal": {"code"}}

// ErrorKeys finds errors and findings whose key has no text, and those that do
// not bring what their text needs. It sees jaring.NewError(code, "key", …), a
// jaring.Error or Finding with its Key, and calls of a function of the same package
// that hands its own parameter on to NewError. A key that is put together at run
// time is not seen.
func ErrorKeys(s *Source) (findings []string) {
	texts := catalogue{}
	for _, f := range s.Files {
		if path.Dir(f.Path) == "internal/i18n/id.d" && path.Ext(f.Path) == ".json" {
			texts.add(f)
		}
	}
	consts, makers := constants(s), makersOf(s)
	for i := range s.Go {
		f := &s.Go[i]
		if f.Test {
			continue
		}
		for _, decl := range f.AST.Decls {
			here := withClosures(makers[f.Dir], decl)
			ast.Inspect(decl, func(n ast.Node) bool {
				for _, m := range madeErrors(n, here, consts[f.Dir]) {
					findings = append(findings, m.judge(s, texts)...)
				}
				return true
			})
		}
	}
	return findings
}

// made is an error as the source makes it; visible says that args are all it brings.
type made struct {
	pos     token.Pos
	key     string
	args    []string
	visible bool
}

func (m made) judge(s *Source, texts catalogue) (findings []string) {
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

// maker is a function that makes an error of the key at position key of its
// arguments, with pairs of name and value behind it when plain.
type maker struct {
	key   int
	plain bool
}

var newError = maker{key: 1, plain: true}

func madeErrors(n ast.Node, makers map[string]maker, consts map[string]string) []made {
	switch n := n.(type) {
	case *ast.CallExpr:
		return calledError(n, makers, consts)
	case *ast.CompositeLit:
		if list, ok := n.Type.(*ast.ArrayType); ok && isErrorType(list.Elt) {
			var all []made
			for _, elt := range n.Elts {
				if lit, ok := elt.(*ast.CompositeLit); ok && lit.Type == nil {
					all = append(all, literalError(lit, consts)...)
				}
			}
			return all
		}
		if isErrorType(n.Type) {
			return literalError(n, consts)
		}
	}
	return nil
}

func calledError(call *ast.CallExpr, makers map[string]maker, consts map[string]string) []made {
	name := nameOf(call.Fun)
	mk, ok := makers[name]
	if name == "NewError" {
		mk, ok = newError, true
	}
	if !ok || len(call.Args) <= mk.key {
		return nil
	}
	key, ok := constant(call.Args[mk.key], consts)
	if !ok {
		return nil
	}
	args, visible := argNames(call, mk.key+1, consts)
	return []made{{call.Pos(), key, args, visible && mk.plain}}
}

// literalError is a jaring.Error or Finding written out; it is visible when it has
// no Args at all.
func literalError(lit *ast.CompositeLit, consts map[string]string) []made {
	m := made{pos: lit.Pos(), visible: true}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		switch nameOf(kv.Key) {
		case "Key":
			m.key, _ = constant(kv.Value, consts)
		case "Args":
			m.visible = false
		}
	}
	if m.key == "" {
		return nil
	}
	return []made{m}
}

func isErrorType(e ast.Expr) bool {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	name := nameOf(e)
	return name == "Error" || name == "Finding"
}

// argNames are the names in the pairs of call from position first on.
func argNames(call *ast.CallExpr, first int, consts map[string]string) (names []string, visible bool) {
	if call.Ellipsis.IsValid() {
		return nil, false
	}
	for i := first; i < len(call.Args); i += 2 {
		name, ok := constant(call.Args[i], consts)
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

// makersOf are the makers of each folder at package level, with those that only
// call another one of them.
func makersOf(s *Source) map[string]map[string]maker {
	all := map[string]map[string]maker{}
	for range 2 {
		for i := range s.Go {
			f := &s.Go[i]
			if all[f.Dir] == nil {
				all[f.Dir] = map[string]maker{}
			}
			for _, decl := range f.AST.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && !f.Test && fn.Body != nil && fn.Name.Name != "NewError" {
					if mk, ok := asMaker(fn.Type, fn.Body, all[f.Dir]); ok {
						all[f.Dir][fn.Name.Name] = mk
					}
				}
			}
		}
	}
	return all
}

// withClosures adds to makers the function literals that decl gives a name.
func withClosures(makers map[string]maker, decl ast.Decl) map[string]maker {
	here := map[string]maker{}
	for name, mk := range makers {
		here[name] = mk
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok || len(set.Lhs) != len(set.Rhs) {
			return true
		}
		for i, value := range set.Rhs {
			if fn, ok := value.(*ast.FuncLit); ok {
				if mk, ok := asMaker(fn.Type, fn.Body, makers); ok {
					here[nameOf(set.Lhs[i])] = mk
				}
			}
		}
		return true
	})
	return here
}

// asMaker reports whether the function hands one of its parameters on as the key. It
// is plain when it hands its pairs to NewError as they come.
func asMaker(t *ast.FuncType, body *ast.BlockStmt, known map[string]maker) (mk maker, ok bool) {
	params := paramNames(t)
	ast.Inspect(body, func(n ast.Node) bool {
		call, isCall := n.(*ast.CallExpr)
		if !isCall {
			return true
		}
		inner, isMaker := known[nameOf(call.Fun)]
		if nameOf(call.Fun) == "NewError" {
			inner, isMaker = newError, true
		}
		if !isMaker || len(call.Args) <= inner.key {
			return true
		}
		if at := slices.Index(params, nameOf(call.Args[inner.key])); at >= 0 {
			pairs := call.Ellipsis.IsValid() && len(call.Args) == inner.key+2 && at == len(params)-2
			mk, ok = maker{key: at, plain: pairs && inner.plain && nameOf(call.Args[inner.key+1]) == params[at+1]}, true
		}
		return true
	})
	return mk, ok
}

func paramNames(t *ast.FuncType) (names []string) {
	for _, field := range t.Params.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.IndexExpr: // a generic function with its type
		return nameOf(e.X)
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
