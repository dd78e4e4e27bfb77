package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// PersonOf is a record as the room match compares it. Without a home village the
// place of registration tells the regency.
func PersonOf(w *store.WorkerRecord) match.Person {
	home := w.Village
	if home == "" {
		home = w.Area
	}
	return match.Person{Ref: string(w.ID), Name: w.Name, NameFold: w.NameFold, BirthDate: w.BirthDate, Sex: w.Sex, Village: w.Village, Regency: regencyOf(home),
		Phone: w.Phone, MotherKey: string(w.MotherKey), Occupation: w.Occupation}
}

func regencyOf(code string) string {
	const length = len("15.71")
	if len(code) < length {
		return ""
	}
	return code[:length]
}

// compare looks for the same person under another NIK and decides whether a second
// look is due: for that, and for findings that nobody confirmed at the stall.
func (a *App) compare(ctx context.Context, e *entry, confirmed []string) error {
	w := &e.worker
	due := jaring.Judge(w.Findings, confirmed) >= jaring.Hold
	reasons := append([]jaring.Finding(nil), w.Findings...)
	candidate, err := a.findSame(ctx, w)
	if err != nil {
		return err
	}
	if candidate != "" {
		due = true
		reasons = append(reasons, jaring.Finding{Verdict: jaring.Hold, Key: "worker.maybe_same", Field: "name"})
	}
	if due {
		e.review = &store.ReviewRecord{ID: jaring.ReviewID(NewID()), Worker: w.ID, State: "open", Reasons: reasons, Candidate: candidate,
			Office: w.Office, OpenedAt: w.RegisteredAt}
	}
	return nil
}

// findSame gives the person who is probably the same, empty for nobody: most candidates
// are ruled out by what the indexes hold, the rest is read and weighed.
func (a *App) findSame(ctx context.Context, w *store.WorkerRecord) (same jaring.WorkerID, err error) {
	me := PersonOf(w).Prepared()
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		candidates, err := tx.FindCandidates(w.MatchN, w.MatchR, w.MatchY)
		if err != nil {
			return err
		}
		var ids []jaring.WorkerID
		for _, c := range candidates {
			light := match.Person{Name: c.NameFold, NameFold: c.NameFold, BirthDate: c.BirthDate, Sex: c.Sex}
			if c.ID != w.ID && !slices.Contains(ids, c.ID) && match.Possible(me, light) {
				ids = append(ids, c.ID)
			}
		}
		found, err := tx.GetWorkers(ids)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(f *store.WorkerRecord) bool {
			return f.State != jaring.WorkerActive && f.State != jaring.WorkerReview
		})
		persons := make([]match.Person, len(found))
		for i, f := range found {
			persons[i] = PersonOf(f)
		}
		if v := match.Decide(me, persons); v.Answer != match.Different {
			same = found[v.Candidate].ID
		}
		return nil
	})
	return same, err
}
