package demo

import (
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// stored tells that an entry became a record.
func (e *entry) stored() bool {
	return e.outcome.Worker != "" && (e.outcome.Kind == jaring.Accepted || e.outcome.Kind == jaring.Review)
}

// correct is an officer who adds what was missing.
func (b *builder) correct(e *entry) func(deskAct) error {
	return func(a deskAct) error {
		if !e.stored() {
			return nil
		}
		address := e.address + ", dekat masjid"
		return b.deskDo(a, e, jaring.ActCorrectWorker, wire.Correction{Worker: string(e.outcome.Worker), Fields: wire.FieldsToSet{Address: &address},
			Reason: "Alamat dilengkapi menurut KTP"})
	}
}

// withdraw is a person who takes the consent back.
func (b *builder) withdraw(e *entry) func(deskAct) error {
	return func(a deskAct) error {
		if !e.stored() {
			return nil
		}
		return b.deskDo(a, e, jaring.ActWithdrawConsent, wire.Withdrawal{Worker: string(e.outcome.Worker), Reason: "Atas permintaan sendiri"})
	}
}

// decide is an officer who takes the second look that an entry waits for. What looks
// like somebody else is that somebody, as long as no money was taken in the name.
func (b *builder) decide(e *entry) func(deskAct) error {
	return func(a deskAct) error {
		if e.outcome.Kind != jaring.Review {
			return nil
		}
		actor, err := b.actor(a.ctx, b.officerOf(e.agent.office))
		if err != nil {
			return err
		}
		view, err := b.app.GetWorker(a.ctx, actor, e.outcome.Worker)
		if err != nil || view.Review == nil {
			return err
		}
		d := wire.Decision{Review: string(view.Review.ID), Decision: "accept", Reason: "KTP sudah dilihat, orangnya benar"}
		if view.Review.Candidate != "" {
			d.Decision, d.Reason = "same", "Orang yang sama, NIK lama salah ketik"
		}
		return b.deskDo(a, e, jaring.ActDecideReview, d)
	}
}

// deskDo does one act of the officer in charge. What the rules do not allow any more on
// that day, because the record was closed meanwhile, is left undone.
func (b *builder) deskDo(a deskAct, e *entry, kind jaring.Act, body any) error {
	op, err := operation(kind, b.clock.now(), body)
	if err != nil {
		return err
	}
	err = b.apply(a.ctx, b.officerOf(e.agent.office), []jaring.Operation{op})
	if jaring.CodeOf(err) == jaring.Conflict {
		return nil
	}
	return err
}
