package sponsor

import (
	"cmp"
	"context"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// judgeChunk is how many rows are held against the book, and kept, at once.
const judgeChunk = 500

// underWay are the states in which a list waits for us.
var underWay = []jaring.RosterState{jaring.RosterReceived, jaring.RosterJudging, jaring.RosterToEnrol, jaring.RosterToStart}

// RostersDue tells whether a list waits to be judged, enrolled or started.
func (a *Sponsors) RostersDue(ctx context.Context) (due bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		waiting, err := tx.RostersIn(underWay, 1)
		due = len(waiting) > 0
		return err
	})
	return due, err
}

// EachRosterUnderWay tells of the lists that wait for us, as a server finds them when it starts.
func (a *Sponsors) EachRosterUnderWay(ctx context.Context, tell func(*RosterRow)) error {
	var waiting []*store.RosterRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		waiting, err = tx.RostersIn(underWay, app.MaxPage)
		return err
	})
	for _, r := range waiting {
		tell(r)
	}
	return err
}

// TurnRosters does what lists wait for: it judges those that came in, enters the people of those that are approved and
// starts those that are paid. Each step can be cut off at any moment and is done again from its beginning.
func (a *Sponsors) TurnRosters(ctx context.Context) error {
	for _, step := range []struct {
		states []jaring.RosterState
		do     func(context.Context, *store.RosterRecord) error
	}{
		{[]jaring.RosterState{jaring.RosterReceived, jaring.RosterJudging}, a.judgeRoster},
		{[]jaring.RosterState{jaring.RosterToEnrol}, a.enrolRoster},
		{[]jaring.RosterState{jaring.RosterToStart}, a.startRoster},
	} {
		var waiting []*store.RosterRecord
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			waiting, err = tx.RostersIn(step.states, app.DefaultPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, r := range waiting {
			if err := step.do(ctx, r); err != nil {
				return err
			}
			a.Changed()
		}
	}
	return nil
}

// judging is one list on its way through the judge.
type judging struct {
	app    *Sponsors
	roster *store.RosterRecord
	key    vault.PersonKey
	prices priceList
	on     jaring.Day
	first  jaring.Month
	months int

	mends  map[int]roster.Mend
	filled map[area.Code]int // places of villages that lists before have taken

	keeper *rosterKeeper

	chunk      []roster.Entry
	aside      []roster.Finding // of lines that are nobody's, and of the file
	collisions map[span]*store.Collision
	kinds      map[kindKey]*store.FoundKind
}

// span are months that one payer pays for.
type span struct {
	by       string
	from, to jaring.Month
}

// judgeRoster judges a list that came in, from its first row. A list that is called off or sent anew meanwhile is left
// as it then is.
func (a *Sponsors) judgeRoster(ctx context.Context, found *store.RosterRecord) error {
	defer a.judging.lock(found.ID)()
	r, err := a.rosterNow(ctx, found.ID)
	if err != nil || r.State != jaring.RosterReceived && r.State != jaring.RosterJudging { // somebody else has done it
		return err
	}
	j, terms, err := a.newJudging(ctx, r)
	if err != nil {
		return err
	}
	next := *r
	next.State, next.Judged, next.Sums, next.People, next.Fresh, next.Amount, next.Fault = jaring.RosterJudging, 0, store.RosterSums{}, 0, 0, 0, nil
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := moveRoster(tx, &next, r); err != nil {
			return err
		}
		return tx.ClearRoster(r.ID)
	})
	if err == nil {
		j.roster = &next
		err = j.run(ctx, terms)
	}
	switch {
	case jaring.KeyOf(err) == "roster.changed_meanwhile", err != nil && a.movedOn(ctx, j.roster):
		return nil
	case err != nil && app.IsRule(err):
		return j.end(ctx, jaring.RosterUnreadable, app.FindingsOf(err))
	case err != nil:
		return err
	}
	return j.end(ctx, jaring.RosterReady, nil)
}

