package outreach_test

import (
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
)

// hallOf is an event with four people, of whom the tickets are told, and two gates.
func (h *house) hallOf(t testing.TB) (jaring.CampaignID, []outreach.PrintedTicket) {
	t.Helper()
	id := h.plan(t, jaring.KindJamboree, nil)
	must(t, h.SetTeams(t.Context(), h.Officer, op(), id, 1, []jaring.Team{{Name: "Gerbang", Members: []jaring.AccountID{h.Agent.Account, h.Second.Account}}}))
	must(t, h.SetHall(t.Context(), h.Officer, op(), id, 0, jaring.HallPlan{Gates: []string{"Utara", "Selatan"}, Topics: []string{"KUR"}, Stamps: 2, SignUp: true}))
	_, err := h.AddParticipants(t.Context(), h.Officer, op(), id, jaring.ViaList, []jaring.ParticipantForm{{Kind: "umkm", Name: "Siti Aminah", Organisation: "Batik Siti", Phone: "081234567890"},
		{Kind: "bank", Name: "Anton"}, {Kind: "umkm", Name: "Budi Gunawan", Needs: []string{"wheelchair"}}, {Kind: "worker", Name: "Citra"}})
	must(t, err)
	_, tickets, err := h.PrintTickets(t.Context(), h.Officer, id)
	must(t, err)
	if len(tickets) != 4 {
		t.Fatalf("%d tickets", len(tickets))
	}
	return id, tickets
}

// scan sends what a phone says of a ticket.
func (h *house) scan(t testing.TB, actor jaring.Actor, id jaring.CampaignID, code, gate string) jaring.Outcome {
	t.Helper()
	o := h.Operation(jaring.ActCheckTicket, map[string]any{"campaign_id": id, "code": code, "gate": gate})
	o.Device = jaring.DeviceID(jaringtest.NewID())
	outcomes, err := h.Apply(t.Context(), actor, []jaring.Operation{o})
	must(t, err)
	return outcomes[0]
}

// A ticket that two gates let in without a network counts once, and the office is told both gates.
func TestGate_ATicketAtTwoGatesCountsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		id, tickets := h.hallOf(t)
		for _, p := range tickets[:2] {
			if o := h.scan(t, h.Agent, id, p.Code.Text(), "Utara"); o.Kind != jaring.Accepted || len(o.Findings) != 0 {
				t.Fatalf("%+v", o)
			}
		}
		h.Pass(time.Minute)
		if o := h.scan(t, h.Second, id, string(tickets[0].Code), "Selatan"); o.Kind != jaring.Accepted || len(o.Findings) != 1 || o.Findings[0].Key != "ticket.used" || o.Findings[0].Args["gate"] != "Utara" {
			t.Errorf("%+v", o)
		}
		hall, err := h.GetHall(t.Context(), h.Head, id)
		must(t, err)
		if hall.Gate.Inside != 2 || len(hall.Gate.Twice) != 1 || hall.Names[tickets[0].ID] == "" || hall.Gate.Twice[0].Checks[1].Gate != "Selatan" || hall.Gate.ByGate[0] != (jaring.GateRow{Gate: "Utara", N: 2}) {
			t.Errorf("%+v", hall.Gate)
		}
		if seen, err := h.GetHall(t.Context(), h.Auditor, id); err != nil || len(seen.Names) != 0 {
			t.Errorf("%+v %v", seen.Names, err)
		}
		must(t, h.ActOnParticipant(t.Context(), h.Officer, op(), id, tickets[3].ID, outreach.DoCancel))
		for code, key := range map[string]string{"AAAA-AAAA-AAAAA": "ticket.unknown", "x": "ticket.code_malformed", string(tickets[3].Code): "ticket.cancelled"} {
			if o := h.scan(t, h.Agent, id, code, "Utara"); o.Kind != jaring.Refused || o.Findings[0].Key != key {
				t.Errorf("%s: %+v", code, o)
			}
		}
		if o := h.scan(t, h.SubAgent, id, string(tickets[2].Code), "Utara"); o.Kind != jaring.Refused || o.Findings[0].Key != "campaign.not_found" {
			t.Errorf("%+v", o)
		}
		packs, err := h.FindGates(t.Context(), h.Agent)
		if err != nil || len(packs) != 1 || len(packs[0].Tickets) != 4*outreach.TicketBytes || packs[0].Inside != 2 || packs[0].Used[0] != "Utara" {
			t.Errorf("%+v %v", packs, err)
		}
		if packs, err := h.FindGates(t.Context(), h.SubAgent); err != nil || len(packs) != 0 {
			t.Errorf("%+v %v", packs, err)
		}
	})
}

