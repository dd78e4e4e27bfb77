package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// entry is a registration on its way into the store: everything that can be made
// before the writer is asked.
type entry struct {
	op         *jaring.Operation
	day        jaring.Day // on which it was taken, at the actor's office
	person     jaring.Person
	unlicensed *jaring.Finding // the agent's certificate does not cover it
	swept      *swept          // nil when it was taken in no sweep
	worker     store.WorkerRecord
	membership store.MembershipRecord
	payment    jaring.Payment
	capture    []byte
	claim      store.NIKClaim
	event      jaring.Event
	facts      jaring.Facts
	review     *store.ReviewRecord
	offices    []jaring.OfficeID
}

// prepareRegister judges, prices, encrypts and compares a registration.
func (a *App) prepareRegister(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	e := &entry{op: op, day: Today(actor, op.TakenAt)}
	body, quote, err := a.judgeEntry(e)
	if err != nil {
		return nil, err
	}
	if err := a.campaignOf(ctx, actor, e, body.Lot); err != nil {
		return nil, err
	}
	if err := a.placeOf(ctx, actor, e); err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActRegisterWorker, jaring.Scope{Office: actor.Office, Area: e.person.Worker.Area, Agent: actor.Account}); err != nil {
		return nil, err
	}
	if err := a.licensed(actor, e); err != nil {
		return nil, err
	}
	if err := a.fillEntry(ctx, actor, e, quote); err != nil {
		return nil, err
	}
	if err := a.compare(ctx, e, body.Confirmed); err != nil {
		return nil, err
	}
	a.finishEntry(e, actor)
	a.fillSwept(actor, e, rec)
	rec.Outcome = e.outcome()
	return &plan{record: rec, claim: &e.claim, run: func(tx *store.Tx, taken bool) (out jaring.Outcome, err error) {
		if taken {
			out, err = a.meet(tx, actor, e)
		} else {
			out, err = rec.Outcome, e.add(tx)
		}
		if err == nil {
			err = a.leadBecomes(tx, actor, jaring.LeadID(body.Lead), out)
		}
		return out, err
	}}, nil
}

// judgeEntry reads and prices what was sent: all that is wrong with it at once.
func (a *App) judgeEntry(e *entry) (body wire.Registration, quote scheme.Quote, err error) {
	unread := wire.Decode(e.op.Body, &body)
	if wire.Unreadable(unread) {
		return body, quote, unread
	}
	e.person, err = jaring.NewWorker(body.Domain(), e.day, a.AreaKnown, a.VillageKnown)
	quote, quoteErr := a.quoteFor(e.person, body, e.day)
	return body, quote, JoinFindings(unread, err, quoteErr)
}

// licensed asks whether an agent's certificate covers the moment of a registration. At a
// screen the agent is told; what a phone has taken is not lost, a person looks at it.
// A clock that cannot be believed proves no moment but that of arrival.
func (a *App) licensed(actor jaring.Actor, e *entry) error {
	err := actor.Licensed(jaring.PowerRegister, e.op.TakenAt, e.day)
	if now := a.Now(); err == nil && !e.op.ClockTrust {
		err = actor.Licensed(jaring.PowerRegister, now, Today(actor, now))
	}
	var why *jaring.Error
	if e.op.Device == "" || !errors.As(err, &why) {
		return err
	}
	e.unlicensed = &jaring.Finding{Verdict: jaring.Hold, Key: why.Key, Args: why.Args}
	e.person.Findings = append(e.person.Findings, *e.unlicensed)
	return nil
}

// outcome is what the sender of a new person is told.
func (e *entry) outcome() jaring.Outcome {
	made := &Registered{Worker: &e.worker, Membership: &e.membership, Payment: &e.payment}
	o := jaring.Outcome{Operation: e.op.ID, Kind: jaring.Accepted, Worker: e.worker.ID, Membership: e.membership.ID, Findings: e.worker.Findings, Made: made}
	if e.review != nil {
		made.Payment = nil
		o.Kind, o.Findings, o.Candidate = jaring.Review, e.review.Reasons, e.review.Candidate
	}
	return o
}

func (a *App) AreaKnown(issuance string) bool {
	_, known := a.Areas.Issuance(issuance)
	return known != area.Unknown
}

