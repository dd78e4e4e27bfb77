package outreach

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/forecast"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// FigureRow is a figure as lists show it, with what the book says of the same.
type FigureRow struct {
	*Figure
	OfficeName string
	AreaName   string // empty: what the office wins
	MayManage  bool
	Course     *FigureCourse // of a target of a year that has begun
	Known      *FigureKnown  // of a potential or a gap, when the book counts the same
}

// FigureCourse is how far a target has come, and where it is going.
type FigureCourse struct {
	forecast.Course
	Paced    bool             // enough months were seen to expect anything
	Months   []forecast.Point // what was won in each month of the year that has begun
	DaysLeft int              // working days after today
	Need     int64            // thousandths, each working day that is left; 0 when the target is reached
	Pace     int64            // thousandths, each working day of this month and the one before
}

// FigureKnown is what the book says beside a figure from outside.
type FigureKnown struct {
	Registered int64 // ever
	Since      int64 // in the months after the figure's own
}

// FigureList is the figures of an office and of those below it.
type FigureList struct {
	Year  int
	Years []int // of which there are targets; the newest first
	Today jaring.Day
	Rows  []FigureRow // targets, potentials, gaps; one's own office first
}

// maxFigures is how many figures a list holds.
const maxFigures = 500

// FindFigures gives the targets of a year (0 for this one) and all potentials and gaps of the actor's offices, with
// what the book says of each. Error: error.forbidden.
func (o *Outreach) FindFigures(ctx context.Context, actor jaring.Actor, year int) (*FigureList, error) {
	if err := actor.May(jaring.ActFindTarget, jaring.Scope{}); err != nil {
		return nil, err
	}
	l := &FigureList{Year: year, Today: o.dayAt(ctx, actor.Office)}
	if year == 0 {
		l.Year = l.Today.Year()
	}
	var below map[jaring.OfficeID][]jaring.OfficeID
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindFigures(actor.Offices, l.Year, maxFigures)
		if err != nil {
			return err
		}
		if l.Years, err = tx.FindFigureYears(actor.Offices); err != nil {
			return err
		}
		if below, err = officesBelow(tx); err != nil {
			return err
		}
		l.Rows = nil
		for _, f := range found {
			row, err := o.figureRow(tx, f, below[f.Office], l.Today)
			if err != nil {
				return err
			}
			l.Rows = append(l.Rows, row)
		}
		return nil
	})
	for i := range l.Rows {
		r := &l.Rows[i]
		r.OfficeName, r.MayManage = o.OfficeName(ctx, r.Office), actor.May(jaring.ActManageTarget, jaring.Scope{Office: r.Office}) == nil
	}
	slices.SortStableFunc(l.Rows, func(a, b FigureRow) int {
		place := func(r FigureRow) int {
			n := slices.Index(jaring.FigureKinds, r.Kind) * 2
			if r.Office != actor.Office {
				n++
			}
			return n
		}
		return place(a) - place(b)
	})
	return l, err
}

// FigureView is a figure with all its versions, the newest first.
type FigureView struct {
	FigureRow
	Lines []store.FigureLine
	By    map[jaring.AccountID]string
}

// GetFigure gives a figure with its history. Errors: figure.unknown, error.forbidden.
func (o *Outreach) GetFigure(ctx context.Context, actor jaring.Actor, id jaring.FigureID) (*FigureView, error) {
	f, err := o.figureFor(ctx, actor, jaring.ActFindTarget, id)
	if err != nil {
		return nil, err
	}
	v := &FigureView{By: map[jaring.AccountID]string{}}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		below, err := officesBelow(tx)
		if err != nil {
			return err
		}
		if v.FigureRow, err = o.figureRow(tx, f, below[f.Office], o.dayAt(ctx, actor.Office)); err != nil {
			return err
		}
		v.Lines, err = tx.FindFigureLines(id)
		return err
	})
	for _, l := range v.Lines {
		v.By[l.MadeBy] = o.AccountName(ctx, l.MadeBy)
	}
	v.OfficeName, v.MayManage = o.OfficeName(ctx, f.Office), actor.May(jaring.ActManageTarget, jaring.Scope{Office: f.Office}) == nil
	return v, err
}

// officesBelow are, of each office, itself and all below it.
func officesBelow(tx *store.Tx) (map[jaring.OfficeID][]jaring.OfficeID, error) {
	all, err := tx.FindOffices()
	parent, below := map[jaring.OfficeID]jaring.OfficeID{}, map[jaring.OfficeID][]jaring.OfficeID{}
	for _, o := range all {
		parent[o.ID] = o.Parent
	}
	for _, o := range all {
		id := o.ID
		for range len(all) { // a broken tree must not hang
			below[id] = append(below[id], o.ID)
			if id = parent[id]; id == "" {
				break
			}
		}
	}
	return below, err
}

