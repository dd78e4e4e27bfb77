package sponsor

import (
	"context"
	"io"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// Agreements and lists as the doors read them.
type (
	AgreementRow = store.AgreementRecord
	RosterRow    = store.RosterRecord
	Collision    = store.Collision
	FoundKind    = store.FoundKind
	RowFinding   = roster.Finding
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
func (a *Sponsors) GetRoster(ctx context.Context, actor jaring.Actor, id string) (*RosterView, error) {
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

// FindingsAsked says which findings of a list are wanted.
type FindingsAsked struct {
	Verdict string // reject, hold or warn; empty for all
	Code    string // with Field, of one kind; empty for all
	Field   string
	Cursor  string
}

// RosterFinding is what there is to say of a row, with whose row it is and what can be done about it.
type RosterFinding struct {
	store.RosterFinding
	Name    string   // as the list writes it
	NIK     string   // masked
	Take    string   // what the suggestion comes to; masked where it is a NIK, empty where nothing can be taken
	Choices []string // values of which one is right
	Accept  bool     // waits for a second look, or stops the whole file, and may be accepted
	Mended  bool     // something stands beside the row
}

// FindRosterFindings gives what there is to say of a list's rows, in their order, behind a cursor.
// Errors: roster.unknown, cursor.malformed, error.forbidden.
func (a *Sponsors) FindRosterFindings(ctx context.Context, actor jaring.Actor, id string, ask FindingsAsked) (list []RosterFinding, next string, err error) {
	r, err := a.rosterFor(ctx, actor, jaring.ActFindSponsor, id)
	if err != nil {
		return nil, "", err
	}
	after := rowPlace{Row: -1}
	if err := app.OpenCursor(ask.Cursor, &after); err != nil {
		return nil, "", err
	}
	q := store.FindingQuery{Code: ask.Code, Field: ask.Field, Row: after.Row, Place: after.Place, Limit: rosterPage}
	for _, v := range []jaring.Verdict{jaring.Reject, jaring.Hold, jaring.Warn} {
		if v.String() == ask.Verdict {
			q.Verdict = &v
		}
	}
	var found []store.RosterFinding
	var mended map[int]bool
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if found, err = tx.FindRosterFindings(id, q); err == nil && len(found) > 0 {
			mended, err = tx.MendedRows(id, found[0].Row, found[len(found)-1].Row)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if list, err = a.shown(ctx, r, found, mended); err == nil && len(found) == rosterPage {
		last := found[len(found)-1]
		next = app.CloseCursor(rowPlace{last.Row, last.Place})
	}
	return list, next, err
}

// shown adds to findings whose rows they are.
func (a *Sponsors) shown(ctx context.Context, r *store.RosterRecord, found []store.RosterFinding, mended map[int]bool) ([]RosterFinding, error) {
	key, err := a.rosterKey(r)
	if err != nil {
		return nil, err
	}
	rows, err := a.keptRows(ctx, r, key, found)
	if err != nil {
		return nil, err
	}
	list := make([]RosterFinding, len(found))
	for i, f := range found {
		said := Said(f)
		v := RosterFinding{RosterFinding: f, Choices: roster.Options(said), Mended: mended[f.Row]}
		v.Accept = f.Verdict == jaring.Hold || f.Verdict == jaring.Reject && slices.Contains(r.Sums.Stops, f.Key)
		if row := rows[f.Row]; row != nil {
			v.Name, v.NIK = row.Who(), row.Masked()
			if field, text, ok := roster.Offer(row, said); ok {
				if v.Take = text; field == roster.NIK {
					v.Take = roster.MaskNIK(text)
				}
			}
		}
		list[i] = v
	}
	return list, nil
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
func (a *Sponsors) FindRosterPeople(ctx context.Context, actor jaring.Actor, id, cursor string) (list []RosterPerson, next string, err error) {
	if _, err := a.rosterFor(ctx, actor, jaring.ActFindSponsor, id); err != nil {
		return nil, "", err
	}
	var after struct {
		Worker jaring.WorkerID `json:"w"`
	}
	if err := app.OpenCursor(cursor, &after); err != nil || after.Worker != "" && !jaring.IsUUID(string(after.Worker)) {
		return nil, "", app.BadCursor()
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
		next = app.CloseCursor(after)
	}
	return list, next, err
}

// RosterSource is a list's file with what was said and mended of it, to write that back into it.
type RosterSource struct {
	Name  string
	File  *io.SectionReader
	Mends map[int]roster.Mend
	Each  func(tell func(roster.Finding) error) error // what is kept of the judging, the book's findings too
}

// GetRosterSource opens the file of a list for whoever may mend it, and writes down who did: all NIK stand in it. Errors: roster.unknown, roster.file_gone,
// error.forbidden.
func (a *Sponsors) GetRosterSource(ctx context.Context, actor jaring.Actor, id string) (*RosterSource, error) {
	r, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id)
	if err != nil {
		return nil, err
	}
	key, err := a.rosterKey(r)
	if err != nil {
		return nil, err
	}
	out := &RosterSource{Name: r.FileName, Each: func(tell func(roster.Finding) error) error { return a.eachFinding(ctx, id, tell) }}
	if out.Mends, err = a.mendsOf(ctx, r, key); err != nil {
		return nil, err
	}
	if out.File, err = a.rosterFile(ctx, r, key); err != nil {
		return nil, err
	}
	return out, a.DB.Write(ctx, func(tx *store.Tx) error {
		return a.tellOfRoster(tx, actor, r, jaring.RosterOpened, jaring.Facts{Other: r.Agreement})
	})
}

// eachFinding tells all that is kept of a list's judging, row by row.
func (a *Sponsors) eachFinding(ctx context.Context, id string, tell func(roster.Finding) error) error {
	q := store.FindingQuery{Row: -1, Limit: judgeChunk}
	for {
		var found []store.RosterFinding
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			found, err = tx.FindRosterFindings(id, q)
			return err
		})
		if err != nil || len(found) == 0 {
			return err
		}
		for _, f := range found {
			q.Row, q.Place = f.Row, f.Place
			if err := tell(Said(f)); err != nil {
				return err
			}
		}
	}
}

// RosterChoices are what an empty list for an agreement offers. Errors: sponsor.unknown, agreement.unknown,
// error.forbidden.
func (a *Sponsors) RosterChoices(ctx context.Context, actor jaring.Actor, sponsor, agreement string) (roster.Choices, error) {
	_, g, err := a.agreementFor(ctx, actor, jaring.ActFindSponsor, sponsor, agreement)
	if err != nil {
		return roster.Choices{}, err
	}
	terms := termsOf(g.Agreement, 0)
	return terms.Choices(a.Areas), nil
}
