package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// personOf is a record as the room match compares it. Without a home village the
// place of registration tells the regency.
func personOf(w *store.WorkerRecord) match.Person {
	home := w.Village
	if home == "" {
		home = w.Area
	}
	return match.Person{Ref: string(w.ID), Name: w.Name, BirthDate: w.BirthDate, Sex: w.Sex, Village: w.Village, Regency: regencyOf(home),
		Phone: w.Phone, MotherKey: string(w.MotherKey), Occupation: w.Occupation}
}

func regencyOf(code string) string {
	const length = len("15.71")
	if len(code) < length {
		return ""
	}
	return code[:length]
}

// candidateLimit bounds how many records one blocking key may bring.
const candidateLimit = 50

// compare looks for the same person under another NIK and decides whether a second
// look is due: for that, and for findings that nobody confirmed at the stall.
func (a *App) compare(ctx context.Context, e *entry, confirmed []string) error {
	w := &e.worker
	reasons := append([]jaring.Finding(nil), w.Findings...)
	due := jaring.Judge(w.Findings, confirmed) >= jaring.Hold
	var found []*store.WorkerRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = tx.FindCandidates(w.MatchN, w.MatchR, w.MatchY, candidateLimit)
		return err
	})
	if err != nil {
		return err
	}
	verdict := match.Decide(personOf(w), persons(found))
	var candidate jaring.WorkerID
	if verdict.Answer != match.Different {
		candidate, due = found[verdict.Candidate].ID, true
		reasons = append(reasons, jaring.Finding{Verdict: jaring.Hold, Key: "worker.maybe_same", Field: "name"})
	}
	if due {
		e.review = &store.ReviewRecord{ID: jaring.ReviewID(NewID()), Worker: w.ID, State: "open", Reasons: reasons, Candidate: candidate,
			Office: w.Office, OpenedAt: w.RegisteredAt}
	}
	return nil
}

func persons(ws []*store.WorkerRecord) []match.Person {
	out := make([]match.Person, len(ws))
	for i, w := range ws {
		out[i] = personOf(w)
	}
	return out
}
