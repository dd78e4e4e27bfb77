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

// KeyedCandidate is a candidate with the key by which it was found.
type KeyedCandidate struct {
	Candidate
	Key string
}

// EachCandidate gives persons who have one of many blocking keys of one kind: n, r or y.
func (tx *Tx) EachCandidate(kind byte, keys []string, f func(KeyedCandidate)) error {
	column := "match_" + string(rune(kind))
	return tx.each(`SELECT worker_id, birth_date, sex, name_fold, `+column+` FROM worker WHERE `+column+` IN (`+marks(1, len(keys))+`) LIMIT 20000`, texts(keys), func(row rows) error {
		var c KeyedCandidate
		var birth string
		if err := row.Scan(&c.ID, &birth, &c.Sex, &c.NameFold, &c.Key); err != nil {
			return err
		}
		err := c.BirthDate.UnmarshalText([]byte(birth))
		f(c)
		return err
	})
}
