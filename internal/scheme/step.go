package scheme

import "jaring/internal/jaring"

// Step is one step of an explanation: a key, the values that stood in it, and
// the rule it rests on. A renderer looks the key up in its language and puts the
// values in; nothing in a step is text for people. Amounts are rupiah.
type Step struct {
	Key     string
	Month   jaring.Month   // 0 when it concerns no month
	Program jaring.Program // empty when it concerns all
	Rule    *Rule          // nil for plain arithmetic

	Input    jaring.Rupiah // what was stated: an income, a wage, a claim
	From, To jaring.Rupiah // the row of a table; To 0 = and above
	Base     jaring.Rupiah // what the factor is taken of
	Factor   Ratio
	Count    int    // months, years, days, people
	Limit    int    // what Count was held against
	Word     string // key of a word to be said, such as funding.apbd
	Until    jaring.Month
	Amount   jaring.Rupiah // what came out
}

// Args are the values of s for a text: input, from, to, base, factor, count,
// limit, word, until, amount, month, program, article. Money stays Rupiah and
// months stay Month; the factor is written as a percentage with point as its
// decimal sign.
func (s *Step) Args(point byte) jaring.Args {
	args := jaring.Args{
		"input": s.Input, "from": s.From, "to": s.To, "base": s.Base, "factor": s.Factor.Percent(point),
		"count": s.Count, "limit": s.Limit, "word": s.Word, "until": s.Until,
		"amount": s.Amount, "month": s.Month, "program": string(s.Program), "article": "",
	}
	if s.Rule != nil {
		args["article"] = s.Rule.Article
	}
	return args
}

// Say writes s for people: text looks a key up in a language and puts values
// in, point is that language's decimal sign.
func (s *Step) Say(text func(key string, args jaring.Args) string, point byte) string {
	args := s.Args(point)
	if s.Word != "" {
		args["word"] = text(s.Word, nil)
	}
	return text(s.Key, args)
}
