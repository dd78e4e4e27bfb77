package httpapi

import (
	"errors"
	"strings"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/wire"
)

// quoteBody asks for a price.
type quoteBody struct {
	Segment    string        `json:"segment,omitempty" enum:"BPU"`
	FirstMonth jaring.Month  `json:"first_month,omitempty" doc:"default: this month"`
	Income     jaring.Rupiah `json:"income,omitempty"`
	LowestBand bool          `json:"lowest_band,omitempty"`
	Programs   []string      `json:"programs"`
	Sector     string        `json:"sector,omitempty" enum:"transport,other"`
	Funding    string        `json:"funding,omitempty" enum:"self,csr,apbd,apbn,apbdes"`
	Months     int           `json:"months"`
	Kind       string        `json:"kind,omitempty" enum:"self_employed,employer_owner"`
}

type quoteOut struct {
	Body *quoteAnswer
}

// quoteAnswer is what months cost, and why.
type quoteAnswer struct {
	QuoteID      jaring.QuoteID `json:"quote_id,omitempty"`
	Version      string         `json:"version"`
	FirstMonth   jaring.Month   `json:"first_month"`
	LastMonth    jaring.Month   `json:"last_month"`
	CoveredUntil jaring.Day     `json:"covered_until"`
	Total        jaring.Rupiah  `json:"total"`
	Months       []quoteMonth   `json:"months"`
	Steps        []quoteStep    `json:"steps"`
	DueDate      jaring.Day     `json:"due_date,omitzero"`
}

type quoteMonth struct {
	Month jaring.Month  `json:"month"`
	Total jaring.Rupiah `json:"total"`
	Full  jaring.Rupiah `json:"full"`
	Lines []quoteLine   `json:"lines"`
}

type quoteLine struct {
	Program    jaring.Program `json:"program"`
	Amount     jaring.Rupiah  `json:"amount"`
	Full       jaring.Rupiah  `json:"full"`
	Rule       string         `json:"rule,omitempty"`
	Article    string         `json:"article,omitempty"`
	Source     string         `json:"source,omitempty"`
	Adjustment string         `json:"adjustment,omitempty" doc:"article of a relief"`
}

// quoteStep is one step of the explanation, in the caller's words.
type quoteStep struct {
	Key     string         `json:"key"`
	Months  []jaring.Month `json:"months,omitempty" doc:"the months in which it holds"`
	Program string         `json:"program,omitempty"`
	Label   string         `json:"label"`
	Detail  string         `json:"detail,omitempty"`
	Amount  jaring.Rupiah  `json:"amount" doc:"what came out"`
	Values  *stepValues    `json:"values,omitempty" doc:"what stood in it"`
	Rule    string         `json:"rule,omitempty"`
	Article string         `json:"article,omitempty"`
	Source  string         `json:"source,omitempty"`
	Mark    string         `json:"mark,omitempty" doc:"how well the rule is sourced: H, M, L"`
}

// stepValues are what a step was worked out from.
type stepValues struct {
	Input   jaring.Rupiah `json:"input,omitempty" doc:"what was stated"`
	RowFrom jaring.Rupiah `json:"row_from,omitempty"`
	RowTo   jaring.Rupiah `json:"row_to,omitempty" doc:"none: and above"`
	Base    jaring.Rupiah `json:"base,omitempty"`
	Factor  string        `json:"factor,omitempty" doc:"a fraction of the base, as 1/100"`
	Count   int           `json:"count,omitempty"`
	Limit   int           `json:"limit,omitempty" doc:"what the count was held against"`
	Until   jaring.Month  `json:"until,omitzero"`
}

// valuesOf are the values of s; nil when it has none.
func valuesOf(s *scheme.Step) *stepValues {
	v := stepValues{Input: s.Input, RowFrom: s.From, RowTo: s.To, Base: s.Base, Count: s.Count, Limit: s.Limit, Until: s.Until}
	if s.Factor.Den != 0 {
		v.Factor = s.Factor.String()
	}
	if v == (stepValues{}) {
		return nil
	}
	return &v
}

func (s *server) quote(c *call, in *bodyOnly) (*quoteOut, error) {
	quote, err := s.askedQuote(c, in.RawBody)
	if err != nil {
		return nil, err
	}
	return &quoteOut{s.wireQuote(c.lang, &quote)}, nil
}

