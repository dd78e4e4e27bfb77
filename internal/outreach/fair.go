package outreach

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Fair is a job fair as the office sees it.
type Fair struct {
	Campaign  *app.Campaign
	Openings  []OpeningView
	Count     jaring.FairCount
	Page      jaring.TicketCode // of the fair's own page; empty while nothing is offered
	MayManage bool
	MayHire   bool
}

// OpeningView is an opening with how far it is.
type OpeningView struct {
	jaring.Opening
	Taken  map[string]int                // places of each slot
	States map[jaring.ApplicantState]int // applications
	Called []int                         // numbers that are called now
	Desk   jaring.TicketCode             // of the page of the employer's desk; for who manages the fair
}

// GetFair gives how a job fair stands now. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) GetFair(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Fair, error) {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	f := &Fair{Campaign: c, MayManage: actor.May(jaring.ActManageCampaign, jaring.Scope{Office: c.Office}) == nil, MayHire: actor.Can(jaring.ActManageEmployer)}
	err = o.DB.Snapshot(ctx, func(tx *store.Tx) error { return o.readFair(tx, f) })
	return f, err
}

func (o *Outreach) readFair(tx *store.Tx, f *Fair) error {
	openings, err := tx.FindOpenings(f.Campaign.ID)
	if err != nil {
		return err
	}
	rows, err := tx.FindApplicants(f.Campaign.ID, "", "")
	if err != nil {
		return err
	}
	all := applicantsOf(rows)
	standing, err := standingsOf(tx, all)
	if err != nil {
		return err
	}
	f.Count = jaring.CountFair(openings, all, standing)
	if f.Openings = viewsOf(openings, all); len(openings) > 0 {
		f.Page = o.codeOf(store.CodeFair, string(f.Campaign.ID))
	}
	for i := range f.Openings {
		if f.MayManage {
			f.Openings[i].Desk = o.codeOf(store.CodeOpening, string(f.Openings[i].ID))
		}
	}
	return nil
}

// CountFair gives what a fair came to, for its evaluation; nil where nothing was offered.
// Errors: campaign.not_found, error.forbidden.
func (o *Outreach) CountFair(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*jaring.FairCount, error) {
	f, err := o.GetFair(ctx, actor, id)
	if err != nil || len(f.Openings) == 0 {
		return nil, err
	}
	return &f.Count, nil
}

// viewsOf counts the applications of each opening.
func viewsOf(openings []jaring.Opening, all []jaring.Applicant) []OpeningView {
	out, at := make([]OpeningView, len(openings)), map[jaring.OpeningID]int{}
	for i, o := range openings {
		out[i] = OpeningView{Opening: o, Taken: map[string]int{}, States: map[jaring.ApplicantState]int{}}
		at[o.ID] = i
	}
	for _, a := range all {
		v := &out[at[a.Opening]]
		v.States[a.State]++
		if a.State != jaring.ApplicantWithdrawn {
			v.Taken[a.Slot]++
		}
		if !a.CalledAt.IsZero() {
			v.Called = append(v.Called, a.Number)
		}
	}
	return out
}

func applicantsOf(rows []store.ApplicantRow) []jaring.Applicant {
	out := make([]jaring.Applicant, len(rows))
	for i := range rows {
		out[i] = rows[i].Applicant
	}
	return out
}