// figureRow puts beside a figure what the book says of the same, by the figure's own unit alone.
func (o *Outreach) figureRow(tx *store.Tx, f *Figure, below []jaring.OfficeID, today jaring.Day) (FigureRow, error) {
	r := FigureRow{Figure: f}
	if found, known := o.Areas.Get(area.Code(f.Area)); known && f.Area != "" {
		r.AreaName = found.Name
	}
	first := jaring.NewMonth(f.Year, 1)
	switch {
	case f.Kind != jaring.FigureTarget:
		first = 0
	case first > today.Month():
		return r, nil // the year has not begun
	}
	won, counted, err := wonBy(tx, f, below, first, today.Month())
	switch {
	case err != nil || !counted:
	case f.Kind == jaring.FigureTarget:
		r.Course = o.courseOf(f, won, today)
	default:
		r.Known = &FigureKnown{}
		for _, p := range won {
			r.Known.Registered += p.N
			if p.Month > f.AsOf.Month() {
				r.Known.Since += p.N
			}
		}
	}
	return r, err
}

// wonBy counts what was won of a figure's part by month, from a year before first until now: new persons from the
// counters, new employers from their book. counted is false when Jaring does not count that.
func wonBy(tx *store.Tx, f *Figure, below []jaring.OfficeID, first, now jaring.Month) (won []forecast.Point, counted bool, err error) {
	from := max(0, first-forecast.MaxChanges)
	if f.Unit == jaring.UnitEmployer {
		won, err = employersBy(tx, f, below, from, first == 0, now)
		return won, true, err
	}
	if f.Part == jaring.PartMicroSmall {
		return nil, false, nil
	}
	d, value := jaring.ByOffice, string(f.Office)
	if f.Area != "" {
		d, value = jaring.ByArea, f.Area
	}
	counts, err := tx.FindCounts(d, value, from)
	by := map[jaring.Month]int64{}
	for c, n := range counts {
		switch {
		case c.Measure == jaring.FlowRegistered && f.Part != jaring.PartPU, c.Measure == jaring.FlowEmployed && f.Part == jaring.PartPU:
			by[c.Month] += n
		case c.Measure == jaring.FlowEmployed && f.Part == jaring.PartBPU:
			by[c.Month] -= n
		}
	}
	if first == 0 {
		for m, n := range by {
			won = append(won, forecast.Point{Month: m, N: n})
		}
		return won, true, err
	}
	for m := from; m <= now; m++ {
		won = append(won, forecast.Point{Month: m, N: by[m]})
	}
	return won, true, err
}

// employersBy counts new employers by month; with ever, those of all time before the figure's month as one, and those
// after it as one more.
func employersBy(tx *store.Tx, f *Figure, below []jaring.OfficeID, from jaring.Month, ever bool, now jaring.Month) (won []forecast.Point, err error) {
	months := []jaring.Month{0, f.AsOf.Month() + 1}
	if !ever {
		months = nil
		for m := from; m <= now; m++ {
			months = append(months, m)
		}
	}
	bounds := make([]time.Time, len(months))
	for i, m := range months {
		bounds[i] = beginOf(m)
	}
	n, err := tx.CountEmployers(store.EmployersBy{Offices: below, Area: f.Area, Sizes: f.Part.Sizes()}, bounds)
	for i, m := range months {
		if err == nil {
			won = append(won, forecast.Point{Month: m, N: n[i]})
		}
	}
	return won, err
}

// beginOf is the moment at which a month begins in western Indonesia, as the counters have it.
func beginOf(m jaring.Month) time.Time {
	if m <= 0 {
		return time.UnixMilli(0)
	}
	return time.Date(m.Year(), time.Month(m.Number()), 1, 0, 0, 0, 0, app.Zone(""))
}

// courseOf reckons how far a target has come and where it is going. A year that is over has what it has.
func (o *Outreach) courseOf(f *Figure, won []forecast.Point, today jaring.Day) *FigureCourse {
	first, last := jaring.NewMonth(f.Year, 1), jaring.NewMonth(f.Year, 12)
	c := &FigureCourse{}
	for _, p := range won {
		if p.Month >= first && p.Month <= last {
			c.Months = append(c.Months, p)
		}
	}
	if today.Year() > f.Year {
		c.Course, _ = forecast.Sum(c.Months, first, last)
		c.Expected = forecast.Range{Low: c.Reached, Mid: c.Reached, High: c.Reached}
		return c
	}
	c.Course, c.Paced = forecast.Sum(won, first, last)
	c.DaysLeft = o.workingDays(today.Add(1), last.Last())
	if left := f.Value - c.Reached; left > 0 && c.DaysLeft > 0 {
		c.Need = (left*1000 + int64(c.DaysLeft) - 1) / int64(c.DaysLeft)
	}
	begun := today.Month().Add(-1)
	if days := o.workingDays(begun.First(), today); days > 0 {
		for _, p := range won {
			if p.Month >= begun {
				c.Pace += p.N * 1000 / int64(days)
			}
		}
	}
	return c
}

// workingDays counts the days from one to another, both of them in, that are neither weekend nor a holiday of the
// book of rules.
func (o *Outreach) workingDays(from, to jaring.Day) (n int) {
	for d := o.Book.NextWorkingDay(from); d <= to; d = o.Book.NextWorkingDay(d.Add(1)) {
		n++
	}
	return n
}
