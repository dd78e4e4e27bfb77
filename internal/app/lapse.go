package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Lapse is a person whose cover ends soon, or has ended and can be made up.
type Lapse struct {
	Worker     *store.WorkerRecord
	Until      jaring.Day // last day of what is paid
	Days       int        // until then; negative after it
	GraceUntil jaring.Day
	Months     int // that would be asked for, as many as last
	Amount     jaring.Rupiah
	Code       string                // of the contribution that waits; empty when none was asked for
	Reminder   *store.ReminderRecord // the last one for this end; nil for none
	PlaceName  string
	Lot        string // the stall, of who was met in a sweep
	History    jaring.CoverHistory
	Today      jaring.Day
	Stopped    bool // does not want to be written to
}

// LapseList is a page of them, the nearest first.
type LapseList struct {
	EndsOn jaring.Day // the day with which the nearest end; 0 when there are none
	Items  []*Lapse
	Next   string
	Soon   int64 // from the counters: ends within the asked days
	Grace  int64 // can be made up
}

// LapseQuery asks for a page.
type LapseQuery struct {
	Within int  // days; 30 when left out
	Grace  bool // those that can be made up instead
	Cursor string
}

// Days that a list looks ahead.
const (
	defaultWithin = 30
	maxWithin     = 366
)

// FindLapses gives who lapses next: an agent's own, or those of the office and the ones below.
// Errors: error.forbidden, cursor.malformed, lapse.within.
func (a *App) FindLapses(ctx context.Context, actor jaring.Actor, q LapseQuery) (*LapseList, error) {
	if err := actor.May(jaring.ActFindWorker, jaring.Scope{}); err != nil {
		return nil, err
	}
	if q.Within < 0 || q.Within > maxWithin {
		return nil, jaring.NewError(jaring.Invalid, "lapse.within", "max", maxWithin).At("within")
	}
	day := Today(actor, a.Now())
	sq := a.lapseQuery(actor, q, day)
	if err := OpenCursor(q.Cursor, &sq.After); err != nil || sq.After.Worker != "" && !jaring.IsUUID(string(sq.After.Worker)) {
		return nil, BadCursor()
	}
	list := &LapseList{}
	page, last := 0, store.LapseCursor{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		ws, err := tx.FindLapses(sq)
		if err != nil {
			return err
		}
		if page = len(ws); page > 0 {
			last = store.LapseCursor{PaidTo: ws[page-1].PaidTo, Worker: ws[page-1].ID}
		}
		ws, err = heard(tx, ws, func(w *store.WorkerRecord) (jaring.WorkerID, jaring.Month) { return w.ID, w.PaidTo })
		if err != nil {
			return err
		}
		if list.Items, err = a.lapses(tx, ws, day); err != nil {
			return err
		}
		return list.count(tx, actor, sq, q.Grace, day)
	})
	if err != nil {
		return nil, err
	}
	if len(list.Items) > 0 {
		list.EndsOn = list.Items[0].Until
	}
	if page == sq.Limit {
		list.Next = CloseCursor(last)
	}
	return list, nil
}

// lapseQuery is which months a list looks at.
func (a *App) lapseQuery(actor jaring.Actor, q LapseQuery, day jaring.Day) store.LapseQuery {
	sq := store.LapseQuery{Offices: actor.Offices, Limit: DefaultPage}
	if actor.Role == jaring.RoleAgent {
		sq.Agent = actor.Account
	}
	if q.Grace {
		sq.From, sq.To, sq.Standings = day.Month().Add(-a.Cover.ArrearsMonths), day.Month().Add(-1), []jaring.Standing{jaring.StandingGrace}
		return sq
	}
	if q.Within == 0 {
		q.Within = defaultWithin
	}
	sq.From, sq.To = day.Month(), day.Add(q.Within).Add(1).Month().Add(-1)
	sq.Standings = []jaring.Standing{jaring.StandingProtected, jaring.StandingPaid, jaring.StandingGrace}
	return sq
}

