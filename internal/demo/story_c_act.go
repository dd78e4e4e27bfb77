package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"math/rand/v2"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
	"jaring/internal/wire"
)

// hallDesk is the officer who runs the hall.
func (b *builder) hallDesk(ctx context.Context) (jaring.Actor, error) {
	return b.actor(ctx, b.desk[deskOf(home)])
}

// planJamboree plans the jamboree with its children, and who works there.
func (b *builder) planJamboree(ctx context.Context) error {
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	place, err := b.app.AddPlace(ctx, desk, "hall", hallPlace, hallVillage)
	if err != nil {
		return err
	}
	h := &b.hall
	plan := func(kind jaring.CampaignKind, name string, at jaring.PlaceID, day jaring.Day, from, to time.Duration, goal int) (jaring.CampaignID, error) {
		return b.app.PlanCampaign(ctx, desk, demoOp(), jaring.CampaignForm{Kind: kind, Name: name, Office: b.office[home], Place: at, Parent: h.Campaign, OpensAt: moment(day, from), ClosesAt: moment(day, to),
			SealHours: jaring.DefaultSealHours, Rewards: jaring.DefaultRewards, Plan: jaring.CampaignPlan{Goal: goal, Programs: []string{"JKK", "JKM"}}})
	}
	if h.Campaign, err = plan(jaring.KindJamboree, hallName, place, h.on, 8*time.Hour, 41*time.Hour, hallMet); err != nil {
		return err
	}
	if h.Gathering, err = plan(jaring.KindDialogue, "Temu Perisai", place, h.on.Add(1), 8*time.Hour, 11*time.Hour, 0); err != nil {
		return err
	}
	if h.Sweep, err = plan(jaring.KindSweep, "Grebek Pasar Angso Duo, Jambore", b.place[sweepMarket], h.on.Add(1), 13*time.Hour, 15*time.Hour, hallSwept); err != nil {
		return err
	}
	team := jaring.Team{Name: "Regu jambore"}
	for _, a := range b.agentsAt(home, h.on) {
		team.Members = append(team.Members, a.id)
	}
	for _, id := range []jaring.CampaignID{h.Campaign, h.Sweep} {
		if err := b.app.SetTeams(ctx, desk, demoOp(), id, 1, []jaring.Team{team}); err != nil {
			return err
		}
	}
	return b.planLoop(ctx, desk)
}

// planLoop lays out the hall; what its screen says is drawn too.
func (b *builder) planLoop(ctx context.Context, desk jaring.Actor) error {
	slides := []jaring.Slide{{Title: "Kecelakaan kerja: biaya rawat ditanggung", Text: "Tanpa batas biaya, sesuai kebutuhan medis."}, {Title: "Anak tetap sekolah", Text: "Beasiswa sampai kuliah bila peserta meninggal."},
		{Title: "Usaha punya pekerja?", Text: "Daftarkan mereka hari ini di meja depan."}}
	for i, draw := range []func() []byte{helmet, books, shop} {
		id, err := b.app.AddMedia(ctx, desk, demoOp(), b.hall.Campaign, bytes.NewReader(draw()))
		if err != nil {
			return err
		}
		slides[i].Media = id
	}
	return b.app.SetHall(ctx, desk, demoOp(), b.hall.Campaign, 0, jaring.HallPlan{Gates: hallGates, Topics: []string{"Pinjaman KUR", "Izin usaha", "Iuran pekerja"}, Stamps: hallStamps, SignUp: true, Slides: slides})
}

// inviteAll puts everybody on the list; the officials who open it are guests of honour.
func (b *builder) inviteAll(ctx context.Context) error {
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	h := &b.hall
	if _, err := b.app.AddParticipants(ctx, desk, demoOp(), h.Campaign, jaring.ViaList, h.people); err != nil {
		return err
	}
	var guests []jaring.Guest
	for _, who := range []string{"Kepala Kantor Wilayah Sumbagsel", "Kementerian Ketenagakerjaan", "Pemerintah Provinsi Jambi", "Dinas Koperasi dan UMKM", "Dinas Tenaga Kerja"} {
		guests = append(guests, jaring.Guest{Kind: jaring.GuestOfficial, Name: who, Heads: 1})
	}
	if err := b.app.AddGuests(ctx, desk, demoOp(), h.Campaign, guests); err != nil {
		return err
	}
	_, h.tickets, err = b.app.PrintTickets(ctx, desk, h.Campaign)
	return err
}

