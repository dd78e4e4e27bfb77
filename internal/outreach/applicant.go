package outreach

import (
	"context"
	"slices"
	"strings"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// ApplicantRow is an application with who applied.
type ApplicantRow = store.ApplicantRow

// ApplicantFilter asks for applications.
type ApplicantFilter struct {
	Opening jaring.OpeningID
	State   jaring.ApplicantState
	Text    string // part of a name
}

// FindApplicants gives the applications of a fair in the order in which they are called. A phone number is told to
// those who manage the fair. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) FindApplicants(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, f ApplicantFilter) (out []store.ApplicantRow, err error) {
	c, err := o.hallFor(ctx, actor, jaring.ActCheckTicket, id)
	if err != nil {
		return nil, err
	}
	if f.Opening != "" && !jaring.IsUUID(string(f.Opening)) {
		return nil, jaring.NewError(jaring.NotFound, "opening.unknown")
	}
	manages := actor.May(jaring.ActManageCampaign, jaring.Scope{Office: c.Office}) == nil
	folded := match.FoldName(f.Text)
	err = o.DB.Snapshot(ctx, func(tx *store.Tx) error {
		rows, err := tx.FindApplicants(id, f.Opening, "")
		out = nil
		for _, a := range rows {
			if f.State != "" && a.State != f.State || !strings.Contains(match.FoldName(a.Name), folded) {
				continue
			}
			if !manages {
				a.Phone = ""
			}
			out = append(out, a)
		}
		return err
	})
	return out, err
}

// Application is what somebody asks for: the work of an opening, in a slot of it or, when none is told, the first free one.
type Application struct {
	Opening jaring.OpeningID
	Slot    string
	Ticket  string                  // as scanned or typed
	Person  *jaring.ParticipantForm // who has no ticket yet
}

// AddApplicant puts somebody's application down at a desk of the fair: with a ticket, or as somebody new who gets one. Told
// again under the same id it is the same. Errors: those of jaring.NewParticipant at person/…; participant.consent_required,
// ticket.code_malformed, ticket.unknown, ticket.cancelled, opening.unknown, opening.closed, opening.slot_unknown …,
// applicant.already, applicant.too_many, campaign.not_found, campaign.is_cancelled, error.forbidden, operation.conflict.
func (o *Outreach) AddApplicant(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, a Application) (who jaring.ParticipantID, err error) {
	if _, err := o.openingFor(ctx, actor, jaring.ActCheckTicket, id, a.Opening); err != nil {
		return "", err
	}
	var fresh *store.ParticipantRecord
	var faults jaring.Errors
	if a.Person != nil && a.Ticket == "" {
		p, es := jaring.NewParticipant(*a.Person, "person/", jaring.ViaOffice, o.Now())
		if faults = es; !a.Person.Consent {
			faults = append(faults, jaring.NewError(jaring.Invalid, "participant.consent_required").At("person/consent"))
		}
		p.Campaign, p.ID = id, jaring.ParticipantID(partOf(op, 0))
		fresh, who = o.record(p), p.ID
	}
	err = o.inHall(ctx, actor, jaring.ActCheckTicket, op, id, []any{"apply", id, a}, faults.OrNil(), jaring.ApplicantAdded, string(a.Opening), func(tx *store.Tx) error {
		if fresh != nil {
			if err := addParticipants(tx, id, []*store.ParticipantRecord{fresh}); err != nil {
				return err
			}
		} else if who, err = holderOf(tx, id, a.Ticket); err != nil {
			return err
		}
		return o.apply(tx, id, a.Opening, who, a.Slot)
	})
	return who, err
}

// apply puts an application down inside the writer. All applications of a fair go one after the other, so that no place
// of a slot is given twice and nobody is in two slots at once.
func (o *Outreach) apply(tx *store.Tx, id jaring.CampaignID, opening jaring.OpeningID, who jaring.ParticipantID, slot string) error {
	if _, err := tx.TakeNumbers("fair-"+string(id), 0, 1); err != nil {
		return err
	}
	found, err := tx.GetOpening(id, opening)
	if err != nil {
		return err
	}
	now := o.Now()
	if !found.Open(now) {
		return jaring.NewError(jaring.Conflict, "opening.closed")
	}
	mine, err := tx.FindApplicants(id, "", who)
	if err != nil {
		return err
	}
	n := 0
	for _, a := range mine {
		if a.State == jaring.ApplicantWithdrawn {
			continue
		}
		if n++; a.Opening == opening {
			return jaring.NewError(jaring.Conflict, "applicant.already")
		}
	}
	if n >= jaring.MaxApplications {
		return jaring.NewError(jaring.Conflict, "applicant.too_many", "max", jaring.MaxApplications)
	}
	free, number, err := o.placeIn(tx, found, mine, slot)
	if err != nil {
		return err
	}
	return tx.AddApplicant(&jaring.Applicant{Campaign: id, Opening: opening, Participant: who, State: jaring.ApplicantApplied, Slot: free.ID, Number: number, AppliedAt: now, MovedAt: now})
}

