package outreach_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
)

// fair is a job fair with one opening in two slots of one place each, one without slots, and three tickets.
type fair struct {
	*house
	id            jaring.CampaignID
	sewing, guard jaring.OpeningID
	tickets       []outreach.PrintedTicket
}

func (h *house) fairOf(t testing.TB) *fair {
	t.Helper()
	ctx := t.Context()
	f := &fair{house: h, id: h.plan(t, jaring.KindJobFair, func(c *jaring.CampaignForm) { c.Name = "Bursa kerja" })}
	must(t, h.SetTeams(ctx, h.Officer, op(), f.id, 1, []jaring.Team{{Name: "Meja", Members: []jaring.AccountID{h.Agent.Account}}}))
	must(t, h.MoveCampaign(ctx, h.Officer, op(), f.id, jaring.CampaignIsOpen, ""))
	now := h.Town.Now()
	slot := func(from, to time.Duration) jaring.Slot {
		return jaring.Slot{From: now.Add(from), To: now.Add(to), Places: 1, Desk: "Meja 3"}
	}
	var err error
	f.sewing, err = h.SetOpening(ctx, h.Officer, op(), f.id, outreach.OpeningForm{Opening: jaring.Opening{EmployerName: "Konveksi Maju", Position: "Penjahit", Seats: 2, WageFrom: 3_000_000, WageTo: 3_500_000,
		Area: jaringtest.Legok, Welcome: []jaring.Disability{"physical"}, Slots: []jaring.Slot{slot(time.Hour, 2*time.Hour), slot(0, time.Hour)}}})
	must(t, err)
	f.guard, err = h.SetOpening(ctx, h.Officer, op(), f.id, outreach.OpeningForm{Opening: jaring.Opening{EmployerName: "Konveksi Maju", Position: "Satpam", Seats: 1}})
	must(t, err)
	_, err = h.AddParticipants(ctx, h.Officer, op(), f.id, jaring.ViaList, []jaring.ParticipantForm{{Kind: "worker", Name: "Ani", Phone: "081234567890"}, {Kind: "worker", Name: "Budi"}, {Kind: "worker", Name: "Citra"}})
	must(t, err)
	_, f.tickets, err = h.PrintTickets(ctx, h.Officer, f.id)
	must(t, err)
	return f
}

// step does something with an application, by the agent who stands at the desk.
func (f *fair) step(t testing.TB, act jaring.ApplicantAct, who jaring.ParticipantID) error {
	t.Helper()
	return f.MoveApplicant(t.Context(), f.Agent, op(), f.id, outreach.Step{Opening: f.sewing, Who: who, Act: act})
}

func (f *fair) applicant(t testing.TB, n int) jaring.Applicant {
	t.Helper()
	rows, err := f.FindApplicants(t.Context(), f.Officer, f.id, outreach.ApplicantFilter{Opening: f.sewing})
	must(t, err)
	at := slices.IndexFunc(rows, func(a outreach.ApplicantRow) bool { return a.Participant == f.tickets[n].ID })
	if at < 0 {
		t.Fatalf("%+v", rows)
	}
	return rows[at].Applicant
}