// After some months nobody can be named any more, and the hall still counts.
func TestHall_NamesGoWithTime(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		id, tickets := h.hallOf(t)
		h.scan(t, h.Agent, id, string(tickets[0].Code), "Utara")
		for _, want := range []int64{0, 4, 0} {
			if n, err := h.EmptyHalls(t.Context()); n != want || err != nil {
				t.Errorf("%d %v, want %d", n, err, want)
			}
			h.Pass(100 * 24 * time.Hour)
		}
		l, err := h.FindParticipants(t.Context(), h.Officer, id, outreach.ParticipantFilter{})
		if err != nil || len(l.Items) != 4 || l.Items[0].Name+l.Items[0].Phone != "" {
			t.Errorf("%+v %v", l.Items[0], err)
		}
		if hall, err := h.GetHall(t.Context(), h.Head, id); err != nil || hall.Gate.Inside != 1 {
			t.Errorf("%+v %v", hall, err)
		}
	})
}

func TestHall_ListsSignUpStandsQueueAndExchange(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id, tickets := h.hallOf(t)
		l, err := h.FindParticipants(ctx, h.Officer, id, outreach.ParticipantFilter{Text: "batik"})
		if err != nil || len(l.Items) != 1 || l.Items[0].Name != "Siti Aminah" || l.Items[0].Checked {
			t.Fatalf("%+v %v", l, err)
		}
		_, err = h.FindParticipants(ctx, h.Agent, id, outreach.ParticipantFilter{})
		wantKey(t, err, "error.forbidden")
		_, err = h.AddParticipants(ctx, h.Officer, op(), id, jaring.ViaOffice, []jaring.ParticipantForm{{Kind: "x", Name: "A"}})
		wantKey(t, err, "participant.kind_unknown")
		wantKey(t, h.SetHall(ctx, h.Officer, op(), id, 0, jaring.HallPlan{Gates: []string{"A"}}), "hall.changed_meanwhile")
		h.signUp(t, id)
		h.rally(t, id, tickets)
		h.queue(t, id, tickets)
		h.exchange(t, id, tickets)
	})
}

func (h *house) signUp(t *testing.T, id jaring.CampaignID) {
	ctx := t.Context()
	hall, err := h.GetHall(ctx, h.Officer, id)
	must(t, err)
	one := op()
	form := jaring.ParticipantForm{Kind: "worker", Name: "Dewi Lestari", Consent: true}
	code, err := h.SignUp(ctx, one, string(hall.Entry), form)
	must(t, err)
	again, err := h.SignUp(ctx, one, string(hall.Entry), form)
	if err != nil || again != code {
		t.Errorf("%s %s %v", code, again, err)
	}
	form.Consent = false
	_, err = h.SignUp(ctx, op(), string(hall.Entry), form)
	wantKey(t, err, "participant.consent_required")
	_, err = h.SignUp(ctx, op(), string(hall.Entry), jaring.ParticipantForm{Kind: "official", Name: "Gubernur", Consent: true})
	wantKey(t, err, "participant.kind_unknown")
	_, err = h.SignUp(ctx, op(), string(code), form)
	wantKey(t, err, "hall.code_unknown")
	ticket, err := h.GetTicket(ctx, code.Text())
	if err != nil || ticket.Name != "Dewi Lestari" || ticket.Via != jaring.ViaSelf || ticket.PlaceName != "Pasar Angso Duo" {
		t.Errorf("%+v %v", ticket, err)
	}
}