// placeIn finds a slot of an opening for somebody who has other applications, and the next number in it.
func (o *Outreach) placeIn(tx *store.Tx, opening *jaring.Opening, mine []store.ApplicantRow, slot string) (jaring.Slot, int, error) {
	var busy []jaring.Slot
	for _, a := range mine {
		if a.Opening == opening.ID || a.State.Over() || a.Slot == "" {
			continue
		}
		other, err := tx.GetOpening(a.Campaign, a.Opening)
		if err != nil {
			return jaring.Slot{}, 0, err
		}
		if s, ok := other.Slot(a.Slot); ok {
			busy = append(busy, s)
		}
	}
	rows, err := tx.FindApplicants(opening.Campaign, opening.ID, "")
	if err != nil {
		return jaring.Slot{}, 0, err
	}
	taken, last := map[string]int{}, map[string]int{}
	for _, a := range rows {
		if last[a.Slot] = max(last[a.Slot], a.Number); a.State != jaring.ApplicantWithdrawn {
			taken[a.Slot]++
		}
	}
	s, err := opening.FreeSlot(slot, taken, busy, o.Now())
	return s, last[s.ID] + 1, err
}

// Step is what is done with an application.
type Step struct {
	Opening jaring.OpeningID
	Who     jaring.ParticipantID // empty: with call, the next one who waits
	Act     jaring.ApplicantAct
	Desk    string // where the called one is to come; empty: where the slot is, else the stand, else the employer's name
	Note    string
	Slot    string // with the act slot: the other one
}

// MoveToSlot is the act by which an application gets another slot, and a number in it.
const MoveToSlot jaring.ApplicantAct = "slot"

// MoveApplicant calls an applicant, or notes what came of it. Errors: those of jaring.Applicant.Do; applicant.unknown, applicant.nobody_waits,
// opening.unknown, opening.slot_unknown …, field.too_long, campaign.not_found, campaign.is_cancelled, error.forbidden,
// operation.conflict.
func (o *Outreach) MoveApplicant(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, s Step) error {
	if _, err := o.openingFor(ctx, actor, jaring.ActCheckTicket, id, s.Opening); err != nil {
		return err
	}
	said := s
	faults := s.judge()
	return o.inHall(ctx, actor, jaring.ActCheckTicket, op, id, []any{"move", id, said}, faults, jaring.ApplicantMoved, string(s.Opening), func(tx *store.Tx) error {
		return o.moveApplicant(tx, id, s)
	})
}

// judge judges what a desk says of an application.
func (s *Step) judge() error {
	var es jaring.Errors
	if s.Act != MoveToSlot && !slices.Contains(jaring.ApplicantActs, s.Act) {
		es = append(es, jaring.NewError(jaring.Invalid, "applicant.act_unknown").At("act"))
	}
	note, err := jaring.DeskNote(s.Note)
	if more, ok := err.(jaring.Errors); ok {
		es = append(es, more...)
	}
	s.Note = note
	if s.Desk != "" {
		desk, more := jaring.NewHallWord("desk", s.Desk)
		s.Desk, es = desk, append(es, more...)
	}
	if s.Who != "" && !jaring.IsUUID(string(s.Who)) {
		return jaring.NewError(jaring.NotFound, "applicant.unknown")
	}
	return es.OrNil()
}

// moveApplicant takes an application a step on inside the writer.
func (o *Outreach) moveApplicant(tx *store.Tx, id jaring.CampaignID, s Step) error {
	opening, err := tx.GetOpening(id, s.Opening)
	if err != nil {
		return err
	}
	rows, err := tx.FindApplicants(id, s.Opening, "")
	if err != nil {
		return err
	}
	at, err := pickApplicant(opening, rows, s)
	if err != nil {
		return err
	}
	a, was := rows[at].Applicant, rows[at].Applicant
	if s.Act == MoveToSlot {
		err = o.otherSlot(tx, opening, &a, s.Slot)
	} else {
		desk := s.Desk
		if desk == "" {
			desk = o.deskOf(tx, opening, a.Slot)
		}
		err = a.Do(s.Act, desk, s.Note, o.Now())
	}
	if err != nil {
		return err
	}
	moved, err := tx.MoveApplicant(&a, &was)
	if err == nil && !moved {
		err = store.ErrRestart // another desk was first
	}
	return err
}

