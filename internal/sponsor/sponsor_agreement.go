package sponsor

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// AgreementView is an agreement's page.
type AgreementView struct {
	*store.AgreementRecord
	Sponsor      *store.SponsorRecord
	OfficeName   string
	Rosters      []*store.RosterRecord // the newest first
	HandNames    []string
	ApproverName string
	MayApprove   error // nil when the actor may
}

// AddAgreement adds what a sponsor and the office have agreed, to be approved by a second person. Its id is the
// operation's. Errors: those of jaring.NewAgreement, roster.Agreement.Check and scheme.Price; sponsor.unknown,
// error.forbidden, operation.conflict.
func (a *Sponsors) AddAgreement(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor string, form jaring.Agreement) (id string, err error) {
	s, err := a.sponsorFor(ctx, actor, jaring.ActManageSponsor, sponsor)
	if err != nil {
		return "", err
	}
	if form, err = a.judgeAgreement(form); err != nil {
		return "", err
	}
	row := &store.AgreementRecord{Agreement: form, Sponsor: s.ID, ID: string(op), Version: 1, State: agreementDraft, Hands: []jaring.AccountID{actor.Account}, MadeAt: a.Now()}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"agree", s.ID, form}, func(tx *store.Tx) error {
		if err := tx.AddAgreement(row); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.AgreementAdded, jaring.Facts{Other: row.ID, Amount: form.CeilingAmount})
	})
	return row.ID, err
}

// States of an agreement.
const (
	agreementDraft    = "draft"
	agreementApproved = "approved"
)

// judgeAgreement judges all that an agreement says: the form, its areas, and whether its months can be priced.
func (a *Sponsors) judgeAgreement(form jaring.Agreement) (jaring.Agreement, error) {
	form, err := jaring.NewAgreement(form)
	terms := termsOf(form, 0)
	areaErr := terms.Check(a.Areas)
	var priceErr error
	if err == nil {
		_, priceErr = a.Book.Price(questionOfSponsor(form, nil, form.FirstMonth, form.Months))
	}
	return form, app.JoinFindings(err, areaErr, priceErr)
}

// questionOfSponsor asks what months of one person cost under an agreement; nil asks for the lowest band.
func questionOfSponsor(form jaring.Agreement, p *jaring.Person, first jaring.Month, months int) scheme.Question {
	q := scheme.Question{Segment: jaring.BPU, Programs: form.Programs, FirstMonth: first, Months: months, LowestBand: true, Funding: form.Kind.Funding(), Registered: first}
	if p != nil {
		q.LowestBand, q.Income, q.Sector, q.Kind = p.LowestBand, p.Income, p.Worker.Sector, p.Worker.Kind
	}
	return q
}

// termsOf is an agreement as rows are judged by it. start is the first day of cover.
func termsOf(form jaring.Agreement, start jaring.Day) roster.Agreement {
	t := form.Terms
	out := roster.Agreement{Area: area.Code(t.Area), Start: start, Programs: form.Programs, IncomeCeiling: t.IncomeCeiling, Occupations: t.Occupations,
		MaxDecile: t.MaxDecile, QuotaEach: t.QuotaEach}
	for _, code := range t.Domicile {
		out.Domicile = append(out.Domicile, area.Code(code))
	}
	if len(t.Quota) > 0 {
		out.Quota = map[area.Code]int{}
		for code, n := range t.Quota {
			out.Quota[area.Code(code)] = n
		}
	}
	return out
}

// agreementFor finds an agreement of a sponsor and asks whether the actor may do act there. Errors:
// sponsor.unknown, agreement.unknown, error.forbidden.
func (a *Sponsors) agreementFor(ctx context.Context, actor jaring.Actor, act jaring.Act, sponsor, id string) (s *store.SponsorRecord, g *store.AgreementRecord, err error) {
	if s, err = a.sponsorFor(ctx, actor, act, sponsor); err != nil {
		return nil, nil, err
	}
	if !jaring.IsUUID(id) {
		return nil, nil, jaring.NewError(jaring.NotFound, "agreement.unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		g, err = tx.GetAgreement(sponsor, id)
		return err
	})
	return s, g, err
}

