package store

import (
	"cmp"
	"slices"
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

// place is where a person stands in a page's order.
type place struct {
	id   jaring.WorkerID
	name string
}

// fewOffices are asked one by one, each from its own index; more of them are so much of the book
// that walking it all is quicker.
const fewOffices = 32

// FindWorkers gives a page: newest first, or in the order of names when a name is asked.
func (tx *Tx) FindWorkers(q WorkerQuery) ([]*WorkerRecord, error) {
	var found []place
	var err error
	switch {
	case q.Agent != "":
		found, err = tx.placesIn(q, `agent_id = ?`, string(q.Agent))
	case len(q.Offices) <= fewOffices:
		for _, office := range q.Offices {
			some, err := tx.placesIn(q, `office_id = ?`, string(office))
			if err != nil {
				return nil, err
			}
			found = append(found, some...)
		}
	default:
		column := "office_id"
		if tx.dialect == SQLite {
			column = "+office_id" // not by the office's index: the order of the page comes first
		}
		found, err = tx.placesIn(q, column+` IN (`+strings.TrimSuffix(strings.Repeat("?,", len(q.Offices)), ",")+`)`, texts(q.Offices)...)
	}
	if err != nil {
		return nil, err
	}
	return tx.inOrder(found, q.Name != "", q.Limit)
}

// placesIn gives the first places of a page within one part of the book.
func (tx *Tx) placesIn(q WorkerQuery, where string, args ...any) (out []place, err error) {
	put := func(text string, values ...any) {
		where += " AND " + text
		args = append(args, values...)
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
	text := `SELECT worker_id, name_fold FROM worker WHERE ` + where + ` ORDER BY ` + order + ` LIMIT ?`
	for n := 1; strings.Contains(text, "?"); n++ {
		text = strings.Replace(text, "?", marks(n, 1), 1)
	}
	err = tx.each(text, args, func(r rows) error {
		var p place
		err := r.Scan(&p.id, &p.name)
		out = append(out, p)
		return err
	})
	return out, err
}

// inOrder sorts places, reads the first of them and gives them in that order.
func (tx *Tx) inOrder(found []place, byName bool, limit int) ([]*WorkerRecord, error) {
	slices.SortFunc(found, func(a, b place) int {
		if byName {
			return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
		}
		return cmp.Compare(b.id, a.id)
	})
	found = found[:min(len(found), limit)]
	at := make(map[jaring.WorkerID]int, len(found))
	ids := make([]jaring.WorkerID, len(found))
	for i, p := range found {
		at[p.id], ids[i] = i, p.id
	}
	ws, err := tx.GetWorkers(ids)
	slices.SortFunc(ws, func(a, b *WorkerRecord) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return ws, err
}

// wordWindow is how many of the newest records of a part of the book a search for a word in the middle
// of a name reads.
const wordWindow = "5000"

// FindWorkersByWord finds persons whose folded name holds a later word beginning so, among the
// newest records of the actor's reach.
func (tx *Tx) FindWorkersByWord(q WorkerQuery) ([]*WorkerRecord, error) {
	parts, column := texts(q.Offices), "office_id"
	if q.Agent != "" {
		parts, column = []any{string(q.Agent)}, "agent_id"
	}
	var found []place
	for _, part := range parts[:min(len(parts), fewOffices)] {
		err := tx.each(`SELECT worker_id, name_fold FROM (SELECT worker_id, name_fold, status FROM worker WHERE `+column+` = $1 ORDER BY worker_id DESC LIMIT `+wordWindow+`) AS newest
			WHERE name_fold LIKE $2 ESCAPE '!' AND ($3 = '' OR status = $3)`, []any{part, "% " + likeEscape(q.Name) + "%", string(q.Standing)}, func(r rows) error {
			var p place
			err := r.Scan(&p.id, &p.name)
			found = append(found, p)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return tx.inOrder(found, true, q.Limit)
}

func likeEscape(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

// WorkerByNumber gives the person a registration number or a KPJ belongs to, empty for nobody.
func (tx *Tx) WorkerByNumber(registration jaring.RegistrationNo, kpj string) (id jaring.WorkerID, err error) {
	err = tx.each(`SELECT worker_id FROM registration_index WHERE registration_no = $1
		UNION SELECT worker_id FROM kpj_index WHERE kpj = $2`, []any{string(registration), kpj}, func(r rows) error {
		return r.Scan(&id)
	})
	return id, err
}
