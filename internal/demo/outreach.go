package demo

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// What every demo has of outreach, whatever tales it lives through: partners with invented names, and a dialogue
// some weeks ago that one of them organised. Agents noted whom they met there; some were registered later.
const (
	meetAgo     = 20 // days
	meetOpens   = 9*time.Hour + 30*time.Minute
	meetAgents  = 6
	meetBecome  = 9  // of those who were met
	meetWithin  = 14 // days after it
	meetBudget  = 6_500_000
	meetPlanned = 2 // days before it
)

// demoPartners are bodies that do not exist.
var demoPartners = []jaring.Partner{
	{Kind: jaring.PartnerAssociation, Name: "Asosiasi Pengusaha Batang Sungai (contoh)", ContactName: "Nurhayati Lubis", Agreement: "PKS 11/APBS/2026"},
	{Kind: jaring.PartnerUnion, Name: "Serikat Pekerja Sungai Bersatu (contoh)", ContactName: "Tarmizi Yunus"},
	{Kind: jaring.PartnerLabourOffice, Name: "Dinas Tenaga Kerja Kota Contoh", ContactName: "Rusdi Hakim", Agreement: "MoU 560/27/2026"},
	{Kind: jaring.PartnerBank, Name: "Bank Niaga Rakyat (contoh)", ContactName: "Mega Puspita", Agreement: "PKS 4/KUR/2026"},
}

// meeting is the dialogue under way.
type meeting struct {
	on       jaring.Day
	partners []jaring.PartnerID
	campaign jaring.CampaignID
	agents   []*agent
	become   []*entry // who are met there and registered later
}

// planMeeting puts the dialogue on its days, and chooses who of those who come into the book anyway was met there.
func (b *builder) planMeeting() {
	m := &meeting{on: b.today.Add(-meetAgo)}
	in := map[*agent]bool{}
	for _, a := range b.agentsAt(home, m.on.Add(-meetPlanned)) {
		if len(m.agents) < meetAgents {
			m.agents, in[a] = append(m.agents, a), true
		}
	}
	for d := m.on.Add(1); d <= m.on.Add(meetWithin); d = d.Add(1) {
		for _, e := range b.on(d).entries {
			if in[e.agent] && e.campaign == "" && e.outcome.Kind == "" && len(m.become) < meetBecome {
				m.become = append(m.become, e)
			}
		}
	}
	if len(m.agents) == 0 {
		return
	}
	b.on(m.on.Add(-meetPlanned)).at(hourDesk, func(ctx context.Context) error { return b.planDialogueOfPartner(ctx, m) })
	b.on(m.on).at(meetOpens, func(ctx context.Context) error { return b.holdMeeting(ctx, m) })
}

// planDialogueOfPartner enters the partners and what the first of them organises.
func (b *builder) planDialogueOfPartner(ctx context.Context, m *meeting) error {
	desk, err := b.actor(ctx, b.officerOf(home))
	if err != nil {
		return err
	}
	for _, p := range demoPartners {
		p.From, p.Until = jaring.NewDay(m.on.Year(), 1, 1), jaring.NewDay(m.on.Year()+1, 12, 31)
		if p.Agreement == "" {
			p.From, p.Until = 0, 0
		}
		id, err := b.app.AddPartner(ctx, desk, newOperation(), p)
		if err != nil {
			return err
		}
		m.partners = append(m.partners, id)
	}
	opens := moment(m.on, meetOpens)
	m.campaign, err = b.app.PlanCampaign(ctx, desk, newOperation(), jaring.CampaignForm{Kind: jaring.KindDialogue, Name: "Dialog pelaku usaha kecil", Office: b.office[home], Place: b.market(home),
		OpensAt: opens, ClosesAt: opens.Add(3 * time.Hour), SealHours: jaring.DefaultSealHours, Partner: m.partners[0], Budget: meetBudget,
		Plan: jaring.CampaignPlan{Goal: 2 * meetBecome, Agenda: []jaring.AgendaItem{{At: "09:30", What: "Pembukaan", Who: "Ketua asosiasi"}, {At: "10:00", What: "Apa yang ditanggung JKK dan JKM", Who: "Petugas cabang"},
			{At: "10:45", What: "Tanya jawab"}, {At: "11:30", What: "Pendaftaran di tempat", Who: "Kader"}}}})
	if err != nil {
		return err
	}
	team := jaring.Team{Name: "Penyambut"}
	for _, a := range m.agents {
		team.Members = append(team.Members, a.id)
	}
	return b.app.SetTeams(ctx, desk, newOperation(), m.campaign, 1, []jaring.Team{team})
}