// addFair puts the numbers that a job fair calls beside those of the hall's queue, the newest call first.
func (l *Loop) addFair(tx *store.Tx) error {
	if l.Campaign.Kind != jaring.KindJobFair {
		return nil
	}
	openings, err := tx.FindOpenings(l.Campaign.ID)
	if err != nil {
		return err
	}
	what := map[jaring.OpeningID]string{}
	for _, o := range openings {
		what[o.ID] = o.Position
	}
	rows, err := tx.FindApplicants(l.Campaign.ID, "", "")
	for _, a := range rows {
		switch {
		case !a.CalledAt.IsZero():
			l.Called = append(l.Called, jaring.Turn{Number: a.Number, Topic: what[a.Opening], State: jaring.QueueCalled, Desk: a.Desk, CalledAt: a.CalledAt})
		case a.State == jaring.ApplicantApplied || a.State == jaring.ApplicantInvited:
			l.Waiting++
		}
	}
	slices.SortStableFunc(l.Called, func(a, b jaring.Turn) int { return b.CalledAt.Compare(a.CalledAt) })
	l.Called = l.Called[:min(len(l.Called), loopCalls)]
	return err
}

// standingsOf reads where those stand who were hired.
func standingsOf(tx *store.Tx, all []jaring.Applicant) (map[jaring.WorkerID]jaring.Standing, error) {
	out := map[jaring.WorkerID]jaring.Standing{}
	var ids []jaring.WorkerID
	for _, a := range all {
		if a.Worker != "" {
			ids = append(ids, a.Worker)
		}
	}
	for len(ids) > 0 {
		some := ids[:min(len(ids), 200)]
		ids = ids[len(some):]
		workers, err := tx.GetWorkers(some)
		if err != nil {
			return nil, err
		}
		for _, w := range workers {
			out[w.ID] = w.Standing
		}
	}
	return out, nil
}

// OpeningForm is an opening as somebody writes it down.
type OpeningForm struct {
	jaring.Opening
	Closed bool // before its time
}

// SetOpening adds an opening, or with an id writes it anew for who saw it in Version. A registered employer gives its
// own name. Slots keep their ids; one in which somebody has a number stays. It gives the opening's id.
// Errors: those of jaring.NewOpening; opening.unknown, opening.changed_meanwhile, opening.slot_taken, employer.unknown,
// stand.not_found, field.too_many, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) SetOpening(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, f OpeningForm) (jaring.OpeningID, error) {
	c, err := o.hallFor(ctx, actor, jaring.ActManageCampaign, id)
	if err != nil {
		return "", err
	}
	if f.Employer != "" {
		e, err := o.GetEmployer(ctx, actor, string(f.Employer))
		if err != nil {
			return "", err
		}
		f.EmployerName = e.Name
	}
	opening, faults := jaring.NewOpening(f.Opening, c.OpensAt, c.ClosesAt, o.areaKnown)
	opening.Campaign, opening.AddedAt = id, o.Now()
	fresh := opening.ID == ""
	if fresh {
		opening.ID, opening.Version = jaring.OpeningID(op), 0
	}
	if faults == nil && !jaring.IsUUID(string(opening.ID)) {
		faults = jaring.NewError(jaring.NotFound, "opening.unknown")
	}
	nameSlots(op, opening.Slots)
	err = o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{"opening", id, f}, faults, jaring.OpeningSet, string(opening.ID), func(tx *store.Tx) error {
		return o.putOpening(tx, opening, fresh, f.Closed)
	})
	return opening.ID, err
}

// nameSlots gives new slots their ids.
func nameSlots(op jaring.OperationID, slots []jaring.Slot) {
	seen := map[string]bool{}
	for i := range slots {
		if slots[i].ID == "" || seen[slots[i].ID] || !jaring.IsUUID(slots[i].ID) {
			slots[i].ID = partOf(op, i)
		}
		seen[slots[i].ID] = true
	}
}

