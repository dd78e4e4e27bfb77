package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// lapse measures the calendar's work on the worst day of a month, its first: a quarter of the book lapses, an
// eighth is over for good, and whoever lapsed, or ends with this month, is to be reminded. It is cut off on
// the way and begun again, as by a killed process. The engine does the same writes beside it.
func lapse(ctx context.Context, b *book, o Options) (r Result, err error) {
	w, err := b.turningMonth(ctx, o.Book)
	if err != nil {
		return r, err
	}
	ours, err := w.ours(ctx, b)
	if err != nil {
		return r, fmt.Errorf("figure: %w", err)
	}
	if err := w.agrees(ours); err != nil {
		return r, err
	}
	raw, err := w.raw(ctx)
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	rows := ours.moved + ours.seen
	r = Result{Bench: "lapse", Engine: b.engine(), Rows: rows, Book: o.Book, Unit: "persons/s", Figure: float64(rows) / ours.took().Seconds(), Raw: float64(rows) / raw.Seconds(),
		Note: fmt.Sprintf("%.1f s for the day: %d moved in %.1f s, %d reminders in %.1f s, cut off and resumed %d times, counters behind by %.1f s, heap at most %d MB",
			ours.took().Seconds(), ours.moved, ours.aged.Seconds(), ours.made, ours.reminded.Seconds(), ours.cuts, ours.folded.Seconds(), ours.heap>>20)}
	r.Ratio = r.Figure / r.Raw
	return r, nil
}

// turn is a book on the evening before the first of a month, on two copies.
type turn struct {
	figure, plain string // addresses
	now           time.Time
	office        jaring.OfficeID
	lapse, over   int // who lapses, whose arrears months are over
	next          int // whose cover ends with the month that begins
}

// seedBook is how many people of a large book are registered one by one; the others are copies of them.
const seedBook = 20_000

// turningMonth makes of a book one of so many people who have paid, so that cover ends with sixteen months as the last
// letter of the id says, in two copies of it, and puts the clock to five past midnight.
func (b *book) turningMonth(ctx context.Context, people int) (*turn, error) {
	this := jaring.DayIn(time.Now(), app.Zone("")).Month()
	w := &turn{now: this.Add(1).First().Time().Add(-7*time.Hour + 5*time.Minute)}
	grown, err := b.copy(ctx)
	if err != nil {
		return nil, err
	}
	w.figure = b.address(grown)
	plain, err := openPlain(ctx, w.figure)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(plain.pay(ctx, this), plain.grow(ctx, people), w.count(ctx, plain, this), plain.close(ctx)); err != nil {
		return nil, err
	}
	again, err := b.copyOf(ctx, grown)
	w.plain = b.address(again)
	return w, err
}

// endOf is the CASE that says how many months after the present one a person's cover ends.
const endOf = `CASE substr(CAST(worker_id AS text), 36, 1)
	WHEN '0' THEN 0 WHEN '1' THEN 0 WHEN '2' THEN 0 WHEN '3' THEN 0 WHEN '4' THEN -3 WHEN '5' THEN -3 WHEN '6' THEN 1 WHEN '7' THEN 1
	WHEN '8' THEN 2 WHEN '9' THEN 3 WHEN 'a' THEN 4 WHEN 'b' THEN 5 WHEN 'c' THEN 6 WHEN 'd' THEN 7 WHEN 'e' THEN 8 ELSE 9 END`