// metNames are people whom agents met and who are not registered yet.
var metNames = []struct {
	name, business string
	state          jaring.LeadState
}{{"Bu Yanti", "jual kue basah", jaring.LeadIsInterested}, {"Pak Somad", "bengkel sepeda", jaring.LeadIsContacted}, {"Mak Cik Ros", "warung nasi", jaring.LeadIsInterested},
	{"Andi", "ojek daring", jaring.LeadIsRefused}, {"Bu Lela", "menjahit di rumah", jaring.LeadIsInterested}, {"Pak Tarjo", "jual es keliling", jaring.LeadIsContacted},
	{"Fitri", "salon kecil", jaring.LeadIsRefused}, {"Bang Jamal", "buruh bangunan", jaring.LeadIsInterested}, {"Bu Sumi", "jual sayur", jaring.LeadIsContacted}}

// holdMeeting opens the dialogue, counts who came, notes whom the agents met, and closes it.
func (b *builder) holdMeeting(ctx context.Context, m *meeting) error {
	desk, err := b.actor(ctx, b.officerOf(home))
	if err != nil {
		return err
	}
	if err := b.app.MoveCampaign(ctx, desk, newOperation(), m.campaign, jaring.CampaignIsOpen, ""); err != nil {
		return err
	}
	guests := []jaring.Guest{{Kind: jaring.GuestOfficial, Name: "Lurah setempat", Position: "Lurah", State: jaring.GuestIsAttended},
		{Kind: jaring.GuestAssociation, Name: "Pengurus asosiasi", Organisation: demoPartners[0].Name, Heads: 5, Came: 4, State: jaring.GuestIsAttended},
		{Kind: jaring.GuestUnion, Name: "Perwakilan serikat", Organisation: demoPartners[1].Name, Heads: 2, Came: 2, State: jaring.GuestIsAttended},
		{Kind: jaring.GuestBank, Name: "Petugas kredit usaha", Organisation: demoPartners[3].Name, State: jaring.GuestIsDeclined},
		{Kind: jaring.GuestCommunity, Name: "Pelaku usaha kecil", Heads: 60, Came: 47, State: jaring.GuestIsAttended}}
	if err := b.app.AddGuests(ctx, desk, newOperation(), m.campaign, guests); err != nil {
		return err
	}
	for _, c := range []jaring.Cost{{What: "Sewa kursi dan tenda", Planned: 2_500_000, Spent: 2_300_000}, {What: "Makan ringan", Planned: 1_800_000, Spent: 2_050_000}, {What: "Cetak brosur", Planned: 700_000, Spent: 650_000}} {
		c.Campaign = m.campaign
		if err := b.app.PutCost(ctx, desk, newOperation(), c); err != nil {
			return err
		}
	}
	for _, q := range [][2]string{{"Kalau tidak bayar sebulan, apa hilang semua?", "Perlindungan berhenti di akhir bulan yang dibayar. Masih bisa menyusul tiga bulan, belum pasti."},
		{"Pekerja saya dua orang, ikut yang mana?", "Pekerja yang digaji didaftarkan oleh pemberi kerja, bukan sendiri."}} {
		if err := b.app.PutQuestion(ctx, desk, newOperation(), jaring.Question{Campaign: m.campaign, Kind: jaring.GuestCommunity, Asked: q[0], Answered: q[1]}); err != nil {
			return err
		}
	}
	if err := b.meet(ctx, m); err != nil {
		return err
	}
	return b.app.MoveCampaign(ctx, desk, newOperation(), m.campaign, jaring.CampaignIsClosed, "")
}

// meet notes whom the agents met: those who will be registered from the note, and others.
func (b *builder) meet(ctx context.Context, m *meeting) error {
	for _, e := range m.become {
		id, err := b.noteLead(ctx, e.agent, wire.Lead{Name: e.name, Phone: e.phone, Business: e.trade.name, Campaign: string(m.campaign), Partner: string(m.partners[0])})
		if err != nil {
			return err
		}
		e.lead, e.campaign = id, m.campaign
	}
	for i, n := range metNames {
		l := wire.Lead{Name: n.name, Business: n.business, State: string(n.state), Campaign: string(m.campaign)}
		if n.state == jaring.LeadIsInterested && i%2 == 0 {
			l.NextDay = b.today.Add(1 + i)
		}
		if _, err := b.noteLead(ctx, m.agents[i%len(m.agents)], l); err != nil {
			return err
		}
	}
	return nil
}

// noteLead notes somebody as an agent's phone does.
func (b *builder) noteLead(ctx context.Context, a *agent, l wire.Lead) (jaring.LeadID, error) {
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	op := jaring.Operation{ID: newOperation(), Kind: jaring.ActNoteLead, TakenAt: b.clock.now(), ClockTrust: true, Body: body}
	_, err = b.app.Apply(ctx, actor, []jaring.Operation{op})
	return jaring.LeadID(op.ID), err
}
