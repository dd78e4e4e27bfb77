package app

import (
	"context"
	"iter"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CoreDue is a paid membership that the fund's core must be told of, with all that the
// core asks for.
type CoreDue struct {
	Message    *store.CoreMessage
	Worker     *store.WorkerRecord
	Membership *store.MembershipRecord
	NIK        jaring.NIK
	MotherName string
	Amount     jaring.Rupiah // paid for all months
	Trouble    error         // why it cannot be told: keys.unknown, keys.damaged, worker.erased
}

// FindCoreDue gives memberships that wait to be told, the oldest first.
func (a *App) FindCoreDue(ctx context.Context, limit int) (due []CoreDue, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		due = nil
		messages, err := tx.FindCoreMessages(jaring.CoreQueued, limit)
		if err != nil {
			return err
		}
		for _, m := range messages {
			d := CoreDue{Message: m}
			if d.Worker, err = tx.GetWorker(m.Worker); err != nil {
				return err
			}
			if d.Membership, err = membershipWith(tx, m.Worker, m.Membership); err != nil {
				return err
			}
			d.Amount = d.Membership.Quote.Total
			due = append(due, d)
		}
		return nil
	})
	for i := range due {
		due[i].Trouble = a.openDue(&due[i])
	}
	return due, err
}

// membershipWith is a membership as the core is told of one of its contributions.
func membershipWith(tx *store.Tx, worker jaring.WorkerID, id jaring.MembershipID) (*store.MembershipRecord, error) {
	all, err := tx.FindMemberships(worker)
	if err != nil {
		return nil, err
	}
	r := &Record{All: all}
	m, p := r.Contribution(jaring.ContributionID(id))
	if p == nil {
		return nil, jaring.NewError(jaring.NotFound, "core.unknown_message")
	}
	return toldAs(m, p), nil
}

// openDue opens what is sealed: the core knows whose number it is.
func (a *App) openDue(d *CoreDue) error {
	key, err := a.Vault.OpenPerson(d.Worker.ID, d.Worker.PersonKey, d.Worker.PersonKeyID)
	if err != nil {
		return err
	}
	text, err := key.Open(d.Worker.NIKSealed, purposeNIK)
	if err != nil {
		return err
	}
	nik, nikErr := jaring.ParseNIK(string(text))
	if nikErr != nil {
		return jaring.InternalError(nikErr)
	}
	d.NIK = nik
	if len(d.Worker.MotherSealed) > 0 {
		mother, err := key.Open(d.Worker.MotherSealed, purposeMother)
		d.MotherName = string(mother)
		return err
	}
	return nil
}

// CoreTold notes that the core has taken messages. One that was answered meanwhile
// stays answered, so a late note does no harm.
func (a *App) CoreTold(ctx context.Context, due []CoreDue) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		for _, d := range due {
			if err := tx.SentCore(d.Message, a.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Answered records an answer of the core, when it says yes only if that is to what was
// sent: another span or other programmes are for a person to look at, and nobody is
// protected by them. Errors: core.answer_differs and those of Confirm.
func (a *App) Answered(ctx context.Context, c Confirmation, programs jaring.Programs) error {
	if !c.Accepted {
		return a.Confirm(ctx, c)
	}
	var m *store.MembershipRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		m, err = membershipWith(tx, c.Worker, c.Membership)
		return err
	})
	if err != nil {
		return err
	}
	if m.FirstMonth != c.From || m.LastMonth() != c.To || m.Programs.String() != programs.String() {
		return jaring.NewError(jaring.Conflict, "core.answer_differs")
	}
	return a.Confirm(ctx, c)
}

// CoreHeld walks what we believe that the core holds, in the order of its message ids.
func (a *App) CoreHeld(ctx context.Context) iter.Seq2[store.CoreHeld, error] {
	return func(yield func(store.CoreHeld, error) bool) {
		going := true
		err := a.DB.Read(ctx, func(tx *store.Tx) error {
			return tx.EachCoreHeld(func(h store.CoreHeld) error {
				if going = yield(h, nil); !going {
					return context.Canceled
				}
				return nil
			})
		})
		if err != nil && going {
			yield(store.CoreHeld{}, err)
		}
	}
}

// Backlog is what waits to be done.
type Backlog struct {
	Events   int64         // not in the counters yet
	Age      time.Duration // of the oldest of them
	Queued   int64         // memberships that the core must be told of
	Unheard  int64         // that it was told of and has not answered
	Rejected int64         // that it refused
	Ends     int64         // of cover, that it must be told of
}

// Backlog counts what waits to be done.
func (a *App) Backlog(ctx context.Context) (b Backlog, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		var oldest time.Time
		if b.Events, oldest, err = tx.Backlog(); err != nil {
			return err
		}
		if b.Age = 0; !oldest.IsZero() {
			b.Age = max(0, a.Now().Sub(oldest))
		}
		if b.Queued, err = tx.CountCore(jaring.CoreQueued); err != nil {
			return err
		}
		if b.Unheard, err = tx.CountCore(jaring.CoreSent); err != nil {
			return err
		}
		if b.Ends, err = tx.CountEndings(jaring.CoreQueued); err != nil {
			return err
		}
		b.Rejected, err = tx.CountCore(jaring.CoreRejected)
		return err
	})
	return b, err
}

// HasPending tells whether any event is not in the counters yet.
func (a *App) HasPending(ctx context.Context) (pending bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		pending, err = tx.HasPending()
		return err
	})
	return pending, err
}

// ReleaseHeld does operations that were held although the one they wait for has come.
// One that fails does not keep the others waiting. It gives how many were tried.
func (a *App) ReleaseHeld(ctx context.Context) (n int, err error) {
	var held []*store.HeldOperation
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.FindHeldReady(ageBatch)
		return err
	})
	for _, h := range held {
		if ctx.Err() != nil {
			break
		}
		if one := a.applyHeld(ctx, h); one != nil {
			err = one
		}
		n++
	}
	return n, err
}

// FindRoots gives the Merkle roots of hours after the one that began at hour.
func (a *App) FindRoots(ctx context.Context, hour time.Time) (roots []store.MerkleRoot, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		roots = nil
		return tx.EachRoot(func(r store.MerkleRoot) error {
			if r.Hour > hour.UnixMilli() {
				roots = append(roots, r)
			}
			return nil
		})
	})
	return roots, err
}

// KeepRoot publishes a root nowhere: whoever sends roots off this machine asks for them
// by FindRoots.
func KeepRoot(store.MerkleRoot) error { return nil }
