package jaring

// AwareColour is the living status of a village or a market.
type AwareColour string

// Colours. Before it is launched a programme is being built and can lose nothing.
const (
	AwareBuilding AwareColour = "building"
	AwareGreen    AwareColour = "green"
	AwareAmber    AwareColour = "amber" // it stands, and is about to be lost
	AwareRed      AwareColour = "red"   // it is lost until it is mended
)

// AwareColours lists every colour.
var AwareColours = []AwareColour{AwareGreen, AwareAmber, AwareRed, AwareBuilding}

// AwareMonth is how a programme stood in one month.
type AwareMonth struct {
	Month     Month
	Colour    AwareColour
	Protected int // of the working people; the numerator
	Potential int // the denominator
	Need      int // protected people that the threshold asked for
	Officials int // said
	Covered   int // officials who were protected
	Dialogues int
	Counted   bool // after the month, from the months that were paid: nobody looked while it lasted
}

// Holds tells whether coverage stood at its threshold.
func (m AwareMonth) Holds() bool { return m.Potential > 0 && m.Protected >= m.Need }

// short tells whether officials lacked.
func (m AwareMonth) short(c AwareCriteria) bool {
	return m.Covered < Needed(m.Officials, c.OfficialsPercent)
}

// AwareReason says why a status is what it is: a text with its figures.
type AwareReason struct {
	Key  string
	Args Args
}

// AwareVerdict is a status with its reasons.
type AwareVerdict struct {
	AwareMonth
	Reasons []AwareReason
	Held    int   // months in a row, this one among them, in which coverage held
	Loss    Month // expected; 0 for none in sight
}

// Judge says how a programme stands in a month, by whole numbers alone. before are the months before it in
// their order; loss is when the forecast expects that coverage falls below its threshold, 0 for never.
// It is red when coverage is below its threshold, or when officials lacked for two months; amber while it
// stands with little to spare, with a loss in sight, or with officials missing for the first time.
func (c AwareCriteria) Judge(m AwareMonth, before []AwareMonth, launched bool, loss Month) AwareVerdict {
	m.Need = Needed(m.Potential, c.CoveragePercent)
	v := AwareVerdict{AwareMonth: m, Loss: loss, Held: HeldUntil(append(before[:len(before):len(before)], m))}
	if !launched {
		v.Colour = AwareBuilding
		return v
	}
	v.Colour = AwareGreen
	say := func(to AwareColour, key string, pairs ...any) {
		if v.Colour != AwareRed {
			v.Colour = to
		}
		v.Reasons = append(v.Reasons, AwareReason{key, pairsToArgs(pairs)})
	}
	figures := []any{"protected", m.Protected, "potential", m.Potential, "need", m.Need}
	switch {
	case !m.Holds():
		say(AwareRed, "aware.why.lost", append(figures, "missing", m.Need-m.Protected)...)
	case m.Protected <= m.Need || m.Protected < Needed(m.Potential, c.CoveragePercent+c.WarnPoints):
		say(AwareAmber, "aware.why.near", append(figures, "spare", m.Protected-m.Need)...)
	}
	if m.Holds() && loss != 0 && loss <= m.Month.Add(c.WarnMonths) {
		say(AwareAmber, "aware.why.forecast", "month", loss)
	}
	if n := len(before); m.short(c) {
		colour, key := AwareAmber, "aware.why.officials"
		if n > 0 && before[n-1].Month == m.Month.Add(-1) && before[n-1].short(c) {
			colour, key = AwareRed, "aware.why.officials_lost"
		}
		say(colour, key, "officials", m.Officials, "covered", m.Covered)
	}
	if v.Colour == AwareGreen {
		v.Reasons = append(v.Reasons, AwareReason{"aware.why.held", pairsToArgs(append(figures, "months", v.Held))})
	}
	return v
}

// HeldUntil is how many of the last months, without a gap, coverage held.
func HeldUntil(months []AwareMonth) (n int) {
	for i := len(months) - 1; i >= 0; i-- {
		if !months[i].Holds() || i+1 < len(months) && months[i].Month != months[i+1].Month.Add(-1) {
			return n
		}
		n++
	}
	return n
}

// SmallCount is the least number of persons that a public page tells: below it somebody who knows the
// village would know who is meant. Own rule of Jaring.
const SmallCount = 5

// PublicCount is a number of persons as a public page may tell it: small ones are told as fewer than
// SmallCount. A zero names nobody and is told.
func PublicCount(n int) (told int, fewer bool) {
	if n > 0 && n < SmallCount {
		return SmallCount, true
	}
	return n, false
}
