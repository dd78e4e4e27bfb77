package sponsor

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// enrolChunk is how many people are made, and written, at once.
const enrolChunk = 500

// manyFresh is how many new people make it worth while to index them all at the end.
const manyFresh = 100_000

// chunksAhead is how many of them wait to be written while the next is made.
const chunksAhead = 2

// What becomes of what a sponsor pays for a person.
const (
	sponsorshipWaiting  = "waiting"
	sponsorshipCovered  = "covered"
	sponsorshipReturned = "returned"
)

// enrolment is one approved list on its way into the book.
type enrolment struct {
	app     *Sponsors
	roster  *store.RosterRecord
	form    jaring.Agreement
	key     vault.PersonKey
	actor   jaring.Actor // the second person, at the list's office
	offices []jaring.OfficeID
	prices  priceList
	number  int64 // the next of those taken for this list
	code    string
	at      time.Time
	on      jaring.Day
	due     jaring.Day
}

// enrolRoster enters the people of an approved list and makes its bill, all in one transaction: either everybody is
// there and the list says so, or nobody is and it is done again. When the book is no longer what was approved, the
// list is judged anew and waits for another approval.
func (a *Sponsors) enrolRoster(ctx context.Context, r *store.RosterRecord) error {
	e, err := a.newEnrolment(ctx, r)
	if err != nil {
		return err
	}
	err = a.DB.Bulk(ctx, func(tx *store.Tx) error { return e.run(ctx, tx) })
	if jaring.KeyOf(err) == "worker.already_registered" {
		err = bookMoved()
	}
	if err != nil && app.IsRule(err) {
		return a.returnRoster(ctx, r, err)
	}
	return err
}

func (a *Sponsors) newEnrolment(ctx context.Context, r *store.RosterRecord) (e *enrolment, err error) {
	e = &enrolment{app: a, roster: r, at: a.Now(), on: jaring.DayIn(a.Now(), a.ZoneOf(ctx, r.Office)), actor: jaring.Actor{Account: r.ApprovedBy, Office: r.Office}}
	if e.key, err = a.rosterKey(r); err != nil {
		return nil, err
	}
	if e.offices, err = a.OfficePath(ctx, r.Office, a.Now()); err != nil {
		return nil, err
	}
	if e.code, err = a.NewBillCode(ctx); err != nil {
		return nil, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		g, err := tx.GetAgreement(r.Sponsor, r.Agreement)
		if err != nil {
			return err
		}
		e.form = g.Agreement
		e.number, err = tx.TakeNumbers(app.RegistrationKind, e.at.Year(), int64(r.Fresh))
		return err
	})
	if err == nil && e.number+int64(r.Fresh) > jaring.MaxRegistrations {
		err = jaring.NewError(jaring.Unavailable, "registration_no.exhausted")
	}
	e.prices = priceList{book: a.Book, form: e.form}
	first, _ := monthsLeft(e.form, e.on)
	e.due, _ = a.Book.DueDate(jaring.BPU, first)
	return e, err
}

// made is what one chunk of rows becomes, or why it cannot.
type made struct {
	people []newcomer
	known  []knownRow
	err    error
}

type newcomer struct {
	store.NewPerson
	store.Sponsorship
}

// knownRow is a row about somebody who is in the book.
type knownRow struct {
	row    store.RosterRow
	person jaring.Person
	price  priced
}

// run writes the whole list. It may run more than once. Errors by rule mean that nothing of it holds:
// roster.book_moved, roster.terms_changed, roster.budget, and those of a registration.
func (e *enrolment) run(ctx context.Context, tx *store.Tx) error {
	next := *e.roster
	next.State, next.Code, next.EnrolledAt = jaring.RosterToPay, e.code, e.at
	done, err := tx.MoveRoster(&next, e.roster)
	if err != nil || !done { // somebody else has done it
		return err
	}
	used, err := tx.UseAgreement(e.roster.Sponsor, e.roster.Agreement, e.roster.TermsOf, e.roster.People, e.roster.Amount)
	if err == nil && !used {
		err = e.unpayable(tx)
	}
	if err != nil {
		return err
	}
	write := func() error { return e.write(ctx, tx) }
	if e.roster.Fresh >= manyFresh {
		err = tx.IndexesLater(write, "worker", "nik_index")
	} else {
		err = write()
	}
	if err != nil {
		return err
	}
	if err := tx.AddBillCode(store.BillCode{Code: e.code, Kind: rosterKind, Owner: e.roster.ID, Bill: e.roster.ID}); err != nil {
		return err
	}
	return tx.DropRosterRows(e.roster.ID)
}

// unpayable says why the agreement does not pay for the list: another list came first, or it was changed.
func (e *enrolment) unpayable(tx *store.Tx) error {
	g, err := tx.GetAgreement(e.roster.Sponsor, e.roster.Agreement)
	if err == nil && g.State == agreementApproved && g.Version == e.roster.TermsOf {
		return overBudget(g)
	}
	return cmp.Or(err, error(jaring.NewError(jaring.Conflict, "roster.terms_changed")))
}

// write writes chunk after chunk, while the next one is being made.
func (e *enrolment) write(ctx context.Context, tx *store.Tx) error {
	making, stop := context.WithCancel(ctx)
	defer stop()
	chunks := make(chan made, chunksAhead)
	go e.make(making, chunks)
	people, amount := 0, jaring.Rupiah(0)
	owed, claims := monthSums{}, tx.ClaimMany()
	for c := range chunks {
		if c.err != nil {
			return c.err
		}
		sponsored, err := e.putChunk(tx, claims, c)
		if err != nil {
			return err
		}
		for _, s := range sponsored {
			people, amount = people+1, amount+s.Amount
			if err := owed.add(s.Price, s.First, s.Months); err != nil {
				return err
			}
		}
	}
	if err := claims.Done(); err != nil {
		return err
	}
	if people != e.roster.People || amount != e.roster.Amount {
		return bookMoved()
	}
	return e.owe(tx, owed.charges())
}

