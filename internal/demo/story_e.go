package demo

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/sponsor"
)

// Story E: a regency pays for 2,000 vulnerable workers out of its budget, for a year, JKK and JKM. Its list comes in
// dirty and is mended; a company pays for some of the people already; a second person approves, one bill is paid, and
// all start together on the first day of the budget year.
const (
	giftRegency = "15.06"
	giftOffice  = "tanjab"
	giftMonths  = 12
	giftCeiling = jaring.Rupiah(1_099_000) // the lowest band of the scheme ends here
	giftSerials = 9500                     // serials of these people are above it
	giftBudget  = jaring.Rupiah(405_000_000)
)

// StoryE is the regency's gift as the system counts it.
type StoryE struct {
	Rows       int            `json:"rows"`     // of the list
	First      Judged         `json:"first"`    // as it came in first
	Mended     Judged         `json:"mended"`   // as it was approved
	Findings   map[string]int `json:"findings"` // rows of the approved list that stayed outside, by the key of why
	Enrolled   int            `json:"enrolled"`
	New        int            `json:"new"` // of them not in the book before
	Cost       jaring.Rupiah  `json:"cost"`
	Each       jaring.Rupiah  `json:"each"` // what one person costs a month
	Months     int            `json:"months"`
	FirstMonth jaring.Month   `json:"first_month"`
	Programs   string         `json:"programs"`
	Funding    jaring.Funding `json:"funding"`
	Covered    int            `json:"covered"`   // who started when it was paid
	Confirmed  int            `json:"confirmed"` // by the core
	Protected  int            `json:"protected"` // today
	Collisions Collided       `json:"collisions"`
	BudgetUsed jaring.Rupiah  `json:"budget_used"`
	BudgetLeft jaring.Rupiah  `json:"budget_left"`
	Handover   *Ceremony      `json:"handover"`
	Desk       *DeskFigures   `json:"desk"`  // of the labour office
	Fairs      []FairFigures  `json:"fairs"` // of the evening, and of today
}

// Judged is what the check of a list came to, in rows.
type Judged struct {
	Accepted int `json:"accepted"`
	Held     int `json:"held"`
	Rejected int `json:"rejected"`
	Mendable int `json:"mendable"`
}

// Collided is what somebody else pays already.
type Collided struct {
	People int           `json:"people"`
	Saved  jaring.Rupiah `json:"saved"`
}

// keptE is what is known of story E afterwards.
type keptE struct {
	Sponsor   string              `json:"sponsor"`
	Agreement string              `json:"agreement"`
	Roster    string              `json:"roster"`
	First     Judged              `json:"first"`
	Evening   jaring.CampaignID   `json:"evening"` // the ceremony
	Desk      jaring.ServiceID    `json:"desk"`    // of the labour office
	DeskDays  []jaring.Day        `json:"desk_days"`
	Fairs     []jaring.CampaignID `json:"fairs"` // of the evening, and of today
}

var storyE = story{
	plan:    func(b *builder) int { b.planGift(); return 0 },
	kept:    func(b *builder) any { return b.gift.keptE },
	figures: readStoryE,
}

// gift is the story on its way.
type gift struct {
	keptE
	list  []gifted
	first jaring.Month
	// other is the company that pays for some already.
	other struct{ sponsor, agreement, roster string }
	union jaring.PartnerID // to which the service desk refers
	// hirers are the employers of the job fairs by name, and paidTo the month that each has paid.
	hirers map[string]jaring.EmployerID
	paidTo map[string]jaring.Month
}

// budgetYear is the first of the twelve months of the budget: this year's January, unless the year is so young that
// nothing has happened in it.
func budgetYear(today jaring.Day) jaring.Month {
	const young, ago = 3, 10
	if today.MonthNumber() >= young {
		return jaring.NewMonth(today.Year(), 1)
	}
	return today.Month().Add(-ago)
}

