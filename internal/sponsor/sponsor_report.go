package sponsor

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// Report is what a sponsor's money has come to in a month, and what comes next. All of it is counted from the
// people of the lists; a month that somebody gave back counts for whoever has it now.
type Report struct {
	Sponsor    *store.SponsorRecord
	OfficeName string
	Pact       *store.AgreementRecord // nil: all agreements of the sponsor
	Month      jaring.Month
	First      jaring.Month // of what is paid for
	Last       jaring.Month

	Paid      int // people for whom the sponsor pays in the month
	Protected int // of them, today
	New       int // whose first month it is
	Left      int // whose months ended before the agreement does, by the month
	Replaced  int // of the places that became free by the month
	Deaths    int

	Places  int // that the agreements have
	Budget  jaring.Rupiah
	Used    jaring.Rupiah
	Credit  jaring.Rupiah // given back, for whoever comes instead
	Saved   jaring.Rupiah // that was not paid twice
	Twice   int           // people whom somebody else pays for
	Months  []ReportMonth // every month that is paid for: what is to come stands in it
	Village []ReportVillage

	Lapse []LapsingPerson // who is not protected any more when it ends, by village
	Keep  []KeepCost      // what keeping them costs
}

// ReportMonth is one month: how many people are paid for, and what that costs.
type ReportMonth struct {
	Month  jaring.Month
	People int
	Amount jaring.Rupiah
}

// ReportVillage is a village by its code.
type ReportVillage struct {
	Code      string
	Paid      int
	Protected int
	Ends      int // whom nobody has paid for behind the sponsor's last month
}

// LapsingPerson is somebody whose cover ends with what the sponsor pays.
type LapsingPerson struct {
	Worker         jaring.WorkerID
	RegistrationNo jaring.RegistrationNo
	Name           string
	Village        string // dotted code; empty when it is not known
	Until          jaring.Month
}

// KeepCost is what some further months of those who lapse cost, by the rules of those months.
type KeepCost struct {
	Months int
	Amount jaring.Rupiah
}

// keepFor are the months that are offered to a sponsor. Source: GN Lingkaran sells 3, 6 or 12 (docs/rules).
var keepFor = []int{3, 6, 12}

// ReportSponsor counts a sponsor's report; agreement may be empty for all, month 0 for the present one. Errors:
// sponsor.unknown, agreement.unknown, error.forbidden.
func (a *Sponsors) ReportSponsor(ctx context.Context, actor jaring.Actor, sponsor, agreement string, month jaring.Month) (*Report, error) {
	s, err := a.sponsorFor(ctx, actor, jaring.ActFindSponsor, sponsor)
	if err != nil {
		return nil, err
	}
	r := &Report{Sponsor: s, OfficeName: a.OfficeName(ctx, s.Office), Month: month}
	if month == 0 {
		r.Month = jaring.DayIn(a.Now(), a.ZoneOf(ctx, s.Office)).Month()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		*r = Report{Sponsor: r.Sponsor, OfficeName: r.OfficeName, Month: r.Month}
		return a.countReport(tx, r, agreement)
	})
	return r, err
}

func (a *Sponsors) countReport(tx *store.Tx, r *Report, agreement string) error {
	pacts, err := tx.FindAgreements(r.Sponsor.ID)
	if err != nil {
		return err
	}
	head, err := tx.LedgerHead(r.Sponsor.ID)
	if err != nil {
		return err
	}
	r.Credit = head.Credit
	var counted []*store.AgreementRecord
	for _, g := range pacts {
		if g.ID == agreement {
			r.Pact = g
		}
		if g.ID == agreement || agreement == "" && g.State == agreementApproved {
			counted = append(counted, g)
		}
	}
	if agreement != "" && r.Pact == nil {
		return jaring.NewError(jaring.NotFound, "agreement.unknown")
	}
	for _, g := range counted {
		if err := a.countPact(tx, r, g); err != nil {
			return err
		}
	}
	r.finish()
	return nil
}