// askedQuote reads a question strictly and prices it, with its steps.
func (s *server) askedQuote(c *call, raw []byte) (quote scheme.Quote, err error) {
	var body quoteBody
	if err := wire.Decode(raw, &body); err != nil {
		return quote, err
	}
	if body.Segment != "" && body.Segment != string(jaring.BPU) {
		return quote, jaring.NewError(jaring.Invalid, "segment.unknown", "text", body.Segment).At("segment")
	}
	programs, err := jaring.NewPrograms(body.Programs...)
	if err != nil {
		return quote, under("programs", err)
	}
	q := scheme.Question{Segment: jaring.BPU, Programs: programs, FirstMonth: body.FirstMonth, Months: body.Months, Income: body.Income, LowestBand: body.LowestBand,
		Sector: jaring.Sector(body.Sector), Funding: jaring.Funding(body.Funding), Kind: jaring.WorkerKind(body.Kind), Explain: true}
	if q.FirstMonth == 0 {
		q.FirstMonth = jaring.DayIn(s.Now(), app.Zone(c.actor.Zone)).Month()
	}
	quote, err = s.App.Book.Price(q)
	return quote, asAsked(err)
}

// under blames field for an error that blames none.
func under(field string, err error) error {
	var rule *jaring.Error
	if errors.As(err, &rule) && rule.Field == "" {
		return rule.At(field)
	}
	return err
}

// asAsked blames the fields by the names that a question of this door has.
func asAsked(err error) error {
	names := map[string]string{"monthly_income": "income", "month": "first_month"}
	many, ok := err.(jaring.Errors)
	if !ok {
		return err
	}
	out := make(jaring.Errors, len(many))
	for i, e := range many {
		if out[i] = e; names[e.Field] != "" {
			out[i] = e.At(names[e.Field])
		}
	}
	return out
}

func (s *server) wireQuote(lang i18n.Lang, q *scheme.Quote) *quoteAnswer {
	last := q.Question.FirstMonth.Add(q.Question.Months - 1)
	due, _ := s.App.Book.DueDate(q.Question.Segment, q.Question.FirstMonth)
	a := &quoteAnswer{Version: q.Version, FirstMonth: q.Question.FirstMonth, LastMonth: last, CoveredUntil: last.Last(), Total: q.Payable, DueDate: due, Steps: []quoteStep{}}
	for _, l := range q.Lines {
		if n := len(a.Months); n == 0 || a.Months[n-1].Month != l.Month {
			full, amount := q.Month(l.Month)
			a.Months = append(a.Months, quoteMonth{Month: l.Month, Total: amount, Full: full})
		}
		line := quoteLine{Program: l.Program, Amount: l.Amount, Full: l.Full}
		if l.Rule != nil {
			line.Rule, line.Article, line.Source = l.Rule.ID, l.Rule.Article, l.Rule.Source
		}
		if l.Relief != nil {
			line.Adjustment = l.Relief.Article
		}
		m := &a.Months[len(a.Months)-1]
		m.Lines = append(m.Lines, line)
	}
	a.Steps = append(a.Steps, wireSteps(lang, q.Steps)...)
	return a
}

// wireSteps says the steps; the same step in several months is said once.
func wireSteps(lang i18n.Lang, steps []scheme.Step) []quoteStep {
	var out []quoteStep
	for _, span := range scheme.Spans(steps) {
		said := span.Say(func(key string, args jaring.Args) string { return i18n.Text(lang, key, args) }, decimalSign(lang))
		w := quoteStep{Key: span.Key, Program: string(span.Program), Months: span.Months, Label: said, Amount: span.Amount, Values: valuesOf(&span.Step)}
		if span.Rule != nil {
			w.Rule = span.Rule.ID
			w.Article, w.Source, w.Mark = span.Rule.Article, span.Rule.Source, string(span.Rule.Mark)
		}
		w.Detail = stepDetail(lang, &w)
		out = append(out, w)
	}
	return out
}

// stepDetail names the article and the months.
func stepDetail(lang i18n.Lang, s *quoteStep) string {
	var parts []string
	if s.Article != "" {
		parts = append(parts, s.Article)
	}
	if len(s.Months) > 0 {
		first, last := s.Months[0], s.Months[len(s.Months)-1]
		span := i18n.Text(lang, "quote.month", jaring.Args{"month": first})
		if last != first {
			span += "–" + i18n.Text(lang, "quote.month", jaring.Args{"month": last})
		}
		parts = append(parts, span)
	}
	return strings.Join(parts, " · ")
}

func decimalSign(lang i18n.Lang) byte {
	if lang == "en" {
		return '.'
	}
	return ','
}
