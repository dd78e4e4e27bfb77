package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// RegisterEmployer registers an employer of wage workers at an office; empty names the actor's own. Its id is the
// operation's, so that telling it twice is one act. An agent's employers are the agent's own. Errors: those of
// jaring.NewEmployer, employer.nib_taken, campaign.unknown, office.not_found, those of jaring.Licence.Allows,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) RegisterEmployer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f jaring.EmployerForm) (jaring.EmployerID, error) {
	body, err := json.Marshal(wire.EmployerOf(f))
	if err != nil {
		return "", jaring.InternalError(err)
	}
	now := a.Now()
	outcomes, err := a.Apply(ctx, actor, []jaring.Operation{{ID: op, Kind: jaring.ActRegisterEmployer, TakenAt: now, ReceivedAt: now, ClockTrust: true, Body: body}})
	if err != nil {
		return "", err
	}
	return jaring.EmployerID(op), refusedAs(outcomes[0])
}

// refusedAs is an outcome by which nothing was made, as an error for a screen; nil when something was.
func refusedAs(o jaring.Outcome) error {
	kind := o.Kind
	if kind == jaring.Same {
		kind = o.First
	}
	switch kind {
	case jaring.ConflictOutcome:
		return jaring.NewError(jaring.Conflict, "operation.conflict")
	case jaring.Refused:
		f := o.Findings[0]
		return &jaring.Error{Code: jaring.Conflict, Key: f.Key, Field: f.Field, Args: f.Args}
	}
	return nil
}

// prepareEmployer judges an employer, from a screen or a phone. An agent whose certificate does not cover the moment is
// turned back at a screen; what a phone has taken stands with a warning, and whoever is hired there is looked at.
func (a *App) prepareEmployer(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Employer
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	e, err := a.newEmployer(ctx, actor, jaring.ActRegisterEmployer, body.Domain())
	if err != nil {
		return nil, err
	}
	asked := &entry{op: op, day: Today(actor, op.TakenAt)}
	if err := a.licensed(actor, asked); err != nil {
		return nil, err
	}
	if asked.unlicensed != nil {
		rec.Outcome.Findings = []jaring.Finding{{Verdict: jaring.Warn, Key: asked.unlicensed.Key, Args: asked.unlicensed.Args}}
	}
	row := &store.EmployerRecord{Employer: e, NameFold: match.FoldName(e.Name), Version: 1}
	row.ID, row.MadeBy, row.RegisteredAt = jaring.EmployerID(op.ID), actor.Account, a.Now()
	facts := jaring.Facts{Area: row.Area, Campaign: row.Source.Campaign, Other: string(row.Kind), Reasons: KeysOf(rec.Outcome.Findings)}
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		if err := tx.AddEmployer(row); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.tellOfEmployer(tx, actor, row, jaring.EmployerRegistered, facts)
	}}, nil
}

// newEmployer judges what was entered of an employer, and whether the actor may do act with it there.
func (a *App) newEmployer(ctx context.Context, actor jaring.Actor, act jaring.Act, f jaring.EmployerForm) (e jaring.Employer, err error) {
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return e, err
	}
	if f.Office == "" {
		f.Office = actor.Office
	}
	if e, err = jaring.NewEmployer(f, a.codeKnown); err != nil {
		return e, err
	}
	if _, err := a.Office(ctx, e.Office); err != nil {
		return e, AtField(err, "office_id")
	}
	if err := actor.May(act, jaring.Scope{Office: e.Office}); err != nil {
		return e, err
	}
	if e.Source.Campaign == "" {
		return e, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.GetCampaign(e.Source.Campaign)
		return err
	})
	if jaring.CodeOf(err) == jaring.NotFound {
		err = jaring.Errors{jaring.NewError(jaring.Invalid, "campaign.unknown").At("source/campaign_id")}
	}
	return e, err
}

func (a *App) codeKnown(code string) bool {
	_, ok := a.Areas.Get(area.Code(code))
	return ok
}

