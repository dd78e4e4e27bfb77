package app

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// EmployerRow is an employer as lists show it.
type EmployerRow struct {
	*store.EmployerRecord
	OfficeName string
	Working    int // people who work there now
	Protected  int // of them
	Waits      int // bills that wait to be paid, on lists
}

// EmployerPerson is one stay with an employer.
type EmployerPerson struct {
	*store.EmploymentRecord
	Worker  *store.WorkerRecord
	WageNow jaring.Rupiah // a month, by the last word
}

// EmployerView is an employer's page.
type EmployerView struct {
	EmployerRow
	OpenBills int              // that wait to be paid
	Open      jaring.Rupiah    // on them
	Programs  jaring.Programs  // of its workers this month
	People    []EmployerPerson // who works there now by name, then who left
	MayChange bool
}

// EmployerQuery asks for a page of employers.
type EmployerQuery struct {
	Text   string // a part of the name
	Kind   jaring.EmployerKind
	Cursor string
}

// FindEmployers gives the employers of the actor's offices, an agent those that he registered, by name, behind a cursor. Errors: error.forbidden,
// cursor.malformed, employer.kind_unknown.
func (a *App) FindEmployers(ctx context.Context, actor jaring.Actor, q EmployerQuery) (rows []*EmployerRow, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActFindEmployer, "")
	if err != nil {
		return nil, "", err
	}
	if q.Kind != "" && !slices.Contains(jaring.EmployerKinds, q.Kind) {
		return nil, "", jaring.NewError(jaring.Invalid, "employer.kind_unknown").At("kind")
	}
	sq := store.EmployerQuery{Offices: offices, Name: match.FoldName(q.Text), Kind: q.Kind, Limit: DefaultPage}
	if actor.Role == jaring.RoleAgent {
		sq.MadeBy = actor.Account
	}
	if err := OpenCursor(q.Cursor, &sq.After); err != nil || sq.After.ID != "" && !jaring.IsUUID(sq.After.ID) {
		return nil, "", BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindEmployers(sq)
		for _, e := range found {
			if err != nil {
				return err
			}
			row := &EmployerRow{EmployerRecord: e}
			rows = append(rows, row)
			if _, err = countEmployer(tx, row); err == nil {
				row.Waits, err = waiting(tx, e.ID)
			}
		}
		return err
	})
	for _, r := range rows {
		r.OfficeName = a.OfficeName(ctx, r.Office)
	}
	if len(rows) == DefaultPage {
		last := rows[len(rows)-1]
		next = CloseCursor(store.EmployerCursor{NameFold: last.NameFold, ID: string(last.ID)})
	}
	return rows, next, err
}

// waiting counts an employer's bills that wait.
func waiting(tx *store.Tx, id jaring.EmployerID) (n int, err error) {
	bills, err := tx.FindEmployerBills(id)
	for _, b := range bills {
		if b.State == "waiting" {
			n++
		}
	}
	return n, err
}

// countEmployer counts who works for an employer, and who of them is protected.
func countEmployer(tx *store.Tx, row *EmployerRow) ([]*store.EmploymentRecord, error) {
	stays, err := tx.FindEmployments(row.ID)
	if err != nil {
		return nil, err
	}
	var ids []jaring.WorkerID
	for _, s := range stays {
		if s.To == 0 {
			ids = append(ids, s.Worker)
		}
	}
	standings, err := tx.StandingsOf(ids)
	row.Working, row.Protected = len(ids), 0
	for _, s := range standings {
		if s == jaring.StandingProtected {
			row.Protected++
		}
	}
	return stays, err
}

// GetEmployer gives an employer's page. Errors: employer.unknown, error.forbidden.
func (a *App) GetEmployer(ctx context.Context, actor jaring.Actor, id string) (*EmployerView, error) {
	e, err := a.employerFor(ctx, actor, jaring.ActFindEmployer, id)
	if err != nil {
		return nil, err
	}
	v := &EmployerView{EmployerRow: EmployerRow{EmployerRecord: e, OfficeName: a.OfficeName(ctx, e.Office)}}
	v.MayChange = actor.May(jaring.ActManageEmployer, scopeOfEmployer(e)) == nil
	if v.Programs, _, err = a.EmployerPrograms(&e.Employer, Today(actor, a.Now()).Month()); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		stays, err := countEmployer(tx, &v.EmployerRow)
		if err != nil {
			return err
		}
		if v.People, err = staying(tx, stays); err != nil {
			return err
		}
		if err := v.earns(tx); err != nil {
			return err
		}
		bills, err := tx.FindEmployerBills(e.ID)
		for _, b := range bills {
			if b.State == "waiting" {
				v.OpenBills, v.Open = v.OpenBills+1, v.Open+b.Amount+b.Penalty
			}
		}
		return err
	})
	return v, err
}

// earns puts the last word about wages beside people.
func (v *EmployerView) earns(tx *store.Tx) error {
	wages, err := tx.FindWages(v.ID)
	last := map[jaring.MembershipID]jaring.Rupiah{}
	for _, w := range wages { // month by month
		last[w.Membership] = w.Wage
	}
	for i := range v.People {
		p := &v.People[i]
		if p.WageNow = p.Wage; last[p.Membership] != 0 {
			p.WageNow = last[p.Membership]
		}
	}
	return err
}

// staying puts persons beside their stays: who works there now by name, then who left.
func staying(tx *store.Tx, stays []*store.EmploymentRecord) (people []EmployerPerson, err error) {
	ids := make([]jaring.WorkerID, len(stays))
	for i, s := range stays {
		ids[i] = s.Worker
	}
	workers, err := workersBy(tx, ids)
	for _, s := range stays {
		if w := workers[s.Worker]; w != nil {
			people = append(people, EmployerPerson{EmploymentRecord: s, Worker: w})
		}
	}
	slices.SortFunc(people, func(x, y EmployerPerson) int {
		return cmp.Or(cmp.Compare(min(x.To, 1), min(y.To, 1)), cmp.Compare(x.Worker.NameFold, y.Worker.NameFold), cmp.Compare(x.Membership, y.Membership))
	})
	return people, err
}

// workersBy reads persons by their ids.
func workersBy(tx *store.Tx, ids []jaring.WorkerID) (map[jaring.WorkerID]*store.WorkerRecord, error) {
	out := map[jaring.WorkerID]*store.WorkerRecord{}
	for some := range slices.Chunk(ids, 200) {
		found, err := tx.GetWorkers(some)
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			out[w.ID] = w
		}
	}
	return out, nil
}

// EmployersOf counts what the officials of an area's village governments are: who works for them, and who of them is
// protected.
func (a *App) EmployersOf(ctx context.Context, area string, kind jaring.EmployerKind) (rows []*EmployerRow, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.EmployersOfArea(area, kind)
		for _, e := range found {
			if err != nil {
				return err
			}
			row := &EmployerRow{EmployerRecord: e}
			_, err = countEmployer(tx, row)
			rows = append(rows, row)
		}
		return err
	})
	return rows, err
}