// buildStands makes the stands: owners', a bank's, the office's own, and the school's, of which only a number and a
// teacher are known.
func (b *builder) buildStands(ctx context.Context) error {
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	h := &b.hall
	owners := h.holders(jaring.ComesAsUMKM)
	for n := 1; n <= hallStands; n++ {
		o := owners[n%len(owners)]
		s := outreach.StandForm{Stand: jaring.Stand{Number: fmt.Sprint(n), Name: o.Organisation, Kind: jaring.StandUMKM, Owner: o.Name, ContactName: o.Name, ContactPhone: o.Phone, Team: 2, Public: true,
			Products: []jaring.Product{{Name: strings.Fields(o.Organisation)[0] + " khas Jambi", Price: jaring.Rupiah(15+5*h.crowd.rand.IntN(20)) * 1000}}}, Photos: map[int][]byte{}}
		switch n {
		case 4:
			s.Stand = jaring.Stand{Number: "4", Name: "Sandal dan batik " + hallSchool, Kind: jaring.StandSchool, Owner: hallSchool, ContactName: "Guru pendamping", Team: 9, Public: true,
				About: "Siswa dan penyandang disabilitas membuat sandal dan batik bersama.", Products: []jaring.Product{{Name: "Sandal batik", Price: 35_000}, {Name: "Batik tulis", Price: 150_000}}}
			s.Photos[1] = goods(h.crowd.rand)
		case 1:
			s.Stand = jaring.Stand{Number: "1", Name: "Cabang Jambi", Kind: jaring.StandOffice, Team: 4, Public: true}
		case 2:
			s.Stand = jaring.Stand{Number: "2", Name: "Bank Contoh", Kind: jaring.StandBank, Owner: "Bank Contoh", Team: 3, Public: true}
		}
		if n%6 == 4 {
			s.Photos[0] = goods(h.crowd.rand)
		}
		id, err := b.app.SetStand(ctx, desk, demoOp(), h.Campaign, s)
		if err != nil {
			return err
		}
		h.stands = append(h.stands, id)
	}
	return nil
}

// goods is something on a table.
func goods(r *rand.Rand) []byte {
	p := canvas(480, 360, hue(r, 170))
	fill(p, image.Rect(0, 250, 480, 360), hue(r, 90))
	for range 6 {
		ellipse(p, 60+r.IntN(360), 190+r.IntN(90), 30+r.IntN(40), 20+r.IntN(40), hue(r, 70))
	}
	return written(p)
}

// holders are those with a ticket of one kind.
func (h *hall) holders(kind jaring.ParticipantKind) (out []outreach.PrintedTicket) {
	for _, t := range h.tickets {
		if t.Kind == kind {
			out = append(out, t)
		}
	}
	return out
}

// openHall opens the doors; the officials come in.
func (b *builder) openHall(ctx context.Context) error {
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	l, err := b.app.FindGuests(ctx, desk, b.hall.Campaign)
	if err != nil {
		return err
	}
	for _, g := range l.Guests {
		if err := b.app.SetGuest(ctx, desk, demoOp(), b.hall.Campaign, g.ID, jaring.GuestIsAttended, 1); err != nil {
			return err
		}
	}
	return b.app.MoveCampaign(ctx, desk, demoOp(), b.hall.Campaign, jaring.CampaignIsOpen, "")
}

// gatesMeet is half past eleven: two phones that had no network since the morning send what they let in. Some tickets
// were shown at both doors.
func (b *builder) gatesMeet(ctx context.Context) error {
	h := &b.hall
	agents, kept := b.agentsAt(home, h.on), [2][]record{}
	twice := 0
	for n, t := range h.tickets {
		if !h.crowd.chance(hallComes) {
			continue
		}
		at := moment(h.on, 8*time.Hour+time.Duration(n%1100)*11*time.Second)
		doors := []int{n % 2}
		if n%150 == 3 && twice < hallTwice {
			doors, twice = []int{0, 1}, twice+1
		}
		for _, door := range doors {
			r, err := agents[door].phone.keep(jaring.ActCheckTicket, at.Add(time.Duration(door)*time.Minute), wire.TicketCheck{Campaign: string(h.Campaign), Code: string(t.Code), Gate: hallGates[door]})
			if err != nil {
				return err
			}
			kept[door] = append(kept[door], r)
		}
	}
	for door, records := range kept {
		if _, err := b.send(ctx, agents[door].phone, 0, records); err != nil {
			return err
		}
	}
	return nil
}

