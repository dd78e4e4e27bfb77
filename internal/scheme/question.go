package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// EmployerSize is the size of an employer as PP 7/2021 grades it.
type EmployerSize string

// Sizes of employers.
const (
	Micro  EmployerSize = "micro"
	Small  EmployerSize = "small"
	Medium EmployerSize = "medium"
	Large  EmployerSize = "large"
)

var sizes = []EmployerSize{Micro, Small, Medium, Large}

// Industry is an employer's line of trade as far as a relief asks for it.
type Industry string

// Industries of PP 7/2025, and all others.
const (
	IndustryFood      Industry = "food"
	IndustryTextile   Industry = "textile"
	IndustryLeather   Industry = "leather"
	IndustryFootwear  Industry = "footwear"
	IndustryToys      Industry = "toys"
	IndustryFurniture Industry = "furniture"
	IndustryOther     Industry = "other"
)

var industries = []Industry{IndustryFood, IndustryTextile, IndustryLeather, IndustryFootwear, IndustryToys, IndustryFurniture, IndustryOther}

// RiskClass is the risk of accident at a place of work, I (very low) to V (very high).
type RiskClass string

var riskClasses = []RiskClass{"I", "II", "III", "IV", "V"}

// Question is what is to be priced: one person's contribution for Months months
// from FirstMonth. Money is rupiah a month.
type Question struct {
	Segment    jaring.Segment
	Programs   jaring.Programs
	FirstMonth jaring.Month
	Months     int

	Income     jaring.Rupiah // BPU: stated income
	LowestBand bool          // BPU: the lowest row instead of an income
	Sector     jaring.Sector
	Funding    jaring.Funding
	Kind       jaring.WorkerKind // empty = self_employed

	Wage      jaring.Rupiah // PU
	RiskClass RiskClass
	Size      EmployerSize
	Industry  Industry // empty = other
	Workers   int      // active workers of the employer

	Registered jaring.Month  // month of joining; 0 = not said
	PaidUpTo   jaring.Month  // last month paid without a hole before it; 0 = not said
	Credit     jaring.Rupiah // JKK/JKM money carried forward from earlier months
	Explain    bool
}

// MaxMonths bounds the months of one question: a guard of Jaring, no rule of the law.
const MaxMonths = 60

func knownSector(s jaring.Sector) bool {
	return s == jaring.SectorTransport || s == jaring.SectorOther
}

func knownFunding(f jaring.Funding) bool {
	switch f {
	case jaring.FundingSelf, jaring.FundingCSR, jaring.FundingAPBD, jaring.FundingAPBN, jaring.FundingAPBDes:
		return true
	}
	return false
}

// withDefaults fills what may be left out: sector other, funding self, one month,
// self-employed, other industry.
func (q Question) withDefaults() Question {
	if q.Sector == "" {
		q.Sector = jaring.SectorOther
	}
	if q.Funding == "" {
		q.Funding = jaring.FundingSelf
	}
	if q.Kind == "" {
		q.Kind = jaring.SelfEmployed
	}
	if q.Industry == "" {
		q.Industry = IndustryOther
	}
	if q.Months == 0 {
		q.Months = 1
	}
	return q
}

// ready reports whether the question has no fault; it allocates nothing.
func (q *Question) ready() bool {
	return len(q.Programs) > 0 && len(q.Programs) <= 5 && q.FirstMonth > 0 && q.Months > 0 && q.Months <= MaxMonths &&
		knownSector(q.Sector) && knownFunding(q.Funding) && q.Credit >= 0 && q.Credit <= maxMoney && q.segmentReady()
}

func (q *Question) segmentReady() bool {
	if q.Kind != jaring.SelfEmployed && q.Kind != jaring.EmployerOwner {
		return false
	}
	if q.Segment == jaring.BPU {
		for _, p := range q.Programs {
			if slot(p) < 0 {
				return false
			}
		}
		return q.LowestBand || q.Income > 0 && q.Income <= maxMoney
	}
	return len(q.faults()) == 0
}

// faults are all findings about a question at once. Errors: segment.unknown,
// program.required, program.not_for_segment, month.required, months.range,
// income.required, income.range, sector.unknown, funding.unknown, kind.unknown,
// wage.range, risk_class.unknown, employer_size.unknown, industry.unknown, credit.range.
func (q *Question) faults() (errs jaring.Errors) {
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	fail(q.Segment != jaring.BPU && q.Segment != jaring.PU, "segment", "segment.unknown", "text", string(q.Segment))
	fail(len(q.Programs) == 0, "programs", "program.required")
	for _, p := range q.Programs {
		unfit := q.Segment == jaring.BPU && slot(p) < 0
		fail(unfit, "programs", "program.not_for_segment", "program", string(p), "segment", string(q.Segment))
	}
	fail(q.FirstMonth <= 0, "month", "month.required")
	fail(q.Months < 1 || q.Months > MaxMonths, "months", "months.range", "min", 1, "max", MaxMonths)
	fail(!knownSector(q.Sector), "sector", "sector.unknown", "text", string(q.Sector))
	fail(!knownFunding(q.Funding), "funding", "funding.unknown", "text", string(q.Funding))
	fail(q.Kind != jaring.SelfEmployed && q.Kind != jaring.EmployerOwner, "kind", "kind.unknown", "text", string(q.Kind))
	fail(q.Credit < 0 || q.Credit > maxMoney, "credit", "credit.range", "max", maxMoney)
	if q.Segment == jaring.PU {
		q.wageFaults(fail)
	} else {
		fail(!q.LowestBand && q.Income == 0, "monthly_income", "income.required")
		fail(q.Income < 0 || q.Income > maxMoney, "monthly_income", "income.range", "max", maxMoney)
	}
	return errs
}

func (q *Question) wageFaults(fail func(bad bool, field, key string, pairs ...any)) {
	fail(q.Wage <= 0 || q.Wage > maxMoney, "wage", "wage.range", "max", maxMoney)
	needsClass := q.Programs.Has(jaring.JKK)
	fail((q.RiskClass != "" || needsClass) && !slices.Contains(riskClasses, q.RiskClass), "risk_class", "risk_class.unknown", "text", string(q.RiskClass))
	fail(q.Size != "" && !slices.Contains(sizes, q.Size), "employer_size", "employer_size.unknown", "text", string(q.Size))
	fail(!slices.Contains(industries, q.Industry), "industry", "industry.unknown", "text", string(q.Industry))
	fail(q.Workers < 0, "workers", "workers.range")
}