// countPact adds what one agreement pays.
func (a *Sponsors) countPact(tx *store.Tx, r *Report, g *store.AgreementRecord) error {
	r.Places, r.Budget, r.Used = r.Places+g.CeilingPeople, r.Budget+g.CeilingAmount, r.Used+g.UsedAmount
	rosters, err := tx.FindRosters(g.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, one := range rosters {
		if one.State != jaring.RosterRunning {
			continue
		}
		ids = append(ids, one.ID)
		for _, c := range one.Sums.Collisions {
			r.Twice, r.Saved = r.Twice+c.People, r.Saved+c.Saved
		}
	}
	people, err := tx.FindSponsored(store.PersonQuery{Rosters: ids})
	if err != nil {
		return err
	}
	for i := range people {
		r.add(&people[i])
	}
	if err := r.keep(a, g, people); err != nil {
		return err
	}
	left, err := tx.FindDepartures(r.Sponsor.ID, g.ID)
	for _, d := range left {
		if d.State != leaveDone || d.From > r.Month+1 {
			continue
		}
		if r.Left++; d.Why == jaring.LeftDied {
			r.Deaths++
		}
		if d.Heir.State == heirFilled {
			r.Replaced++
		}
	}
	return err
}

// add counts one person.
func (r *Report) add(p *store.SponsoredPerson) {
	if p.State != sponsorshipCovered {
		return
	}
	last := p.First.Add(p.Months - 1)
	r.span(p.First, last)
	for m := p.First; m <= last; m++ {
		at := &r.Months[m-r.First]
		at.People, at.Amount = at.People+1, at.Amount+p.Amount/jaring.Rupiah(p.Months)
	}
	if p.First == r.Month {
		r.New++
	}
	if r.Month < p.First || r.Month > last {
		return
	}
	v := r.village(p.Area)
	r.Paid++
	v.Paid++
	if p.Standing == jaring.StandingProtected {
		r.Protected++
		v.Protected++
	}
}

// span makes room for the months from first to last.
func (r *Report) span(first, last jaring.Month) {
	if len(r.Months) == 0 {
		r.First, r.Last = first, first-1
	}
	for r.First > first {
		r.First--
		r.Months = slices.Insert(r.Months, 0, ReportMonth{Month: r.First})
	}
	for r.Last < last {
		r.Last++
		r.Months = append(r.Months, ReportMonth{Month: r.Last})
	}
}

// village is the row of an area; whoever's village is not known counts where it is known.
func (r *Report) village(code string) *ReportVillage {
	for i := range r.Village {
		if r.Village[i].Code == code {
			return &r.Village[i]
		}
	}
	r.Village = append(r.Village, ReportVillage{Code: code})
	return &r.Village[len(r.Village)-1]
}

// keep finds who lapses when an agreement ends, and what keeping them costs: what their last month costs, as dear as the
// lowest band becomes by the rules of the months to come.
func (r *Report) keep(a *Sponsors, g *store.AgreementRecord, people []store.SponsoredPerson) error {
	var monthly jaring.Rupiah
	last := g.LastMonth()
	for _, p := range people {
		if p.State != sponsorshipCovered || p.First.Add(p.Months-1) != last || p.PaidTo > last {
			continue
		}
		monthly += p.Amount / jaring.Rupiah(p.Months)
		l := LapsingPerson{Worker: p.Worker, RegistrationNo: p.RegistrationNo, Name: p.Name, Until: last}
		if area.Code(p.Area).Level() == area.Village {
			l.Village = p.Area
		}
		r.Lapse = append(r.Lapse, l)
		r.village(p.Area).Ends++
	}
	now, err := a.Book.Price(questionOfSponsor(g.Agreement, nil, g.FirstMonth, g.Months))
	if err != nil || now.Payable == 0 {
		return err
	}
	for i, n := range keepFor {
		then, err := a.Book.Price(questionOfSponsor(g.Agreement, nil, last+1, n))
		if err != nil {
			return err
		}
		if len(r.Keep) == i {
			r.Keep = append(r.Keep, KeepCost{Months: n})
		}
		r.Keep[i].Amount += monthly * then.Payable * jaring.Rupiah(g.Months) / now.Payable
	}
	return nil
}

// finish puts villages and people in order.
func (r *Report) finish() {
	slices.SortFunc(r.Village, func(x, y ReportVillage) int { return cmp.Compare(x.Code, y.Code) })
	slices.SortFunc(r.Lapse, func(x, y LapsingPerson) int {
		return cmp.Or(cmp.Compare(x.Village, y.Village), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Worker, y.Worker))
	})
}

// SponsoredPerson is somebody for whom an agreement pays.
type SponsoredPerson = store.SponsoredPerson

// FindSponsored gives the people of an agreement whose name holds q, or whose registration number it is, behind a
// cursor. Errors: sponsor.unknown, agreement.unknown, cursor.malformed, error.forbidden.
func (a *Sponsors) FindSponsored(ctx context.Context, actor jaring.Actor, sponsor, agreement, q, cursor string) (list []SponsoredPerson, next string, err error) {
	_, g, err := a.agreementFor(ctx, actor, jaring.ActFindSponsor, sponsor, agreement)
	if err != nil {
		return nil, "", err
	}
	var after struct {
		Worker jaring.WorkerID `json:"w"`
	}
	if err := app.OpenCursor(cursor, &after); err != nil || after.Worker != "" && !jaring.IsUUID(string(after.Worker)) {
		return nil, "", app.BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		ids, err := rostersOf(tx, g.ID)
		if err != nil {
			return err
		}
		list, err = tx.FindSponsored(store.PersonQuery{Rosters: ids, Q: folded(q), After: after.Worker, Limit: rosterPage})
		return err
	})
	if len(list) == rosterPage {
		after.Worker = list[len(list)-1].Worker
		next = app.CloseCursor(after)
	}
	return list, next, err
}

// rostersOf are the ids of an agreement's lists.
func rostersOf(tx *store.Tx, agreement string) (ids []string, err error) {
	rosters, err := tx.FindRosters(agreement)
	for _, r := range rosters {
		ids = append(ids, r.ID)
	}
	return ids, err
}

// folded is a question as names are kept; a registration number stays as it is.
func folded(q string) string {
	if no, err := jaring.ParseRegistrationNo(q); err == nil {
		return string(no)
	}
	return match.FoldName(q)
}