// Whoever applies has a number in a slot; a place is given once, and nobody is in two slots at once.
func TestFair_EverybodyHasAPlaceAndANumber(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, f := t.Context(), h.fairOf(t)
		page, err := f.GetFair(ctx, f.Agent, f.id)
		must(t, err)
		if len(page.Openings) != 2 || page.Count.Seats != 3 || page.Count.Employers != 1 || page.Openings[0].Desk != "" {
			t.Fatalf("%+v", page)
		}
		early, late := page.Openings[0].Slots[0], page.Openings[0].Slots[1]
		one := op()
		for range 2 {
			must(t, f.ApplyByTicket(ctx, one, f.tickets[0].Code.Text(), f.sewing, ""))
		}
		if a := f.applicant(t, 0); a.Slot != early.ID || a.Number != 1 || a.State != jaring.ApplicantApplied {
			t.Errorf("%+v", a)
		}
		wantKey(t, f.ApplyByTicket(ctx, op(), f.tickets[0].Code.Text(), f.sewing, ""), "applicant.already")
		wantKey(t, f.ApplyByTicket(ctx, op(), f.tickets[1].Code.Text(), f.sewing, early.ID), "opening.slot_full")
		_, err = f.AddApplicant(ctx, f.Agent, op(), f.id, outreach.Application{Opening: f.sewing, Ticket: string(f.tickets[1].Code)})
		must(t, err)
		if a := f.applicant(t, 1); a.Slot != late.ID || a.Number != 1 {
			t.Errorf("%+v", a)
		}
		wantKey(t, f.ApplyByTicket(ctx, op(), f.tickets[2].Code.Text(), f.sewing, ""), "opening.slots_full")
		second, err := f.SetOpening(ctx, f.Officer, op(), f.id, outreach.OpeningForm{Opening: jaring.Opening{EmployerName: "CV Lain", Position: "Kasir", Seats: 1, Slots: []jaring.Slot{{From: early.From, To: early.To, Places: 3}, {From: late.From, To: late.To, Places: 3}}}})
		must(t, err)
		must(t, f.ApplyByTicket(ctx, op(), f.tickets[0].Code.Text(), second, ""))
		mine, err := f.GetApplications(ctx, string(f.tickets[0].Code))
		if err != nil || len(mine.Items) != 2 || mine.Items[0].Slot.From.Equal(mine.Items[1].Slot.From) || mine.Name != "Ani" {
			t.Errorf("%+v %v", mine, err)
		}
		wantKey(t, f.MoveByTicket(ctx, op(), f.tickets[0].Code.Text(), outreach.Step{Opening: second, Act: outreach.MoveToSlot, Slot: mine.Items[0].Opening.Slots[0].ID}), "opening.slot_unknown")
		must(t, f.MoveByTicket(ctx, op(), f.tickets[0].Code.Text(), outreach.Step{Opening: f.sewing, Act: jaring.ApplicantWithdraw}))
		must(t, f.ApplyByTicket(ctx, op(), f.tickets[2].Code.Text(), f.sewing, early.ID))
		wantKey(t, f.MoveByTicket(ctx, op(), f.tickets[0].Code.Text(), outreach.Step{Opening: second, Act: jaring.ApplicantOffer}), "applicant.act_unknown")
		wantKey(t, f.ApplyByTicket(ctx, op(), "AAAA-AAAA-AAAAA", f.sewing, ""), "hall.code_unknown")
		_, err = f.FindApplicants(ctx, f.SubAgent, f.id, outreach.ApplicantFilter{})
		wantKey(t, err, "campaign.not_found")
		seen, err := f.FindApplicants(ctx, f.Agent, f.id, outreach.ApplicantFilter{Text: "ani"})
		if err != nil || len(seen) != 2 || seen[0].Phone != "" {
			t.Errorf("%+v %v", seen, err)
		}
		f.change(t, early)
	})
}

// change writes an opening anew: a slot in which somebody waits stays, and who saw an older one is told.
func (f *fair) change(t *testing.T, early jaring.Slot) {
	ctx := t.Context()
	n := jaring.Opening{ID: f.sewing, Version: 1, EmployerName: "Konveksi Maju", Position: "Penjahit", Seats: 3}
	_, err := f.SetOpening(ctx, f.Officer, op(), f.id, outreach.OpeningForm{Opening: n})
	wantKey(t, err, "opening.slot_taken")
	_, err = f.SetOpening(ctx, f.Agent, op(), f.id, outreach.OpeningForm{Opening: n})
	wantKey(t, err, "error.forbidden")
	n.ID, n.Slots = f.guard, []jaring.Slot{early}
	_, err = f.SetOpening(ctx, f.Officer, op(), f.id, outreach.OpeningForm{Opening: n, Closed: true})
	must(t, err)
	_, err = f.SetOpening(ctx, f.Officer, op(), f.id, outreach.OpeningForm{Opening: n})
	wantKey(t, err, "opening.changed_meanwhile")
	wantKey(t, f.ApplyByTicket(ctx, op(), f.tickets[0].Code.Text(), f.guard, ""), "opening.closed")
	wantKey(t, f.ApplyByTicket(ctx, op(), f.tickets[0].Code.Text(), jaring.OpeningID(jaringtest.NewID()), ""), "opening.unknown")
}

