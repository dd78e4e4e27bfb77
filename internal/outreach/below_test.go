package outreach_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
)

// What a sub-office keeps, the offices above it find in their lists, open and may lead; another branch knows of none.
func TestOfficesAboveFindWhatThoseBelowKeep(t *testing.T) {
	h := newHouse(t, jaringtest.SQLite(t))
	ctx := t.Context()
	below := h.Hire("petugas.bh", "Murni Asih", jaring.RoleOfficer, h.Batanghari)
	village, err := h.ProposeAware(ctx, below, op(), jaring.Aware{Kind: jaring.AwareVillage, Area: jaringtest.MuaraBulu}, jaring.AwareTaken{Day: awareDay})
	must(t, err)
	partner, err := h.AddPartner(ctx, below, op(), jaring.Partner{Kind: jaring.PartnerUnion, Name: "Serikat Tani", ContactName: "Pak Edi"})
	must(t, err)
	place, err := h.AddPlace(ctx, below, "market", "Pasar Keramat Tinggi", jaringtest.MuaraBulu)
	must(t, err)
	campaign, err := h.PlanCampaign(ctx, below, op(), jaring.CampaignForm{Kind: jaring.KindDialogue, Name: "Dialog petani", Office: h.Batanghari, Place: place, OpensAt: h.Town.Now(),
		ClosesAt: h.Town.Now().Add(time.Hour), SealHours: 24, Partner: partner})
	must(t, err)
	figure, err := h.AddFigure(ctx, h.Head, op(), jaring.Figure{Office: h.Batanghari, Year: 2026, Kind: jaring.FigureTarget, Unit: jaring.UnitPerson, Part: jaring.PartAll, Value: 9, Source: "Surat", AsOf: 20260105})
	must(t, err)
	for who, actor := range map[string]jaring.Actor{"below": below, "officer": h.Officer, "head": h.Head, "auditor": h.Auditor, "far": h.FarOfficer} {
		villages, err := h.FindAware(ctx, actor, outreach.AwareFilter{})
		must(t, err)
		partners, _, err := h.FindPartners(ctx, actor, "", "", "")
		must(t, err)
		campaigns, err := h.FindCampaigns(ctx, actor, app.CampaignFilter{})
		must(t, err)
		figures, err := h.FindFigures(ctx, actor, 2026)
		must(t, err)
		want := 1
		if who == "far" {
			want = 0
		}
		if len(villages.Rows) != want || len(partners) != want || len(campaigns) != want || len(figures.Rows) != want {
			t.Errorf("%s finds %d villages, %d partners, %d campaigns, %d figures", who, len(villages.Rows), len(partners), len(campaigns), len(figures.Rows))
		}
		if want == 0 {
			continue
		}
		v, err := h.GetAware(ctx, actor, village)
		must(t, err)
		p, err := h.GetPartner(ctx, actor, partner)
		must(t, err)
		f, err := h.GetFigure(ctx, actor, figure)
		must(t, err)
		const name = "KCP Batang Hari"
		if villages.Rows[0].OfficeName != name || partners[0].OfficeName != name || campaigns[0].OfficeName != name || v.OfficeName != name || f.OfficeName != name || len(p.Organises) != 1 || p.Organises[0].ID != campaign {
			t.Errorf("%s: the office is not named, or what the partner organises: %+v", who, p.Organises)
		}
		if lead := who != "auditor"; v.MayManage != lead || p.MayManage != lead {
			t.Errorf("%s leads: %t %t", who, v.MayManage, p.MayManage)
		}
	}
}
