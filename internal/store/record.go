package store

// Statement is one statement with its values, as benchmarks replay it.
type Statement struct {
	SQL  string
	Args []any
}

// Record runs f on a transaction that writes down its statements instead of doing them; each claims to have changed
// one row and every query finds nothing. It shows what an act would do to an empty
// database, so that the raw engine can be measured with the very same rows.
func Record(d Dialect, f func(*Tx) error) ([]Statement, error) {
	r := &recorder{}
	err := f(&Tx{conn: r, dialect: d})
	return r.statements, err
}

type recorder struct{ statements []Statement }

func (r *recorder) exec(sql string, args ...any) (int64, error) {
	r.statements = append(r.statements, Statement{sql, args})
	return 1, nil
}

func (r *recorder) execMany(stmts []statement) ([]int64, error) {
	out := make([]int64, len(stmts))
	for i, s := range stmts {
		out[i], _ = r.exec(s.sql, s.args...)
	}
	return out, nil
}

func (r *recorder) query(string, ...any) (rows, error) { return noRows{}, nil }

func (r *recorder) queue(sql string, args ...any) error {
	_, err := r.exec(sql, args...)
	return err
}

func (r *recorder) copyIn(string, []string, func() ([]any, error)) (int64, error) { return 0, nil }

type noRows struct{}

func (noRows) Next() bool        { return false }
func (noRows) Scan(...any) error { return nil }
func (noRows) Err() error        { return nil }
func (noRows) Close() error      { return nil }
