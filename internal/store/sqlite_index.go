package store

// IndexesLater runs f while tables are without their indexes, and makes them anew behind it, in the same transaction:
// sorting a million keys once costs less than finding the place of each, and writes each page once. Readers keep what
// is committed. On PostgreSQL, where this would lock them out, f runs as it is.
func (tx *Tx) IndexesLater(f func() error, tables ...string) error {
	if tx.dialect != SQLite {
		return f()
	}
	var anew []string
	for _, table := range tables {
		drop, make, err := tx.indexesOf(table)
		if err != nil {
			return err
		}
		for _, text := range drop {
			if _, err := tx.exec(text); err != nil {
				return err
			}
		}
		anew = append(anew, make...)
	}
	if err := f(); err != nil {
		return err
	}
	for _, text := range anew {
		if _, err := tx.exec(text); err != nil {
			return err
		}
	}
	return nil
}

// indexesOf gives what drops the indexes of a table that migrations made, and what makes them again.
func (tx *Tx) indexesOf(table string) (drop, make []string, err error) {
	err = tx.each(`SELECT 'DROP INDEX ' || name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name`, []any{table}, func(r rows) error {
		var dropped, made string
		err := r.Scan(&dropped, &made)
		drop, make = append(drop, dropped), append(make, made)
		return err
	})
	return drop, make, err
}