func (a *App) VillageKnown(code string) bool {
	found, ok := a.Areas.Get(area.Code(code))
	return ok && found.Level == area.Village
}

// placeOf decides where a registration counts: the place of work when it is known, else
// the home village, else the first area that the office serves.
func (a *App) placeOf(ctx context.Context, actor jaring.Actor, e *entry) (err error) {
	w := &e.person.Worker
	if e.offices, err = a.offices.path(ctx, actor.Office, a.Now()); err != nil {
		return err
	}
	if w.Workplace != "" {
		err = a.DB.Read(ctx, func(tx *store.Tx) error {
			place, err := tx.GetPlace(w.Workplace)
			w.Area = place.Village
			return err
		})
		if jaring.CodeOf(err) == jaring.NotFound {
			return jaring.Errors{jaring.NewError(jaring.Invalid, "place.unknown").At("workplace_id")}
		}
		return err
	}
	if w.Area = w.Village; w.Area == "" && len(actor.Areas) > 0 {
		w.Area = actor.Areas[0]
	}
	return nil
}

// fillEntry makes ids, seals what is secret and fills the rows.
func (a *App) fillEntry(ctx context.Context, actor jaring.Actor, e *entry, quote scheme.Quote) error {
	now := a.Now()
	number, err := a.numbers.take(ctx, now.Year())
	if err != nil {
		return err
	}
	w := &e.worker
	w.Worker = e.person.Worker
	w.ID = jaring.WorkerID(NewID())
	w.RegistrationNo = jaring.NewRegistrationNo(now.Year(), number)
	w.Office, w.Agent, w.Version = actor.Office, actor.Account, 1
	w.RegisteredAt, w.TakenAt, w.Findings = now, e.op.TakenAt, e.person.Findings
	if !e.op.ClockTrust {
		w.Findings = append(w.Findings, jaring.Finding{Verdict: jaring.Warn, Key: "clock.untrusted", Field: "taken_at"})
	}
	if err := a.sealEntry(e, e.op.Body); err != nil {
		return err
	}
	e.membership = a.membershipOf(e, quote, now)
	e.payment = jaring.Payment{Code: paymentCode(now.Year(), number), Worker: w.ID, Membership: e.membership.ID,
		Amount: quote.Payable, Due: e.membership.Quote.Due, State: "waiting"}
	return nil
}

// Purposes bind a ciphertext to its column.
const (
	purposeNIK     = "nik"
	purposeMother  = "mother"
	PurposeCapture = "capture"
)

func (a *App) sealEntry(e *entry, body []byte) (err error) {
	w := &e.worker
	var key vault.PersonKey
	if key, w.PersonKey, w.PersonKeyID, err = a.Vault.NewPerson(w.ID); err != nil {
		return err
	}
	if err := a.SealIdentity(w, key, e.person); err != nil {
		return err
	}
	hash, keyID := a.Vault.IndexHash(e.person.NIK)
	e.claim = store.NIKClaim{Hashes: [][]byte{hash}, KeyID: keyID, Worker: w.ID}
	if len(a.Vault.Index) > 1 {
		e.claim.Hashes = a.Vault.IndexHashes(e.person.NIK)
	}
	e.capture, err = key.Seal(body, PurposeCapture)
	return err
}

// SealIdentity seals NIK and mother's name and sets the keys of search and matching.
func (a *App) SealIdentity(w *store.WorkerRecord, key vault.PersonKey, p jaring.Person) (err error) {
	if w.NIKSealed, err = key.Seal([]byte(p.NIK.Reveal()), purposeNIK); err != nil {
		return err
	}
	w.CheckLetters = a.Vault.CheckLetters(p.NIK)
	w.MotherSealed, w.MotherKey = nil, nil
	if p.MotherName != "" {
		if w.MotherSealed, err = key.Seal([]byte(p.MotherName), purposeMother); err != nil {
			return err
		}
		w.MotherKey = a.Vault.MotherHash(match.FoldName(p.MotherName))
	}
	w.NameFold = match.FoldName(w.Name)
	setMatchKeys(w)
	return nil
}

// setMatchKeys sets the keys by which the same person is looked for.
func setMatchKeys(w *store.WorkerRecord) {
	w.MatchN, w.MatchR, w.MatchY = "", "", ""
	for _, k := range match.Keys(PersonOf(w)) {
		switch k[0] {
		case 'n':
			w.MatchN = k
		case 'r':
			w.MatchR = k
		case 'y':
			w.MatchY = k
		}
	}
}

