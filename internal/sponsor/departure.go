package sponsor

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// States of somebody who drops out, and of who takes the place.
const (
	leaveProposed  = "proposed"
	leaveDone      = "left"
	leaveCancelled = "cancelled"
	heirProposed   = "proposed"
	heirFilled     = "filled"
)

// Departure is somebody who drops out, as pages show it.
type Departure struct {
	*store.DepartureRecord
	Person       *store.WorkerRecord
	HandNames    []string
	ApproverName string
	HeirName     string // of who takes the place
	HeirNo       jaring.RegistrationNo
	MayApprove   error // nil when the actor may, and something waits for it
}

// Difference is what is left of the freed months, or, below nothing, what is missing for who takes the place.
func (d *Departure) Difference() jaring.Rupiah { return d.Freed - d.Heir.Amount }

// DepartureList is the page of those who drop out under an agreement.
type DepartureList struct {
	Pact   *store.AgreementRecord
	Credit jaring.Rupiah // of the sponsor: what was given back and pays for whoever comes instead
	Items  []*Departure  // the newest first
}

// FindDepartures gives who dropped out under an agreement and who takes the places. Errors: sponsor.unknown,
// agreement.unknown, error.forbidden.
func (a *Sponsors) FindDepartures(ctx context.Context, actor jaring.Actor, sponsor, agreement string) (*DepartureList, error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActFindSponsor, sponsor, agreement)
	if err != nil {
		return nil, err
	}
	out := &DepartureList{Pact: g}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindDepartures(s.ID, g.ID)
		if err != nil {
			return err
		}
		head, err := tx.LedgerHead(s.ID)
		out.Credit = head.Credit
		if err != nil {
			return err
		}
		out.Items, err = a.shownDepartures(tx, found)
		return err
	})
	for _, d := range out.Items {
		d.MayApprove = a.mayApproveLeave(ctx, actor, s, d.DepartureRecord)
		for _, hand := range d.Hands {
			d.HandNames = append(d.HandNames, a.AccountName(ctx, hand))
		}
		if d.ApprovedBy != "" {
			d.ApproverName = a.AccountName(ctx, d.ApprovedBy)
		}
	}
	return out, err
}

// shownDepartures adds who the people are.
func (a *Sponsors) shownDepartures(tx *store.Tx, found []*store.DepartureRecord) (out []*Departure, err error) {
	var ids []jaring.WorkerID
	for _, d := range found {
		ids = append(ids, d.Worker)
		if d.Heir.Worker != "" {
			ids = append(ids, d.Heir.Worker)
		}
	}
	if len(ids) == 0 {
		return []*Departure{}, nil
	}
	people, err := tx.GetWorkers(ids)
	byID := map[jaring.WorkerID]*store.WorkerRecord{}
	for _, w := range people {
		byID[w.ID] = w
	}
	for _, d := range found {
		v := &Departure{DepartureRecord: d, Person: byID[d.Worker]}
		if w := byID[d.Heir.Worker]; w != nil {
			v.HeirName, v.HeirNo = w.Name, w.RegistrationNo
		} else if d.Heir.State == heirProposed && err == nil {
			v.HeirName, err = a.heirName(tx, d)
		}
		out = append(out, v)
	}
	return out, err
}

// heirName opens the name of who is proposed for a place.
func (a *Sponsors) heirName(tx *store.Tx, d *store.DepartureRecord) (string, error) {
	r, err := tx.GetRoster(d.Roster)
	if err != nil {
		return "", err
	}
	reg, err := a.openHeir(r, d)
	return reg.Name, err
}

// mayApproveLeave asks whether somebody may approve what waits. Errors: departure.nothing, error.forbidden,
// approval.same_account, approval.same_person.
func (a *Sponsors) mayApproveLeave(ctx context.Context, actor jaring.Actor, s *store.SponsorRecord, d *store.DepartureRecord) error {
	if err := actor.May(jaring.ActApproveSponsor, jaring.Scope{Office: s.Office}); err != nil {
		return err
	}
	if d.State == leaveCancelled || d.State == leaveDone && d.Heir.State != heirProposed {
		return jaring.NewError(jaring.Conflict, "departure.nothing")
	}
	return a.secondPerson(ctx, actor, d.Hands)
}