// movedOn tells whether a list was sent anew or called off meanwhile: its file is not the one that is being read.
func (a *Sponsors) movedOn(ctx context.Context, r *store.RosterRecord) bool {
	now, err := a.rosterNow(ctx, r.ID)
	return err == nil && (now.Version != r.Version || now.State == jaring.RosterStopped)
}

func (a *Sponsors) newJudging(ctx context.Context, r *store.RosterRecord) (*judging, roster.Agreement, error) {
	key, err := a.rosterKey(r)
	if err != nil {
		return nil, roster.Agreement{}, err
	}
	var g *store.AgreementRecord
	var filled map[area.Code]int
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if g, err = tx.GetAgreement(r.Sponsor, r.Agreement); err == nil {
			filled, err = placesFilled(tx, g)
		}
		return err
	})
	if err != nil {
		return nil, roster.Agreement{}, err
	}
	r.TermsOf = g.Version
	j := &judging{app: a, roster: r, key: key, filled: filled, on: jaring.DayIn(a.Now(), a.ZoneOf(ctx, r.Office)), collisions: map[span]*store.Collision{}, kinds: map[kindKey]*store.FoundKind{}}
	if j.mends, err = a.mendsOf(ctx, r, key); err != nil {
		return nil, roster.Agreement{}, err
	}
	j.prices = priceList{book: a.Book, form: g.Agreement, sums: true}
	j.first, j.months = monthsLeft(g.Agreement, j.on)
	return j, termsOf(g.Agreement, g.FirstMonth.First()), nil
}

// monthsLeft are the months of an agreement that can still be paid: nobody is protected for a month that is over.
func monthsLeft(form jaring.Agreement, on jaring.Day) (first jaring.Month, months int) {
	first = max(form.FirstMonth, on.Month())
	return first, int(form.LastMonth()-first) + 1
}