// Somebody who has an offer becomes a wage worker of the employer, by a registration and in no other way; after some
// months nobody of the fair can be named.
func TestFair_HiringIsARegistration(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, f := t.Context(), h.fairOf(t)
		page, err := f.GetFair(ctx, f.Officer, f.id)
		must(t, err)
		code, err := f.JoinFair(ctx, op(), string(page.Page), jaring.ParticipantForm{Name: "Dewi", Consent: true})
		must(t, err)
		must(t, f.ApplyByTicket(ctx, op(), string(code), f.guard, ""))
		must(t, f.ApplyByTicket(ctx, op(), f.tickets[0].Code.Text(), f.sewing, ""))
		who := f.tickets[0].ID
		wantKey(t, f.step(t, jaring.ApplicantOffer, who), "applicant.is_applied")
		wantKey(t, f.step(t, jaring.ApplicantNoShow, who), "applicant.is_applied")
		must(t, f.MoveApplicant(ctx, f.Agent, op(), f.id, outreach.Step{Opening: f.sewing, Act: jaring.ApplicantCall}))
		f.screen(t)
		mine, err := f.GetApplications(ctx, f.tickets[0].Code.Text())
		if err != nil || mine.Items[0].CalledAt.IsZero() || mine.Items[0].Desk != "Meja 3" {
			t.Errorf("%+v %v", mine, err)
		}
		wantKey(t, f.MoveApplicant(ctx, f.Agent, op(), f.id, outreach.Step{Opening: f.sewing, Act: jaring.ApplicantCall}), "applicant.nobody_waits")
		must(t, f.MoveApplicant(ctx, f.Agent, op(), f.id, outreach.Step{Opening: f.sewing, Who: who, Act: jaring.ApplicantInterview, Note: "Rapi jahitannya"}))
		f.desk(t, page)
		f.hire(t, who)
		got, err := f.GetFair(ctx, f.Auditor, f.id)
		want := jaring.FairCount{Openings: 2, Seats: 3, Employers: 1, Applicants: 2, Applications: 2, Interviewed: 1, Offered: 1, Hired: 1, Registered: 1}
		if err != nil || got.Count != want {
			t.Errorf("%+v %v", got.Count, err)
		}
		h.Pass(200 * 24 * time.Hour)
		if _, err := h.EmptyHalls(ctx); err != nil {
			t.Fatal(err)
		}
		rows, err := f.FindApplicants(ctx, f.Officer, f.id, outreach.ApplicantFilter{})
		if err != nil || len(rows) != 2 || rows[0].Name+rows[1].Name+rows[0].Note+rows[1].Note != "" {
			t.Errorf("%+v %v", rows, err)
		}
		_, err = f.GetDesk(ctx, string(page.Openings[0].Desk))
		wantKey(t, err, "hall.code_unknown")
	})
}

