package scheme

import "jaring/internal/jaring"

// Price answers q: every month by the rules of that month. What may be left out
// of a question is said at Question. All faults come at once: see
// Question.faults for their keys; scheme.no_rule for a month that the book does
// not know; income.between_rows when setting bpu.band_gap says so.
func (b *Book) Price(q Question) (Quote, error) {
	var quote Quote
	err := b.PriceInto(&quote, q)
	return quote, err
}

// PriceInto is Price into a quote whose slices are used again: no allocation
// once they have grown. The quote is worthless after an error.
func (b *Book) PriceInto(quote *Quote, question Question) error {
	q := question.withDefaults()
	if !q.ready() {
		if errs := q.faults(); len(errs) > 0 {
			return errs
		}
	}
	lines, steps := quote.Lines[:0], quote.Steps[:0]
	if lines == nil {
		lines = make([]Line, 0, q.Months*len(q.Programs))
	}
	if steps == nil && q.Explain {
		steps = make([]Step, 0, q.Months*(2*len(q.Programs)+1))
	}
	*quote = Quote{Version: b.Version, Question: q, Lines: lines, Steps: steps}
	for m := q.FirstMonth; m < q.FirstMonth.Add(q.Months); m++ {
		var err error
		if q.Segment == jaring.BPU {
			err = b.priceBPU(quote, &quote.Question, m)
		} else {
			err = b.pricePU(quote, &quote.Question, m)
		}
		if err != nil {
			return err
		}
	}
	if q.Credit > 0 {
		quote.useCredit()
	}
	quote.sum()
	return nil
}

// priceBPU adds the lines of one month of an own-account worker: the row of the
// income, the row's amount per programme, the month's relief.
func (b *Book) priceBPU(quote *Quote, q *Question, m jaring.Month) error {
	t, err := b.table(m)
	if err != nil {
		return err
	}
	row := 0
	if !q.LowestBand {
		row = t.row(q.Income)
		if b.Settings.BandGap == "none" && row < len(t.edges)-1 && q.Income > t.bands.Bands[row].To {
			return jaring.NewError(jaring.Invalid, "income.between_rows", "from", t.bands.Bands[row].To, "to", t.edges[row+1]).At("monthly_income")
		}
	}
	if q.Explain && (m == q.FirstMonth || quote.bandsBefore(b, m) != t.bands) {
		quote.explainRow(q, t, row, m)
	}
	for _, p := range q.Programs {
		i := slot(p)
		full := t.amounts[row][i]
		l := Line{Month: m, Program: p, Full: full, Amount: full, Rule: t.rates[i], Mark: t.rates[i].Mark}
		if l.Rule.Ratio != nil {
			l.Base = t.bands.Bands[row].Base
			l.Mark = weaker(l.Mark, t.bands.Bands[row].Mark)
		}
		if q.Explain {
			quote.explainRate(&l, t.floors[i])
		}
		b.relieve(quote, q, &l, t.reliefs, shares{})
		quote.Lines = append(quote.Lines, l)
	}
	return nil
}

// relieve lowers l by the relief that it falls under, if any; of are the rates of a wage worker's line.
func (b *Book) relieve(quote *Quote, q *Question, l *Line, reliefs []*Rule, of shares) {
	if len(reliefs) == 0 {
		return
	}
	helps, refused, why := b.reliefFor(reliefs, q, l.Month, l.Program)
	if helps == nil {
		if refused != nil && q.Explain {
			quote.explainRefusal(q, l, refused, why)
		}
		return
	}
	l.Relief = helps
	l.reduce(helps.Relief.Factor, of, b.Settings.Rounding)
	if helps.Relief.Deferred {
		l.Deferred = l.Full - l.Amount
	}
	if q.Explain {
		quote.explainRelief(q, l, of)
	}
}

// reduce leaves factor of the line. A wage worker's parts are rate and factor together of the wage, rounded once, since
// PP 7/2025 writes the reduced rates: 0.445 % of the wage, not half of the rounded 0.89 %.
func (l *Line) reduce(factor Ratio, of shares, how Rounding) {
	if of == (shares{}) {
		l.Amount = factor.of(l.Full, how)
		return
	}
	l.Employer = of.employer.times(factor).of(l.Base, how)
	l.Employee = of.employee.times(factor).of(l.Base, how)
	l.Amount = l.Employer + l.Employee
}

// useCredit pays JKK and JKM with money carried forward, earliest month first.
func (quote *Quote) useCredit() {
	left := quote.Question.Credit
	for i := range quote.Lines {
		l := &quote.Lines[i]
		if l.Program != jaring.JKK && l.Program != jaring.JKM {
			continue
		}
		l.Credit = min(left, l.Amount)
		left -= l.Credit
		if l.Credit > 0 && quote.Question.Explain {
			quote.Steps = append(quote.Steps, Step{Key: "step.credit", Month: l.Month, Program: l.Program, Base: l.Amount, Input: l.Credit, Amount: l.Amount - l.Credit})
		}
	}
}
