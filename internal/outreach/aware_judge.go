package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/forecast"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// awareYear is how many months before this one a status looks back on.
const awareYear = 12

// awareLook is a programme as the book stands.
type awareLook struct {
	jaring.AwareVerdict
	facts     jaring.AwareFacts
	past      []jaring.AwareMonth // before this month
	fresh     []jaring.AwareMonth // of these, those that nobody had looked at
	dialogues []AwareDialogue
	officials officials
	pace      forecast.Pace
	paced     bool
	loss      forecast.Loss
	next      forecast.Range // people protected in WarnMonths
}

// look reads all that a status is made of, and judges it.
func (o *Outreach) look(tx *store.Tx, a *Aware, c jaring.AwareCriteria, today jaring.Day) (*awareLook, error) {
	l := &awareLook{}
	var err error
	month := today.Month()
	if l.past, err = tx.FindAwareMonths(a.ID, month.Add(-awareYear)); err != nil {
		return nil, err
	}
	protected, covered, err := protectedOf(tx, a, month.Add(-awareYear))
	if err != nil {
		return nil, err
	}
	l.fill(a, c, month, covered)
	if l.dialogues, err = dialoguesOf(tx, a.ID); err != nil {
		return nil, err
	}
	if l.officials, err = officialsOf(tx, a); err != nil {
		return nil, err
	}
	now := jaring.AwareMonth{Month: month, Protected: protected, Potential: a.Potential.People, Need: jaring.Needed(a.Potential.People, c.CoveragePercent),
		Officials: a.Officials, Covered: l.officials.protected, Dialogues: heldOf(l.dialogues)}
	l.foresee(now, c)
	l.AwareVerdict = c.Judge(now, l.past, a.Step.Place() >= jaring.StepLaunched.Place(), l.loss.Expected)
	l.facts = jaring.AwareFacts{Officials: a.Officials, Registered: len(l.officials.people), Protected: l.officials.protected, Dialogues: now.Dialogues,
		Potential: now.Potential, Held: l.Held}
	return l, nil
}

func (o *Outreach) factsOf(tx *store.Tx, a *Aware, c jaring.AwareCriteria, today jaring.Day) (jaring.AwareFacts, error) {
	l, err := o.look(tx, a, c, today)
	if err != nil {
		return jaring.AwareFacts{}, err
	}
	return l.facts, nil
}

// protectedOf counts who is protected today, and whose contribution of a month is confirmed by month: of a village
// from the counters, which count people where they work and else where they live; of a market those who work there.
func protectedOf(tx *store.Tx, a *Aware, first jaring.Month) (now int, covered map[jaring.Month]int, err error) {
	if a.Kind == jaring.AwareMarket {
		counts, err := tx.CountWorkplace(a.Place)
		return int(counts[jaring.StandingProtected]), nil, err
	}
	counts, err := tx.FindCounts(jaring.ByArea, a.Area, first)
	covered = map[jaring.Month]int{}
	for c, n := range counts {
		switch c.Measure {
		case jaring.Gauge(jaring.StandingProtected):
			now = int(n)
		case jaring.Covered:
			covered[c.Month] = int(n)
		}
	}
	return now, covered, err
}

// fill puts months between that nobody looked at, from what was paid for them. Before anybody was covered there
// is nothing to tell.
func (l *awareLook) fill(a *Aware, c jaring.AwareCriteria, now jaring.Month, covered map[jaring.Month]int) {
	known := map[jaring.Month]jaring.AwareMonth{}
	for _, m := range l.past {
		known[m.Month] = m
	}
	l.past = nil
	for m := now.Add(-awareYear); m < now; m++ {
		old, looked := known[m]
		switch {
		case looked:
			l.past = append(l.past, old)
		case covered[m] > 0 || len(l.past) > 0 && covered != nil:
			v := c.Judge(jaring.AwareMonth{Month: m, Protected: covered[m], Potential: a.Potential.People, Counted: true}, l.past, false, 0)
			l.past, l.fresh = append(l.past, v.AwareMonth), append(l.fresh, v.AwareMonth)
		}
	}
}

// foresee reckons the pace, and when the threshold is lost at it.
func (l *awareLook) foresee(now jaring.AwareMonth, c jaring.AwareCriteria) {
	var points []forecast.Point
	for _, m := range l.past {
		points = append(points, forecast.Point{Month: m.Month, N: int64(m.Protected)})
	}
	last := forecast.Point{Month: now.Month, N: int64(now.Protected)}
	if l.pace, l.paced = forecast.PaceOf(append(points, last)); !l.paced {
		return
	}
	l.next = l.pace.At(last, now.Month.Add(c.WarnMonths))
	if now.Holds() {
		l.loss = l.pace.Below(last, int64(now.Need))
	}
}

