package outreach_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
	"jaring/internal/store"
)

// protect registers the n-th person of the town, paid for three months and confirmed.
func (h *house) protect(t testing.TB, n int) jaring.WorkerID {
	t.Helper()
	id := h.Register(h.Agent, n)
	v, err := h.GetWorker(t.Context(), h.Auditor, id)
	must(t, err)
	_, err = h.Do(h.Officer, jaring.ActSettle, map[string]any{"worker_id": id, "amount": v.Payment.Amount, "channel": "bank", "reference": fmt.Sprint("T", n), "paid_on": jaring.DayIn(h.Town.Now(), app.Zone("")).String()})
	must(t, err)
	m := v.Membership
	must(t, h.Confirm(t.Context(), app.Confirmation{Worker: id, Membership: m.ID, Accepted: true, KPJ: fmt.Sprintf("S26%08d", n), From: m.FirstMonth, To: m.LastMonth()}))
	return id
}

// employ makes people officials of a village.
func (h *house) employ(t testing.TB, village string, people ...jaring.WorkerID) {
	t.Helper()
	must(t, h.DB.Write(t.Context(), func(tx *store.Tx) error {
		known, err := tx.EmployersOfArea(village, jaring.EmployerVillage)
		if err != nil {
			return err
		}
		if len(known) == 0 {
			e := &store.EmployerRecord{Employer: jaring.Employer{ID: jaring.EmployerID(jaringtest.NewID()), Office: h.Branch, Kind: jaring.EmployerVillage, Name: "Pemerintah Desa", Area: village,
				Sector: "government", RiskClass: 1, SizeClass: jaring.SizeSmall, ContactName: "Bu Ani", RegisteredAt: h.Town.Now()}, Version: 1}
			if err := tx.AddEmployer(e); err != nil {
				return err
			}
			known = append(known, e)
		}
		for _, p := range people {
			if err := tx.AddEmployment(&store.EmploymentRecord{Employment: jaring.Employment{Employer: known[0].ID, Membership: jaring.MembershipID(jaringtest.NewID()), Worker: p,
				Wage: 2_500_000, Position: "Kaur", From: awareDay}, MadeAt: h.Town.Now()}); err != nil {
				return err
			}
		}
		return nil
	}))
}

const awareDay jaring.Day = 20261101

func awareForm() jaring.Aware {
	return jaring.Aware{Kind: jaring.AwareVillage, Area: jaringtest.Legok, Officials: 2, Potential: jaring.Potential{People: 10, Source: "Profil kelurahan 2026", On: 20260630}}
}

func (h *house) propose(t testing.TB) jaring.AwareID {
	t.Helper()
	id, err := h.ProposeAware(t.Context(), h.Officer, op(), awareForm(), jaring.AwareTaken{Day: awareDay})
	must(t, err)
	return id
}

func (h *house) aware(t testing.TB, id jaring.AwareID) *outreach.AwareView {
	t.Helper()
	v, err := h.GetAware(t.Context(), h.Auditor, id)
	must(t, err)
	return v
}

// dialogue holds a dialogue in the village to which so many came.
func (h *house) dialogue(t testing.TB, id jaring.AwareID, came int) {
	t.Helper()
	ctx := t.Context()
	c := h.plan(t, jaring.KindDialogue, nil)
	must(t, h.AddAwareDialogue(ctx, h.Officer, op(), id, c))
	must(t, h.MoveCampaign(ctx, h.Officer, op(), c, jaring.CampaignIsOpen, ""))
	must(t, h.AddGuests(ctx, h.Officer, op(), c, []jaring.Guest{{Kind: jaring.GuestCommunity, Name: "Warga", Heads: came, State: jaring.GuestIsAttended, Came: came}}))
	must(t, h.MoveCampaign(ctx, h.Officer, op(), c, jaring.CampaignIsClosed, ""))
}