// planGift puts the story on its days: all is prepared in the month before the budget year.
func (b *builder) planGift() {
	g := &b.gift
	g.first = budgetYear(b.today)
	before := g.first.Add(-1).First()
	g.list = giftList(b.apart(giftSerials, "e"), before)
	day := func(n int, hour time.Duration, act func(context.Context) error) {
		b.on(before.Add(n-1)).at(hour, act)
	}
	day(1, hourDesk, b.placeSome)
	day(2, hourDesk, b.agreeGift)
	day(3, hourDesk, b.approveGift)
	day(4, hourDesk, func(ctx context.Context) error { return b.sendGift(ctx, false) })
	day(9, hourDesk, func(ctx context.Context) error { return b.sendGift(ctx, true) })
	day(11, hourDesk, func(ctx context.Context) error { return b.enrolGift(ctx, b.gift.Roster) })
	day(17, hourPaid, func(ctx context.Context) error { return b.payGift(ctx, b.gift.Roster, "SP2D-0512") })
	b.planEvening()
	b.planDesk()
	b.planFairs()
}

// Tell says the story in one sentence.
func (s *StoryE) Tell() (string, jaring.Args) {
	return "demo.story_e", jaring.Args{"rows": s.Rows, "n": s.Enrolled, "sum": s.Cost, "protected": s.Protected, "months": s.Months}
}

// readStoryE counts the list by its page, its people one by one, and the budget by the agreement.
func readStoryE(ctx context.Context, h House, kept json.RawMessage) (any, error) {
	var k keptE
	if err := json.Unmarshal(kept, &k); err != nil {
		return nil, err
	}
	r, err := h.App.GetRoster(ctx, jaring.System, k.Roster)
	if err != nil {
		return nil, err
	}
	s := &StoryE{Rows: r.Sums.Rows, First: k.First, Mended: judgedOf(r), Findings: map[string]int{}, New: r.Fresh, Cost: r.Amount, Months: r.Pact.Months, FirstMonth: r.Pact.FirstMonth,
		Programs: r.Pact.Programs.String(), Funding: r.Pact.Kind.Funding(), Covered: r.Covered, BudgetUsed: r.Pact.UsedAmount, BudgetLeft: r.Pact.CeilingAmount - r.Pact.UsedAmount}
	for _, c := range r.Sums.Collisions {
		s.Collisions.People, s.Collisions.Saved = s.Collisions.People+c.People, s.Collisions.Saved+c.Saved
	}
	if err := s.readFindings(ctx, h, k.Roster); err != nil {
		return nil, err
	}
	if s.Handover, err = readEvening(ctx, h, k.Evening); err != nil {
		return nil, err
	}
	if err := s.readDesk(ctx, h, &k); err != nil {
		return nil, err
	}
	if err := s.readFairs(ctx, h, &k); err != nil {
		return nil, err
	}
	return s, s.readPeople(ctx, h, k.Roster)
}

func judgedOf(r *sponsor.RosterView) Judged {
	return Judged{Accepted: r.People, Held: r.Sums.Held, Rejected: r.Sums.Rejected, Mendable: r.Sums.Mendable}
}

// readFindings counts why rows stayed outside.
func (s *StoryE) readFindings(ctx context.Context, h House, roster string) error {
	for _, verdict := range []string{"reject", "hold"} {
		for cursor, more := "", true; more; more = cursor != "" {
			list, next, err := h.App.FindRosterFindings(ctx, jaring.System, roster, sponsor.FindingsAsked{Verdict: verdict, Cursor: cursor})
			if err != nil {
				return err
			}
			for _, f := range list {
				s.Findings[f.Key]++
			}
			cursor = next
		}
	}
	return nil
}

// readPeople counts the people of the list.
func (s *StoryE) readPeople(ctx context.Context, h House, roster string) error {
	for cursor, more := "", true; more; more = cursor != "" {
		list, next, err := h.App.FindRosterPeople(ctx, jaring.System, roster, cursor)
		if err != nil {
			return err
		}
		for _, p := range list {
			s.Enrolled++
			s.Each = p.Amount / jaring.Rupiah(p.Months)
			if p.Worker.Standing == jaring.StandingProtected {
				s.Protected++
			}
			if p.Worker.KPJ != "" {
				s.Confirmed++
			}
		}
		cursor = next
	}
	return nil
}
