package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// meet answers a registration whose NIK is somebody's already. Who was a member and whose
// cover and arrears months are over is registered again in the same record, and so is who is known
// as a wage worker alone: both memberships stand beside each other. For everybody
// else the sender is told, and the person's history keeps a trace.
func (a *App) meet(tx *store.Tx, actor jaring.Actor, e *entry) (jaring.Outcome, error) {
	owner, err := tx.NIKOwner(e.claim.Hashes)
	if err != nil {
		return jaring.Outcome{}, err
	}
	if owner == "" { // who had it has just let it go
		return jaring.Outcome{}, store.ErrRestart
	}
	r, err := LoadRecord(tx, owner)
	if err != nil {
		return jaring.Outcome{}, err
	}
	now := Today(actor, a.Now())
	cover := CoverOf(r.Worker, r.Membership, now, a.Cover)
	ended := StandingOn(r.Worker, r.Membership, now, a.Cover) == jaring.StandingEnded && e.day > cover.Until
	if ended || r.EmployedOnly() && e.unlicensed == nil {
		if differs := e.differsFrom(r.Worker); differs != "" {
			return a.tellTaken(tx, actor, e, owner, jaring.Finding{Verdict: jaring.Reject, Key: "worker.rejoin_differs", Field: differs})
		}
		return a.rejoin(tx, actor, e, r)
	}
	told := []jaring.Finding{{Verdict: jaring.Reject, Key: "worker.already_registered", Field: "nik"}}
	if cover.Standing == jaring.StandingGrace && r.Worker.State == jaring.WorkerActive {
		told = append(told, jaring.Finding{Verdict: jaring.Warn, Key: "worker.arrears_until", Field: "nik", Args: jaring.Args{"until": cover.GraceUntil}})
	}
	if err := e.swept.tell(tx, owner, jaring.CaptureRepeated); err != nil {
		return jaring.Outcome{}, err
	}
	return a.tellTaken(tx, actor, e, owner, told...)
}

// tellTaken refuses a registration because of who has the NIK.
func (a *App) tellTaken(tx *store.Tx, actor jaring.Actor, e *entry, owner jaring.WorkerID, findings ...jaring.Finding) (jaring.Outcome, error) {
	out := jaring.Outcome{Operation: e.op.ID, Kind: jaring.Refused, Candidate: owner, Findings: findings}
	event := a.NewEvent(actor, string(owner), jaring.WorkerRepeated)
	event.Facts = store.FactsText(jaring.Facts{})
	if err := tx.AddEvent(&event); err != nil {
		return out, err
	}
	return out, tx.SetOutcome(out)
}

// differsFrom names the first field in which somebody at the stall is not the person whom
// the NIK belongs to; empty for the same person. A wrong digit must give nobody's
// membership to somebody else.
func (e *entry) differsFrom(w *store.WorkerRecord) string {
	switch {
	case e.worker.BirthDate != w.BirthDate:
		return "birth_date"
	case e.worker.Sex != w.Sex:
		return "sex"
	}
	here, there := PersonOf(&e.worker), PersonOf(w)
	here.NIKKey, there.NIKKey = "same", "same"
	if score := match.Score(here, there); score.Answer() == match.Different {
		return "name"
	}
	return ""
}

// rejoin gives a person whose cover has ended a new membership in the same record. The person
// goes over to who registers now: the counters, the lists and the agent's own records follow.
func (a *App) rejoin(tx *store.Tx, actor jaring.Actor, e *entry, r *Record) (jaring.Outcome, error) {
	path, err := a.offices.path(context.Background(), r.Worker.Office, a.Now())
	if err != nil {
		return jaring.Outcome{}, err
	}
	before, was, paidTo := a.FactsOf(r.Worker, r.Membership, path), r.Worker.Standing, r.Worker.PaidTo
	back, err := a.comeBack(e, r)
	if err != nil {
		return jaring.Outcome{}, err
	}
	if err := back.write(tx, e); err != nil {
		return jaring.Outcome{}, err
	}
	if err := e.swept.tell(tx, r.Worker.ID, jaring.CaptureRejoined); err != nil {
		return jaring.Outcome{}, err
	}
	kind := jaring.WorkerRejoined
	if back.review != nil {
		kind = jaring.WorkerHeld
	}
	err = a.TellFrom(tx, actor, back.Record, was, paidTo, kind, func(f *jaring.Facts) { f.Before, f.Reasons = &before, KeysOf(back.findings) })
	if err != nil {
		return jaring.Outcome{}, err
	}
	out := back.outcome(e)
	return out, tx.SetOutcome(out)
}

