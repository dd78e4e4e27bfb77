package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// GroupBill is a bill with its lines, by the members' names.
type GroupBill struct {
	*store.GroupBill
	Lines []GroupLine
	Left  []SkippedMember // members who are not in it
}

// GroupLine is a member's line of a bill.
type GroupLine struct {
	store.GroupLine
	Name           string
	RegistrationNo string
}

// SkippedMember is a member for whom a bill asks nothing, and the key of why.
type SkippedMember struct {
	Worker jaring.WorkerID `json:"worker_id"`
	Name   string          `json:"-"`
	Why    string          `json:"why"`
}

// groupKind is the word by which codes of such bills are kept.
const groupKind = "group"

// wholeBill reads what belongs to a bill.
func wholeBill(tx *store.Tx, b *store.GroupBill) (*GroupBill, error) {
	out := &GroupBill{GroupBill: b}
	if err := json.Unmarshal([]byte(b.Skipped), &out.Left); err != nil {
		return nil, jaring.InternalError(err)
	}
	lines, err := tx.FindGroupLines(b.Group, b.ID)
	if err != nil {
		return nil, err
	}
	var ids []jaring.WorkerID
	for _, l := range lines {
		ids = append(ids, l.Worker)
	}
	for _, s := range out.Left {
		ids = append(ids, s.Worker)
	}
	people := map[jaring.WorkerID]*store.WorkerRecord{}
	for some := range slices.Chunk(ids, 200) {
		found, err := tx.GetWorkers(some)
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			people[w.ID] = w
		}
	}
	for _, l := range lines {
		w := people[l.Worker]
		out.Lines = append(out.Lines, GroupLine{l, w.Name, string(w.RegistrationNo)})
	}
	for i := range out.Left {
		out.Left[i].Name = people[out.Left[i].Worker].Name
	}
	slices.SortStableFunc(out.Lines, func(x, y GroupLine) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Worker, y.Worker)) })
	return out, nil
}

// GetGroupBill gives a bill of a group. Errors: group.unknown, group.bill_unknown, error.forbidden.
func (a *App) GetGroupBill(ctx context.Context, actor jaring.Actor, group, bill string) (b *GroupBill, err error) {
	if _, err := a.groupFor(ctx, actor, jaring.ActFindGroup, group); err != nil {
		return nil, err
	}
	if !jaring.IsUUID(bill) {
		return nil, jaring.NewError(jaring.NotFound, "group.bill_unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		row, err := tx.GetGroupBill(group, bill)
		if err == nil {
			b, err = wholeBill(tx, row)
		}
		return err
	})
	return b, err
}

// groupDraft is a bill that is being made.
type groupDraft struct {
	group   *store.GroupRecord
	bill    *store.GroupBill
	lines   []store.GroupLine
	records []*Record
	asked   []*Asked
}

// BillGroup prices so many further months of each member, or of those named, and makes one code for all. Each
// line is a contribution of the member, by the rules of any other: what was asked of him before is called off. Who
// cannot be asked is left out, with the reason. Its id is the operation's.
// Errors: group.unknown, group.bill_open, group.not_member, group.nobody, months.range, field.too_many,
// error.forbidden, operation.conflict.
func (a *App) BillGroup(ctx context.Context, actor jaring.Actor, op jaring.OperationID, group string, months int, workers []jaring.WorkerID) (*GroupBill, error) {
	var d *groupDraft
	_, err := a.Fresh(ctx, actor, op, jaring.ActManageGroup, []any{"bill", group, months, workers}, func() (err error) {
		d, err = a.draftBill(ctx, actor, op, group, months, workers)
		return err
	}, func(tx *store.Tx) error { return a.applyDraft(tx, actor, d) })
	if err != nil {
		return nil, err
	}
	return a.GetGroupBill(ctx, actor, group, string(op))
}

func (a *App) draftBill(ctx context.Context, actor jaring.Actor, op jaring.OperationID, group string, months int, workers []jaring.WorkerID) (*groupDraft, error) {
	g, err := a.groupFor(ctx, actor, jaring.ActManageGroup, group)
	if err != nil {
		return nil, err
	}
	var people []*Record
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		people, err = membersToBill(tx, group, workers)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &groupDraft{group: g}
	left := []SkippedMember{}
	var refused error
	for _, r := range people {
		why, err := a.draftLine(ctx, actor, d, r, months)
		if err != nil {
			return nil, err
		}
		if why != nil {
			left, refused = append(left, SkippedMember{Worker: r.Worker.ID, Why: jaring.KeyOf(why)}), why
		}
	}
	if len(d.lines) == 0 {
		if jaring.KeyOf(refused) == "months.range" {
			return nil, refused
		}
		return nil, jaring.NewError(jaring.Conflict, "group.nobody")
	}
	text, err := json.Marshal(left)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	d.bill = &store.GroupBill{Group: group, ID: string(op), Months: months, State: "waiting", MadeBy: actor.Account, MadeAt: a.Now(), Skipped: string(text)}
	for _, l := range d.lines {
		d.bill.Amount += l.Amount
	}
	d.bill.Code, err = a.NewBillCode(ctx)
	return d, err
}

