package outreach_test

import (
	"fmt"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
	"jaring/internal/store"
)

// note notes a lead by actor and gives it.
func (h *house) note(t testing.TB, actor jaring.Actor, body map[string]any) jaring.LeadID {
	t.Helper()
	o, err := h.Do(actor, jaring.ActNoteLead, body)
	must(t, err)
	if o.Kind != jaring.Accepted {
		t.Fatalf("%+v", o)
	}
	return jaring.LeadID(o.Operation)
}

// A note becomes a person by a registration alone; whose phone it is, only those see who work on it; what becomes
// nobody is erased after a year and still counts.
func TestLeads(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		partner, err := h.AddPartner(ctx, h.Officer, op(), jaring.Partner{Kind: jaring.PartnerBank, Name: "Bank Uji", ContactName: "Pak Edi"})
		must(t, err)
		season := h.plan(t, jaring.KindJamboree, nil)
		fair := h.plan(t, jaring.KindJamboree, func(f *jaring.CampaignForm) { f.Partner, f.Parent = partner, season })
		id := h.plan(t, jaring.KindDialogue, func(f *jaring.CampaignForm) { f.Parent = fair })
		agent := h.Agent
		must(t, h.SetTeams(ctx, h.Officer, op(), id, 1, []jaring.Team{{Name: "Satu", Members: []jaring.AccountID{agent.Account}}}))

		siti := h.note(t, agent, map[string]any{"name": "Bu  Siti", "phone": "0811 7400 01", "business": "kue", "campaign_id": id, "partner_id": partner, "next_day": "2026-11-23"})
		udin := h.note(t, agent, map[string]any{"name": "Udin", "campaign_id": id, "state": "refused", "next_day": "2026-11-25"})
		h.note(t, h.Second, map[string]any{"name": "Yanto", "campaign_id": id}) // takes no part in it
		for key, body := range map[string]map[string]any{
			"field.required":     {"name": " "},
			"lead.state_unknown": {"name": "X", "state": "registered"},
			"lead.day_past":      {"name": "X", "next_day": "2026-11-20"},
			"village.unknown":    {"name": "X", "area": "99.99"},
		} {
			_, err := h.Do(agent, jaring.ActNoteLead, body)
			wantKey(t, err, key)
		}
		own, err := h.FindLeads(ctx, agent, outreach.LeadFilter{})
		if err != nil || len(own.Rows) != 2 || own.Rows[0].ID != udin || own.Rows[0].NextDay != 0 || own.Rows[1].State != jaring.LeadIsAppointment || own.Rows[1].Phone != "+62811740001" ||
			own.Rows[1].PartnerName != "Bank Uji" || own.Counts[jaring.LeadIsRefused] != 1 {
			t.Fatalf("%+v %v", own, err)
		}
		seen, err := h.FindLeads(ctx, h.Auditor, outreach.LeadFilter{Name: "siti"})
		if err != nil || len(seen.Rows) != 1 || seen.Rows[0].Phone != "" || !seen.Rows[0].Hidden {
			t.Errorf("%+v %v", seen, err)
		}
		_, err = h.GetLead(ctx, h.Second, siti)
		wantKey(t, err, "lead.unknown")
		must(t, h.MoveLead(ctx, h.Officer, op(), udin, jaring.LeadIsInterested, 0, "berubah pikiran"))
		wantKey(t, h.MoveLead(ctx, agent, op(), udin, jaring.LeadIsRegistered, 0, ""), "lead.state_unknown")

		body := jaringtest.Person(1)
		body["lead_id"], body["campaign_id"] = siti, id
		o, err := h.Do(agent, jaring.ActRegisterWorker, body)
		must(t, err)
		became, err := h.GetLead(ctx, agent, siti)
		if err != nil || became.State != jaring.LeadIsRegistered || became.Worker != o.Worker || became.NextDay != 0 {
			t.Errorf("%+v %v", became, err)
		}
		wantKey(t, h.MoveLead(ctx, agent, op(), siti, jaring.LeadIsRefused, 0, ""), "lead.is_registered")
		h.acceptsLater(t, id)
		h.funnels(t, season, fair, id)

		v, err := h.GetPartner(ctx, h.Officer, partner)
		if err != nil || len(v.Organises) != 1 || v.Leads != 1 || v.Became != 1 {
			t.Errorf("%+v %v", v, err)
		}
		h.Pass(370 * 24 * time.Hour)
		if n, err := h.EraseLeads(ctx); err != nil || n != 2 {
			t.Error(n, err)
		}
		if n, err := h.EraseLeads(ctx); err != nil || n != 0 {
			t.Error(n, err)
		}
		gone, err := h.GetLead(ctx, h.Officer, udin)
		if err != nil || gone.Name != "" || gone.Note != "" || gone.State != jaring.LeadIsInterested {
			t.Errorf("%+v %v", gone, err)
		}
		wantKey(t, h.MoveLead(ctx, h.Officer, op(), udin, jaring.LeadIsRefused, 0, ""), "lead.erased")
		if kept, err := h.GetLead(ctx, h.Officer, siti); err != nil || kept.Name != "Bu Siti" {
			t.Errorf("%+v %v", kept, err)
		}
	})
}

