package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// Reasons why a relief that covers the month, programme and sector does not
// help; each is the key of a Step. An empty reason means it does.
const (
	notForFunding   = "step.relief.not.funding"
	notForKind      = "step.relief.not.kind"
	notForNewMember = "step.relief.not.new_member"
	notPaidUp       = "step.relief.not.paid_up"
)

// concerns reports whether the relief is about q's programme p at all.
func (r *Relief) concerns(q *Question, p jaring.Program) bool {
	return slices.Contains(r.Programs, p) &&
		(len(r.Sectors) == 0 || slices.Contains(r.Sectors, q.Sector)) &&
		(len(r.Industries) == 0 || slices.Contains(r.Industries, string(q.Industry))) &&
		(len(r.Sizes) == 0 || slices.Contains(r.Sizes, string(q.Size))) &&
		q.Workers >= r.MinWorkers
}

// refuses says why the relief does not help q in month m, or nothing.
func (r *Relief) refuses(q *Question, m jaring.Month, s *Settings) string {
	switch {
	case r.excludes(q.Funding, s):
		return notForFunding
	case r.OwnAccountOnly && q.Kind == jaring.EmployerOwner && s.OwnerRelief == "excluded":
		return notForKind
	case r.RequirePaidUpTo == 0:
		return ""
	case q.Registered > r.RequirePaidUpTo:
		if m < q.Registered.Add(r.GraceMemberMonths) {
			return notForNewMember
		}
		return ""
	case q.PaidUpTo == 0 && s.UnstatedPaidUp == "met":
		return ""
	case q.PaidUpTo < r.RequirePaidUpTo:
		return notPaidUp
	}
	return ""
}

func (r *Relief) excludes(f jaring.Funding, s *Settings) bool {
	if f == jaring.FundingAPBDes && s.VillageBudget == "like_apbd" {
		f = jaring.FundingAPBD
	}
	return slices.Contains(r.ExcludeFunding, f)
}

// reliefFor finds the relief of programme p in month m among reliefs, and why
// one that concerns it does not help.
func (b *Book) reliefFor(reliefs []*Rule, q *Question, m jaring.Month, p jaring.Program) (helps, refused *Rule, why string) {
	for _, r := range reliefs {
		if !r.Relief.concerns(q, p) {
			continue
		}
		if why = r.Relief.refuses(q, m, &b.Settings); why == "" {
			return r, nil, ""
		}
		refused = r
	}
	return nil, refused, why
}

// Credit is what was paid too much for JKK and JKM of q's months when paid was
// paid before a relief of those months, in rupiah; 0 when nothing is left. It
// counts towards JKK and JKM of the months that follow (Question.Credit).
// Errors as Price. Source: PP 50/2025, one source, article not seen.
func (b *Book) Credit(q Question, paid jaring.Rupiah) (jaring.Rupiah, error) {
	q.Credit, q.Explain = 0, false
	quote, err := b.Price(q)
	if err != nil {
		return 0, err
	}
	left := paid
	carries := false
	for _, l := range quote.Lines {
		left -= l.Amount
		carries = carries || l.Relief != nil && l.Relief.Relief.Excess == "carry_forward"
	}
	if !carries {
		return 0, nil
	}
	return max(0, left), nil
}
