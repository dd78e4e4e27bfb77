package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// Records of statements as the doors read them.
type (
	StatementRecord = store.StatementRecord
	StatementLine   = store.StatementLine
)

// StatementForm is what the desk hands in: a bank's file, for days that may be left out.
type StatementForm struct {
	Channel  string // bank, qris, counter
	Bank     string // our name for it
	From, To jaring.Day
	CSV      string
}

// Statement is a statement beside the book of its office and those below it.
type Statement struct {
	*StatementRecord
	OfficeName string
	Reconciled
}

// AddStatement keeps a bank's file as it was read. Errors: payment.channel_unknown, field.too_long,
// statement.outside and those of the file; error.forbidden, operation.conflict.
func (a *App) AddStatement(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f StatementForm) (id string, err error) {
	if err := actor.May(jaring.ActAddStatement, jaring.Scope{Office: actor.Office}); err != nil {
		return "", err
	}
	lines, err := readStatement(f.CSV)
	if err := JoinFindings(f.judge(lines).OrNil(), err); err != nil {
		return "", err
	}
	s := &StatementRecord{Office: actor.Office, ID: string(op), Channel: f.Channel, Bank: Trim(f.Bank), From: f.From, To: f.To, Lines: len(lines), MadeBy: actor.Account, MadeAt: a.Now()}
	for _, l := range lines {
		s.Amount += l.Amount
		if f.From == 0 {
			s.From = min(cmp.Or(s.From, l.Day), l.Day)
		}
		if f.To == 0 {
			s.To = max(s.To, l.Day)
		}
	}
	_, err = a.Once(ctx, actor, op, jaring.ActAddStatement, f, func(tx *store.Tx) error {
		if err := tx.AddStatement(s, lines); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(s.Office), jaring.StatementAdded, jaring.Facts{Amount: s.Amount, Channel: s.Channel, Other: s.ID})
	})
	return string(op), err
}

// judge looks at the form beside the lines of its file.
func (f StatementForm) judge(lines []StatementLine) (errs jaring.Errors) {
	if f.Channel != "bank" && f.Channel != "qris" && f.Channel != "counter" {
		errs = append(errs, jaring.NewError(jaring.Invalid, "payment.channel_unknown").At("channel"))
	}
	if len(f.Bank) > maxReference {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxReference).At("bank"))
	}
	for _, l := range lines {
		if l.Day != 0 && (l.Day < f.From || f.To != 0 && l.Day > f.To) {
			return append(errs, jaring.NewError(jaring.Invalid, "statement.outside", "row", l.Place, "day", l.Day).At("csv"))
		}
	}
	return errs
}

// FindStatements gives the statements of the actor's offices, the newest first, before the one of that id.
// Errors: error.forbidden, cursor.malformed.
func (a *App) FindStatements(ctx context.Context, actor jaring.Actor, before string) (all []*StatementRecord, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActReadLedger, "")
	if err != nil {
		return nil, "", err
	}
	if before != "" && !jaring.IsUUID(before) {
		return nil, "", BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err = tx.FindStatements(offices, before, DefaultPage)
		return err
	})
	if len(all) == DefaultPage {
		next = all[len(all)-1].ID
	}
	return all, next, err
}

// GetStatement gives a statement beside the book as it is now. Errors: statement.unknown, error.forbidden.
func (a *App) GetStatement(ctx context.Context, actor jaring.Actor, id string) (*Statement, error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActReadLedger, "")
	if err != nil {
		return nil, err
	}
	if !jaring.IsUUID(id) {
		return nil, jaring.NewError(jaring.NotFound, "statement.unknown")
	}
	if _, err := a.PostLines(ctx); err != nil {
		return nil, err
	}
	s := &Statement{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		record, lines, err := tx.GetStatement(offices, id)
		if err != nil {
			return err
		}
		s.StatementRecord = record
		booked, err := a.bookedOn(tx, record)
		if err == nil {
			s.Reconciled = reconcile(lines, booked)
			err = a.nameWorkers(tx, s.OnlyBook)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	s.OfficeName = a.OfficeName(ctx, s.Office)
	return s, nil
}

// bookedOn gives what our book says of a statement's channel and days, of the office and those below it. What
// another bank told of is not on this one's paper.
func (a *App) bookedOn(tx *store.Tx, s *StatementRecord) ([]Booking, error) {
	offices, err := tx.OfficeSubtree(s.Office)
	if err != nil {
		return nil, err
	}
	var lines []ledger.Line
	for _, o := range offices {
		k := ledger.KeyOf(ledger.Clearing(s.Channel), o)
		found, err := tx.FindLinesOfDays(k, s.From, s.To)
		if err != nil {
			return nil, err
		}
		undone, err := tx.FindReversalsAfter(k, s.To)
		if err != nil {
			return nil, err
		}
		lines = append(append(lines, found...), undone...)
	}
	entries, err := tx.EntriesOfLines(lines)
	if err != nil {
		return nil, err
	}
	partners, err := tx.PartnersOfEntries(s.From.Time().Add(-48 * time.Hour))
	if err != nil {
		return nil, err
	}
	known := a.partnerNames()
	var out []Booking
	for _, e := range entries {
		if name := known[partners[string(e.ID)]]; name != "" && s.Bank != "" && name != s.Bank {
			continue
		}
		out = append(out, Booking{Day: e.Day, Reference: e.Reference, Amount: e.On(ledger.Clearing(s.Channel)), Owner: e.Owner, Entry: string(e.ID),
			Late: e.Kind == ledger.KindReverse && e.Day > s.To})
	}
	slices.SortFunc(out, func(x, y Booking) int { return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Entry, y.Entry)) })
	return out, nil
}

// nameWorkers puts to bookings whose they are, when it is a worker's.
func (a *App) nameWorkers(tx *store.Tx, all []Booking) error {
	var ids []jaring.WorkerID
	for _, b := range all {
		ids = append(ids, jaring.WorkerID(b.Owner))
	}
	for some := range slices.Chunk(ids, 200) {
		workers, err := tx.GetWorkers(some)
		if err != nil {
			return err
		}
		for _, w := range workers {
			for i := range all {
				if all[i].Owner == string(w.ID) {
					all[i].Worker, all[i].WorkerName = w.ID, w.Name
				}
			}
		}
	}
	return nil
}
