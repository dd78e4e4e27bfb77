package demo

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
)

// toldE is what the story tells of the regency's list; who is protected today depends on the day.
func toldE() *StoryE {
	return &StoryE{Rows: 2300, First: Judged{Accepted: 1840, Held: 10, Rejected: 450, Mendable: 160}, Mended: Judged{Accepted: 2000, Held: 10, Rejected: 290},
		Findings: map[string]int{"roster.book.covered": 20, "roster.duplicate": 110, "roster.income_ceiling": 40, "roster.outside_area": 50, "worker.age_limit": 70, "worker.age_minimum": 10},
		Enrolled: 2000, New: 2000, Cost: 403_200_000, Each: 16_800, Months: 12, Programs: "JKK+JKM", Funding: jaring.FundingAPBD, Covered: 2000, Confirmed: 2000, Protected: 2000,
		Collisions: Collided{20, 4_032_000}, BudgetUsed: 403_200_000, BudgetLeft: 1_800_000}
}

// toldEvening is what the ceremony came to.
func toldEvening(first jaring.Month) *Ceremony {
	return &Ceremony{On: first.First().Add(14), Sponsor: "Pemerintah Kabupaten Tanjung Jabung Barat (contoh)", Agreement: "PKS 415.4/12", People: 2000, Recipients: 10, Named: 8,
		Invited: map[jaring.GuestKind]int{"official": 15, "union": 10, "company": 27, "tripartite": 9, "recipient": 30, "press": 5},
		Came:    map[jaring.GuestKind]int{"official": 14, "union": 9, "company": 21, "tripartite": 8, "recipient": 28, "press": 0}, State: jaring.CampaignIsClosed,
		Lapse: 2000, KeepFor: map[int]jaring.Rupiah{3: 100_800_000, 6: 201_600_000, 12: 403_200_000}}
}

// toldDesk is what the service desk came to.
func toldDesk(first jaring.Month) *DeskFigures {
	return &DeskFigures{Opened: first.First().Add(14), Numbers: 37, Served: 28, Missed: 3, OwnPhone: 9, Cases: 10, Closed: 6, Due: 2,
		Topics: map[jaring.ServiceTopic]int{"not_registered": 2, "wages": 2, "work_accident": 1, "death": 1, "layoff": 1, "claim_help": 1, "information": 1, "other": 1}}
}

// toldFairs is what the job fairs came to. The people of the first are protected because their employers have paid each month since;
// those of today's wait for the first bill.
func toldFairs(first jaring.Month, today jaring.Day) []FairFigures {
	return []FairFigures{
		{first.First().Add(14), jaring.CampaignIsClosed, jaring.FairCount{Openings: 5, Seats: 17, Employers: 3, Applicants: 24, Applications: 24, Interviewed: 17, Offered: 12, Hired: 10, Registered: 10, Protected: 10}},
		{today, jaring.CampaignIsOpen, jaring.FairCount{Openings: 5, Seats: 17, Employers: 3, Applicants: 18, Applications: 18, Interviewed: 13, Offered: 9, Hired: 8, Registered: 8}}}
}

func wantStoryE(t *testing.T, d *Demo, first jaring.Month) {
	t.Helper()
	got, _ := d.Stories["e"].(*StoryE)
	want := toldE()
	want.FirstMonth = first
	want.Handover = toldEvening(first)
	want.Desk = toldDesk(first)
	want.Fairs = toldFairs(first, jaring.NewDay(2026, 11, 21))
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