// count reads how many there are from the counters.
func (l *LapseList) count(tx *store.Tx, actor jaring.Actor, sq store.LapseQuery, grace bool, day jaring.Day) error {
	d, value := marginOf(actor)
	counts, err := tx.FindCounts(d, value, day.Month())
	if err != nil {
		return err
	}
	to := sq.To
	if grace {
		to = day.Add(defaultWithin).Add(1).Month().Add(-1)
	}
	for m := day.Month(); m <= to; m++ {
		l.Soon += counts[jaring.Counter{Dimension: d, Value: value, Measure: jaring.PaidUntil, Month: m}]
	}
	l.Grace = counts[jaring.Counter{Dimension: d, Value: value, Measure: jaring.Gauge(jaring.StandingGrace)}]
	return nil
}

// lapses puts what a list shows beside persons.
func (a *App) lapses(tx *store.Tx, ws []*store.WorkerRecord, day jaring.Day) ([]*Lapse, error) {
	ids, phones, from := make([]jaring.WorkerID, len(ws)), []string{}, jaring.Day(0)
	for i, w := range ws {
		ids[i] = w.ID
		if end := w.PaidTo.Last(); from == 0 || end < from {
			from = end
		}
		if w.Phone != "" {
			phones = append(phones, w.Phone)
		}
	}
	reminders, err := tx.FindRemindersOf(ids, from)
	if err != nil {
		return nil, err
	}
	stopped, err := tx.FindStopped(phones)
	if err != nil {
		return nil, err
	}
	stalls, err := tx.FindStalls(ids)
	if err != nil {
		return nil, err
	}
	out := make([]*Lapse, len(ws))
	for i, w := range ws {
		if out[i], err = a.lapse(tx, w, day); err != nil {
			return nil, err
		}
		out[i].Stopped = stopped[w.Phone]
		if stall, met := stalls[w.ID]; met {
			out[i].Lot = jaring.LotLabel(stall.Lane, stall.Number)
		}
		for _, r := range reminders {
			if r.Worker == w.ID && r.End == out[i].Until && r.State != jaring.ReminderCalledOff {
				out[i].Reminder = r
			}
		}
	}
	return out, nil
}

// lapse is one person of a list.
func (a *App) lapse(tx *store.Tx, w *store.WorkerRecord, day jaring.Day) (*Lapse, error) {
	all, err := tx.FindMemberships(w.ID)
	if err != nil {
		return nil, err
	}
	m := Present(all)
	l := &Lapse{Worker: w, Until: w.PaidTo.Last(), GraceUntil: w.PaidTo.Add(a.Cover.ArrearsMonths).Last(), Months: monthsAsBefore(m), Today: day,
		History: CoverHistory(w, m)}
	l.Days = day.DaysUntil(l.Until)
	if p := openPayment(m); p != nil {
		l.Months, l.Amount, l.Code = p.Months, p.Amount, p.Code
	} else {
		q := QuestionOf(w, m, false)
		q.FirstMonth, _ = firstMonth(m, 0, day.Month())
		q.Months = l.Months
		if quote, err := a.Book.Price(q); err == nil { // the list stands without a price, too
			l.Amount = quote.Payable
		}
	}
	if w.Workplace != "" {
		place, err := tx.GetPlace(w.Workplace)
		if err == nil {
			l.PlaceName = place.Name
		} else if jaring.CodeOf(err) != jaring.NotFound {
			return nil, err
		}
	}
	return l, nil
}

// lapseOf is one person as the list shows it.
func (a *App) lapseOf(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (out *Lapse, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.GetWorker(id)
		if err != nil {
			return err
		}
		list, err := a.lapses(tx, []*store.WorkerRecord{w}, Today(actor, a.Now()))
		if err == nil {
			out = list[0]
		}
		return err
	})
	return out, err
}