// ChangeEmployer writes an employer anew; version is the one that its page showed. What was billed stays as it was.
// Errors: employer.unknown, employer.changed_meanwhile, those of RegisterEmployer.
func (a *App) ChangeEmployer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, version int64, f jaring.EmployerForm) error {
	was, err := a.employerFor(ctx, actor, jaring.ActManageEmployer, id)
	if err != nil {
		return err
	}
	f.Office = was.Office
	e, err := a.newEmployer(ctx, actor, jaring.ActManageEmployer, f)
	if err != nil {
		return err
	}
	next := &store.EmployerRecord{Employer: e, NameFold: match.FoldName(e.Name), Version: version}
	next.ID, next.Source, next.MadeBy, next.RegisteredAt = was.ID, was.Source, was.MadeBy, was.RegisteredAt
	_, err = a.Once(ctx, actor, op, jaring.ActManageEmployer, []any{"change", id, version, f}, func(tx *store.Tx) error {
		if err := tx.ChangeEmployer(next); err != nil {
			return err
		}
		return a.tellOfEmployer(tx, actor, next, jaring.EmployerChanged, jaring.Facts{Fields: changedFields(&was.Employer, &e)})
	})
	return err
}

// changedFields names what of an employer is another than before.
func changedFields(was, is *jaring.Employer) (fields []string) {
	for _, f := range []struct {
		name    string
		differs bool
	}{
		{"kind", was.Kind != is.Kind}, {"name", was.Name != is.Name}, {"nib", was.NIB != is.NIB}, {"area", was.Area != is.Area},
		{"address", was.Address != is.Address}, {"sector", was.Sector != is.Sector}, {"risk_class", was.RiskClass != is.RiskClass},
		{"size_class", was.SizeClass != is.SizeClass}, {"extra", was.Extra.String() != is.Extra.String()},
		{"contact", was.ContactName != is.ContactName || was.ContactPhone != is.ContactPhone},
	} {
		if f.differs {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// tellOfEmployer writes an event about an employer, at its office.
func (a *App) tellOfEmployer(tx *store.Tx, actor jaring.Actor, e *store.EmployerRecord, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = e.Office
	return a.Tell(tx, actor, string(e.ID), kind, f)
}

// scopeOfEmployer is what an act on an employer touches: an agent reaches those that he registered himself.
func scopeOfEmployer(e *store.EmployerRecord) jaring.Scope {
	return jaring.Scope{Office: e.Office, Agent: cmp.Or(e.MadeBy, nobody)}
}

// employerFor finds an employer and asks whether the actor may do act there. Errors: employer.unknown, error.forbidden.
func (a *App) employerFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*store.EmployerRecord, error) {
	return keptIn(ctx, a, actor, act, id, "employer.unknown", (*store.Tx).GetEmployer, scopeOfEmployer)
}

// EmployerPrograms are the programmes of an employer's workers in a month: the obligatory ones of its size, or of a
// village's officials by setting, and those taken freely. The rule is nil where a setting decides.
// Errors: employer_size.unknown, scheme.no_rule.
func (a *App) EmployerPrograms(e *jaring.Employer, m jaring.Month) (jaring.Programs, *scheme.Rule, error) {
	must, rule := a.Employers.VillagePrograms, (*scheme.Rule)(nil)
	if e.Kind != jaring.EmployerVillage {
		var err error
		if must, rule, err = a.Book.MandatoryPrograms(scheme.EmployerSize(e.SizeClass), m); err != nil {
			return nil, nil, err
		}
	}
	names := make([]string, 0, len(must)+len(e.Extra))
	for _, p := range slices.Concat(must, e.Extra) {
		names = append(names, string(p))
	}
	ps, err := jaring.NewPrograms(names...)
	return ps, rule, err
}

// riskClass is a class of risk as the rules write it.
func riskClass(n int) scheme.RiskClass { return []scheme.RiskClass{"I", "II", "III", "IV", "V"}[n-1] }

// industryOf is the industry that a relief may ask for.
func industryOf(sector string) scheme.Industry {
	if i := scheme.Industry(sector); slices.Contains([]scheme.Industry{scheme.IndustryFood, scheme.IndustryTextile, scheme.IndustryLeather,
		scheme.IndustryFootwear, scheme.IndustryToys, scheme.IndustryFurniture}, i) {
		return i
	}
	return scheme.IndustryOther
}

// wageQuestion is what a month of a wage worker is priced by; workers is how many the employer has.
func (a *App) wageQuestion(e *jaring.Employer, wage jaring.Rupiah, m jaring.Month, workers int) (scheme.Question, error) {
	ps, _, err := a.EmployerPrograms(e, m)
	return scheme.Question{Segment: jaring.PU, Programs: ps, FirstMonth: m, Months: 1, Wage: wage, RiskClass: riskClass(e.RiskClass), Size: scheme.EmployerSize(e.SizeClass),
		Industry: industryOf(e.Sector), Workers: workers, Explain: true}, err
}
