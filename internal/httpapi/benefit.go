package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/wire"
)

// benefitBody asks what a family would get.
type benefitBody struct {
	Segment       string        `json:"segment,omitempty" enum:"BPU,PU"`
	Programs      []string      `json:"programs"`
	Income        jaring.Rupiah `json:"income,omitempty" doc:"rupiah a month; the lowest row when left out"`
	MonthsCovered int           `json:"months_covered" doc:"full months of cover"`
	MonthsPaid    *int          `json:"months_paid,omitempty" doc:"months of contribution; as many as covered when left out"`
	Balance       jaring.Rupiah `json:"balance,omitempty" doc:"of JHT; what was paid in, without returns, when left out"`
	Children      int           `json:"children,omitempty"`
	On            jaring.Day    `json:"on,omitempty" format:"date" doc:"default: today"`
}

type benefitOut struct {
	Body estimateAnswer
}

// estimateAnswer is an estimate, never a decision.
type estimateAnswer struct {
	Version    string         `json:"version"`
	On         jaring.Day     `json:"on"`
	Items      []estimateItem `json:"items"`
	Heirs      []string       `json:"heirs" doc:"in the order of the law"`
	Disclaimer string         `json:"disclaimer"`
}

type estimateItem struct {
	Key      string         `json:"key"`
	Program  jaring.Program `json:"program"`
	Label    string         `json:"label"`
	Amount   jaring.Rupiah  `json:"amount"`
	NoLimit  bool           `json:"no_limit,omitempty"`
	AtMost   bool           `json:"at_most,omitempty"`
	Children int            `json:"children,omitempty"`
	Parts    []estimatePart `json:"parts,omitempty"`
	Steps    []quoteStep    `json:"steps"`
}

type estimatePart struct {
	Label  string        `json:"label"`
	Amount jaring.Rupiah `json:"amount"`
}

// Bounds of what a stranger may ask.
const (
	maxCoverMonths = 12 * 60
	maxChildren    = 20
)

func (s *server) benefit(c *call, in *bodyOnly) (*benefitOut, error) {
	e, err := s.askedEstimate(c, in.RawBody)
	if err != nil {
		return nil, err
	}
	heirs, _, err := s.App.Book.Heirs(e.On)
	if err != nil {
		return nil, err
	}
	return &benefitOut{wireEstimate(c.lang, e, heirs)}, nil
}

// askedEstimate reads a question strictly and answers it, with its steps.
func (s *server) askedEstimate(c *call, raw []byte) (e scheme.Estimate, err error) {
	var body benefitBody
	if err := wire.Decode(raw, &body); err != nil {
		return e, err
	}
	programs, err := jaring.NewPrograms(body.Programs...)
	if err != nil {
		return e, under("programs", err)
	}
	if errs := body.faults(); len(errs) > 0 {
		return e, errs
	}
	p := scheme.Person{Segment: jaring.BPU, Income: body.Income, Covered: body.MonthsCovered, Paid: body.MonthsCovered, Balance: body.Balance}
	if body.MonthsPaid != nil {
		p.Paid = *body.MonthsPaid
	}
	if body.Segment != "" {
		p.Segment = jaring.Segment(body.Segment)
	}
	if body.On == 0 {
		body.On = jaring.DayIn(s.Now(), app.Zone(c.actor.Zone))
	}
	return s.App.Book.Estimate(p, programs, body.Children, body.On)
}

func (b *benefitBody) faults() (errs jaring.Errors) {
	fail := func(bad bool, field string, max int) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, "number.range", "min", 0, "max", max).At(field))
		}
	}
	fail(b.MonthsCovered < 0 || b.MonthsCovered > maxCoverMonths, "months_covered", maxCoverMonths)
	fail(b.MonthsPaid != nil && (*b.MonthsPaid < 0 || *b.MonthsPaid > maxCoverMonths), "months_paid", maxCoverMonths)
	fail(b.Children < 0 || b.Children > maxChildren, "children", maxChildren)
	if len(b.Programs) == 0 {
		errs = append(errs, jaring.NewError(jaring.Invalid, "program.required").At("programs"))
	}
	return errs
}

func wireEstimate(lang i18n.Lang, e scheme.Estimate, heirs []string) estimateAnswer {
	out := estimateAnswer{Version: e.Version, On: e.On, Items: []estimateItem{}, Heirs: []string{}, Disclaimer: i18n.Text(lang, "estimate.disclaimer", nil)}
	for _, it := range e.Items {
		item := estimateItem{Key: it.Key, Program: it.Program, Label: i18n.Text(lang, it.Key, nil), Amount: it.Benefit.Amount, NoLimit: it.NoLimit,
			AtMost: it.AtMost, Children: it.Children, Steps: append([]quoteStep{}, wireSteps(lang, it.Benefit.Steps)...)}
		if len(it.Benefit.Parts) > 1 {
			for _, p := range it.Benefit.Parts {
				item.Parts = append(item.Parts, estimatePart{i18n.Text(lang, p.Key, nil), p.Amount})
			}
		}
		out.Items = append(out.Items, item)
	}
	for _, h := range heirs {
		out.Heirs = append(out.Heirs, i18n.Text(lang, "heirs."+h, nil))
	}
	return out
}