// ProposeLeave says that somebody for whom a sponsor pays drops out, for a second person to approve. Its id is the
// operation's. Errors: those of jaring.NewLeave; sponsor.unknown, agreement.unknown, departure.not_covered,
// departure.known, error.forbidden, operation.conflict.
func (a *Sponsors) ProposeLeave(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement string, form jaring.Leave) (id string, err error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement)
	if err != nil {
		return "", err
	}
	line, err := a.coveredLine(ctx, g, form.Worker)
	if err != nil {
		return "", err
	}
	last := line.First.Add(line.Months - 1)
	on := jaring.DayIn(a.Now(), a.ZoneOf(ctx, s.Office))
	if form, err = jaring.NewLeave(form, line.First, last, on); err != nil {
		return "", err
	}
	left := int(last-form.From) + 1
	freed, err := sumOf(line.Price, form.From, left)
	if err != nil {
		return "", err
	}
	d := &store.DepartureRecord{Leave: form, Sponsor: s.ID, ID: string(op), Agreement: g.ID, Roster: line.Roster, Contribution: line.Contribution, Months: left, Freed: freed,
		State: leaveProposed, Hands: []jaring.AccountID{actor.Account}, MadeAt: a.Now()}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"leave", sponsor, agreement, form}, func(tx *store.Tx) error {
		known, err := tx.FindDepartures(s.ID, g.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(known, func(k *store.DepartureRecord) bool {
			return k.Contribution == d.Contribution && k.State != leaveCancelled
		}) {
			return jaring.NewError(jaring.Conflict, "departure.known")
		}
		if err := tx.AddDeparture(d); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.LeaveProposed, jaring.Facts{Other: d.ID, Amount: freed})
	})
	return d.ID, err
}

// coveredLine finds what an agreement pays for somebody. Error: departure.not_covered.
func (a *Sponsors) coveredLine(ctx context.Context, g *store.AgreementRecord, worker jaring.WorkerID) (line store.Sponsorship, err error) {
	none := jaring.NewError(jaring.Invalid, "departure.not_covered").At("worker_id")
	if !jaring.IsUUID(string(worker)) {
		return line, jaring.Errors{none}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		lines, err := tx.SponsorshipsOf([]jaring.WorkerID{worker})
		if err != nil {
			return err
		}
		for _, l := range lines {
			r, err := tx.GetRoster(l.Roster)
			if err != nil {
				return err
			}
			if r.Agreement == g.ID && l.State == sponsorshipCovered {
				line, none = l, nil
			}
		}
		return nil
	})
	if err == nil && none != nil {
		err = jaring.Errors{none}
	}
	return line, err
}

// sumOf is what months of a price cost.
func sumOf(price string, first jaring.Month, months int) (sum jaring.Rupiah, err error) {
	sums := monthSums{}
	if err := sums.add(price, first, months); err != nil {
		return 0, err
	}
	for _, n := range sums.months {
		sum += n
	}
	return sum, nil
}

// CancelLeave takes back what is proposed and not approved: who takes the place, or else that somebody leaves.
// Errors: sponsor.unknown, agreement.unknown, departure.unknown, departure.nothing, error.forbidden,
// operation.conflict.
func (a *Sponsors) CancelLeave(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, id string) error {
	s, d, err := a.departureFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement, id)
	if err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"leave cancel", id}, func(tx *store.Tx) error {
		next := *d
		switch {
		case d.Heir.State == heirProposed:
			next.Heir = store.Heir{}
		case d.State == leaveProposed:
			next.State = leaveCancelled
		default:
			return jaring.NewError(jaring.Conflict, "departure.nothing")
		}
		if err := moveLeave(tx, &next, d); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.LeaveCancelled, jaring.Facts{Other: d.ID})
	})
	return err
}

// moveLeave writes next in the place of now. Error: departure.changed_meanwhile.
func moveLeave(tx *store.Tx, next, now *store.DepartureRecord) error {
	done, err := tx.UpdateDeparture(next, now.State, now.Heir.State)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "departure.changed_meanwhile")
	}
	return err
}

// departureFor finds somebody who drops out. Errors: sponsor.unknown, agreement.unknown, departure.unknown,
// error.forbidden.
func (a *Sponsors) departureFor(ctx context.Context, actor jaring.Actor, act jaring.Act, sponsor, agreement, id string) (s *store.SponsorRecord, d *store.DepartureRecord, err error) {
	s, g, err := a.agreementFor(ctx, actor, act, sponsor, agreement)
	if err != nil {
		return nil, nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindDepartures(s.ID, g.ID)
		at := slices.IndexFunc(all, func(d *store.DepartureRecord) bool { return d.ID == id })
		if err == nil && at < 0 {
			return jaring.NewError(jaring.NotFound, "departure.unknown")
		}
		if at >= 0 {
			d = all[at]
		}
		return err
	})
	return s, d, err
}