// bookMoved says that the book is no longer what the list was judged by.
func bookMoved() error { return jaring.NewError(jaring.Conflict, "roster.book_moved") }

// make makes the people of the list, chunk by chunk, without a lock.
func (e *enrolment) make(ctx context.Context, out chan<- made) {
	defer close(out)
	number := e.number
	for after := 0; ; {
		var rows []store.RosterRow
		err := e.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
			rows, err = tx.RosterRows(e.roster.ID, after, enrolChunk)
			return err
		})
		if err == nil && len(rows) == 0 {
			return
		}
		c := made{err: err}
		for i := 0; i < len(rows) && c.err == nil; i++ {
			after = rows[i].Row
			c.err = e.add(&c, rows[i], &number)
		}
		select {
		case out <- c:
		case <-ctx.Done():
			return
		}
		if c.err != nil {
			return
		}
	}
}

// add makes of a row what it becomes.
func (e *enrolment) add(c *made, row store.RosterRow, number *int64) error {
	text, err := e.key.Open(row.Sealed, rowPurpose(e.roster.ID, row.Row))
	if err != nil {
		return err
	}
	var reg jaring.Registration
	if err := json.Unmarshal(text, &reg); err != nil {
		return jaring.InternalError(err)
	}
	p, err := jaring.NewWorker(reg, e.on, e.app.AreaKnown, e.app.VillageKnown)
	if err != nil {
		return bookMoved() // somebody has turned too old since
	}
	price, err := e.prices.of(&p, row.First, row.Months)
	if err != nil {
		return err
	}
	if price.total != row.Amount || row.First < e.on.Month() {
		return bookMoved()
	}
	if row.Worker != "" {
		c.known = append(c.known, knownRow{row, p, price})
		return nil
	}
	n, err := e.newcomer(row, p, price, text, *number)
	*number++
	c.people = append(c.people, n)
	return err
}

// newcomer makes a person as a single registration does; see fillEntry.
func (e *enrolment) newcomer(row store.RosterRow, p jaring.Person, price priced, text []byte, number int64) (n newcomer, err error) {
	a := e.app
	w := &store.WorkerRecord{Worker: p.Worker, Standing: jaring.StandingWaiting}
	w.ID, w.RegistrationNo = jaring.WorkerID(app.NewID()), jaring.NewRegistrationNo(e.at.Year(), number)
	w.State, w.Version, w.Office, w.Agent = jaring.WorkerActive, 1, e.roster.Office, e.roster.MadeBy
	w.RegisteredAt, w.TakenAt, w.Findings = e.at, e.at, p.Findings
	if w.Area = w.Village; w.Area == "" {
		w.Area = e.form.Terms.Area
	}
	key, wrapped, keyID, err := a.Vault.NewPerson(w.ID)
	if err != nil {
		return n, err
	}
	w.PersonKey, w.PersonKeyID = wrapped, keyID
	if err := a.SealIdentity(w, key, p); err != nil {
		return n, err
	}
	m := e.membership(w.ID, p, price, row)
	hash, hashID := a.Vault.IndexHash(p.NIK)
	n.NewPerson = store.NewPerson{Worker: w, Membership: m, NIK: store.NIKClaim{Hashes: [][]byte{hash}, KeyID: hashID, Worker: w.ID}, Operation: jaring.OperationID(e.roster.ID)}
	if len(a.Vault.Index) > 1 {
		n.NIK.Hashes = a.Vault.IndexHashes(p.NIK)
	}
	if n.Capture, err = key.Seal(text, app.PurposeCapture); err != nil {
		return n, err
	}
	facts := a.FactsOf(w, m, e.offices)
	facts.Is, facts.Reasons, facts.Other = w.Standing, app.KeysOf(w.Findings), e.roster.ID
	event := a.NewEvent(e.actor, string(w.ID), jaring.WorkerRegistered)
	event.Facts = store.FactsText(facts)
	n.Event = &event
	n.Sponsorship = e.sponsorship(w.ID, m.ID, jaring.ContributionID(m.ID), row, price)
	return n, nil
}

// membership is a stay that a sponsor pays for.
func (e *enrolment) membership(id jaring.WorkerID, p jaring.Person, price priced, row store.RosterRow) *store.MembershipRecord {
	return &store.MembershipRecord{
		Membership: jaring.Membership{ID: jaring.MembershipID(app.NewID()), Worker: id, Segment: jaring.BPU, Programs: e.form.Programs, Income: p.Income, LowestBand: p.LowestBand,
			Sector: p.Worker.Sector, Funding: e.form.Kind.Funding(), State: jaring.StateRegistered, FirstMonth: row.First, Months: row.Months, RegisteredAt: e.at},
		Quote: store.QuoteRecord{ID: jaring.QuoteID(app.NewID()), Total: price.total, Version: price.version, Lines: price.lines, Due: e.due}}
}

func (e *enrolment) sponsorship(id jaring.WorkerID, m jaring.MembershipID, c jaring.ContributionID, row store.RosterRow, price priced) store.Sponsorship {
	return store.Sponsorship{Worker: id, Contribution: c, Membership: m, Roster: e.roster.ID, Row: row.Row, Sponsor: e.roster.Sponsor, First: row.First, Months: row.Months,
		Amount: price.total, Price: price.lines, State: sponsorshipWaiting}
}