// tryOut tries criteria on the one village, which is amber by those that hold: a trial tells what would turn, and
// turns nothing.
func (h *house) tryOut(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	strict, mild := jaring.DefaultAwareCriteria(), jaring.DefaultAwareCriteria()
	strict.CoveragePercent, mild.CoveragePercent = 40, 10
	for want, c := range map[jaring.AwareColour]jaring.AwareCriteria{jaring.AwareRed: strict, jaring.AwareGreen: mild, jaring.AwareAmber: jaring.DefaultAwareCriteria()} {
		tried, err := h.TryCriteria(ctx, h.Admin, c)
		must(t, err)
		if tried.Looked != 1 || tried.More || tried.From[jaring.AwareAmber] != 1 || tried.To[want] != 1 || (len(tried.Turns) == 1) != (want != jaring.AwareAmber) {
			t.Errorf("%s: %+v", want, tried)
		}
		for _, turn := range tried.Turns {
			if turn.From != jaring.AwareAmber || turn.To != want || len(turn.Reasons) == 0 || turn.Name == "" || turn.OfficeName == "" {
				t.Errorf("%+v", turn)
			}
		}
	}
	if now, standard, err := h.Criteria(ctx); err != nil || !standard || now != jaring.DefaultAwareCriteria() {
		t.Errorf("%+v %v", now, err)
	}
	strict.CoveragePercent = 0
	if _, err := h.TryCriteria(ctx, h.Admin, strict); jaring.KeyOf(err) != "field.range" {
		t.Error(err)
	}
	if _, err := h.TryCriteria(ctx, h.Head, mild); jaring.KeyOf(err) != "error.forbidden" {
		t.Error(err)
	}
}

// A village goes all the way, turns amber before it is lost, and is lost; its public page says the same in numbers.
func TestAVillageFromProposalToLoss(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.propose(t)
		step := func(s jaring.AwareStep, reference string) error {
			return h.TakeAwareStep(ctx, h.Officer, op(), id, jaring.AwareTaken{Step: s, Day: jaring.DayIn(h.Town.Now(), app.Zone("")), Reference: reference})
		}
		wantKey(t, step(jaring.StepOfficials, ""), "aware.step_order")
		must(t, step(jaring.StepAgreed, "SK Bupati 7/2026"))
		wantKey(t, step(jaring.StepOfficials, ""), "aware.officials_missing")
		people := []jaring.WorkerID{h.protect(t, 1), h.protect(t, 2)}
		h.employ(t, jaringtest.Legok, people...)
		must(t, step(jaring.StepOfficials, ""))
		wantKey(t, step(jaring.StepSocialised, ""), "aware.dialogues_missing")
		h.dialogue(t, id, 33)
		must(t, step(jaring.StepSocialised, ""))
		must(t, step(jaring.StepLaunched, "Berita acara 3"))
		wantKey(t, step(jaring.StepKept, ""), "aware.not_held")
		must(t, h.JudgeAware(ctx, h.Officer, id))
		if v := h.aware(t, id); v.Verdict.Colour != jaring.AwareRed || v.Colour != jaring.AwareRed || v.Verdict.Reasons[0].Key != "aware.why.lost" || v.Facts.Protected != 2 || len(v.Officials) != 2 {
			t.Fatalf("%+v", v)
		}
		h.protect(t, 3)
		must(t, h.JudgeAware(ctx, h.Officer, id))
		if v := h.aware(t, id); v.Verdict.Colour != jaring.AwareAmber || v.Verdict.Reasons[0].Key != "aware.why.near" || v.Verdict.Held != 1 {
			t.Fatalf("%+v", v.Verdict)
		}
		h.tryOut(t)
		h.protect(t, 4)
		h.months(t, id)
		public, err := h.PublicAware(ctx, h.aware(t, id).Token)
		if err != nil || public.Verdict.Colour != jaring.AwareRed || len(public.Past) < 3 || public.Name != "Orang Kayo Hitam" {
			t.Errorf("%+v %v", public, err)
		}
		must(t, h.RenewAwareToken(ctx, h.Officer, op(), id))
		_, err = h.PublicAware(ctx, h.AwareToken(public.Aware))
		wantKey(t, err, "aware.unknown")
		diffs, _, _, err := h.Recount(ctx)
		if err != nil || len(diffs) != 0 {
			t.Errorf("%v %v", diffs, err)
		}
	})
}