func (a *App) membershipOf(e *entry, quote scheme.Quote, now time.Time) store.MembershipRecord {
	due, _ := a.Book.DueDate(jaring.BPU, quote.Question.FirstMonth)
	return store.MembershipRecord{
		Membership: jaring.Membership{ID: jaring.MembershipID(NewID()), Worker: e.worker.ID, Segment: jaring.BPU, Programs: e.person.Programs,
			Income: e.person.Income, LowestBand: e.person.LowestBand, Sector: e.person.Worker.Sector, Funding: quote.Question.Funding,
			State: jaring.StateRegistered, FirstMonth: quote.Question.FirstMonth, Months: quote.Question.Months, RegisteredAt: now},
		Quote: store.QuoteRecord{ID: jaring.QuoteID(NewID()), Total: quote.Payable, Version: quote.Version, Lines: QuoteLines(quote), Due: due},
	}
}

// finishEntry sets the states that a second look or none gives, and the event.
func (a *App) finishEntry(e *entry, actor jaring.Actor) {
	w, m := &e.worker, &e.membership
	w.State, w.Standing, m.State = jaring.WorkerActive, jaring.StandingWaiting, jaring.StateRegistered
	kind := jaring.WorkerRegistered
	if e.review != nil {
		w.State, w.Standing, m.State = jaring.WorkerReview, jaring.StandingReview, jaring.StateReview
		kind = jaring.WorkerHeld
	}
	e.facts = a.FactsOf(w, m, e.offices)
	e.facts.Is = w.Standing
	e.facts.Reasons = KeysOf(w.Findings)
	e.event = a.NewEvent(actor, string(w.ID), kind)
	e.event.Facts = store.FactsText(e.facts)
}

// FactsOf are the marginals by which a person is counted.
func (a *App) FactsOf(w *store.WorkerRecord, m *store.MembershipRecord, offices []jaring.OfficeID) jaring.Facts {
	day := jaring.DayIn(w.RegisteredAt, Zone(""))
	f := jaring.Facts{Month: day.Month(), Area: w.Area, Offices: offices, Agent: w.Agent, Campaign: w.Campaign, Programs: m.Programs.String(),
		Funding: m.Funding, Sector: m.Sector, Sex: w.Sex, Age: w.BirthDate.AgeOn(day), Membership: m.ID, Joined: joinedIn(m)}
	if m.Segment == jaring.PU {
		f.Segment = m.Segment
	}
	return f
}

// joinedIn is the month of the cohort that a membership belongs to; none for whom an employer pays.
func joinedIn(m *store.MembershipRecord) jaring.Month {
	if m.RegisteredAt.IsZero() || m.Segment == jaring.PU {
		return 0
	}
	return jaring.DayIn(m.RegisteredAt, Zone("")).Month()
}

func (a *App) NewEvent(actor jaring.Actor, subject string, kind jaring.EventKind) jaring.Event {
	return jaring.Event{ID: jaring.EventID(NewID()), Subject: subject, Kind: kind, At: a.Now().UTC().Truncate(time.Millisecond), Actor: actor.Account, Office: actor.Office}
}

func KeysOf(fs []jaring.Finding) (keys []string) {
	for _, f := range fs {
		keys = append(keys, f.Key)
	}
	return keys
}

// add writes the rows of a registration. They travel together.
func (e *entry) add(tx *store.Tx) error {
	if err := tx.AddWorker(&e.worker); err != nil {
		return err
	}
	if err := tx.AddMembership(&e.membership); err != nil {
		return err
	}
	if err := tx.AddCapture(e.worker.ID, e.op.ID, e.capture); err != nil {
		return err
	}
	if e.review != nil {
		if err := tx.AddReview(e.review); err != nil {
			return err
		}
	} else if err := tx.AddPayment(e.payment); err != nil {
		return err
	}
	if err := e.swept.tell(tx, e.worker.ID, jaring.CaptureNew); err != nil {
		return err
	}
	event := e.event
	return tx.AddFirstEvent(&event)
}

// Trim is a reason as an actor wrote it.
func Trim(s string) string { return strings.Join(strings.Fields(s), " ") }