// pay makes everybody a member of a year who has paid until the month that endOf says.
func (p *plain) pay(ctx context.Context, this jaring.Month) error {
	joined, day := this.Add(-12), this.Add(-12).First()
	at := day.Time().UnixMilli()
	for _, s := range []store.Statement{
		{SQL: `UPDATE payment SET state = 'settled', first_month = $1, months = 13 + ` + endOf + `, settled_on = $2, settled_at = $3, confirmed_at = $3`, Args: []any{int64(joined), day.String(), at}},
		{SQL: `UPDATE membership SET state = 'confirmed', first_month = $1, months = 13 + ` + endOf + `, paid_on = $2, paid_at = $3, confirmed_at = $3, registered_at = $3 WHERE state = 'registered'`, Args: []any{int64(joined), day.String(), at}},
		{SQL: `UPDATE worker SET status = CASE WHEN ` + endOf + ` < 0 THEN 'grace' ELSE 'protected' END, paid_to = $1 + ` + endOf + `, taken_at = $2, registered_at = $2, phone = '+6281200000001' WHERE state = 'active'`, Args: []any{int64(this), at}},
		{SQL: `INSERT INTO standing_due (worker_id, until) SELECT worker_id, CASE ` + endOf + ` WHEN 0 THEN $1 WHEN -3 THEN $1 ELSE $2 END FROM worker WHERE state = 'active'`, Args: []any{this.Last().String(), this.Add(1).Last().String()}},
	} {
		if _, err := p.do(ctx, []store.Statement{s}); err != nil {
			return err
		}
	}
	_, err := p.do(ctx, nil)
	return err
}

// count says how many must move and be reminded.
func (w *turn) count(ctx context.Context, p *plain, this jaring.Month) error {
	for month, n := range map[jaring.Month]*int{this: &w.lapse, this.Add(-3): &w.over, this.Add(1): &w.next} {
		if err := p.one(ctx, `SELECT count(*) FROM worker WHERE paid_to = $1`, []any{int64(month)}, n); err != nil {
			return err
		}
	}
	return p.one(ctx, `SELECT CAST(office_id AS text) FROM worker LIMIT 1`, nil, (*string)(&w.office))
}

// outcome is what the day's work did.
type outcome struct {
	moved, seen, made, cuts int
	aged, reminded, folded  time.Duration
	heap                    uint64
}

func (o outcome) took() time.Duration { return o.aged + o.reminded }

// ours lets the calendar act and selects the reminders, cut off on the way.
func (w *turn) ours(ctx context.Context, b *book) (o outcome, err error) {
	db, err := store.Open(ctx, w.figure)
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	acts := w.acts(db, b.ring, func() time.Time { return w.now })
	peak, stop := watchHeap()
	o.aged, o.moved, err = cutOff(ctx, &o.cuts, acts.Age)
	if err == nil {
		o.reminded, o.seen, err = cutOff(ctx, &o.cuts, func(ctx context.Context) (int, error) { return acts.SelectReminders(ctx, w.quiet) })
	}
	stop()
	if o.heap = peak.Load(); err != nil {
		return o, err
	}
	start := time.Now()
	if _, err = acts.Fold(ctx); err != nil {
		return o, err
	}
	o.folded = time.Since(start)
	plain, err := openPlain(ctx, w.figure)
	if err != nil {
		return o, err
	}
	return o, errors.Join(plain.one(ctx, `SELECT count(*) FROM reminder`, nil, &o.made), plain.close(ctx))
}

// acts are those of a house on that night.
func (w *turn) acts(db *store.DB, ring *vault.Ring, now func() time.Time) *acts.Acts {
	who := auth.New(db, auth.Options{})
	return acts.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Now: now, Cover: jaring.DefaultCoverSettings(), Actor: who.ActorOfAccount})
}

// quiet says that letters wait for the morning.
func (w *turn) quiet(time.Time, *time.Location) (time.Time, bool) {
	return w.now.Add(8 * time.Hour), true
}

// cutOff runs work to its end, after ending it twice on the way; what it took counts in whole.
func cutOff(ctx context.Context, cuts *int, work func(context.Context) (int, error)) (took time.Duration, n int, err error) {
	start := time.Now()
	for _, patience := range []time.Duration{100 * time.Millisecond, time.Second} {
		short, cancel := context.WithTimeout(ctx, patience)
		some, err := work(short)
		ended := short.Err() == nil
		cancel()
		n += some
		switch {
		case ended:
			return time.Since(start), n, err
		case ctx.Err() != nil:
			return 0, n, ctx.Err()
		}
		*cuts++
	}
	some, err := work(ctx)
	return time.Since(start), n + some, err
}

// agrees holds what was done against what had to be.
func (w *turn) agrees(o outcome) error {
	if moved, reminders := w.lapse+w.over, w.lapse+w.next; o.moved > moved || o.made != reminders {
		return fmt.Errorf("%d of %d moved, %d of %d reminders", o.moved, moved, o.made, reminders)
	}
	return nil
}
