package demo

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// The ceremony of story E: in the first month that the regency pays for, its gift is handed over in front of officials,
// unions, companies and the tripartite body. Ten receive for all 2,000; two of them do not want to be named.
const (
	eveningName    = "Serah terima perlindungan pekerja rentan"
	eveningPlace   = "Balai Pertemuan Kabupaten (contoh)"
	eveningVillage = "15.06.02.1004"
	eveningDay     = 15 // of the first month
	eveningOpens   = 19 * time.Hour
	eveningLasts   = 3 * time.Hour
	eveningReceive = 10
	eveningUnnamed = 2
)

// giftEvening is the day of the ceremony.
func (b *builder) giftEvening() jaring.Day { return b.gift.first.First().Add(eveningDay - 1) }

// eveningGuests are invitations, none to anybody who exists. came is how many of them come.
var eveningGuests = []struct {
	jaring.Guest
	came int
}{
	{jaring.Guest{Kind: jaring.GuestOfficial, Name: "Bupati", Organisation: "Pemerintah Kabupaten (contoh)", Position: "Menyerahkan", Heads: 1}, 1},
	{jaring.Guest{Kind: jaring.GuestOfficial, Name: "Para camat", Organisation: "Pemerintah Kabupaten (contoh)", Heads: 13}, 12},
	{jaring.Guest{Kind: jaring.GuestOfficial, Name: "Kepala Dinas Tenaga Kerja", Organisation: "Dinas Tenaga Kerja", Heads: 1}, 1},
	{jaring.Guest{Kind: jaring.GuestUnion, Name: "Pengurus cabang", Organisation: "Serikat Pekerja Pesisir (contoh)", Heads: 6}, 5},
	{jaring.Guest{Kind: jaring.GuestUnion, Name: "Pengurus cabang", Organisation: "Serikat Buruh Kebun (contoh)", Heads: 4}, 4},
	{jaring.Guest{Kind: jaring.GuestCompany, Name: "Direksi", Organisation: "PT Sawit Pantai Timur (contoh)", Heads: 3}, 2},
	{jaring.Guest{Kind: jaring.GuestCompany, Name: "Wakil perusahaan", Organisation: "Perusahaan di kabupaten", Heads: 24}, 19},
	{jaring.Guest{Kind: jaring.GuestTripartite, Name: "LKS Tripartit", Organisation: "LKS Tripartit Kabupaten", Heads: 9}, 8},
	{jaring.Guest{Kind: jaring.GuestRecipient, Name: "Penerima simbolis dan keluarga", Heads: 30}, 28},
	{jaring.Guest{Kind: jaring.GuestPress, Name: "Pers", Heads: 5}, 0},
}

// Ceremony is the handover as the system counts it.
type Ceremony struct {
	On         jaring.Day               `json:"on"`
	Sponsor    string                   `json:"sponsor"`
	Agreement  string                   `json:"agreement"`
	People     int                      `json:"people"` // for whom the agreement pays in this month
	Recipients int                      `json:"recipients"`
	Named      int                      `json:"named"` // who want to be
	Invited    map[jaring.GuestKind]int `json:"invited"`
	Came       map[jaring.GuestKind]int `json:"came"`
	State      jaring.CampaignState     `json:"state"`
	Lapse      int                      `json:"lapse"`    // people who are not protected any more when it ends
	KeepFor    map[int]jaring.Rupiah    `json:"keep_for"` // what so many further months would cost
}

// planEvening puts the ceremony on its days.
func (b *builder) planEvening() {
	on := b.giftEvening()
	b.on(on.Add(-10)).at(hourDesk, b.prepareEvening)
	b.on(on.Add(-1)).at(hourDesk, b.chooseRecipients)
	b.on(on).at(eveningOpens, b.openEvening)
	b.on(on).at(eveningOpens+eveningLasts, b.endEvening)
}