// hallMorning is what happened between the stands: stamps, consultations, what owners offer, and who registers his business.
func (b *builder) hallMorning(ctx context.Context) error {
	for _, act := range []func(context.Context) error{b.stampAll, b.consult, b.exchangeAll, b.registerOwners} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) stampAll(ctx context.Context) error {
	h := &b.hall
	phone, at := b.agentsAt(home, h.on)[2].phone, moment(h.on, 9*time.Hour)
	var records []record
	var winners []jaring.ParticipantID
	for n, t := range h.tickets[:hallWalks] {
		stops := 1 + h.crowd.rand.IntN(hallStamps+1)
		for i := range stops {
			r, err := phone.keep(jaring.ActGiveStamp, at.Add(time.Duration(n)*time.Minute), wire.StampGive{Campaign: string(h.Campaign), Code: string(t.Code), Stand: string(h.stands[(n+i)%len(h.stands)])})
			if err != nil {
				return err
			}
			records = append(records, r)
		}
		if stops >= hallStamps {
			winners = append(winners, t.ID)
		}
	}
	if _, err := b.send(ctx, phone, 0, records); err != nil {
		return err
	}
	desk, err := b.hallDesk(ctx)
	for _, who := range winners {
		if err == nil {
			err = b.app.ActOnParticipant(ctx, desk, demoOp(), h.Campaign, who, outreach.DoPrize)
		}
	}
	return err
}

func (b *builder) consult(ctx context.Context) error {
	h := &b.hall
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	for n, t := range h.holders(jaring.ComesAsUMKM)[:hallAsks] {
		number, err := b.app.TakeNumber(ctx, desk, demoOp(), h.Campaign, []string{"Pinjaman KUR", "Izin usaha", "Iuran pekerja"}[n%3], string(t.Code))
		if err != nil {
			return err
		}
		end := jaring.QueueDone
		if n%9 == 5 {
			end = jaring.QueueNoShow
		}
		if err := b.app.MoveNumber(ctx, desk, demoOp(), h.Campaign, number, "", jaring.QueueCalled, fmt.Sprintf("Meja %d", 1+n%3)); err != nil {
			return err
		}
		if err := b.app.MoveNumber(ctx, desk, demoOp(), h.Campaign, number, "", end, ""); err != nil {
			return err
		}
	}
	return nil
}

// exchangeAll notes what some owners have and others look for.
func (b *builder) exchangeAll(ctx context.Context) error {
	h := &b.hall
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	what := []jaring.Offer{{Side: jaring.SideOffer, Category: "packaging", Text: "Kardus cetak, mulai 100 lembar"}, {Side: jaring.SideNeed, Category: "packaging", Text: "Kemasan keripik tahan lembap"},
		{Side: jaring.SideOffer, Category: "material", Text: "Kopi liberika mentah"}, {Side: jaring.SideNeed, Category: "material", Text: "Biji kopi untuk kedai"}, {Side: jaring.SideNeed, Category: "skill", Text: "Pelatih membatik"}}
	for n, t := range h.holders(jaring.ComesAsUMKM)[:20] {
		o := what[n%len(what)]
		o.Consent = n%4 != 3
		if err := b.app.AddOffer(ctx, desk, demoOp(), h.Campaign, string(t.Code), o); err != nil {
			return err
		}
	}
	return nil
}

// registerOwners lets owners register their business at the front desk.
func (b *builder) registerOwners(ctx context.Context) error {
	h := &b.hall
	desk, err := b.hallDesk(ctx)
	if err != nil {
		return err
	}
	for n, t := range h.holders(jaring.ComesAsUMKM)[:hallOwners] {
		id, err := b.app.RegisterEmployer(ctx, desk, demoOp(), jaring.EmployerForm{Kind: jaring.EmployerIndividual, Name: t.Organisation, Area: hallVillage, Sector: []string{"food", "textile", "trade"}[n%3],
			RiskClass: 1 + n%2, SizeClass: jaring.SizeMicro, ContactName: t.Name, ContactPhone: t.Phone, Source: jaring.EmployerSource{Campaign: h.Campaign, Stand: fmt.Sprint(1 + n)}})
		if err != nil {
			return err
		}
		h.Employers = append(h.Employers, id)
	}
	return nil
}

// registerIn lets agents send whom they registered for a campaign on a day.
func (b *builder) registerIn(ctx context.Context, day jaring.Day, campaign jaring.CampaignID, met []*entry) error {
	of := map[*agent][]*entry{}
	for _, e := range met {
		e.campaign = campaign
		of[e.agent] = append(of[e.agent], e)
	}
	for _, a := range b.agentsAt(home, day) {
		if err := b.register(ctx, day, a, of[a]); err != nil {
			return err
		}
	}
	return nil
}

// openChild opens a campaign that belongs to the jamboree.
func (b *builder) openChild(id *jaring.CampaignID) func(context.Context) error {
	return func(ctx context.Context) error {
		desk, err := b.hallDesk(ctx)
		if err != nil {
			return err
		}
		return b.app.MoveCampaign(ctx, desk, demoOp(), *id, jaring.CampaignIsOpen, "")
	}
}