// ChangeAgreement writes an agreement anew, as long as it is version that the sender saw. One that was approved
// has to be approved once more, and until then pays for nobody. What is enrolled stays.
// Errors: those of AddAgreement, agreement.unknown, agreement.changed_meanwhile.
func (a *Sponsors) ChangeAgreement(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, id string, version int64, form jaring.Agreement) error {
	s, _, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, id)
	if err != nil {
		return err
	}
	if form, err = a.judgeAgreement(form); err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"change", sponsor, id, version, form}, func(tx *store.Tx) error {
		g, err := tx.GetAgreement(sponsor, id)
		if err != nil {
			return err
		}
		if g.State == agreementApproved {
			g.Hands = nil
		}
		if !slices.Contains(g.Hands, actor.Account) {
			g.Hands = append(g.Hands, actor.Account)
		}
		g.Agreement, g.Version, g.State, g.ApprovedBy = form, version, agreementDraft, ""
		g.ApprovedAt = time.Time{}
		if err := tx.UpdateAgreement(g); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.AgreementChanged, jaring.Facts{Other: id, Amount: form.CeilingAmount})
	})
	return err
}

// ApproveAgreement lets an agreement pay, as the version that the second person saw. Errors: sponsor.unknown,
// agreement.unknown, agreement.is_approved, agreement.changed_meanwhile, approval.same_account,
// approval.same_person, error.forbidden, operation.conflict.
func (a *Sponsors) ApproveAgreement(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, id string, version int64) error {
	s, _, err := a.agreementFor(ctx, actor, jaring.ActApproveSponsor, sponsor, id)
	if err != nil {
		return err
	}
	var hands []jaring.AccountID
	_, err = a.Fresh(ctx, actor, op, jaring.ActApproveSponsor, []any{"agreement", sponsor, id, version}, func() error {
		_, g, err := a.agreementFor(ctx, actor, jaring.ActApproveSponsor, sponsor, id)
		if err != nil {
			return err
		}
		switch {
		case g.State == agreementApproved:
			return jaring.NewError(jaring.Conflict, "agreement.is_approved")
		case g.Version != version:
			return jaring.NewError(jaring.Conflict, "agreement.changed_meanwhile")
		}
		hands = g.Hands
		return a.secondPerson(ctx, actor, hands)
	}, func(tx *store.Tx) error {
		g, err := tx.GetAgreement(sponsor, id)
		if err != nil {
			return err
		}
		g.Version, g.State, g.ApprovedBy, g.ApprovedAt = version, agreementApproved, actor.Account, a.Now()
		if err := tx.UpdateAgreement(g); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.AgreementApproved, jaring.Facts{Other: id, Amount: g.CeilingAmount})
	})
	return err
}

// GetAgreement gives an agreement's page. Errors: sponsor.unknown, agreement.unknown, error.forbidden.
func (a *Sponsors) GetAgreement(ctx context.Context, actor jaring.Actor, sponsor, id string) (*AgreementView, error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActFindSponsor, sponsor, id)
	if err != nil {
		return nil, err
	}
	v := &AgreementView{AgreementRecord: g, Sponsor: s, OfficeName: a.OfficeName(ctx, s.Office), MayApprove: actor.May(jaring.ActApproveSponsor, jaring.Scope{Office: s.Office})}
	for _, hand := range g.Hands {
		v.HandNames = append(v.HandNames, a.AccountName(ctx, hand))
	}
	if g.ApprovedBy != "" {
		v.ApproverName = a.AccountName(ctx, g.ApprovedBy)
	}
	if v.MayApprove == nil {
		v.MayApprove = a.secondPerson(ctx, actor, g.Hands)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		v.Rosters, err = tx.FindRosters(id)
		return err
	})
	return v, err
}
