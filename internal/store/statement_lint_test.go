package store_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/store"
)

// statementLint reads the SQL of Go files and names each broken rule.
type statementLint struct {
	fset     *token.FileSet
	consts   map[string]string
	keys     map[string]string // shard key by table
	findings []string
}

// hole stands in a statement for what the source puts there at run time.
const hole = "⟨⟩"

// mayJoin are the functions whose result may be part of a statement: they write
// places for values, or names that are ours.
var mayJoin = []string{"marks", "mark", "join", "Join", "Repeat", "TrimSuffix", "Sanitize"}

// mayName are the names of what a room's own function gets as a part of a statement.
var mayName = []string{"where", "order", "text", "sql", "table", "column"}

func lintStatements(files map[string]string, keys map[string]string) []string {
	l := &statementLint{fset: token.NewFileSet(), consts: map[string]string{}, keys: keys}
	var trees []*ast.File
	for name, text := range files {
		tree, err := parser.ParseFile(l.fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return []string{err.Error()}
		}
		trees = append(trees, tree)
		l.constants(tree)
	}
	for _, tree := range trees {
		ast.Inspect(tree, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			if call, ok := e.(*ast.CallExpr); ok {
				l.formatted(call)
				return true
			}
			if sql := l.text(e); isStatement(sql) {
				l.statement(e.Pos(), sql)
				l.built(e)
				return false
			}
			return true
		})
	}
	slices.Sort(l.findings)
	return slices.Compact(l.findings)
}

func (l *statementLint) find(pos token.Pos, format string, args ...any) {
	p := l.fset.Position(pos)
	l.findings = append(l.findings, fmt.Sprintf("%s:%d: ", p.Filename, p.Line)+fmt.Sprintf(format, args...))
}

func (l *statementLint) constants(tree *ast.File) {
	for _, decl := range tree.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			v := spec.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					l.consts[name.Name] = l.text(v.Values[i])
				}
			}
		}
	}
}

// text is what an expression of texts says, with holes where it is not known.
func (l *statementLint) text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, _ := strconv.Unquote(e.Value)
			return s
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return l.text(e.X) + l.text(e.Y)
		}
		return ""
	case *ast.ParenExpr:
		return l.text(e.X)
	case *ast.Ident:
		if s, ok := l.consts[e.Name]; ok {
			return s
		}
		return hole
	case *ast.CallExpr, *ast.SelectorExpr:
		return hole
	}
	return ""
}

