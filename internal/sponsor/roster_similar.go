package sponsor

import (
	"context"
	"maps"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// listed is a row of a list on its way to being held against the book.
type listed struct {
	entry  *roster.Entry
	person jaring.Person
	booked *bookedPerson         // whose NIK it is; nil for nobody
	like   jaring.RegistrationNo // of somebody alike under another NIK; empty for nobody
	err    error                 // of the registration
}

// holdAgainst finds of rows that may come along who is in the book already, and who is alike there under another NIK.
// All are asked for together. A row that is rejected is not looked for.
func (a *Sponsors) holdAgainst(ctx context.Context, entries []*roster.Entry, r *store.RosterRecord, on jaring.Day) ([]listed, error) {
	rows := make([]listed, len(entries))
	for i, e := range entries {
		if rows[i].entry = e; e.Verdict != jaring.Reject {
			rows[i].person, rows[i].err = jaring.NewWorker(e.Complete(r.MadeAt), on, a.AreaKnown, a.VillageKnown)
		}
	}
	if err := a.findBooked(ctx, rows); err != nil {
		return nil, err
	}
	return rows, a.findAlike(ctx, rows)
}

// asked is how many rows are asked for in one statement.
const asked = 500

func (a *Sponsors) findBooked(ctx context.Context, rows []listed) error {
	var hashes [][]byte
	at := map[string]int{}
	for i := range rows {
		if e := rows[i].entry; !e.NIK.IsZero() && e.Verdict != jaring.Reject {
			for _, h := range a.Vault.IndexHashes(e.NIK) {
				hashes = append(hashes, h)
				at[string(h)] = i
			}
		}
	}
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		for some := range slices.Chunk(hashes, asked) {
			owners, err := tx.NIKRows(some)
			if err != nil {
				return err
			}
			people, err := a.knownOf(tx, slices.Collect(maps.Values(owners)))
			if err != nil {
				return err
			}
			for h, owner := range owners {
				rows[at[h]].booked = people[owner]
			}
		}
		return nil
	})
}

// findAlike looks for new people as a single registration does (see findSame), for all of them at once.
func (a *Sponsors) findAlike(ctx context.Context, rows []listed) error {
	persons := make([]match.Person, len(rows))
	byKey := map[byte]map[string][]int{'n': {}, 'r': {}, 'y': {}}
	for i := range rows {
		l := &rows[i]
		if l.booked != nil || l.err != nil || l.entry.Verdict == jaring.Reject {
			continue
		}
		w := store.WorkerRecord{Worker: l.person.Worker, NameFold: match.FoldName(l.person.Worker.Name)}
		if l.person.MotherName != "" {
			w.MotherKey = a.Vault.MotherHash(match.FoldName(l.person.MotherName))
		}
		persons[i] = app.PersonOf(&w).Prepared()
		for _, k := range match.Keys(persons[i]) {
			byKey[k[0]][k] = append(byKey[k[0]][k], i)
		}
	}
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		maybe := map[jaring.WorkerID][]int{}
		for kind, keys := range byKey {
			for some := range slices.Chunk(slices.Collect(maps.Keys(keys)), asked) {
				err := tx.EachCandidate(kind, some, func(c store.KeyedCandidate) {
					light := match.Person{Name: c.NameFold, NameFold: c.NameFold, BirthDate: c.BirthDate, Sex: c.Sex}
					for _, i := range keys[c.Key] {
						if !slices.Contains(maybe[c.ID], i) && match.Possible(persons[i], light) {
							maybe[c.ID] = append(maybe[c.ID], i)
						}
					}
				})
				if err != nil {
					return err
				}
			}
		}
		return decideAlike(tx, rows, persons, maybe)
	})
}

// decideAlike weighs those who may be the same.
func decideAlike(tx *store.Tx, rows []listed, persons []match.Person, maybe map[jaring.WorkerID][]int) error {
	candidates := map[int][]*store.WorkerRecord{}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(maybe)), asked) {
		found, err := tx.GetWorkers(some)
		if err != nil {
			return err
		}
		for _, w := range found {
			if w.State == jaring.WorkerActive || w.State == jaring.WorkerReview {
				for _, i := range maybe[w.ID] {
					candidates[i] = append(candidates[i], w)
				}
			}
		}
	}
	for i, found := range candidates {
		them := make([]match.Person, len(found))
		for n, w := range found {
			them[n] = app.PersonOf(w)
		}
		if v := match.Decide(persons[i], them); v.Answer != match.Different {
			rows[i].like = found[v.Candidate].RegistrationNo
		}
	}
	return nil
}