func (h *house) rally(t *testing.T, id jaring.CampaignID, tickets []outreach.PrintedTicket) {
	ctx := t.Context()
	var stands []jaring.StandID
	for n, s := range []jaring.Stand{{Number: "12", Name: "SMP Negeri 4", Kind: jaring.StandSchool, ContactName: "Bu Rina", Team: 9, Public: true, Products: []jaring.Product{{Name: "Sandal", Price: 35_000}}}, {Number: "2", Name: "Batik Siti", Kind: jaring.StandUMKM}} {
		made, err := h.SetStand(ctx, h.Officer, op(), id, outreach.StandForm{Stand: s, Photos: map[int][]byte{n: jaringtest.JPEG(n)}})
		must(t, err)
		stands = append(stands, made)
	}
	found, err := h.FindStands(ctx, h.Officer, id, "")
	if err != nil || len(found) != 2 || found[0].Number != "2" || !found[1].Minors || !found[1].Products[0].Photo {
		t.Fatalf("%+v %v", found, err)
	}
	page, err := h.GetPublicStand(ctx, string(found[1].Code))
	if err != nil || page.ContactName != "" || page.Team != 9 {
		t.Errorf("%+v %v", page, err)
	}
	if picture, err := h.GetStandPhoto(ctx, string(found[1].Code), page.Products[0].ID); err != nil || len(picture) == 0 {
		t.Error(err)
	}
	_, err = h.GetPublicStand(ctx, string(found[0].Code))
	wantKey(t, err, "hall.code_unknown")
	wantKey(t, h.ActOnParticipant(ctx, h.Officer, op(), id, tickets[0].ID, outreach.DoPrize), "participant.no_prize")
	for _, stand := range append(stands, stands[0]) {
		o, err := h.Do(h.Agent, jaring.ActGiveStamp, map[string]any{"campaign_id": id, "code": tickets[0].Code, "stand_id": stand})
		if err != nil || o.Kind != jaring.Accepted {
			t.Errorf("%+v %v", o, err)
		}
	}
	must(t, h.ActOnParticipant(ctx, h.Officer, op(), id, tickets[0].ID, outreach.DoPrize))
	l, err := h.FindParticipants(ctx, h.Officer, id, outreach.ParticipantFilter{Winners: true})
	if err != nil || len(l.Items) != 1 || l.Items[0].Stamps != 2 || l.Items[0].PrizeAt.IsZero() {
		t.Errorf("%+v %v", l, err)
	}
}

func (h *house) queue(t *testing.T, id jaring.CampaignID, tickets []outreach.PrintedTicket) {
	ctx := t.Context()
	one := op()
	for range 2 {
		if n, err := h.TakeNumber(ctx, h.Agent, one, id, "KUR", string(tickets[0].Code)); n != 1 || err != nil {
			t.Errorf("%d %v", n, err)
		}
	}
	if n, err := h.TakeNumber(ctx, h.Officer, op(), id, "", ""); n != 2 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	_, err := h.TakeNumber(ctx, h.Officer, op(), id, "Emas", "")
	wantKey(t, err, "queue.topic_unknown")
	must(t, h.MoveNumber(ctx, h.Agent, op(), id, 0, "", jaring.QueueCalled, "Meja 1"))
	wantKey(t, h.MoveNumber(ctx, h.Agent, op(), id, 0, "KUR", jaring.QueueCalled, "Meja 2"), "queue.empty")
	wantKey(t, h.MoveNumber(ctx, h.Agent, op(), id, 2, "", jaring.QueueDone, ""), "queue.is_waiting")
	wantKey(t, h.MoveNumber(ctx, h.Agent, op(), id, 9, "", jaring.QueueDone, ""), "queue.unknown")
	must(t, h.Announce(ctx, h.Officer, op(), id, "  Makan siang di  tenda ", 5))
	_, token, err := h.OpenKiosk(ctx, h.Officer, op(), id, "Layar panggung", time.Time{})
	must(t, err)
	loop, err := h.WatchLoop(ctx, token)
	if err != nil || loop.Waiting != 1 || len(loop.Called) != 1 || loop.Called[0].Number != 1 || loop.Said[0].What != "Makan siang di tenda" || len(loop.Stands) != 1 || loop.Entry == "" {
		t.Errorf("%+v %v", loop, err)
	}
	must(t, h.MoveNumber(ctx, h.Agent, op(), id, 1, "", jaring.QueueDone, ""))
	must(t, h.EndAnnouncement(ctx, h.Officer, op(), id, loop.Said[0].ID))
	ticket, err := h.GetTicket(ctx, string(tickets[0].Code))
	if err != nil || len(ticket.Numbers) != 1 || ticket.Numbers[0].State != jaring.QueueDone || ticket.Stamps != 2 || ticket.Needed != 2 {
		t.Errorf("%+v %v", ticket, err)
	}
}