// JudgeAware looks at a programme now and keeps what it finds, as the calendar does each day.
// Errors: aware.unknown, error.forbidden.
func (o *Outreach) JudgeAware(ctx context.Context, actor jaring.Actor, id jaring.AwareID) error {
	a, err := o.awareFor(ctx, actor, jaring.ActManageAware, id)
	if err != nil {
		return err
	}
	if _, err := o.Fold(ctx); err != nil {
		return err
	}
	return o.judgeAware(ctx, a, o.dayAt(ctx, a.Office))
}

// awareBatch is how many programmes one question of the calendar names.
const awareBatch = 100

// AwareDue tells whether there is a programme at which nobody has looked today.
func (o *Outreach) AwareDue(ctx context.Context) (bool, error) {
	due, err := o.awareDue(ctx, 1)
	return len(due) > 0, err
}

func (o *Outreach) awareDue(ctx context.Context, limit int) (due []*Aware, err error) {
	today := jaring.DayIn(o.Now(), app.Zone(""))
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		due, err = tx.FindAwareDue(today, limit)
		return err
	})
	return due, err
}

// TurnAware looks at every programme at which nobody has looked today: it keeps the month as it stands, tells of
// a colour that is another, and takes the last step for those who have held long enough. Each is a transaction of
// its own: stopped between two, the next call goes on. It gives how many it looked at.
func (o *Outreach) TurnAware(ctx context.Context) (n int, err error) {
	today := jaring.DayIn(o.Now(), app.Zone(""))
	for ctx.Err() == nil {
		due, err := o.awareDue(ctx, awareBatch)
		if err != nil || len(due) == 0 {
			return n, err
		}
		for _, a := range due {
			if err := o.judgeAware(ctx, a, today); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, ctx.Err()
}

// judgeAware keeps what a look at a programme finds.
func (o *Outreach) judgeAware(ctx context.Context, a *Aware, today jaring.Day) error {
	err := o.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.GetAware(string(a.ID))
		if err != nil {
			return err
		}
		c, _, err := criteriaOf(tx)
		if err != nil {
			return err
		}
		l, err := o.look(tx, now, c, today)
		if err != nil {
			return err
		}
		for _, m := range append(l.fresh, l.AwareMonth) {
			if err := tx.SetAwareMonth(now.ID, m); err != nil {
				return err
			}
		}
		if err := o.turn(tx, now, l, today); err != nil {
			return err
		}
		return o.keep(tx, now, l, c, today)
	})
	if err == nil {
		o.Changed()
	}
	return err
}

// turn keeps the colour, and tells of another one.
func (o *Outreach) turn(tx *store.Tx, a *Aware, l *awareLook, today jaring.Day) error {
	if err := tx.SetAwareColour(a.ID, l.Colour, today); err != nil || l.Colour == a.Colour {
		return err
	}
	return o.tellAware(tx, jaring.System, a, jaring.AwareTurned, jaring.Facts{Other: string(l.Colour), Reasons: keysOf(l.Reasons)})
}

func keysOf(reasons []jaring.AwareReason) (keys []string) {
	for _, r := range reasons {
		keys = append(keys, r.Key)
	}
	return keys
}

// keep takes the last step for a programme that has held long enough.
func (o *Outreach) keep(tx *store.Tx, a *Aware, l *awareLook, c jaring.AwareCriteria, today jaring.Day) error {
	if a.Step != jaring.StepLaunched || l.Held < c.Months {
		return nil
	}
	lines, err := tx.FindAwareSteps(a.ID)
	if err != nil {
		return err
	}
	s, err := jaring.NewStep(jaring.AwareRoad(lines), jaring.AwareTaken{Step: jaring.StepKept, Day: today, At: o.Now()}, today, c, l.facts)
	if err != nil {
		return err
	}
	a.Step, a.Version = jaring.StepKept, a.Version+1
	if err := tx.AddAwareStep(a.ID, len(lines)+1, &s); err != nil {
		return err
	}
	if err := tx.UpdateAware(a); err != nil {
		return err
	}
	return o.tellAware(tx, jaring.System, a, jaring.AwareStepped, jaring.Facts{Other: string(jaring.StepKept)})
}