// putOpening writes an opening inside the writer.
func (o *Outreach) putOpening(tx *store.Tx, n jaring.Opening, fresh, closed bool) error {
	n.ClosedAt = time.Time{}
	if closed {
		n.ClosedAt = o.Now()
	}
	n.Version++
	if n.Stand != "" {
		if _, err := tx.GetStand(n.Campaign, n.Stand); err != nil {
			return err
		}
	}
	if !fresh {
		return o.changeOpening(tx, n)
	}
	known, err := tx.FindOpenings(n.Campaign)
	if err == nil && len(known) >= jaring.MaxOpenings {
		err = jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxOpenings).At("position")}
	}
	if err == nil {
		err = tx.AddHallItem(codeHash(o.codeOf(store.CodeFair, string(n.Campaign))), store.HallItem{Campaign: n.Campaign, Kind: store.CodeFair, ID: string(n.Campaign)})
	}
	if err == nil {
		err = tx.AddHallItem(codeHash(o.codeOf(store.CodeOpening, string(n.ID))), store.HallItem{Campaign: n.Campaign, Kind: store.CodeOpening, ID: string(n.ID)})
	}
	if err != nil {
		return err
	}
	return tx.AddOpening(&n)
}

// changeOpening writes an opening anew, unless a slot in which somebody has a number would go.
func (o *Outreach) changeOpening(tx *store.Tx, n jaring.Opening) error {
	was, err := tx.GetOpening(n.Campaign, n.ID)
	if err != nil {
		return err
	}
	if n.AddedAt = was.AddedAt; n.Employer == "" && was.Employer != "" && n.EmployerName == was.EmployerName {
		n.Employer = was.Employer
	}
	rows, err := tx.FindApplicants(n.Campaign, n.ID, "")
	if err != nil {
		return err
	}
	for _, a := range rows {
		if _, there := n.Slot(a.Slot); !there && a.Slot != "" && !a.State.Over() {
			return jaring.Errors{jaring.NewError(jaring.Invalid, "opening.slot_taken").At("slots")}
		}
	}
	return tx.SetOpening(&n)
}

// SetOpeningEmployer says which registered employer offers the work of an opening, and of the others of the same name.
// With a form the employer is registered first, as found at this fair.
// Errors: those of RegisterEmployer; employer.unknown, opening.unknown, campaign.not_found, error.forbidden, operation.conflict.
func (o *Outreach) SetOpeningEmployer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, opening jaring.OpeningID, employer jaring.EmployerID, form *jaring.EmployerForm) (jaring.EmployerID, error) {
	found, err := o.openingFor(ctx, actor, jaring.ActManageEmployer, id, opening)
	if err != nil {
		return "", err
	}
	if form != nil {
		if form.Source.Campaign = id; found.Stand != "" {
			if s, err := o.stand(ctx, id, found.Stand); err == nil {
				form.Source.Stand = s.Number + " " + s.Name
			}
		}
		if employer, err = o.RegisterEmployer(ctx, actor, op, *form); err != nil {
			return "", err
		}
	}
	e, err := o.GetEmployer(ctx, actor, string(employer))
	if err != nil {
		return "", err
	}
	link := jaring.OperationID(partOf(op, 1))
	return employer, o.inHall(ctx, actor, jaring.ActCheckTicket, link, id, []any{"employer", opening, employer}, nil, jaring.OpeningEmployer, string(opening), func(tx *store.Tx) error {
		all, err := tx.FindOpenings(id)
		if err != nil {
			return err
		}
		for i := range all {
			n := all[i]
			if n.ID != opening && n.EmployerKey() != found.EmployerKey() {
				continue
			}
			n.Employer, n.EmployerName, n.Version = employer, e.Name, n.Version+1
			if err := tx.SetOpening(&n); err != nil {
				return err
			}
		}
		return nil
	})
}

// openingFor reads an opening for an act of somebody who works at the fair. Errors: opening.unknown, those of hallFor,
// error.forbidden.
func (o *Outreach) openingFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.CampaignID, opening jaring.OpeningID) (found *jaring.Opening, err error) {
	if _, err := o.hallFor(ctx, actor, jaring.ActCheckTicket, id); err != nil {
		return nil, err
	}
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return nil, err
	}
	if !jaring.IsUUID(string(opening)) {
		return nil, jaring.NewError(jaring.NotFound, "opening.unknown")
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err = tx.GetOpening(id, opening)
		return err
	})
	return found, err
}