// months lets the calendar go on: kept after three months in which coverage held, lost when the months that were
// paid are over, and each month as it was.
func (h *house) months(t *testing.T, id jaring.AwareID) {
	t.Helper()
	ctx := t.Context()
	var colours []string
	must(t, h.JudgeAware(ctx, h.Officer, id))
	for month := range 5 {
		_, err := h.Age(ctx)
		must(t, err)
		_, err = h.Fold(ctx)
		must(t, err)
		if n, err := h.TurnAware(ctx); err != nil || n != min(month, 1) { // today somebody has looked
			t.Fatalf("%d %v", n, err)
		}
		if due, err := h.AwareDue(ctx); due || err != nil {
			t.Errorf("looked at, and due still: %v", err)
		}
		v := h.aware(t, id)
		colours = append(colours, fmt.Sprintf("%s %s", v.Colour, v.Step))
		h.Pass(31 * 24 * time.Hour)
	}
	if got := strings.Join(colours, ", "); got != "green launched, green launched, green kept, red kept, red kept" {
		t.Errorf("%s", got)
	}
	if v := h.aware(t, id); len(v.Past) != 5 || v.Past[2].Protected != 4 || v.Past[3].Protected != 0 || v.Past[3].Colour != jaring.AwareRed {
		t.Errorf("%+v", v.Past)
	}
}