// acceptsLater registers somebody from a note who needs a second look: the note says registered when he is accepted.
func (h *house) acceptsLater(t *testing.T, campaign jaring.CampaignID) {
	ctx := t.Context()
	lead := h.note(t, h.Agent, map[string]any{"name": "Pak Odd", "campaign_id": campaign})
	body := jaringtest.Person(2)
	body["nik"], body["lead_id"], body["campaign_id"] = body["nik"].(string)[:12]+"0000", lead, campaign
	o, err := h.Do(h.Agent, jaring.ActRegisterWorker, body)
	must(t, err)
	l, err := h.GetLead(ctx, h.Agent, lead)
	if err != nil || o.Kind != jaring.Review || l.Worker != o.Worker || l.State != jaring.LeadIsInterested {
		t.Errorf("%+v %+v %v", o, l, err)
	}
	v, err := h.Town.App.GetWorker(ctx, h.Officer, o.Worker)
	must(t, err)
	_, err = h.Do(h.Officer, jaring.ActDecideReview, map[string]any{"review_id": v.Review.ID, "decision": "accept", "reason": "KTP sudah dilihat"})
	must(t, err)
	if l, err = h.GetLead(ctx, h.Agent, lead); err != nil || l.State != jaring.LeadIsRegistered {
		t.Errorf("%+v %v", l, err)
	}
}

// funnels asks the funnel of a dialogue and of the larger campaign that it belongs to.
func (h *house) funnels(t *testing.T, season, fair, dialogue jaring.CampaignID) {
	_, err := h.Town.App.Fold(t.Context())
	must(t, err)
	for _, id := range []jaring.CampaignID{fair, dialogue} {
		f, err := h.Funnel(t.Context(), h.Head, id)
		must(t, err)
		if f.Contacted != 3 || f.Interested != 3 || f.Registered != 2 || f.Paid != 0 || len(f.Kept) != 3 || f.Kept[0].Of != 0 {
			t.Errorf("%s: %+v", id, f)
		}
	}
	// A season of events counts its events, and what belongs to them, event by event.
	quiet := h.plan(t, jaring.KindDialogue, func(f *jaring.CampaignForm) { f.Parent = season })
	a, err := h.GetAround(t.Context(), h.Head, season)
	must(t, err)
	by := map[jaring.CampaignID]int64{}
	for _, child := range a.ByChild {
		by[child.ID] = child.Contacted
	}
	if a.Funnel.Contacted != 3 || len(by) != 2 || by[fair] != 3 || by[quiet] != 0 {
		t.Errorf("%+v, by child %v", a.Funnel, by)
	}
}

// What surrounds a campaign: lines of cost and questions are put, mended and removed; an agent sees no money.
func TestAround(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.plan(t, jaring.KindDialogue, func(f *jaring.CampaignForm) {
			f.Budget, f.Plan.Agenda = 5_000_000, []jaring.AgendaItem{{At: "09.30", What: "Pembukaan", Who: "Camat"}}
		})
		must(t, h.SetTeams(ctx, h.Officer, op(), id, 1, []jaring.Team{{Name: "Satu", Members: []jaring.AccountID{h.Agent.Account}}}))
		room := op()
		must(t, h.PutCost(ctx, h.Officer, room, jaring.Cost{Campaign: id, What: "Sewa tenda", Planned: 2_000_000}))
		must(t, h.PutCost(ctx, h.Officer, op(), jaring.Cost{Campaign: id, ID: string(room), What: "Sewa tenda", Planned: 2_000_000, Spent: 1_750_000}))
		wantKey(t, h.PutCost(ctx, h.Officer, op(), jaring.Cost{Campaign: id, ID: jaringtest.NewID(), What: "Lain"}), "cost.unknown")
		wantKey(t, h.PutCost(ctx, h.Officer, op(), jaring.Cost{Campaign: id, What: "", Spent: -1}), "field.required")
		asked := op()
		must(t, h.PutQuestion(ctx, h.Officer, asked, jaring.Question{Campaign: id, Kind: jaring.GuestCommunity, Asked: "Bila menunggak, bagaimana?"}))
		must(t, h.PutQuestion(ctx, h.Officer, op(), jaring.Question{Campaign: id, ID: string(asked), Kind: jaring.GuestCommunity, Asked: "Bila menunggak, bagaimana?", Answered: "Masih bisa menyusul."}))
		a, err := h.GetAround(ctx, h.Head, id)
		if err != nil || a.Spent != 1_750_000 || a.Planned != 2_000_000 || len(a.Questions) != 1 || a.Questions[0].Answered == "" || a.Attendance.Questions != 1 ||
			a.Campaign.Plan.Agenda[0].At != "09:30" || a.Campaign.Budget != 5_000_000 {
			t.Fatalf("%+v %v", a, err)
		}
		if seen, err := h.GetAround(ctx, h.Agent, id); err != nil || seen.Costs != nil || seen.MayManage {
			t.Errorf("%+v %v", seen, err)
		}
		must(t, h.RemoveCost(ctx, h.Officer, id, string(room)))
		must(t, h.RemoveQuestion(ctx, h.Officer, id, string(asked)))
		if a, err = h.GetAround(ctx, h.Head, id); err != nil || len(a.Costs)+len(a.Questions) != 0 {
			t.Errorf("%+v %v", a, err)
		}
	})
}