// desk is the employer's own page: it sees its applicants, of whom there is an offer the phone, and cannot hire.
func (f *fair) desk(t *testing.T, page *outreach.Fair) {
	ctx, code := t.Context(), string(page.Openings[0].Desk)
	d, err := f.GetDesk(ctx, code)
	if err != nil || len(d.Openings) != 2 || len(d.People) != 2 || d.People[0].Phone+d.People[1].Phone != "" {
		t.Fatalf("%+v %v", d, err)
	}
	who := f.tickets[0].ID
	wantKey(t, f.MoveByDesk(ctx, op(), code, outreach.Step{Opening: f.sewing, Who: who, Act: "hired"}), "applicant.act_unknown")
	wantKey(t, f.MoveByDesk(ctx, op(), code, outreach.Step{Opening: jaring.OpeningID(jaringtest.NewID()), Who: who, Act: jaring.ApplicantOffer}), "opening.unknown")
	wantKey(t, f.MoveByDesk(ctx, op(), string(f.tickets[0].Code), outreach.Step{Opening: f.sewing, Who: who, Act: jaring.ApplicantOffer}), "hall.code_unknown")
	must(t, f.MoveByDesk(ctx, op(), code, outreach.Step{Opening: f.sewing, Who: who, Act: jaring.ApplicantOffer}))
	if d, err = f.GetDesk(ctx, code); err != nil || d.People[0].Phone+d.People[1].Phone != "+6281234567890" {
		t.Errorf("%+v %v", d.People, err)
	}
}

func (f *fair) hire(t *testing.T, who jaring.ParticipantID) {
	ctx := t.Context()
	form := app.EmployeeForm{Wage: 3_000_000, Position: "Penjahit"}
	must(t, json.Unmarshal(jaringtest.JSON(jaringtest.Person(1)), &form.Person))
	_, err := f.HireApplicant(ctx, f.Officer, op(), f.id, f.sewing, who, form)
	wantKey(t, err, "opening.no_employer")
	employer, err := f.SetOpeningEmployer(ctx, f.Officer, op(), f.id, f.sewing, "", &jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: "Konveksi Maju", Area: jaringtest.Legok, RiskClass: 1, SizeClass: jaring.SizeMicro, ContactName: "Bu Tini"})
	must(t, err)
	young := form
	young.Person.BirthDate = "2014-01-01"
	_, err = f.HireApplicant(ctx, f.Officer, op(), f.id, f.sewing, who, young)
	wantKey(t, err, "worker.age_minimum")
	_, err = f.HireApplicant(ctx, f.Agent, op(), f.id, f.sewing, who, form)
	wantKey(t, err, "employer.unknown") // it is the office's
	one := op()
	for range 2 {
		made, err := f.HireApplicant(ctx, f.Officer, one, f.id, f.sewing, who, form)
		must(t, err)
		if a := f.applicant(t, 0); a.Worker != made.Worker || a.Employer != employer || a.State != jaring.ApplicantHired {
			t.Errorf("%+v", a)
		}
	}
	_, err = f.HireApplicant(ctx, f.Officer, op(), f.id, f.sewing, who, form)
	wantKey(t, err, "applicant.is_hired")
	e, err := f.GetEmployer(ctx, f.Officer, string(employer))
	if err != nil || len(e.People) != 1 || e.Source.Campaign != f.id || e.People[0].Worker.Campaign != f.id {
		t.Errorf("%+v %v", e, err)
	}
	page, err := f.GetFair(ctx, f.Officer, f.id)
	if err != nil || page.Openings[1].Employer != employer {
		t.Errorf("the other opening of the name: %+v %v", page.Openings[1], err)
	}
}

// screen is the loop in the hall of a fair, which shows who is called, by number alone.
func (f *fair) screen(t *testing.T) {
	_, token, err := f.OpenKiosk(t.Context(), f.Officer, op(), f.id, "Layar", time.Time{})
	must(t, err)
	l, err := f.WatchLoop(t.Context(), token)
	if err != nil || len(l.Called) != 1 || l.Called[0].Number != 1 || l.Called[0].Topic != "Penjahit" || l.Called[0].Desk != "Meja 3" || l.Waiting != 1 {
		t.Errorf("%+v %v", l, err)
	}
	if p, err := f.GetTicket(t.Context(), string(f.tickets[0].Code)); err != nil || !p.Fair {
		t.Errorf("%+v %v", p, err)
	}
}