func (h *house) exchange(t *testing.T, id jaring.CampaignID, tickets []outreach.PrintedTicket) {
	ctx := t.Context()
	for n, o := range []jaring.Offer{{Side: jaring.SideOffer, Category: "packaging", Text: "Kardus cetak", Consent: true}, {Side: jaring.SideNeed, Category: "packaging", Text: "Kotak batik", Consent: true}, {Side: jaring.SideNeed, Category: "packaging", Text: "Plastik"}} {
		must(t, h.AddOffer(ctx, h.Officer, op(), id, string(tickets[n].Code), o))
	}
	x, err := h.FindOffers(ctx, h.Officer, id)
	if err != nil || len(x.Offers) != 3 || len(x.Matches) != 2 || !x.Matches[0].Both || x.Matches[1].Both || len(x.Contact) != 2 || x.Contact[tickets[2].ID].Name != "" {
		t.Errorf("%+v %v", x, err)
	}
	must(t, h.CloseOffer(ctx, h.Officer, op(), id, x.Offers[0].ID))
	wantKey(t, h.CloseOffer(ctx, h.Officer, op(), id, x.Offers[0].ID), "offer.unknown")
	if x, err = h.FindOffers(ctx, h.Officer, id); err != nil || len(x.Matches) != 0 {
		t.Errorf("%+v %v", x, err)
	}
}

// BenchmarkTicketPage is the page of a ticket among 1,100.
func BenchmarkTicketPage(b *testing.B) {
	h, _, code := bigHall(b)
	for b.Loop() {
		if _, err := h.GetTicket(b.Context(), code); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHallLists is a search among 1,100 participants and 200 stands, and the numbers of the hall.
func BenchmarkHallLists(b *testing.B) {
	h, id, _ := bigHall(b)
	for name, f := range map[string]func() error{
		"participants": func() error {
			_, err := h.FindParticipants(b.Context(), h.Officer, id, outreach.ParticipantFilter{Text: "peserta 7"})
			return err
		},
		"stands": func() error { _, err := h.FindStands(b.Context(), h.Officer, id, "stan 1"); return err },
		"hall":   func() error { _, err := h.GetHall(b.Context(), h.Officer, id); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func bigHall(b *testing.B) (*house, jaring.CampaignID, string) {
	h := newHouse(b, jaringtest.SQLite(b))
	id := h.plan(b, jaring.KindJamboree, nil)
	forms := make([]jaring.ParticipantForm, 1_100)
	for i := range forms {
		forms[i] = jaring.ParticipantForm{Kind: "umkm", Name: "Peserta " + jaring.ListPlace(i)}
	}
	_, err := h.AddParticipants(b.Context(), h.Officer, op(), id, jaring.ViaList, forms)
	must(b, err)
	for i := range 200 {
		_, err := h.SetStand(b.Context(), h.Officer, op(), id, outreach.StandForm{Stand: jaring.Stand{Number: jaring.ListPlace(i)[13:], Name: "Stan " + jaring.ListPlace(i), Kind: jaring.StandUMKM, Public: true}})
		must(b, err)
	}
	_, tickets, err := h.PrintTickets(b.Context(), h.Officer, id)
	must(b, err)
	return h, id, string(tickets[500].Code)
}