// pickApplicant finds whose application a step is about. Errors: applicant.unknown, applicant.nobody_waits.
func pickApplicant(opening *jaring.Opening, rows []store.ApplicantRow, s Step) (int, error) {
	if s.Who == "" && s.Act == jaring.ApplicantCall {
		if at := jaring.NextApplicant(opening, applicantsOf(rows)); at >= 0 {
			return at, nil
		}
		return 0, jaring.NewError(jaring.Conflict, "applicant.nobody_waits")
	}
	at := slices.IndexFunc(rows, func(a store.ApplicantRow) bool { return a.Participant == s.Who })
	if at < 0 {
		return 0, jaring.NewError(jaring.NotFound, "applicant.unknown")
	}
	return at, nil
}

// otherSlot gives an application that waits another slot and a number in it.
func (o *Outreach) otherSlot(tx *store.Tx, opening *jaring.Opening, a *jaring.Applicant, slot string) error {
	if a.State != jaring.ApplicantApplied && a.State != jaring.ApplicantInvited || !a.CalledAt.IsZero() {
		return jaring.NewError(jaring.Conflict, "applicant.is_"+string(a.State))
	}
	if slot == a.Slot {
		return nil
	}
	if _, err := tx.TakeNumbers("fair-"+string(a.Campaign), 0, 1); err != nil {
		return err
	}
	mine, err := tx.FindApplicants(a.Campaign, "", a.Participant)
	if err != nil {
		return err
	}
	s, number, err := o.placeIn(tx, opening, mine, slot)
	a.Slot, a.Number, a.MovedAt = s.ID, number, o.Now()
	return err
}

// deskOf is where a called applicant is to come when nobody says so.
func (o *Outreach) deskOf(tx *store.Tx, opening *jaring.Opening, slot string) string {
	if s, ok := opening.Slot(slot); ok && s.Desk != "" {
		return s.Desk
	}
	if opening.Stand != "" {
		if s, err := tx.GetStand(opening.Campaign, opening.Stand); err == nil {
			return s.Number + " " + s.Name
		}
	}
	return opening.EmployerName
}

// HireApplicant makes an applicant who has an offer a wage worker of the opening's employer: it is a registration like any other,
// by the same rules, and it alone says that somebody was hired. Who is below working age is refused. Told again under the
// same id it gives the same answer. Errors: those of app.AddEmployee; worker.age_minimum, opening.no_employer,
// applicant.is_applied …, applicant.unknown, opening.unknown, campaign.not_found, error.forbidden, operation.conflict.
func (o *Outreach) HireApplicant(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, opening jaring.OpeningID, who jaring.ParticipantID, f app.EmployeeForm) (*app.Employed, error) {
	found, err := o.openingFor(ctx, actor, jaring.ActAddEmployee, id, opening)
	if err != nil {
		return nil, err
	}
	if err := o.mayHire(ctx, actor, op, found, who, f); err != nil {
		return nil, err
	}
	f.Person.Campaign = string(id)
	made, err := o.AddEmployee(ctx, actor, op, found.Employer, f)
	if err != nil {
		return nil, err
	}
	link := jaring.OperationID(partOf(op, 1))
	return made, o.inHall(ctx, actor, jaring.ActCheckTicket, link, id, []any{"hire", opening, who, made.Worker}, nil, jaring.ApplicantTaken, string(made.Worker), func(tx *store.Tx) error {
		rows, err := tx.FindApplicants(id, opening, who)
		if err != nil {
			return err
		}
		a, was := rows[0].Applicant, rows[0].Applicant
		if err := a.Hire(found.Employer, made.Worker, o.Now()); err != nil {
			return err
		}
		moved, err := tx.MoveApplicant(&a, &was)
		if err == nil && !moved {
			err = store.ErrRestart
		}
		return err
	})
}

// mayHire asks what must be so before a registration is made.
func (o *Outreach) mayHire(ctx context.Context, actor jaring.Actor, op jaring.OperationID, opening *jaring.Opening, who jaring.ParticipantID, f app.EmployeeForm) error {
	if opening.Employer == "" {
		return jaring.NewError(jaring.Conflict, "opening.no_employer")
	}
	if birth, err := jaring.ParseDay(strings.TrimSpace(f.Person.BirthDate)); err == nil {
		for _, found := range jaring.EntryAge(birth, jaring.DayIn(o.Now(), app.Zone(actor.Zone))) {
			if found.Verdict == jaring.Hold {
				return jaring.Errors{found.Err()}
			}
		}
	}
	if !jaring.IsUUID(string(who)) {
		return jaring.NewError(jaring.NotFound, "applicant.unknown")
	}
	return o.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.FindApplicants(opening.Campaign, opening.ID, who)
		if err != nil {
			return err
		}
		told, err := tx.FindOperations([]jaring.OperationID{op})
		switch {
		case err != nil:
			return err
		case len(rows) == 0:
			return jaring.NewError(jaring.NotFound, "applicant.unknown")
		case rows[0].State != jaring.ApplicantOffered && told[op] == nil:
			return jaring.NewError(jaring.Conflict, "applicant.is_"+string(rows[0].State))
		}
		return nil
	})
}
