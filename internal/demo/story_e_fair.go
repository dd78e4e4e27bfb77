package demo

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
	"jaring/internal/wire"
)

// The job fair of story E: it opens on the evening of the ceremony, and another one of the labour office runs today.
// Nobody who is hired there exists; each is a wage worker by the one way there is.
const (
	fairSerials = 9600 // serials of these people are above it
	fairPlace   = "Aula Dinas Tenaga Kerja Kabupaten (contoh)"
	fairPaid    = 5 // day of a month on which the employers of the first fair pay the month before
)

// fairWork is the work that employers offer. None of them exists.
var fairWork = []struct {
	employer, position, sector, about, needs string
	size                                     jaring.SizeClass
	risk, seats                              int
	from, to                                 jaring.Rupiah
	welcome                                  []jaring.Disability
}{
	{"Konveksi Pesisir (contoh)", "Penjahit", "textile", "Menjahit seragam, upah tetap setiap bulan.", "Bisa menjahit lurus dan obras.", jaring.SizeMicro, 2, 6, 2_900_000, 3_400_000, []jaring.Disability{"physical", "sensory"}},
	{"Konveksi Pesisir (contoh)", "Pemotong kain", "textile", "", "Teliti, mau dilatih.", jaring.SizeMicro, 2, 2, 2_800_000, 2_800_000, nil},
	{"Pengolahan Kopra Bersama (contoh)", "Operator pengering", "agriculture", "Kerja bergilir, antar-jemput dari kota.", "Sehat, umur 18 ke atas.", jaring.SizeSmall, 4, 5, 3_100_000, 3_600_000, nil},
	{"Toko Bangunan Sinar Kuala (contoh)", "Kasir", "trade", "", "Lulusan SMA atau sederajat.", jaring.SizeMicro, 1, 2, 2_700_000, 3_000_000, []jaring.Disability{"physical"}},
	{"Toko Bangunan Sinar Kuala (contoh)", "Sopir antar", "trade", "", "Punya SIM B1.", jaring.SizeMicro, 3, 2, 0, 0, nil},
}

// jobFair is one of the two on its way.
type jobFair struct {
	name     string
	on       jaring.Day
	from     time.Duration // into the day
	lasts    time.Duration
	slots    []time.Duration // when the times for interviews begin, behind the opening
	long     time.Duration   // of each
	people   int             // who come; of every ten seven are spoken to, five have an offer and four are hired
	id       jaring.CampaignID
	openings []jaring.OpeningID
	crowd    *crowd
}

// FairFigures is a job fair as the system counts it.
type FairFigures struct {
	On    jaring.Day           `json:"on"`
	State jaring.CampaignState `json:"state"`
	jaring.FairCount
}

// planFairs puts both fairs on their days.
func (b *builder) planFairs() {
	people := b.apart(fairSerials, "f")
	b.gift.hirers, b.gift.paidTo = map[string]jaring.EmployerID{}, map[string]jaring.Month{}
	evening := &jobFair{name: "Bursa kerja malam perlindungan", on: b.giftEvening(), from: eveningOpens, lasts: eveningLasts, slots: []time.Duration{0, time.Hour, 2 * time.Hour}, long: time.Hour, people: 24, crowd: people}
	now := &jobFair{name: "Bursa kerja akhir tahun", on: b.today, from: 8 * time.Hour, lasts: 34 * time.Hour, slots: []time.Duration{0, 5 * time.Hour, 24 * time.Hour}, long: 4 * time.Hour, people: 18, crowd: people}
	for _, f := range []*jobFair{evening, now} {
		b.on(f.on).at(f.from-30*time.Minute, func(ctx context.Context) error { return b.openFair(ctx, f) })
		b.on(f.on).at(f.from+20*time.Minute, func(ctx context.Context) error { return b.workFair(ctx, f) })
	}
	b.on(evening.on).at(evening.from+evening.lasts, func(ctx context.Context) error { return b.closeFair(ctx, evening) })
	for month := evening.on.Month(); month.Add(1).First().Add(fairPaid-1) <= b.today; month = month.Add(1) {
		b.on(month.Add(1).First().Add(fairPaid-1)).at(hourPaid, func(ctx context.Context) error { return b.payFair(ctx, month) })
	}
}

// openFair plans a fair with its openings, and opens it.
func (b *builder) openFair(ctx context.Context, f *jobFair) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	place, err := b.app.AddPlace(ctx, desk, "hall", fairPlace, eveningVillage)
	if err != nil {
		return err
	}
	opens := moment(f.on, f.from)
	if f.id, err = b.app.PlanCampaign(ctx, desk, demoOp(), jaring.CampaignForm{Kind: jaring.KindJobFair, Name: f.name, Office: b.office[giftOffice], Place: place, OpensAt: opens, ClosesAt: opens.Add(f.lasts),
		SealHours: jaring.DefaultSealHours, Plan: jaring.CampaignPlan{Goal: f.people}}); err != nil {
		return err
	}
	b.gift.Fairs = append(b.gift.Fairs, f.id)
	if err := b.app.MoveCampaign(ctx, desk, demoOp(), f.id, jaring.CampaignIsOpen, ""); err != nil {
		return err
	}
	for n, w := range fairWork {
		o := jaring.Opening{EmployerName: w.employer, Position: w.position, About: w.about, Requirements: w.needs, Seats: w.seats, WageFrom: w.from, WageTo: w.to, Welcome: w.welcome, Area: giftRegency}
		for _, behind := range f.slots {
			from := opens.Add(behind)
			o.Slots = append(o.Slots, jaring.Slot{From: from, To: from.Add(f.long), Places: 4, Desk: "Meja " + string(rune('A'+n))})
		}
		id, err := b.app.SetOpening(ctx, desk, demoOp(), f.id, outreach.OpeningForm{Opening: o})
		if err != nil {
			return err
		}
		f.openings = append(f.openings, id)
	}
	return nil
}