// run judges all rows. Errors: those of the file, of the book, roster.changed_meanwhile.
func (j *judging) run(ctx context.Context, terms roster.Agreement) (err error) {
	file, err := j.app.rosterFile(ctx, j.roster, j.key)
	if err != nil {
		return err
	}
	if j.months < 1 {
		return jaring.NewError(jaring.Conflict, "agreement.over", "month", j.prices.form.LastMonth())
	}
	list, err := j.app.OpenRoster(file, file.Size())
	if err != nil {
		return err
	}
	judge, row := roster.NewJudge(terms, j.app.Areas, j.on), 0
	judge.Mended(j.mends)
	judge.Filled(j.filled)
	j.keeper = j.app.keepRows(ctx)
	defer func() { err = cmp.Or(j.keeper.end(), err) }()
	err = list.Check(judge, func(f roster.Finding) error {
		if f.Row != row || len(j.chunk) == 0 {
			j.aside = append(j.aside, f)
		}
		return nil
	}, func(e *roster.Entry) error {
		if len(j.chunk) == judgeChunk {
			if err := j.flush(ctx); err != nil {
				return err
			}
		}
		row = e.Row
		j.chunk = append(j.chunk, *e)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	return j.flush(ctx)
}

// flush holds the rows that were judged against the book and keeps them. Error: roster.changed_meanwhile.
func (j *judging) flush(ctx context.Context) error {
	entries := make([]*roster.Entry, len(j.chunk))
	for i := range j.chunk {
		entries[i] = &j.chunk[i]
	}
	against, err := j.app.holdAgainst(ctx, entries, j.roster, j.on)
	if err != nil {
		return err
	}
	rows := make([]store.RosterRow, len(j.chunk))
	var findings []store.RosterFinding
	for i := range j.chunk {
		said, err := j.row(&against[i], &rows[i])
		if err != nil {
			return err
		}
		findings = j.keep(findings, said, j.chunk[i].Source)
		if rows[i].Cells, err = j.cells(&j.chunk[i], said); err != nil {
			return err
		}
	}
	findings = j.keep(findings, j.aside, nil)
	was, next := *j.roster, *j.roster
	next.Judged, next.Sums.Findings = next.Judged+len(rows), next.Sums.Findings+len(findings)
	now := next
	j.roster, j.chunk, j.aside = &next, j.chunk[:0], nil
	return j.keeper.keep(judgedRows{was: was, now: now, rows: rows, findings: findings})
}

// row makes what is kept of a row and gives all that there is to say of it.
func (j *judging) row(l *listed, row *store.RosterRow) ([]roster.Finding, error) {
	e, sums := l.entry, &j.roster.Sums
	row.Row = e.Row
	if e.Verdict != jaring.Reject {
		at, err := j.place(l, row)
		if err != nil {
			return nil, err
		}
		j.mends[e.Row].Settle(at.findings)
		e.Hear(at.findings...)
	}
	row.Verdict = e.Verdict
	sums.Rows++
	switch row.Verdict {
	case jaring.Reject:
		row.First, row.Months, row.Amount, row.Sealed = 0, 0, 0, nil
		if sums.Rejected++; e.Mendable() {
			sums.Mendable++
		}
		if e.LeftOut {
			sums.LeftOut++
		}
		return e.Findings, nil
	case jaring.Hold:
		sums.Held++
		return e.Findings, nil
	case jaring.Warn:
		sums.Warned++
	default:
		sums.OK++
	}
	row.Accepted = true
	if j.roster.People++; l.booked == nil {
		j.roster.Fresh++
	}
	j.roster.Amount += row.Amount
	return e.Findings, nil
}

// place finds the months of a row, prices and seals it.
func (j *judging) place(l *listed, row *store.RosterRow) (at rosterPlace, err error) {
	if l.err != nil && !app.IsRule(l.err) {
		return at, l.err
	}
	if l.err != nil { // what today refuses is said of the row: the file can be read
		for _, f := range app.FindingsOf(l.err) {
			at.findings = append(at.findings, roster.Finding{Row: l.entry.Row, Mendable: true, Finding: f})
		}
		return at, nil
	}
	p := &l.person
	at = placeIn(l, j.first, j.months)
	if l.booked != nil {
		row.Worker = l.booked.Worker.ID
	}
	if row.First, row.Months = at.first, at.months; at.months == 0 {
		return at, j.collide(p, at)
	}
	price, err := j.prices.of(p, at.first, at.months)
	if err != nil {
		return at, err
	}
	row.Amount = price.total
	text, err := rowText(l.entry.Complete(j.roster.MadeAt))
	if err != nil {
		return at, err
	}
	if row.Sealed, err = j.key.Seal(text, rowPurpose(j.roster.ID, l.entry.Row)); err != nil {
		return at, err
	}
	return at, j.collide(p, at)
}

// collide counts what others pay of a row's months, and what that saves.
func (j *judging) collide(p *jaring.Person, at rosterPlace) error {
	for _, paid := range at.overlaps {
		at := span{paid.By, paid.From, paid.To}
		c := j.collisions[at]
		if c == nil {
			c = &store.Collision{By: paid.By, Name: paid.Name, From: paid.From, To: paid.To}
			j.collisions[at] = c
		}
		months := int(paid.To-paid.From) + 1
		price, err := j.prices.of(p, paid.From, months)
		if err != nil {
			return err
		}
		c.People, c.Months, c.Saved = c.People+1, c.Months+months, c.Saved+price.total
	}
	return nil
}

// end writes what the judging came to.
func (j *judging) end(ctx context.Context, state jaring.RosterState, faults []jaring.Finding) error {
	next := *j.roster
	next.State, next.Fault = state, faults
	j.summed(&next.Sums)
	err := j.app.DB.Write(ctx, func(tx *store.Tx) error {
		if err := moveRoster(tx, &next, j.roster); err != nil {
			return err
		}
		return j.app.tellOfRoster(tx, jaring.System, &next, jaring.RosterJudged, jaring.Facts{Other: next.Agreement, Amount: next.Amount})
	})
	if jaring.KeyOf(err) == "roster.changed_meanwhile" {
		return nil
	}
	return err
}