// membersToBill reads those of a group for whom a bill is made. Errors: group.bill_open, group.not_member,
// field.too_many.
func membersToBill(tx *store.Tx, group string, chosen []jaring.WorkerID) (people []*Record, err error) {
	bills, err := tx.FindGroupBills(group)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(bills, func(b *store.GroupBill) bool { return b.State == "waiting" }) {
		return nil, jaring.NewError(jaring.Conflict, "group.bill_open")
	}
	members, err := tx.FindGroupMembers(group)
	if err != nil {
		return nil, err
	}
	all := workersOf(members)
	if len(chosen) > 0 {
		for _, id := range chosen {
			if !slices.Contains(all, id) {
				return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "group.not_member").At("workers")}
			}
		}
		all = slices.Compact(slices.Sorted(slices.Values(chosen)))
	}
	if len(all) > jaring.MaxGroupLines {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxGroupLines).At("workers")}
	}
	for _, id := range all {
		r, err := LoadRecord(tx, id)
		if err != nil {
			return nil, err
		}
		people = append(people, r)
	}
	return people, nil
}

// draftLine prices a member's months; why tells that nothing can be asked of him.
func (a *App) draftLine(ctx context.Context, actor jaring.Actor, d *groupDraft, r *Record, months int) (why, err error) {
	if why := actor.May(jaring.ActContribute, scopeOf(r.Worker)); why != nil {
		return why, nil
	}
	body := wire.Contribution{Worker: string(r.Worker.ID), Months: months}
	asked, err := a.priceContribution(ctx, r, body, Today(actor, a.Now()))
	switch {
	case err != nil && IsRule(err):
		return firstOf(err), nil
	case err != nil:
		return nil, err
	case asked.Quote.Payable == 0:
		return jaring.NewError(jaring.Conflict, "group.has_credit"), nil
	}
	if err := a.openCode(ctx, r, asked, jaring.ContributionID(NewID())); err != nil {
		return nil, err
	}
	p := asked.Payment
	d.lines = append(d.lines, store.GroupLine{Worker: r.Worker.ID, Contribution: p.ID, From: p.FirstMonth, To: p.LastMonth(), Amount: p.Amount})
	d.records, d.asked = append(d.records, r), append(d.asked, asked)
	return nil, nil
}

// firstOf is the first of several errors.
func firstOf(err error) error {
	if many, ok := err.(jaring.Errors); ok && len(many) > 0 {
		return many[0]
	}
	return err
}

func (a *App) applyDraft(tx *store.Tx, actor jaring.Actor, d *groupDraft) error {
	if bills, err := tx.FindGroupBills(d.group.ID); err != nil || slices.ContainsFunc(bills, func(b *store.GroupBill) bool { return b.State == "waiting" }) {
		return cmp.Or(err, store.ErrRestart)
	}
	for i, r := range d.records {
		if err := a.applyContribution(tx, actor, r, d.asked[i], nil); err != nil {
			return err
		}
	}
	if err := tx.AddGroupBill(d.bill, d.lines); err != nil {
		return err
	}
	if err := tx.AddBillCode(store.BillCode{Code: d.bill.Code, Kind: groupKind, Owner: d.group.ID, Bill: d.bill.ID}); err != nil {
		return err
	}
	return a.tellOfGroup(tx, actor, d.group, jaring.GroupBilled, jaring.Facts{Amount: d.bill.Amount, Other: d.bill.ID})
}

// CancelGroupBill calls off a bill that waits. The members' own codes stay.
// Errors: group.unknown, group.bill_unknown, payment.settled, error.forbidden.
func (a *App) CancelGroupBill(ctx context.Context, actor jaring.Actor, group, bill string) error {
	g, err := a.groupFor(ctx, actor, jaring.ActManageGroup, group)
	if err != nil {
		return err
	}
	b, err := a.GetGroupBill(ctx, actor, group, bill)
	switch {
	case err != nil:
		return err
	case b.State == "cancelled":
		return nil
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		done, err := tx.CancelGroupBill(group, bill)
		if err == nil && !done {
			err = jaring.NewError(jaring.Conflict, "payment.settled")
		}
		if err != nil {
			return err
		}
		return a.tellOfGroup(tx, actor, g, jaring.GroupBillCancelled, jaring.Facts{Amount: b.Amount, Other: bill})
	})
	if err == nil {
		a.Changed()
	}
	return err
}
