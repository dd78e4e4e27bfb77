package app

import (
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/wire"
)

// quoteFor prices a registration from the month of its day.
func (a *App) quoteFor(p jaring.Person, body wire.Registration, day jaring.Day) (scheme.Quote, error) {
	q := scheme.Question{Segment: jaring.BPU, FirstMonth: day.Month(), Months: body.Months, LowestBand: body.LowestBand,
		Sector: jaring.Sector(body.Sector), Kind: jaring.WorkerKind(body.Kind), Registered: day.Month()}
	if body.MonthlyIncome != nil {
		q.Income = *body.MonthlyIncome
	}
	programs, err := jaring.NewPrograms(body.Programs...)
	if err != nil {
		return scheme.Quote{}, nil // NewWorker says it
	}
	q.Programs = programs
	var errs jaring.Errors
	if body.Months < 1 {
		errs = append(errs, jaring.NewError(jaring.Invalid, "months.range", "min", 1, "max", scheme.MaxMonths).At("months"))
		q.Months = 1
	}
	kind := q.Kind
	if kind == "" {
		kind = jaring.SelfEmployed
	}
	for _, f := range jaring.CheckPrograms(kind, programs) {
		errs = append(errs, f.Err())
	}
	quote, err := a.Book.Price(q)
	if more, ok := err.(jaring.Errors); ok {
		return quote, append(errs, more...)
	}
	if err != nil {
		return quote, err
	}
	return quote, errs.OrNil()
}

// JoinFindings puts what reading, judging and pricing found together, so that a form is
// mended once; of several findings about one field the first is told.
func JoinFindings(errs ...error) error {
	seen := map[string]bool{}
	var out jaring.Errors
	for _, err := range errs {
		many, ok := err.(jaring.Errors)
		if err != nil && !ok {
			return err
		}
		before := len(out)
		for _, e := range many {
			if !seen[e.Field] {
				out = append(out, e)
			}
		}
		for _, e := range out[before:] {
			seen[e.Field] = true
		}
	}
	return out.OrNil()
}
