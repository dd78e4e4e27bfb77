package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// Rescue is a contribution that somebody else pays, as the page of its link shows it: of the worker
// nothing but the given name.
type Rescue struct {
	Token     string // told to whoever made it
	GivenName string
	Payer     string // short
	PayerKind jaring.PayerKind
	Payment   jaring.Payment
	State     string // waiting, paid, closed
	Office    string
	Cover     jaring.Cover
	History   jaring.CoverHistory
	Standing  jaring.Standing
	Today     jaring.Day
}

const maxPayerName = 80

// prepareRescue opens a code in the name of a relative, a group or a sponsor, who pays without
// being registered. It is a contribution like any other; what was asked for before is called off.
// Errors: rescue.payer_kind, field.required, field.too_long and those of prepareContribution.
func (a *App) prepareRescue(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Rescue
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	payerErr := judgePayer(&body.Payer)
	r, err := a.subject(ctx, actor, jaring.ActRescue, body.Worker, "")
	if err != nil {
		return nil, err
	}
	day := Today(actor, a.Now())
	asked, err := a.priceContribution(ctx, r, wire.Contribution{Worker: body.Worker, Months: body.Months}, day)
	if err := JoinFindings(payerErr.OrNil(), err); err != nil {
		return nil, err
	}
	if err := a.openCode(ctx, r, asked, jaring.ContributionID(op.ID)); err != nil {
		return nil, err
	}
	var paid *settlement
	if asked.Payment.Amount == 0 {
		if paid, err = a.payByCredit(r, asked, day, ledger.EntryID(op.ID), actor); err != nil {
			return nil, err
		}
	}
	rescue := &store.RescueRecord{ID: string(op.ID), Worker: r.Worker.ID, Contribution: asked.Payment.ID, PayerKind: jaring.PayerKind(body.Payer.Kind),
		PayerName: body.Payer.Name, MadeBy: actor.Account, MadeAt: a.Now()}
	rec.Outcome.Worker, rec.Outcome.Membership = r.Worker.ID, r.Membership.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		if err := a.applyContribution(tx, actor, r, asked, paid); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.applyRescue(tx, actor, rescue, asked)
	}}, nil
}

func judgePayer(p *wire.Payer) (errs jaring.Errors) {
	p.Name = Trim(p.Name)
	if !slices.Contains(jaring.PayerKinds, jaring.PayerKind(p.Kind)) {
		errs = append(errs, jaring.NewError(jaring.Invalid, "rescue.payer_kind").At("payer/kind"))
	}
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.required").At("payer/name"))
	case n > maxPayerName:
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxPayerName).At("payer/name"))
	}
	return errs
}

func (a *App) applyRescue(tx *store.Tx, actor jaring.Actor, rescue *store.RescueRecord, asked *Asked) error {
	if err := tx.AddRescue(rescue, hashOf(a.rescueToken(rescue.ID))); err != nil {
		return err
	}
	r, err := LoadRecord(tx, rescue.Worker)
	if err != nil {
		return err
	}
	return a.TellOf(tx, actor, r, r.Worker.Standing, jaring.RescueOffered, func(f *jaring.Facts) {
		p := asked.Payment
		f.Amount, f.From, f.To, f.Other = p.Total, p.FirstMonth, p.LastMonth(), string(rescue.PayerKind)
	})
}

// rescueBytes is how much of a token is random to whoever lacks our key.
const rescueBytes = 16

// rescueToken makes the token of a rescue: nobody without our key can, and we can again.
func (a *App) rescueToken(id string) string {
	return base64.RawURLEncoding.EncodeToString(a.Vault.Digest256("rescue", []byte(id))[:rescueBytes])
}

// RescuedBy gives what an operation made. Error: rescue.unknown.
func (a *App) RescuedBy(ctx context.Context, o jaring.Outcome) (*Rescue, error) {
	return a.GetRescue(ctx, a.rescueToken(string(o.Operation)))
}

// GetRescue gives what the link of a rescue shows; to anybody who has it. Error: rescue.unknown.
func (a *App) GetRescue(ctx context.Context, token string) (*Rescue, error) {
	out := &Rescue{Token: token}
	var office jaring.OfficeID
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.RescueOfToken(hashOf(token))
		if err != nil {
			return err
		}
		r, err := LoadRecord(tx, found.Worker)
		if err != nil {
			return err
		}
		_, p := r.Contribution(found.Contribution)
		if p == nil {
			return jaring.NewError(jaring.NotFound, "rescue.unknown")
		}
		office = r.Worker.Office
		out.Payment, out.GivenName, out.Payer, out.PayerKind = p.Payment, givenName(r.Worker.Name), jaring.ShortName(found.PayerName), found.PayerKind
		out.Standing, out.History = r.Worker.Standing, CoverHistory(r.Worker, r.Membership)
		out.State = rescueState(r.Worker, p.Payment)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Today = jaring.DayIn(a.Now(), a.ZoneOf(ctx, office))
	out.Cover = jaring.CoverOn(out.History, out.Today, a.Cover)
	out.Office = a.offices.name(ctx, office, a.Now())
	return out, nil
}

func rescueState(w *store.WorkerRecord, p jaring.Payment) string {
	switch {
	case p.State == "settled":
		return "paid"
	case p.State == "waiting" && w.State == jaring.WorkerActive:
		return "waiting"
	}
	return "closed"
}

// givenName is the first name without the titles before it.
func givenName(name string) string {
	words := strings.Fields(name)
	for _, w := range words {
		if !strings.HasSuffix(w, ".") {
			return strings.TrimSuffix(w, ",")
		}
	}
	return strings.Join(words, " ")
}
