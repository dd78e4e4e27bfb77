package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// Agreements and lists as the doors read them.
type (
	AgreementRow = store.AgreementRecord
	RosterRow    = store.RosterRecord
)

// RosterView is a list's page.
type RosterView struct {
	*store.RosterRecord
	Payer        *store.SponsorRecord
	Pact         *store.AgreementRecord
	OfficeName   string
	HandNames    []string
	ApproverName string
	MayApprove   error // nil when the actor may and it can be approved now
}

// GetRoster gives a list's page. Errors: roster.unknown, error.forbidden.
func (a *App) GetRoster(ctx context.Context, actor jaring.Actor, id string) (*RosterView, error) {
	r, err := a.rosterFor(ctx, actor, jaring.ActFindSponsor, id)
	if err != nil {
		return nil, err
	}
	v := &RosterView{RosterRecord: r, OfficeName: a.OfficeName(ctx, r.Office), MayApprove: actor.May(jaring.ActApproveSponsor, jaring.Scope{Office: r.Office})}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if v.Payer, err = tx.GetSponsor(r.Sponsor); err != nil {
			return err
		}
		v.Pact, err = tx.GetAgreement(r.Sponsor, r.Agreement)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, hand := range r.Hands {
		v.HandNames = append(v.HandNames, a.AccountName(ctx, hand))
	}
	if r.ApprovedBy != "" {
		v.ApproverName = a.AccountName(ctx, r.ApprovedBy)
	}
	if v.MayApprove == nil {
		v.MayApprove = a.mayApprove(ctx, r, nil)
	}
	if v.MayApprove == nil {
		v.MayApprove = a.secondPerson(ctx, actor, r.Hands)
	}
	return v, nil
}

// rosterPage is how many findings or people one page has.
const rosterPage = 100

// rowPlace is a place in the findings of a list.
type rowPlace struct {
	Row   int `json:"r"`
	Place int `json:"p"`
}

// FindRosterFindings gives what there is to say of a list's rows, in their order, behind a cursor; verdict may be
// reject, hold or warn, empty for all. Errors: roster.unknown, cursor.malformed, error.forbidden.
func (a *App) FindRosterFindings(ctx context.Context, actor jaring.Actor, id, verdict, cursor string) (list []store.RosterFinding, next string, err error) {
	if _, err := a.rosterFor(ctx, actor, jaring.ActFindSponsor, id); err != nil {
		return nil, "", err
	}
	after := rowPlace{Row: -1}
	if err := OpenCursor(cursor, &after); err != nil {
		return nil, "", err
	}
	var only *jaring.Verdict
	for _, v := range []jaring.Verdict{jaring.Reject, jaring.Hold, jaring.Warn} {
		if v.String() == verdict {
			only = &v
		}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.FindRosterFindings(id, only, after.Row, after.Place, rosterPage)
		return err
	})
	if len(list) == rosterPage {
		last := list[len(list)-1]
		next = CloseCursor(rowPlace{last.Row, last.Place})
	}
	return list, next, err
}

// Said is a kept finding as the judge said it.
func Said(f store.RosterFinding) roster.Finding {
	return roster.Finding{Row: f.Row, Finding: f.Finding, Mendable: f.Mendable, Suggestion: roster.Suggestion{Value: f.Suggested.Value, Key: f.Suggested.Key, Args: f.Suggested.Args}}
}

// RosterPerson is somebody for whom a list pays.
type RosterPerson struct {
	store.Sponsorship
	Worker *store.WorkerRecord
}

// FindRosterPeople gives the people of an enrolled list, behind a cursor. Errors: roster.unknown, cursor.malformed,
// error.forbidden.
func (a *App) FindRosterPeople(ctx context.Context, actor jaring.Actor, id, cursor string) (list []RosterPerson, next string, err error) {
	if _, err := a.rosterFor(ctx, actor, jaring.ActFindSponsor, id); err != nil {
		return nil, "", err
	}
	var after struct {
		Worker jaring.WorkerID `json:"w"`
	}
	if err := OpenCursor(cursor, &after); err != nil || after.Worker != "" && !jaring.IsUUID(string(after.Worker)) {
		return nil, "", badCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindSponsorships(id, after.Worker, rosterPage)
		if err != nil {
			return err
		}
		list = list[:0]
		ids := make([]jaring.WorkerID, len(found))
		for i, s := range found {
			ids[i] = s.Worker
			list = append(list, RosterPerson{Sponsorship: s})
		}
		workers, err := tx.GetWorkers(ids)
		byID := map[jaring.WorkerID]*store.WorkerRecord{}
		for _, w := range workers {
			byID[w.ID] = w
		}
		for i := range list {
			list[i].Worker = byID[list[i].Sponsorship.Worker]
		}
		return err
	})
	if len(list) == rosterPage {
		after.Worker = list[len(list)-1].Sponsorship.Worker
		next = CloseCursor(after)
	}
	return list, next, err
}

// RosterSource is a list's file with the judge that judges it as it was judged, to write the findings back into it.
type RosterSource struct {
	Name  string
	File  []byte
	Judge *roster.Judge
}

// GetRosterSource opens the file of a list for whoever may mend it, and writes down who did: all NIK stand in it. Errors: roster.unknown, roster.file_gone,
// error.forbidden.
func (a *App) GetRosterSource(ctx context.Context, actor jaring.Actor, id string) (*RosterSource, error) {
	r, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id)
	if err != nil {
		return nil, err
	}
	j, terms, err := a.newJudging(ctx, r)
	if err != nil {
		return nil, err
	}
	file, err := a.rosterFile(ctx, r, j.key)
	if err == nil && len(file) == 0 {
		err = jaring.NewError(jaring.NotFound, "roster.file_gone")
	}
	if err != nil {
		return nil, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		return a.tellOfRoster(tx, actor, r, jaring.RosterOpened, jaring.Facts{Other: r.Agreement})
	})
	return &RosterSource{r.FileName, file, roster.NewJudge(terms, a.Areas, j.on)}, err
}
