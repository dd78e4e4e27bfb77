package jaring

import (
	"testing"

	"pgregory.net/rapid"
)

func dayOf(t testing.TB, text string) Day {
	t.Helper()
	d, err := ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func monthOf(t testing.TB, text string) Month {
	t.Helper()
	m, err := ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// coverCase builds histories in a few words.
type coverCase struct {
	*testing.T
	h CoverHistory
}

func newCover(t *testing.T, registered string) *coverCase {
	return &coverCase{t, CoverHistory{Registered: dayOf(t, registered)}}
}

func (c *coverCase) paid(fund, from, to string) *coverCase {
	c.h.Payments = append(c.h.Payments, CoverPayment{Programs: Programs{JKK, JKM}, From: monthOf(c, from), To: monthOf(c, to), Fund: dayOf(c, fund)})
	return c
}

func (c *coverCase) acked(on, from, to string) *coverCase {
	c.h.Acks = append(c.h.Acks, CoverAck{Day: dayOf(c, on), Programs: Programs{JKK, JKM}, From: monthOf(c, from), To: monthOf(c, to)})
	return c
}

func (c *coverCase) want(today string, standing Standing, until string) Cover {
	c.Helper()
	got := CoverOn(c.h, dayOf(c, today), DefaultCoverSettings())
	if got.Standing != standing || got.Until.String() != until {
		c.Errorf("on %s: %s until %s, want %s until %s", today, got.Standing, got.Until, standing, until)
	}
	return got
}

func TestCover_SelfPaidBeginsWhenTheMoneyIsWithTheFund(t *testing.T) {
	c := newCover(t, "2026-10-03").paid("2026-10-05", "2026-10", "2026-12").acked("2026-10-07", "2026-10", "2026-12")
	c.want("2026-10-02", StandingWaiting, "")
	c.want("2026-10-04", StandingWaiting, "")
	c.want("2026-10-05", StandingPaid, "2026-12-31")
	got := c.want("2026-10-07", StandingProtected, "2026-12-31")
	if got.Start.String() != "2026-10-05" || got.Programs.String() != "JKK+JKM" || !got.Protected() {
		t.Errorf("start %s, programmes %s", got.Start, got.Programs)
	}
	c.want("2026-12-31", StandingProtected, "2026-12-31")
}

func TestCover_NeverBeforeRegistrationIsComplete(t *testing.T) {
	c := newCover(t, "2026-10-20").paid("2026-10-05", "2026-10", "2026-10")
	c.want("2026-10-19", StandingWaiting, "")
	c.want("2026-10-20", StandingPaid, "2026-10-31")
}

func TestCover_CashInAnAgentsHandProtectsNobody(t *testing.T) {
	c := newCover(t, "2026-10-03")
	c.h.Payments = []CoverPayment{{Programs: Programs{JKK, JKM}, From: monthOf(t, "2026-10"), To: monthOf(t, "2026-10"), Taken: dayOf(t, "2026-10-04")}}
	if got := c.want("2026-10-10", StandingWaiting, ""); !got.Cash {
		t.Error("cash must show")
	}
	c.h.Payments[0].Fund = dayOf(t, "2026-10-12")
	c.want("2026-10-11", StandingWaiting, "")
	c.want("2026-10-12", StandingPaid, "2026-10-31")
}

func TestCover_EndsOnTheLastDayOfTheLastMonthPaid_Perdir22of2022Item12(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-01").acked("2026-01-11", "2026-01", "2026-01")
	c.want("2026-01-31", StandingProtected, "2026-01-31")
	got := c.want("2026-02-01", StandingGrace, "2026-01-31")
	if got.GraceUntil.String() != "2026-04-30" || got.UnpaidMonths != 1 || len(got.Programs) != 0 {
		t.Errorf("grace until %s, unpaid %d, programmes %s", got.GraceUntil, got.UnpaidMonths, got.Programs)
	}
	c.want("2026-04-30", StandingGrace, "2026-01-31")
	if got = c.want("2026-05-01", StandingEnded, "2026-01-31"); got.UnpaidMonths != 4 {
		t.Errorf("unpaid %d", got.UnpaidMonths)
	}
}

func TestCover_ArrearsKeepTheStay(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-01").paid("2026-04-10", "2026-02", "2026-04")
	got := c.want("2026-04-10", StandingPaid, "2026-04-30")
	if got.Since.String() != "2026-01-10" || got.Start.String() != "2026-04-10" || got.MonthsPaid != 4 {
		t.Errorf("since %s, run from %s, %d months", got.Since, got.Start, got.MonthsPaid)
	}
	c.want("2026-03-01", StandingGrace, "2026-01-31")
}

func TestCover_PaymentAfterTheEndIsANewStay(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-01").paid("2026-05-02", "2026-05", "2026-05")
	if got := c.want("2026-05-02", StandingPaid, "2026-05-31"); got.Since.String() != "2026-05-02" || got.MonthsPaid != 1 {
		t.Errorf("since %s, %d months", got.Since, got.MonthsPaid)
	}
}

func TestCover_ArrearsAloneCoverNoDay(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-03-10", "2026-01", "2026-02")
	if got := c.want("2026-03-10", StandingGrace, ""); got.UnpaidMonths != 1 || got.MonthsPaid != 2 || got.FullMonths != 0 {
		t.Errorf("%+v", got)
	}
}

func TestCover_HoleInsideAStayIsNotProtected(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-01").paid("2026-01-11", "2026-03", "2026-03")
	c.want("2026-02-10", StandingGrace, "2026-01-31")
	c.want("2026-03-01", StandingPaid, "2026-03-31")
}

func TestCover_EntryByEmployerOrWadah_HandbookP59(t *testing.T) {
	p := CoverPayment{Programs: Programs{JKK, JKM}, From: monthOf(t, "2026-10"), To: monthOf(t, "2026-12"), Start: StartEntry, Entry: dayOf(t, "2026-10-08")}
	c := newCover(t, "2026-10-01")
	c.h.Payments = []CoverPayment{p}
	c.want("2026-10-08", StandingPaid, "2026-12-31")
	c.h.Payments[0].Agreed = dayOf(t, "2026-11-01")
	c.want("2026-10-08", StandingWaiting, "")
	c.want("2026-11-01", StandingPaid, "2026-12-31")
}

func TestCover_RosterStartsWhenSettledOrAgreed(t *testing.T) {
	p := CoverPayment{Programs: Programs{JKK}, From: monthOf(t, "2026-10"), To: monthOf(t, "2026-12"), Start: StartRoster, Entry: dayOf(t, "2026-10-08")}
	c := newCover(t, "2026-10-01")
	c.h.Payments = []CoverPayment{p}
	c.want("2026-10-20", StandingWaiting, "")
	c.h.Payments[0].Fund = dayOf(t, "2026-10-25")
	c.want("2026-10-24", StandingWaiting, "")
	c.want("2026-10-25", StandingPaid, "2026-12-31")
	c.h.Payments[0].Agreed = dayOf(t, "2026-10-10")
	c.want("2026-10-10", StandingPaid, "2026-12-31")
}

func TestCover_AllProgrammesMustBeAcknowledged(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-03")
	c.h.Acks = []CoverAck{{Day: dayOf(t, "2026-01-11"), Programs: Programs{JKK}, From: monthOf(t, "2026-01"), To: monthOf(t, "2026-03")}}
	c.want("2026-01-12", StandingPaid, "2026-03-31")
	c.acked("2026-01-20", "2026-01", "2026-02")
	c.want("2026-01-20", StandingProtected, "2026-03-31")
	c.want("2026-03-05", StandingPaid, "2026-03-31")
}

func TestCover_PaidForLaterIsConfirmedNotProtected(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-02", "2026-02").acked("2026-01-12", "2026-02", "2026-02")
	c.want("2026-01-11", StandingPaid, "2026-02-28")
	if got := c.want("2026-01-12", StandingPaid, "2026-02-28"); !got.Confirmed {
		t.Error("the core has acknowledged")
	}
	c.want("2026-02-01", StandingProtected, "2026-02-28")
}

func TestFullMonths_PermenakerOneOf2025_EdgeByFullMonths(t *testing.T) {
	from := dayOf(t, "2026-01-10")
	for to, want := range map[string]int{"2026-01-09": 0, "2026-02-08": 0, "2026-02-09": 1, "2026-04-08": 2, "2026-04-09": 3} {
		if got := FullMonths(from, dayOf(t, to)); got != want {
			t.Errorf("until %s: %d full months, want %d", to, got, want)
		}
	}
	if got := FullMonthsOn(from, 3).String(); got != "2026-04-10" {
		t.Errorf("wait over on %s", got)
	}
	if got := FullMonths(dayOf(t, "2026-01-31"), dayOf(t, "2026-02-27")); got != 1 {
		t.Errorf("31 January to 27 February: %d", got)
	}
}

// With cover since 10 January the third month is over when 10 April comes: until then JKM's lower sum is what a family
// can be promised (Permenaker 1/2025; setting jkm.wait_edge).
func TestCover_FullMonthsHavePassed_Permenaker1of2025(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-12")
	for today, want := range map[string]int{"2026-02-09": 0, "2026-02-10": 1, "2026-04-09": 2, "2026-04-10": 3, "2026-12-31": 11, "2027-01-01": 11} {
		if got := CoverOn(c.h, dayOf(t, today), DefaultCoverSettings()).FullMonths; got != want {
			t.Errorf("on %s: %d full months, want %d", today, got, want)
		}
	}
	leap := newCover(t, "2027-11-01").paid("2027-11-30", "2027-11", "2028-03")
	for today, want := range map[string]int{"2028-02-28": 2, "2028-02-29": 3} { // the month has no 30th
		if got := CoverOn(leap.h, dayOf(t, today), DefaultCoverSettings()).FullMonths; got != want {
			t.Errorf("on %s: %d full months, want %d", today, got, want)
		}
	}
}

// Months that lie ahead are no months of contribution: after a claim they are refunded (Perdir 22/2022 item 10), so
// they do not make the three years that a scholarship of JKM asks for (PP 82/2019).
func TestCover_MonthsAheadAreNotYetContributed_Perdir22of2022Item10(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2028-12")
	for today, want := range map[string]int{"2026-01-31": 1, "2026-02-01": 2, "2028-11-30": 35, "2028-12-01": 36} {
		got := CoverOn(c.h, dayOf(t, today), DefaultCoverSettings())
		if got.MonthsBegun != want || got.MonthsPaid != 36 {
			t.Errorf("on %s: %d of %d months, want %d", today, got.MonthsBegun, got.MonthsPaid, want)
		}
	}
}

func TestCoverIfPaid(t *testing.T) {
	c := newCover(t, "2026-01-01").paid("2026-01-10", "2026-01", "2026-01")
	s := DefaultCoverSettings()
	inTime := CoverIfPaid(c.h, dayOf(t, "2026-01-25"), 0, 2, s)
	if inTime.CoveredFrom.String() != "2026-02-01" || inTime.CoveredUntil.String() != "2026-03-31" || inTime.GapFrom != 0 || inTime.WaitRestarts {
		t.Errorf("in time: %+v", inTime)
	}
	late := CoverIfPaid(c.h, dayOf(t, "2026-03-10"), 0, 1, s)
	if late.CoveredFrom.String() != "2026-03-10" || late.GapFrom.String() != "2026-02-01" || late.GapUntil.String() != "2026-03-09" ||
		late.ArrearsFrom.String() != "2026-02" || late.ArrearsTo.String() != "2026-02" || late.NewRegistration {
		t.Errorf("in grace: %+v", late)
	}
	again := CoverIfPaid(c.h, dayOf(t, "2026-05-10"), 0, 1, s)
	if !again.NewRegistration || !again.WaitRestarts || !again.YearsRestart || again.ArrearsFrom != 0 || again.CoveredFrom.String() != "2026-05-10" {
		t.Errorf("after the end: %+v", again)
	}
	first := CoverIfPaid(CoverHistory{}, dayOf(t, "2026-05-10"), 0, 1, s)
	if first.NewRegistration || first.WaitRestarts || first.CoveredFrom.String() != "2026-05-10" {
		t.Errorf("nobody yet: %+v", first)
	}
}

// TestCover_Properties: nobody is protected without money, an acknowledgement and
// a paid month that holds today; a year after the last paid month all is over; the
// order in which payments are told changes nothing.
func TestCover_Properties(t *testing.T) {
	start := NewMonth(2026, 1)
	rapid.Check(t, func(t *rapid.T) {
		h := CoverHistory{Registered: start.First().Add(rapid.IntRange(-40, 40).Draw(t, "registered"))}
		for range rapid.IntRange(0, 6).Draw(t, "payments") {
			from := start.Add(rapid.IntRange(0, 20).Draw(t, "from"))
			h.Payments = append(h.Payments, CoverPayment{
				Programs: Programs{JKK}, From: from, To: from.Add(rapid.IntRange(0, 5).Draw(t, "n")),
				Fund: start.First().Add(rapid.IntRange(0, 700).Draw(t, "fund")),
			})
		}
		if rapid.Bool().Draw(t, "acked") {
			h.Acks = []CoverAck{{Day: start.First(), Programs: Programs{JKK}, From: start, To: start.Add(40)}}
		}
		today := start.First().Add(rapid.IntRange(0, 1400).Draw(t, "today"))
		s := DefaultCoverSettings()
		c := CoverOn(h, today, s)
		held := false
		for _, p := range h.Payments {
			held = held || p.Fund <= today && p.From.First() <= today && today <= p.To.Last()
		}
		if c.Protected() && (!held || len(h.Acks) == 0 || today < h.Registered || today > c.Until || today < c.Start) {
			t.Fatalf("protected without cause: %+v", c)
		}
		if c.Standing == StandingPaid && today > c.Until {
			t.Fatalf("paid after the end: %+v", c)
		}
		if today > start.Add(38).Last() && c.Standing != StandingWaiting && c.Standing != StandingEnded {
			t.Fatalf("not over at last: %+v", c)
		}
		for i, j := 0, len(h.Payments)-1; i < j; i, j = i+1, j-1 {
			h.Payments[i], h.Payments[j] = h.Payments[j], h.Payments[i]
		}
		if r := CoverOn(h, today, s); r.Standing != c.Standing || r.Until != c.Until {
			t.Fatalf("order matters: %+v and %+v", c, r)
		}
		CoverIfPaid(h, today, 0, 3, s)
	})
}