// workFair lets people apply, every other on the own phone, and the desks speak to them.
func (b *builder) workFair(ctx context.Context, f *jobFair) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	page, err := b.app.GetFair(ctx, desk, f.id)
	if err != nil {
		return err
	}
	for n := range f.people {
		p := f.crowd.person(giftRegency, f.on)
		which := n % len(f.openings)
		who, err := b.applyAt(ctx, desk, f, string(page.Page), p, f.openings[which], n%2 == 0)
		if err != nil {
			return err
		}
		if err := b.speakTo(ctx, desk, f, p, which, who, (n*3)%10); err != nil {
			return err
		}
	}
	return nil
}

// applyAt puts somebody's application down, and gives who it is.
func (b *builder) applyAt(ctx context.Context, desk jaring.Actor, f *jobFair, page string, p person, opening jaring.OpeningID, own bool) (jaring.ParticipantID, error) {
	form := jaring.ParticipantForm{Kind: string(jaring.ComesAsWorker), Name: p.name, Phone: p.phone, Consent: true}
	if !own {
		return b.app.AddApplicant(ctx, desk, demoOp(), f.id, outreach.Application{Opening: opening, Person: &form})
	}
	code, err := b.app.JoinFair(ctx, demoOp(), page, form)
	if err != nil {
		return "", err
	}
	if err := b.app.ApplyByTicket(ctx, demoOp(), string(code), opening, ""); err != nil {
		return "", err
	}
	rows, err := b.app.FindApplicants(ctx, desk, f.id, outreach.ApplicantFilter{Opening: opening, Text: p.name})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Participant, nil
}

// speakTo takes an application as far as luck, from 0 to 9, lets it come.
func (b *builder) speakTo(ctx context.Context, desk jaring.Actor, f *jobFair, p person, which int, who jaring.ParticipantID, luck int) error {
	if luck > 6 {
		return nil // still waits
	}
	steps := []outreach.Step{{Act: jaring.ApplicantCall}, {Act: jaring.ApplicantInterview, Note: "Bersedia mulai segera"}}
	switch {
	case luck > 5:
		steps = append(steps, outreach.Step{Act: jaring.ApplicantDecline})
	case luck < 5:
		steps = append(steps, outreach.Step{Act: jaring.ApplicantOffer})
	}
	for _, s := range steps {
		s.Opening, s.Who = f.openings[which], who
		if err := b.app.MoveApplicant(ctx, desk, demoOp(), f.id, s); err != nil {
			return err
		}
	}
	if luck > 3 {
		return nil
	}
	return b.hireAt(ctx, desk, f, p, which, who)
}

// hireAt registers somebody as a worker, and the employer before the first.
func (b *builder) hireAt(ctx context.Context, desk jaring.Actor, f *jobFair, p person, which int, who jaring.ParticipantID) error {
	w := fairWork[which]
	id, known := b.gift.hirers[w.employer]
	form := &jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: w.employer, Area: giftRegency, Sector: w.sector, RiskClass: w.risk, SizeClass: w.size, ContactName: "Bagian personalia"}
	if known {
		form = nil
	}
	id, err := b.app.SetOpeningEmployer(ctx, desk, demoOp(), f.id, f.openings[which], id, form)
	if err != nil {
		return err
	}
	if !known {
		b.gift.hirers[w.employer] = id
	}
	e := &entry{person: p, months: 1, birthDate: p.birth}
	r := e.form(b.Notice, b.clock.now())
	r.Programs, r.Months, r.MonthlyIncome = nil, 0, nil
	wage := max(w.from, 2_800_000)
	_, err = b.app.HireApplicant(ctx, desk, demoOp(), f.id, f.openings[which], who, app.EmployeeForm{Person: r, Wage: wage, Position: w.position, From: f.on})
	return err
}

func (b *builder) closeFair(ctx context.Context, f *jobFair) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	return b.app.MoveCampaign(ctx, desk, demoOp(), f.id, jaring.CampaignIsClosed, "")
}

// payFair bills the employers of the fair for a month, and they pay.
func (b *builder) payFair(ctx context.Context, month jaring.Month) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	for _, w := range fairWork {
		id, known := b.gift.hirers[w.employer]
		if !known || b.gift.paidTo[w.employer] == month {
			continue
		}
		bill, err := b.app.BillEmployer(ctx, desk, demoOp(), string(id), month)
		if err != nil {
			return err
		}
		b.gift.paidTo[w.employer] = month
		paid := wire.Settlement{Amount: bill.ToPay(), Channel: "bank", Reference: "TRF " + bill.Code, PaidOn: jaring.DayIn(b.clock.now(), app.Zone(""))}
		if _, err := b.app.SettleEmployerBill(ctx, desk, demoOp(), string(id), bill.ID, paid); err != nil {
			return err
		}
	}
	b.open = true
	return nil
}

// readFairs counts both fairs by their pages.
func (s *StoryE) readFairs(ctx context.Context, h House, k *keptE) error {
	for _, id := range k.Fairs {
		page, err := h.App.GetFair(ctx, jaring.System, id)
		if err != nil {
			return err
		}
		s.Fairs = append(s.Fairs, FairFigures{On: jaring.DayIn(page.Campaign.OpensAt, app.Zone("")), State: page.Campaign.State, FairCount: page.Count})
	}
	return nil
}