var statementStart = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|WHERE|ORDER BY|FROM|SET|CREATE|ALTER|DROP|LOCK|COPY|CALL)\b`)

func isStatement(sql string) bool {
	return statementStart.MatchString(sql) && strings.Contains(sql, " ")
}

// built refuses values that are written into the text.
func (l *statementLint) built(e ast.Expr) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		l.built(e.X)
	case *ast.BinaryExpr:
		l.built(e.X)
		l.built(e.Y)
		if strings.HasSuffix(strings.TrimSuffix(l.text(e.X), hole), "'") && strings.HasPrefix(l.text(e.Y), hole) {
			l.find(e.Pos(), "a value is quoted into the statement")
		}
	case *ast.CallExpr:
		if name := calledName(e); !slices.Contains(mayJoin, name) {
			l.find(e.Pos(), "%s is called inside a statement", name)
		}
	case *ast.SelectorExpr:
		l.find(e.Pos(), "%s stands inside a statement", e.Sel.Name)
	case *ast.Ident:
		if _, ok := l.consts[e.Name]; !ok && !slices.Contains(mayName, e.Name) {
			l.find(e.Pos(), "%s stands inside a statement", e.Name)
		}
	}
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return "a function"
}

// formatted refuses a statement that is the pattern of Sprintf and its like.
func (l *statementLint) formatted(call *ast.CallExpr) {
	name := calledName(call)
	if !strings.HasSuffix(name, "f") {
		return
	}
	for _, arg := range call.Args {
		if sql := l.text(arg); isStatement(sql) && strings.Contains(sql, "%") {
			l.find(call.Pos(), "a statement is the pattern of %s", name)
		}
	}
}

var (
	lockClause   = regexp.MustCompile(`\bFOR (UPDATE|NO KEY UPDATE|SHARE|KEY SHARE)\b`)
	fromTable    = regexp.MustCompile(`\bFROM (\w+)`)
	insertInto   = regexp.MustCompile(`INSERT INTO (\w+)`)
	conflictSet  = regexp.MustCompile(`(?s)ON CONFLICT.*?DO UPDATE SET (.*?)(\bWHERE\b|\bRETURNING\b|$)`)
	updateSet    = regexp.MustCompile(`(?s)^\s*UPDATE (\w+) SET (.*?)(\bWHERE\b|$)`)
	refusedWords = map[string]*regexp.Regexp{
		"takes numbers from a sequence": regexp.MustCompile(`(?i)\b(nextval|currval|setval|lastval)\b`),
		"uses an advisory lock":         regexp.MustCompile(`(?i)advisory`),
		"skips locked rows":             regexp.MustCompile(`(?i)\bSKIP LOCKED\b`),
		"takes the database's clock":    regexp.MustCompile(`(?i)\b(now\(\)|CURRENT_TIMESTAMP|CURRENT_DATE|datetime\()`),
		"takes chance from the engine":  regexp.MustCompile(`(?i)\b(random\(\)|gen_random_uuid)`),
		"locks a table":                 regexp.MustCompile(`^\s*LOCK\b`),
	}
)

func (l *statementLint) statement(pos token.Pos, sql string) {
	for what, words := range refusedWords {
		if words.MatchString(sql) {
			l.find(pos, "%s", what)
		}
	}
	if lockClause.MatchString(sql) {
		table := ""
		if m := fromTable.FindStringSubmatch(sql); m != nil {
			table = m[1]
		}
		if key := l.keys[table]; key == "" || !regexp.MustCompile(`\b`+key+` = \$\d`).MatchString(sql) {
			l.find(pos, "locks rows without the shard key")
		}
	}
	if into, set := insertInto.FindStringSubmatch(sql), conflictSet.FindStringSubmatch(sql); into != nil && set != nil && l.sets(into[1], set[1]) {
		l.find(pos, "ON CONFLICT changes the shard key of %s", into[1])
	}
	if m := updateSet.FindStringSubmatch(sql); m != nil && l.sets(m[1], m[2]) {
		l.find(pos, "changes the shard key of %s", m[1])
	}
}

func (l *statementLint) sets(table, clause string) bool {
	key := l.keys[table]
	return key != "" && regexp.MustCompile(`(^|,|\()\s*`+key+`\s*(=|,|\))`).MatchString(clause)
}

func shardKeys() map[string]string {
	keys := map[string]string{}
	for _, p := range store.ShardKey {
		table, _, key, _ := p.Parts()
		keys[table] = key
	}
	return keys
}

func TestStatementsServeEveryEngine(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	for _, f := range lintStatements(files, shardKeys()) {
		t.Error(f)
	}
}

func TestStatementLintOnBadStatements(t *testing.T) {
	const head = "package store\n\nconst columns = `a, b`\n\nfunc f(tx *Tx, q struct{ Name string }, where, name string, ids []string) {\n"
	for body, want := range map[string][]string{
		"g(`SELECT ` + columns + ` FROM worker WHERE worker_id IN (` + marks(1, len(ids)) + `)`)":                      nil,
		"g(`SELECT a FROM worker ` + where)":                                                                           nil,
		"g(`SELECT 1 FROM event WHERE subject_id = $1 AND seq = 1 FOR UPDATE`)":                                        nil,
		"g(`INSERT INTO lease (name, owner) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET owner = excluded.owner`)": nil,
		"g(`UPDATE nik_index SET worker_id = $2 WHERE nik_hmac = $1`)":                                                 nil,
		"panic(`update the office first`)":                                                                             nil,
		"g(`SELECT a FROM worker WHERE office_id = $1 FOR UPDATE`)":                                                    {"locks rows without the shard key"},
		"g(`SELECT a FROM event_pending ORDER BY seq LIMIT 5 FOR UPDATE SKIP LOCKED`)":                                 {"locks rows without the shard key", "skips locked rows"},
		"g(`SELECT nextval('x')`)":                                                                                     {"takes numbers from a sequence"},
		"g(`SELECT pg_advisory_xact_lock($1)`)":                                                                        {"uses an advisory lock"},
		"g(`INSERT INTO lease (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET owner = $2, name = excluded.name`)":  {"ON CONFLICT changes the shard key of lease"},
		"g(`UPDATE worker SET name = $2, worker_id = $3 WHERE worker_id = $1`)":                                        {"changes the shard key of worker"},
		"g(`SELECT a FROM worker WHERE name = '` + name + `'`)":                                                        {"a value is quoted into the statement", "name stands inside a statement"},
		"g(`SELECT a FROM worker WHERE name = ` + q.Name)":                                                             {"Name stands inside a statement"},
		"g(`SELECT a FROM worker WHERE name = ` + quote(name))":                                                        {"quote is called inside a statement"},
		"g(fmt.Sprintf(`SELECT a FROM worker WHERE name = '%s'`, name))":                                               {"a statement is the pattern of Sprintf"},
		"g(`DELETE FROM session WHERE expires_at < now()`)":                                                            {"takes the database's clock"},
		"g(`LOCK TABLE worker IN EXCLUSIVE MODE`)":                                                                     {"locks a table"},
	} {
		var got []string
		for _, f := range lintStatements(map[string]string{"bad.go": head + body + "\n}\n"}, shardKeys()) {
			got = append(got, strings.TrimPrefix(f, "bad.go:6: "))
		}
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", body, d)
		}
	}
}
