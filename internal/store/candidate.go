package store

import (
	"jaring/internal/jaring"
)

// Candidate is what the match indexes hold of a person: enough to rule most out.
type Candidate struct {
	ID        jaring.WorkerID
	NameFold  string
	BirthDate jaring.Day
	Sex       jaring.Sex
}

// FindCandidates gives persons who share one of the blocking keys. An empty key finds
// nobody. Who shares two keys comes twice.
func (tx *Tx) FindCandidates(n, r, y string) (out []Candidate, err error) {
	for i, key := range [...]string{n, r, y} {
		if key == "" {
			continue
		}
		err := tx.each(candidateQueries[i], []any{key}, func(row rows) error {
			var c Candidate
			var birth string
			if err := row.Scan(&c.ID, &birth, &c.Sex, &c.NameFold); err != nil {
				return err
			}
			err := c.BirthDate.UnmarshalText([]byte(birth))
			out = append(out, c)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// One key brings 100 persons at most. The limit stands in the text: SQLite prepares a statement
// anew for each value of a bound one.
var candidateQueries = [...]string{
	`SELECT worker_id, birth_date, sex, name_fold FROM worker WHERE match_n = $1 LIMIT 100`,
	`SELECT worker_id, birth_date, sex, name_fold FROM worker WHERE match_r = $1 LIMIT 100`,
	`SELECT worker_id, birth_date, sex, name_fold FROM worker WHERE match_y = $1 LIMIT 100`,
}
