package scheme

import (
	"strings"

	"jaring/internal/jaring"
)

// pricePU adds the lines of one month of a wage worker. Errors: scheme.no_rule.
func (b *Book) pricePU(quote *Quote, q *Question, m jaring.Month) error {
	reliefs := b.reliefsOn(m.First(), jaring.PU)
	for _, p := range q.Programs {
		l := Line{Month: m, Program: p, Base: q.Wage}
		of, err := b.priceWage(quote, q, &l)
		if err != nil {
			return err
		}
		l.Amount = l.Employer + l.Employee
		l.Full = l.Amount
		l.Mark = weaker(l.Mark, l.Rule.Mark)
		b.relieve(quote, q, &l, reliefs, of)
		quote.Lines = append(quote.Lines, l)
	}
	return nil
}

// shares are the rates by which employer and worker pay; the zero value is that of a line which has none.
type shares struct{ employer, employee Ratio }

// nothing is the rate of who pays no part.
var nothing = Ratio{0, 1}

// priceWage fills what employer and worker owe for l's programme, and gives the rates.
func (b *Book) priceWage(quote *Quote, q *Question, l *Line) (shares, error) {
	switch l.Program {
	case jaring.JKK:
		return b.priceRisk(quote, q, l)
	case jaring.JKP:
		return shares{}, b.priceJobLoss(quote, q, l)
	case jaring.JP:
		if err := b.capPension(quote, q, l); err != nil {
			return shares{}, err
		}
	}
	name := "pu." + strings.ToLower(string(l.Program))
	employer, err := b.on(name+".employer", l.Month.First())
	if err != nil {
		return shares{}, err
	}
	l.Rule, l.Employer = employer, employer.Ratio.of(l.Base, b.Settings.Rounding)
	quote.explainShare(q, l, employer, *employer.Ratio, "step.pu.employer", l.Employer)
	if l.Program == jaring.JKM {
		return shares{*employer.Ratio, nothing}, nil
	}
	employee, err := b.on(name+".employee", l.Month.First())
	if err != nil {
		return shares{}, err
	}
	l.Employee = employee.Ratio.of(l.Base, b.Settings.Rounding)
	quote.explainShare(q, l, employee, *employee.Ratio, "step.pu.employee", l.Employee)
	return shares{*employer.Ratio, *employee.Ratio}, nil
}

// priceRisk is JKK: a rate by class of risk, the employer's alone.
func (b *Book) priceRisk(quote *Quote, q *Question, l *Line) (shares, error) {
	rule, err := b.on("pu.jkk", l.Month.First())
	if err != nil {
		return shares{}, err
	}
	rate, ok := rule.Rates[string(q.RiskClass)]
	if !ok {
		return shares{}, jaring.NewError(jaring.Invalid, "risk_class.unknown", "text", string(q.RiskClass)).At("risk_class")
	}
	l.Rule, l.Employer = rule, rate.of(l.Base, b.Settings.Rounding)
	quote.explainShare(q, l, rule, rate, "step.pu.employer", l.Employer)
	return shares{rate, nothing}, nil
}

// capPension lowers the base of JP to the month's cap.
func (b *Book) capPension(quote *Quote, q *Question, l *Line) error {
	limit, err := b.on("pu.jp.cap", l.Month.First())
	if err != nil {
		return err
	}
	l.Base = min(q.Wage, *limit.Amount)
	if l.Base < q.Wage {
		l.Mark = limit.Mark
	}
	if q.Explain && l.Base < q.Wage {
		quote.Steps = append(quote.Steps, Step{Key: "step.pu.cap", Month: l.Month, Program: l.Program, Rule: limit, Input: q.Wage, Amount: l.Base})
	}
	return nil
}

// priceJobLoss is JKP: the employer and the worker pay nothing on top; shares of
// JKK and JKM and the state's part feed it.
func (b *Book) priceJobLoss(quote *Quote, q *Question, l *Line) error {
	split, err := b.JobLossSplit(l.Month, q.Wage)
	if err != nil {
		return err
	}
	l.Base, l.Rule = split.Base, split.Rule
	if q.Explain {
		quote.Steps = append(quote.Steps, split.Steps...)
	}
	return nil
}