// A partner is changed by who saw it last, pays as a sponsor, and is another branch's not to see.
func TestPartners(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		form := jaring.Partner{Kind: jaring.PartnerAssociation, Name: "Asosiasi Uji", ContactName: "Bu Ani", ContactPhone: "0811740001", Agreement: "PKS 1", Until: jaring.NewDay(2026, 12, 31)}
		id, err := h.AddPartner(ctx, h.Officer, op(), form)
		must(t, err)
		sponsor, err := h.AddSponsor(ctx, h.Officer, op(), jaring.Sponsor{Name: "Asosiasi Uji", ContactName: "Bu Ani"})
		must(t, err)
		must(t, h.SetPays(ctx, h.Officer, op(), id, sponsor, true))
		form.Note = "bertemu tiap bulan"
		must(t, h.ChangePartner(ctx, h.Officer, op(), id, 1, form))
		wantKey(t, h.ChangePartner(ctx, h.Officer, op(), id, 1, form), "partner.changed_meanwhile")
		rows, _, err := h.FindPartners(ctx, h.Auditor, "ASOSIASI", jaring.PartnerAssociation, "")
		if err != nil || len(rows) != 1 || rows[0].Sponsors != 1 || !rows[0].Agreed || rows[0].ContactPhone != "+62811740001" {
			t.Fatalf("%+v %v", rows, err)
		}
		_, err = h.GetPartner(ctx, h.FarOfficer, id)
		wantKey(t, err, "partner.unknown")
		_, err = h.AddPartner(ctx, h.Officer, op(), jaring.Partner{Kind: "raja", From: jaring.NewDay(2026, 2, 1), Until: jaring.NewDay(2026, 1, 1)})
		if all, ok := err.(jaring.Errors); !ok || len(all) != 4 {
			t.Error(err)
		}
		_, err = h.PlanCampaign(ctx, h.Officer, op(), jaring.CampaignForm{Kind: jaring.KindGathering, Name: "Temu", Office: h.Branch, Place: h.Market, OpensAt: h.Town.Now(),
			ClosesAt: h.Town.Now().Add(time.Hour), SealHours: 24, Partner: jaring.PartnerID(jaringtest.NewID())})
		wantKey(t, err, "partner.unknown")
	})
}

// BenchmarkLeads lists and searches among 5,000 leads of an office.
func BenchmarkLeads(b *testing.B) {
	h := newHouse(b, jaringtest.SQLite(b))
	must(b, h.DB.Write(b.Context(), func(tx *store.Tx) error {
		for n := range 5000 {
			name := fmt.Sprintf("pedagang %04d", n)
			l := &store.LeadRecord{NameFold: name, Lead: jaring.Lead{ID: jaring.LeadID(jaringtest.NewID()), Office: h.Branch, Agent: h.Agent.Account, Name: name, State: jaring.LeadStates[n%3], TakenAt: h.Town.Now()}}
			if err := tx.AddLead(l); err != nil {
				return err
			}
		}
		return nil
	}))
	for name, f := range map[string]outreach.LeadFilter{"list": {}, "search": {Name: "4999"}, "far": {Cursor: app.CloseCursor(jaring.LeadID(jaringtest.NewID())), State: jaring.LeadIsAppointment}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.FindLeads(b.Context(), h.Officer, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
