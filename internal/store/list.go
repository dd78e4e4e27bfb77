package store

import (
	"strings"

	"jaring/internal/jaring"
)

// WorkerQuery asks for a page of persons. Offices is what the actor reaches; an agent's
// own records are asked by Agent instead.
type WorkerQuery struct {
	Offices  []jaring.OfficeID
	Agent    jaring.AccountID
	Standing jaring.Standing // empty for all
	Name     string          // folded; persons whose folded name starts so
	Before   jaring.WorkerID // keyset cursor; empty from the newest
	After    NameCursor      // keyset cursor of a search by name
	Limit    int
}

// NameCursor is a place in the order of a search by name.
type NameCursor struct {
	NameFold string
	Worker   jaring.WorkerID
}

// FindWorkers gives a page: newest first, or in the order of names when a name is asked.
func (tx *Tx) FindWorkers(q WorkerQuery) ([]*WorkerRecord, error) {
	var where []string
	var args []any
	put := func(text string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			text = strings.Replace(text, "?", mark(len(args)), 1)
		}
		where = append(where, text)
	}
	if q.Agent != "" {
		put("agent_id = ?", string(q.Agent))
	} else {
		put("office_id IN ("+marks(1, len(q.Offices))+")", texts(q.Offices)...)
	}
	if q.Standing != "" {
		put("status = ?", string(q.Standing))
	}
	order := "worker_id DESC"
	if q.Name != "" {
		order = "name_fold, worker_id"
		put("name_fold >= ? AND name_fold < ?", q.Name, q.Name+"\U0010FFFF")
		if q.After.Worker != "" {
			put("(name_fold, worker_id) > (?, ?)", q.After.NameFold, string(q.After.Worker))
		}
	} else if q.Before != "" {
		put("worker_id < ?", string(q.Before))
	}
	args = append(args, int64(q.Limit))
	return tx.workers("WHERE "+strings.Join(where, " AND ")+" ORDER BY "+order+" LIMIT "+mark(len(args)), args...)
}

func mark(n int) string { return marks(n, 1) }

// WorkerByNumber gives the person a registration number or a KPJ belongs to, empty for nobody.
func (tx *Tx) WorkerByNumber(registration jaring.RegistrationNo, kpj string) (id jaring.WorkerID, err error) {
	err = tx.each(`SELECT worker_id FROM registration_index WHERE registration_no = $1
		UNION SELECT worker_id FROM kpj_index WHERE kpj = $2`, []any{string(registration), kpj}, func(r rows) error {
		return r.Scan(&id)
	})
	return id, err
}

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

// SetStandingDue tells until which day a person's standing holds by itself; 0 for ever.
func (tx *Tx) SetStandingDue(id jaring.WorkerID, until jaring.Day) error {
	if until == 0 {
		return tx.queue(`DELETE FROM standing_due WHERE worker_id = $1`, string(id))
	}
	return tx.queue(`INSERT INTO standing_due (worker_id, until) VALUES ($1, $2) ON CONFLICT (worker_id) DO UPDATE SET until = excluded.until`,
		string(id), until.String())
}

// FindOverdue gives persons whose standing ended before day by the calendar alone.
func (tx *Tx) FindOverdue(day jaring.Day, limit int) ([]*WorkerRecord, error) {
	return tx.workers(`WHERE worker_id IN (SELECT worker_id FROM standing_due WHERE until < $1 ORDER BY until LIMIT $2)`, day.String(), int64(limit))
}

// wordWindow is how many of the newest records a search for a word in the middle of a name reads.
const wordWindow = 5000

// FindWorkersByWord finds persons whose folded name holds a word beginning so, among the
// newest records of the actor's reach.
func (tx *Tx) FindWorkersByWord(q WorkerQuery) ([]*WorkerRecord, error) {
	where, args := `agent_id = $1`, []any{string(q.Agent)}
	if q.Agent == "" {
		where, args = `office_id IN (`+marks(1, len(q.Offices))+`)`, texts(q.Offices)
	}
	n := len(args)
	args = append(args, int64(wordWindow), "% "+likeEscape(q.Name)+"%", string(q.Standing), int64(q.Limit))
	return tx.workers(`WHERE worker_id IN (SELECT worker_id FROM (SELECT worker_id, name_fold, status FROM worker WHERE `+where+` ORDER BY worker_id DESC LIMIT `+mark(n+1)+`) AS newest
		WHERE name_fold LIKE `+mark(n+2)+` ESCAPE '!' AND (`+mark(n+3)+` = '' OR status = `+mark(n+3)+`) LIMIT `+mark(n+4)+`) ORDER BY name_fold`, args...)
}

func likeEscape(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}