// prepareEvening plans the ceremony and invites.
func (b *builder) prepareEvening(ctx context.Context) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	place, err := b.app.AddPlace(ctx, desk, "hall", eveningPlace, eveningVillage)
	if err != nil {
		return err
	}
	opens := moment(b.giftEvening(), eveningOpens)
	b.gift.Evening, err = b.app.PlanCampaign(ctx, desk, demoOp(), jaring.CampaignForm{Kind: jaring.KindHandover, Name: eveningName, Office: b.office[giftOffice], Place: place,
		OpensAt: opens, ClosesAt: opens.Add(eveningLasts), SealHours: jaring.DefaultSealHours, Plan: jaring.CampaignPlan{Agenda: []jaring.AgendaItem{
			{At: "19:00", What: "Pembukaan", Who: "Dinas Tenaga Kerja"}, {At: "19:30", What: "Serah terima simbolis", Who: "Bupati"}, {At: "20:15", What: "Dialog perusahaan dan serikat"}}}})
	if err != nil {
		return err
	}
	var guests []jaring.Guest
	for _, g := range eveningGuests {
		guests = append(guests, g.Guest)
	}
	return b.app.AddGuests(ctx, desk, demoOp(), b.gift.Evening, guests)
}

// chooseRecipients says what is handed over, and who receives it: the first of the list in the order of its pages.
func (b *builder) chooseRecipients(ctx context.Context) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	g := &b.gift
	people, _, err := b.app.FindSponsored(ctx, desk, g.Sponsor, g.Agreement, "", "")
	if err != nil {
		return err
	}
	var chosen []outreach.Chosen
	for i, p := range people[:min(eveningReceive, len(people))] {
		chosen = append(chosen, outreach.Chosen{Worker: p.Worker, Consent: i < eveningReceive-eveningUnnamed})
	}
	return b.app.SetHandover(ctx, desk, demoOp(), g.Evening, g.Sponsor, g.Agreement, chosen)
}

// openEvening is the evening itself, and who came through the door.
func (b *builder) openEvening(ctx context.Context) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	id := b.gift.Evening
	if err := b.app.MoveCampaign(ctx, desk, demoOp(), id, jaring.CampaignIsOpen, ""); err != nil {
		return err
	}
	list, err := b.app.FindGuests(ctx, desk, id)
	if err != nil {
		return err
	}
	for i, g := range list.Guests {
		state, came := jaring.GuestIsDeclined, 0
		for _, e := range eveningGuests {
			if e.Name == g.Name && e.Organisation == g.Organisation && e.came > 0 {
				state, came = jaring.GuestIsAttended, e.came
			}
		}
		if err := b.app.SetGuest(ctx, desk, demoOp(), id, list.Guests[i].ID, state, came); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) endEvening(ctx context.Context) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	return b.app.MoveCampaign(ctx, desk, demoOp(), b.gift.Evening, jaring.CampaignIsClosed, "")
}

// readEvening counts the ceremony by its page.
func readEvening(ctx context.Context, h House, id jaring.CampaignID) (*Ceremony, error) {
	page, err := h.App.GetHandover(ctx, jaring.System, id)
	if err != nil {
		return nil, err
	}
	c := &Ceremony{On: jaring.DayIn(page.Campaign.OpensAt, app.Zone("")), Recipients: len(page.Recipients), Invited: map[jaring.GuestKind]int{}, Came: map[jaring.GuestKind]int{},
		State: page.Campaign.State, KeepFor: map[int]jaring.Rupiah{}}
	for _, p := range page.Recipients {
		if p.Consent {
			c.Named++
		}
	}
	for kind, n := range page.Guests.Attendance.ByKind {
		c.Invited[kind], c.Came[kind] = n.Invited, n.Came
	}
	if r := page.Report; r != nil {
		c.Sponsor, c.Agreement, c.People, c.Lapse = r.Sponsor.Name, r.Pact.Number, r.Paid, len(r.Lapse)
		for _, k := range r.Keep {
			c.KeepFor[k.Months] = k.Amount
		}
	}
	return c, nil
}
