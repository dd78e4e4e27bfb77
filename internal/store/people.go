package store

import (
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// NewPerson is a person of a list on the way into the book, as the rows of a single registration are.
type NewPerson struct {
	Worker     *WorkerRecord
	Membership *MembershipRecord
	NIK        NIKClaim
	Operation  jaring.OperationID // under which what was sent is kept
	Capture    []byte
	Event      *jaring.Event // the first of the person's chain
}

// columns is a list of columns as copyIn takes it.
func columns(list string) []string {
	names := strings.Split(list, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

// AddPeople inserts many persons table by table; their NIKs are asked for by ClaimMany.
func (tx *Tx) AddPeople(people []NewPerson) error {
	for _, t := range []struct {
		table, columns string
		args           func(*NewPerson) []any
	}{
		{"worker", workerColumns, func(p *NewPerson) []any { return workerArgs(p.Worker) }},
		{"registration_index", `registration_no, worker_id`, func(p *NewPerson) []any { return []any{string(p.Worker.RegistrationNo), string(p.Worker.ID)} }},
		{"membership", membershipColumns, func(p *NewPerson) []any { return membershipArgs(p.Membership) }},
		{"capture", `worker_id, operation_id, sealed`, func(p *NewPerson) []any { return []any{string(p.Worker.ID), string(p.Operation), p.Capture} }},
	} {
		if _, err := tx.copyIn(t.table, columns(t.columns), eachOf(people, t.args)); err != nil {
			return err
		}
	}
	events := make([]*jaring.Event, len(people))
	for i := range people {
		events[i] = people[i].Event
		events[i].Seal(0, nil)
	}
	return tx.addEvents(events)
}

// addEvents inserts events that are sealed behind the ends of their chains.
func (tx *Tx) addEvents(events []*jaring.Event) error {
	_, err := tx.copyIn("event", columns(eventColumns), eachOf(events, func(e **jaring.Event) []any { return eventArgs(*e) }))
	if err != nil {
		return err
	}
	_, err = tx.copyIn("event_pending", columns(`subject_id, seq`), eachOf(events, func(e **jaring.Event) []any { return []any{(*e).Subject, (*e).Seq} }))
	return err
}

// PaidPerson is somebody whose contribution is paid by a sponsor, with all that follows from it.
type PaidPerson struct {
	Worker     *WorkerRecord
	Due        jaring.Day        // until when the standing holds by itself; 0 for ever
	Membership *MembershipRecord // when it becomes paid by this; nil else
	Payment    *PaymentRecord
	Entry      *ledger.Entry
	Event      *jaring.Event
	Heads      Heads // behind what entry and event stand
	Queued     time.Time
}

// PayPeople writes the contributions of many persons as paid, table by table. Error: worker.changed_meanwhile.
func (tx *Tx) PayPeople(people []PaidPerson) error {
	stmts := make([]statement, 0, len(people))
	for i := range people {
		w := people[i].Worker
		stmts = append(stmts, statement{`UPDATE worker SET version = version + 1, status = $3, paid_to = $4 WHERE worker_id = $1 AND version = $2`,
			[]any{string(w.ID), w.Version, string(w.Standing), int64(w.PaidTo)}})
	}
	affected, err := tx.execMany(stmts)
	if err != nil {
		return err
	}
	for _, n := range affected {
		if n == 0 {
			return jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
		}
	}
	for i := range people {
		p := &people[i]
		if p.Membership != nil {
			if err := tx.UpdateMembership(p.Membership); err != nil {
				return err
			}
		}
		if p.Due != 0 {
			if err := tx.SetStandingDue(p.Worker.ID, p.Due); err != nil {
				return err
			}
		}
	}
	return tx.payRows(people)
}

func (tx *Tx) payRows(people []PaidPerson) error {
	events := make([]*jaring.Event, len(people))
	for i := range people {
		p := &people[i]
		p.Event.Seal(p.Heads.Events.Seq, p.Heads.Events.Hash)
		events[i] = p.Event
	}
	for _, t := range []struct {
		table, columns string
		args           func(*PaidPerson) []any
	}{
		{"payment", paymentColumns, func(p *PaidPerson) []any { return paymentArgs(p.Payment) }},
		{"ledger_entry", entryColumns, func(p *PaidPerson) []any { return entryArgs(p.Entry) }},
		{"ledger_pending", `owner_id, seq`, func(p *PaidPerson) []any { return []any{p.Entry.Owner, p.Entry.Seq} }},
		{"core_message", `worker_id, membership_id, state, queued_at`, func(p *PaidPerson) []any {
			return []any{string(p.Worker.ID), string(p.Payment.ID), string(jaring.CoreQueued), millis(p.Queued)}
		}},
	} {
		if _, err := tx.copyIn(t.table, columns(t.columns), eachOf(people, t.args)); err != nil {
			return err
		}
	}
	return tx.addEvents(events)
}
