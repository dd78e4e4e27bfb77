package scheme

import "jaring/internal/jaring"

// Benefit is an estimate of what a programme pays, in rupiah, never a decision.
// Parts add up to Amount; Steps say how they arise.
type Benefit struct {
	Amount jaring.Rupiah
	Parts  []Part
	Steps  []Step
}

// Part is one component of a benefit; Key is its word: benefit.death,
// benefit.periodic, benefit.funeral, benefit.wait, benefit.lump_sum.
type Part struct {
	Key    string
	Amount jaring.Rupiah
	Rule   *Rule
}

// Part is the amount of one component, 0 when there is none.
func (x *Benefit) Part(key string) (amount jaring.Rupiah) {
	for _, p := range x.Parts {
		if p.Key == key {
			amount += p.Amount
		}
	}
	return amount
}

func (x *Benefit) add(key string, amount jaring.Rupiah, s Step) {
	s.Key, s.Amount = "step."+key, amount
	x.Parts = append(x.Parts, Part{key, amount, s.Rule})
	x.Steps = append(x.Steps, s)
	x.Amount += amount
}

// Person is whom a benefit is estimated for. Income is rupiah a month: the wage
// of a PU, the stated income of a BPU (0 = the lowest row).
type Person struct {
	Segment jaring.Segment
	Income  jaring.Rupiah
	Covered int           // full months of cover in this stay
	Paid    int           // months of contribution
	Balance jaring.Rupiah // of JHT; 0 = not said
}

// lookup asks for several rules and remembers the first that is missing.
type lookup struct {
	book *Book
	day  jaring.Day
	err  error
}

func (b *Book) at(day jaring.Day) *lookup { return &lookup{book: b, day: day} }

// none stands in for a rule that the book lacks, so that callers may go on to
// the one place where they look at err.
var none = &Rule{Amount: new(jaring.Rupiah), Ratio: &Ratio{0, 1}, Count: new(int)}

func (l *lookup) rule(key string) *Rule {
	r, err := l.book.on(key, l.day)
	if err != nil {
		if l.err == nil {
			l.err = err
		}
		return none
	}
	return r
}

// BenefitBase is the monthly sum that JKK multiplies: the wage, and for a BPU the
// stated income or its row's base by setting bpu.benefit_base. Errors:
// income.range, segment.unknown, scheme.no_rule.
func (b *Book) BenefitBase(p Person, on jaring.Day) (jaring.Rupiah, error) {
	if p.Income < 0 || p.Income > maxMoney || p.Segment == jaring.PU && p.Income == 0 {
		return 0, jaring.NewError(jaring.Invalid, "income.range", "max", maxMoney).At("monthly_income")
	}
	switch {
	case p.Segment == jaring.PU:
		return p.Income, nil
	case p.Segment != jaring.BPU:
		return 0, jaring.NewError(jaring.Invalid, "segment.unknown", "text", string(p.Segment)).At("segment")
	}
	t, err := b.table(on.Month())
	if err != nil {
		return 0, err
	}
	if p.Income == 0 || b.Settings.BenefitBase == "band_base" {
		return t.bands.Bands[t.row(p.Income)].Base, nil
	}
	return p.Income, nil
}

// Death is what heirs get when the death was not caused by work (JKM). Before the
// waiting months are over it is the lower sum; see settings jkm.wait_for and jkm.wait_edge. Only
// while membership is active. Error: scheme.no_rule before 2 December 2019.
func (b *Book) Death(p Person, on jaring.Day) (Benefit, error) {
	l := b.at(on)
	var x Benefit
	wait := l.rule("jkm.wait.months")
	concerned, full := p.Segment == jaring.BPU || b.Settings.DeathWait == "all", *wait.Count
	if b.Settings.WaitEdge == "begun" {
		full-- // of a month that has begun, none has passed
	}
	if concerned && p.Covered < full {
		lower := l.rule("jkm.wait.amount")
		x.add("benefit.wait", *lower.Amount, Step{Program: jaring.JKM, Rule: lower, Count: p.Covered, Limit: *wait.Count})
		return x, l.err
	}
	death, month, months, funeral := l.rule("jkm.death"), l.rule("jkm.periodic.month"), l.rule("jkm.periodic.months"), l.rule("jkm.funeral")
	x.add("benefit.death", *death.Amount, Step{Program: jaring.JKM, Rule: death})
	x.add("benefit.periodic", *month.Amount*jaring.Rupiah(*months.Count), Step{Program: jaring.JKM, Rule: month, Base: *month.Amount, Count: *months.Count})
	x.add("benefit.funeral", *funeral.Amount, Step{Program: jaring.JKM, Rule: funeral})
	return x, l.err
}

// WorkDeath is what heirs get when work caused the death (JKK): a share of the
// lump sum, not less than the death amount of JKM, with funeral and periodic
// sums. Errors as BenefitBase.
func (b *Book) WorkDeath(p Person, on jaring.Day) (Benefit, error) {
	base, err := b.BenefitBase(p, on)
	if err != nil {
		return Benefit{}, err
	}
	l := b.at(on)
	rate, wages, least := l.rule("jkk.death"), l.rule("jkk.wages"), l.rule("jkm.death")
	periodic, funeral := l.rule("jkk.periodic"), l.rule("jkk.funeral")
	var x Benefit
	sum := b.wages(base, *wages.Count, *rate.Ratio)
	s := Step{Program: jaring.JKK, Rule: rate, Base: base, Factor: *rate.Ratio, Count: *wages.Count}
	if sum < *least.Amount {
		x.Steps = append(x.Steps, withKey(s, "step.benefit.death.work", sum))
		s, sum = Step{Program: jaring.JKK, Rule: least, Base: sum}, *least.Amount
		x.add("benefit.death.least", sum, s)
		x.Parts[0].Key = "benefit.death"
	} else {
		x.add("benefit.death", sum, s)
		x.Steps[0].Key = "step.benefit.death.work"
	}
	x.add("benefit.periodic", *periodic.Amount, Step{Program: jaring.JKK, Rule: periodic})
	x.Steps[len(x.Steps)-1].Key = "step.benefit.periodic.once"
	x.add("benefit.funeral", *funeral.Amount, Step{Program: jaring.JKK, Rule: funeral})
	return x, l.err
}

func withKey(s Step, key string, amount jaring.Rupiah) Step {
	s.Key, s.Amount = key, amount
	return s
}

// wages is rate of times monthly sums.
func (b *Book) wages(base jaring.Rupiah, times int, rate Ratio) jaring.Rupiah {
	return rate.of(base*jaring.Rupiah(times), b.Settings.Rounding)
}

// Heirs are the words of those who inherit, first first (jkm.heirs): the first
// that exists takes all. Error: scheme.no_rule.
func (b *Book) Heirs(on jaring.Day) ([]string, *Rule, error) {
	rule, err := b.on("jkm.heirs", on)
	if err != nil {
		return nil, nil, err
	}
	return rule.Words, rule, nil
}