// JobLoss is what feeds JKP for one worker and month, in rupiah. FromJKK and
// FromJKM are parts of what the employer pays for these anyway.
type JobLoss struct {
	Base    jaring.Rupiah
	State   jaring.Rupiah
	FromJKK jaring.Rupiah
	FromJKM jaring.Rupiah
	Rule    *Rule // the share of JKK
	Steps   []Step
}

// JobLossSplit divides the JKP of a wage worker in month m; the employer's total
// does not change by it. Errors: wage.range, scheme.no_rule before February 2021.
func (b *Book) JobLossSplit(m jaring.Month, wage jaring.Rupiah) (JobLoss, error) {
	if wage <= 0 || wage > maxMoney {
		return JobLoss{}, jaring.NewError(jaring.Invalid, "wage.range", "max", maxMoney).At("wage")
	}
	limit, err := b.on("jkp.wage.cap", m.First())
	if err != nil {
		return JobLoss{}, err
	}
	split := JobLoss{Base: min(wage, *limit.Amount)}
	for _, part := range []struct {
		key    string
		amount *jaring.Rupiah
	}{{"jkp.state", &split.State}, {"jkp.jkm", &split.FromJKM}, {"jkp.jkk", &split.FromJKK}} {
		if split.Rule, err = b.on(part.key, m.First()); err != nil {
			return JobLoss{}, err
		}
		if split.Rule.Ratio.IsZero() {
			continue
		}
		*part.amount = split.Rule.Ratio.of(split.Base, b.Settings.Rounding)
		split.Steps = append(split.Steps, Step{Key: "step." + part.key, Month: m, Rule: split.Rule, Base: split.Base, Factor: *split.Rule.Ratio, Amount: *part.amount})
	}
	return split, nil
}

func (quote *Quote) explainShare(q *Question, l *Line, rule *Rule, rate Ratio, key string, amount jaring.Rupiah) {
	if q.Explain {
		quote.Steps = append(quote.Steps, Step{Key: key, Month: l.Month, Program: l.Program, Rule: rule, Base: l.Base, Factor: rate, Amount: amount})
	}
}

// MonthlyWage is the monthly wage, in rupiah, of a worker paid daily rupiah a
// day. Errors: wage.range, scheme.no_rule.
func (b *Book) MonthlyWage(m jaring.Month, daily jaring.Rupiah) (jaring.Rupiah, error) {
	days, err := b.on("pu.wage.days", m.First())
	if err != nil {
		return 0, err
	}
	wage := daily * jaring.Rupiah(*days.Count)
	if daily <= 0 || daily > maxMoney || wage > maxMoney {
		return 0, jaring.NewError(jaring.Invalid, "wage.range", "max", maxMoney).At("wage")
	}
	return wage, nil
}

// MandatoryPrograms are the programmes that an employer of size must take in
// month m; more may be taken freely. Errors: employer_size.unknown, scheme.no_rule.
func (b *Book) MandatoryPrograms(size EmployerSize, m jaring.Month) (jaring.Programs, *Rule, error) {
	return b.programsOf("pu.programs.", size, m)
}

// JobLossPrograms are the programmes without which a worker of an employer of
// size has no JKP. Errors as MandatoryPrograms.
func (b *Book) JobLossPrograms(size EmployerSize, m jaring.Month) (jaring.Programs, *Rule, error) {
	return b.programsOf("jkp.programs.", size, m)
}

func (b *Book) programsOf(prefix string, size EmployerSize, m jaring.Month) (jaring.Programs, *Rule, error) {
	if _, known := shapes[prefix+string(size)]; !known {
		return nil, nil, jaring.NewError(jaring.Invalid, "employer_size.unknown", "text", string(size)).At("employer_size")
	}
	rule, err := b.on(prefix+string(size), m.First())
	if err != nil {
		return nil, nil, err
	}
	ps, err := jaring.NewPrograms(rule.Words...)
	return ps, rule, err
}
