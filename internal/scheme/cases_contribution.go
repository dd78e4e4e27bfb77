package scheme

import (
	"strconv"

	"jaring/internal/jaring"
)

func rupiahText(r jaring.Rupiah) string { return strconv.FormatInt(int64(r), 10) }

// workContribution answers a case of kind contribution or adjustment.
func (b *Book) workContribution(in *inputs) (string, error) {
	switch output := in.text("output"); {
	case in.missing != nil:
		return "", in.err()
	case output == "penalty":
		return b.workPenalty(in)
	case output == "monthly_wage_base":
		return b.workWageBase(in)
	case output == "credit_carried_forward":
		return b.workCredit(in)
	default:
		return b.workPrice(in, output)
	}
}

func (b *Book) workPenalty(in *inputs) (string, error) {
	segment, month, due, late := in.text("segment"), in.month("month"), in.rupiah("contribution_due"), in.count("months_late")
	if in.missing != nil {
		return "", in.err()
	}
	amount, _, err := b.Penalty(jaring.Segment(segment), month, due, late)
	return rupiahText(amount), err
}

func (b *Book) workWageBase(in *inputs) (string, error) {
	if segment := in.text("segment"); in.missing == nil && segment != string(jaring.PU) {
		return "", caseError("case.output", "text", "monthly_wage_base")
	}
	wage, err := b.caseWage(in, in.monthOr("month", b.AsOf.Month()))
	return rupiahText(wage), err
}

// caseWage is the monthly wage that a case states, directly or by the day.
func (b *Book) caseWage(in *inputs, m jaring.Month) (jaring.Rupiah, error) {
	if !in.has("pay") && !in.has("daily_wage") {
		return in.rupiah("wage"), in.err()
	}
	in.text("pay")
	daily := in.rupiah("daily_wage")
	if in.missing != nil {
		return 0, in.err()
	}
	return b.MonthlyWage(m, daily)
}

func (b *Book) workCredit(in *inputs) (string, error) {
	paid := in.rupiah("paid")
	from, to, err := parseMonths(in.text("paid_months"))
	if in.missing != nil || err != nil {
		return "", firstOf(in.err(), err)
	}
	q, err := b.caseQuestion(in, from, int(to-from)+1)
	if err != nil {
		return "", err
	}
	credit, err := b.Credit(q, paid)
	return rupiahText(credit), err
}

func (b *Book) workPrice(in *inputs, output string) (string, error) {
	var first jaring.Month
	months := 1
	if in.has("first_month") || in.has("months") {
		first, months = in.month("first_month"), in.count("months")
		if in.has("month") || months == 0 {
			return "", caseError("case.months", "text", in.values["months"])
		}
	} else {
		first = in.month("month")
	}
	if in.missing != nil {
		return "", in.err()
	}
	q, err := b.caseQuestion(in, first, months)
	if err != nil {
		return "", err
	}
	quote, err := b.Price(q)
	if err != nil {
		return "", err
	}
	return pickOutput(&quote, output)
}

// pickOutput is the named part of a quote. Error: case.output for a programme
// that was not asked, and for the parts of employer and worker where there are none.
func pickOutput(quote *Quote, output string) (string, error) {
	parted := quote.Question.Segment == jaring.PU
	program := map[string]jaring.Program{"jkk": jaring.JKK, "jkm": jaring.JKM, "jht": jaring.JHT}[output]
	switch {
	case output == "total":
		return rupiahText(quote.Total), nil
	case output == "employer" && parted:
		return rupiahText(quote.Employer), nil
	case output == "employee" && parted:
		return rupiahText(quote.Employee), nil
	case program != "" && quote.Question.Programs.Has(program):
		return rupiahText(quote.Program(program)), nil
	}
	return "", caseError("case.output", "text", output)
}

// caseQuestion is the question that a case puts.
func (b *Book) caseQuestion(in *inputs, first jaring.Month, months int) (Question, error) {
	q := Question{
		Segment: jaring.Segment(in.text("segment")), FirstMonth: first, Months: months,
		Sector: jaring.Sector(in.values["sector"]), Funding: jaring.Funding(in.values["funding"]),
		RiskClass: RiskClass(in.values["risk_class"]), Size: EmployerSize(in.values["employer_size"]),
		Industry: Industry(in.values["industry"]), Workers: in.countOr("workers", 0),
		PaidUpTo: in.monthOr("paid_up_to", 0), Registered: in.monthOr("registered", 0),
	}
	var err error
	if q.Segment == jaring.PU {
		q.Wage, err = b.caseWage(in, first)
	} else if q.Income = in.rupiah("income"); q.Income == 0 && in.missing == nil {
		q.LowestBand = true // the first row begins at nothing
	}
	if in.missing != nil || err != nil {
		return q, firstOf(in.err(), err)
	}
	q.Programs, err = b.casePrograms(in, &q)
	return q, err
}

// casePrograms reads program, or programs, which may be "mandatory".
func (b *Book) casePrograms(in *inputs, q *Question) (jaring.Programs, error) {
	switch {
	case in.has("program") && in.has("programs"):
		return nil, caseError("case.twice", "key", "program")
	case in.has("program"):
		return jaring.NewPrograms(in.text("program"))
	case in.text("programs") != "mandatory":
		if in.missing != nil {
			return nil, in.err()
		}
		return parseProgramList(in.text("programs"))
	case q.Segment == jaring.BPU:
		return jaring.RequiredPrograms(jaring.SelfEmployed), nil
	}
	size := in.text("employer_size")
	if in.missing != nil {
		return nil, in.err()
	}
	ps, _, err := b.MandatoryPrograms(EmployerSize(size), q.FirstMonth)
	return ps, err
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