// What is refused, and what is put right with a reason.
func TestVillagesRefuseAndAreCorrected(t *testing.T) {
	h := newHouse(t, jaringtest.SQLite(t))
	ctx := t.Context()
	id := h.propose(t)
	again := op()
	for range 2 { // told twice it is one; another is refused
		_, err := h.ProposeAware(ctx, h.Officer, again, awareForm(), jaring.AwareTaken{Day: awareDay})
		wantKey(t, err, "aware.exists")
	}
	for want, change := range map[string]func(*jaring.Aware){
		"village.unknown": func(a *jaring.Aware) { a.Area = "15.71.04.9999" }, "aware.not_village": func(a *jaring.Aware) { a.Area = "15.71.04" }, "error.out_of_area": func(a *jaring.Aware) { a.Area = "16.71.05.1002" },
		"place.not_found": func(a *jaring.Aware) { a.Kind, a.Place = jaring.AwareMarket, "x" }, "field.required": func(a *jaring.Aware) { a.Area = "" },
	} {
		f := awareForm()
		change(&f)
		_, err := h.ProposeAware(ctx, h.Officer, op(), f, jaring.AwareTaken{Day: awareDay})
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	_, err := h.ProposeAware(ctx, h.Agent, op(), awareForm(), jaring.AwareTaken{Day: awareDay})
	wantKey(t, err, "error.forbidden")
	wantKey(t, h.TakeAwareStep(ctx, h.FarOfficer, op(), id, jaring.AwareTaken{Step: jaring.StepAgreed}), "aware.unknown")
	agreed := jaring.AwareTaken{Step: jaring.StepAgreed, Day: 20261110, Reference: "SK 1"}
	must(t, h.TakeAwareStep(ctx, h.Officer, op(), id, agreed))
	agreed.Reference = "SK 2"
	wantKey(t, h.CorrectAwareStep(ctx, h.Officer, op(), id, agreed), "reason.too_short")
	agreed.Why = "nomornya salah tulis"
	must(t, h.CorrectAwareStep(ctx, h.Officer, op(), id, agreed))
	wantKey(t, h.TakeAwareStepBack(ctx, h.Officer, op(), id, jaring.StepProposed, "tidak jadi"), "aware.step_not_last")
	v := h.aware(t, id)
	if len(v.Lines) != 3 || v.Road[1].Reference != "SK 2" || v.By[v.Road[1].By] != "Sari Puspita" || jaring.KeyOf(v.Missing) != "aware.officials_missing" || !v.OwnCriteria {
		t.Errorf("%+v", v)
	}
	must(t, h.TakeAwareStepBack(ctx, h.Officer, op(), id, jaring.StepAgreed, "belum ditandatangani"))
	if v := h.aware(t, id); v.Step != jaring.StepProposed || len(v.Lines) != 4 {
		t.Errorf("%+v", v)
	}
	wantKey(t, h.ChangeAware(ctx, h.Officer, op(), id, 1, 3, jaring.Potential{}), "aware.changed_meanwhile")
	wantKey(t, h.ChangeAware(ctx, h.Officer, op(), id, v.Version+1, 3, jaring.Potential{People: 5}), "field.required")
	must(t, h.ChangeAware(ctx, h.Officer, op(), id, v.Version+1, 3, jaring.Potential{}))
	sweep := h.plan(t, jaring.KindSweep, nil)
	wantKey(t, h.AddAwareDialogue(ctx, h.Officer, op(), id, sweep), "aware.not_dialogue")
	wantKey(t, h.SetCriteria(ctx, h.Head, op(), jaring.DefaultAwareCriteria()), "error.forbidden")
	wantKey(t, h.SetCriteria(ctx, h.Admin, op(), jaring.AwareCriteria{}), "field.range")
	c := jaring.DefaultAwareCriteria()
	c.CoveragePercent = 40
	must(t, h.SetCriteria(ctx, h.Admin, op(), c))
	if got, isDefault, err := h.Criteria(ctx); got != c || isDefault || err != nil {
		t.Errorf("%+v %v", got, err)
	}
	for _, token := range []string{"", "x", strings.Repeat("y", 65)} {
		_, err := h.PublicAware(ctx, token)
		wantKey(t, err, "aware.unknown")
	}
}

// A market is counted by who works there, and a regency by all its villages.
func TestMarketsAndRegencies(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		h.propose(t)
		market, err := h.ProposeAware(ctx, h.Officer, op(), jaring.Aware{Kind: jaring.AwareMarket, Place: h.Market, Potential: jaring.Potential{People: 4, Source: "Dinas pasar", On: 20260101}}, jaring.AwareTaken{Day: awareDay})
		must(t, err)
		body := jaringtest.Person(9)
		body["workplace_id"] = h.Market
		_, err = h.Do(h.Agent, jaring.ActRegisterWorker, body)
		must(t, err)
		if v := h.aware(t, market); v.Area != jaringtest.Legok || v.Name != "Pasar Angso Duo" || v.Verdict.Protected != 0 {
			t.Errorf("%+v", v)
		}
		l, err := h.FindAware(ctx, h.Officer, outreach.AwareFilter{Area: "15.71"})
		if err != nil || len(l.Rows) != 2 || l.Region == nil || l.Region.Villages != 68 || l.Region.InSteps[jaring.StepProposed] != 1 || l.Region.Aware() != 0 {
			t.Fatalf("%+v %v", l.Region, err)
		}
		for _, q := range []outreach.AwareFilter{{Area: "15.7"}, {Area: "15.71.04.1001"}, {Area: "16"}} {
			if l, err := h.FindAware(ctx, h.Officer, q); err == nil && len(l.Rows) != 0 {
				t.Errorf("%+v: %+v", q, l.Rows)
			}
		}
		if l, err := h.FindAware(ctx, h.FarOfficer, outreach.AwareFilter{}); err != nil || len(l.Rows) != 0 {
			t.Errorf("%+v %v", l, err)
		}
		_, err = h.FindAware(ctx, h.Officer, outreach.AwareFilter{Cursor: "x"})
		wantKey(t, err, "cursor.malformed")
		_, err = h.FindAware(ctx, h.Agent, outreach.AwareFilter{})
		wantKey(t, err, "error.forbidden")
	})
}

// What a board's code opens must be there at once: it is asked by telephones in a village hall.
func BenchmarkPublicAware(b *testing.B) {
	h := newHouse(b, jaringtest.SQLite(b))
	id := h.propose(b)
	h.employ(b, jaringtest.Legok, h.protect(b, 1), h.protect(b, 2))
	h.dialogue(b, id, 20)
	must(b, h.JudgeAware(b.Context(), h.Officer, id))
	token := h.aware(b, id).Token
	for b.Loop() {
		if _, err := h.PublicAware(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