// comeback is a person who is registered again, as the rows will be.
type comeback struct {
	*Record
	payment  jaring.Payment
	capture  []byte // what was sent, under the person's key
	review   *store.ReviewRecord
	findings []jaring.Finding
	due      jaring.Day // until when the person stands so; 0 for ever
}

// comeBack makes the rows of a person who is registered again. While a second look is due the
// person stays as he was recorded, and with whom: see readmit.
func (a *App) comeBack(e *entry, r *Record) (*comeback, error) {
	key, err := a.Vault.OpenPerson(r.Worker.ID, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return nil, err
	}
	w, m := *r.Worker, e.membership
	m.Worker = w.ID
	b := &comeback{Record: &Record{Worker: &w, Membership: &m, All: append(slices.Clone(r.All), &m)}, payment: e.payment}
	b.payment.Worker = w.ID
	if b.capture, err = key.Seal(e.op.Body, PurposeCapture); err != nil {
		return nil, err
	}
	b.findings = append([]jaring.Finding{{Verdict: jaring.Warn, Key: "worker.rejoined", Field: "nik"}}, e.worker.Findings...)
	w.PaidTo = 0
	if e.unlicensed != nil {
		w.State, w.Standing, m.State = jaring.WorkerReview, jaring.StandingReview, jaring.StateReview
		b.review = &store.ReviewRecord{ID: jaring.ReviewID(e.op.ID), Worker: w.ID, State: "open", Reasons: b.findings, Office: w.Office, OpenedAt: m.RegisteredAt}
		return b, nil
	}
	m.State = jaring.StateRegistered
	w.Standing = jaring.StandingWaiting
	if day := jaring.DayIn(a.Now(), Zone("")); len(b.Beside()) > 0 {
		w.Standing, b.due = b.StandingOn(day, a.Cover), b.HoldsUntil(day, a.Cover)
	}
	return b, a.renew(e, &w, key)
}

// renew takes over what a new registration says of a person, and who took it where. What was
// known stays where the new form says nothing of it; the name stays as it was recorded first.
func (a *App) renew(e *entry, w *store.WorkerRecord, key vault.PersonKey) (err error) {
	now := &e.worker
	w.Office, w.Agent, w.Campaign, w.Area, w.Workplace = now.Office, now.Agent, now.Campaign, now.Area, now.Workplace
	w.Consent, w.TakenAt, w.Occupation, w.Sector, w.Kind, w.Findings = now.Consent, now.TakenAt, now.Occupation, now.Sector, now.Kind, now.Findings
	for _, text := range []struct{ known, told *string }{{&w.Phone, &now.Phone}, {&w.Village, &now.Village}, {&w.Address, &now.Address}, {&w.BirthPlace, &now.BirthPlace}} {
		if *text.told != "" {
			*text.known = *text.told
		}
	}
	if len(now.Heirs) > 0 {
		w.Heirs = now.Heirs
	}
	if e.person.MotherName != "" && len(w.MotherSealed) == 0 {
		w.MotherKey = a.Vault.MotherHash(match.FoldName(e.person.MotherName))
		w.MotherSealed, err = key.Seal([]byte(e.person.MotherName), purposeMother)
	}
	setMatchKeys(w)
	return err
}

// write writes the rows of a person who is registered again.
func (b *comeback) write(tx *store.Tx, e *entry) error {
	if err := tx.RejoinWorker(b.Worker); err != nil {
		return err
	}
	if err := tx.AddMembership(b.Membership); err != nil {
		return err
	}
	if err := tx.AddCapture(b.Worker.ID, e.op.ID, b.capture); err != nil {
		return err
	}
	if err := tx.SetStandingDue(b.Worker.ID, b.due); err != nil {
		return err
	}
	if b.review != nil {
		return tx.AddReview(b.review)
	}
	return tx.AddPayment(b.payment)
}

// outcome is what the sender is told: all that the sender of a new person is told too.
func (b *comeback) outcome(e *entry) jaring.Outcome {
	made := &Registered{Worker: b.Worker, Membership: b.Membership, Payment: &b.payment}
	out := jaring.Outcome{Operation: e.op.ID, Kind: jaring.Accepted, Worker: b.Worker.ID, Membership: b.Membership.ID, Findings: b.findings, Made: made}
	if b.review != nil {
		out.Kind, made.Payment = jaring.Review, nil
	}
	return out
}
