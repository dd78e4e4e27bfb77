package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// stall is a stand with its QR code, and somebody in front of it.
type stall struct {
	*jaringtest.Town
	t      *testing.T
	token  string
	campus jaring.CampaignID
}

func newStall(t *testing.T, town *jaringtest.Town) *stall {
	t.Helper()
	op := func() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }
	id, err := town.App.PlanCampaign(t.Context(), town.Officer, op(), jaring.CampaignForm{Kind: jaring.KindJamboree, Name: "Expo UMKM", Office: town.Branch, Place: town.Market,
		OpensAt: town.Now(), ClosesAt: town.Now().Add(8 * time.Hour), SealHours: 24})
	if err != nil {
		t.Fatal(err)
	}
	s, err := town.App.OpenSelfSource(t.Context(), town.Officer, op(), id, "B-12", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return &stall{town, t, s.Token, id}
}

// prove asks for a code on a phone and types it.
func (s *stall) prove(phone string) string {
	s.t.Helper()
	_, digits, err := s.App.AskOneTimeCode(s.t.Context(), s.token, phone)
	if err != nil {
		s.t.Fatal(err)
	}
	proof, err := s.App.TryOneTimeCode(s.t.Context(), s.token, phone, digits)
	if err != nil {
		s.t.Fatal(err)
	}
	return proof
}

func (s *stall) register(op, phone string, kind jaring.SelfKind, body map[string]any, b *jaring.OwnBusiness) (*app.SelfOrder, error) {
	s.t.Helper()
	return s.App.RegisterSelf(s.t.Context(), jaring.OperationID(op), app.SelfForm{Token: s.token, Proof: s.prove(phone), Kind: kind, Business: b, Registration: jaringtest.JSON(body)})
}

// pay is a bank's word that a code was paid.
func (s *stall) pay(o *app.SelfOrder) {
	s.t.Helper()
	err := s.App.BookNotice(s.t.Context(), app.BankNotice{Code: o.Code, Amount: o.Amount, Channel: "bank", Bank: "Bank Contoh", Reference: "R" + o.Code, PaidAt: s.Now()},
		func(b *app.BankBook) error { _, err := b.Book(); return err })
	if err != nil {
		s.t.Fatal(err)
	}
}

// Who registers himself at a stand is protected by the first payment; the campaign and the stand are kept.
func TestRegisterSelf_FromTheCodeToTheFirstPayment(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		s := newStall(t, town)
		op := jaringtest.NewID()
		o, err := s.register(op, "0812 3456 7001", jaring.SelfLone, jaringtest.Person(1), nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.App.RegisterSelf(t.Context(), jaring.OperationID(op), app.SelfForm{Token: s.token, Proof: s.mustProof("0812 3456 7001"), Kind: jaring.SelfLone, Registration: jaringtest.JSON(jaringtest.Person(1))})
		if err != nil || again.Code != o.Code {
			t.Fatalf("sent twice: %v, code %q and %q", err, o.Code, again.Code)
		}
		town.Pass(time.Minute)
		s.pay(o)
		page, err := town.App.GetWorker(t.Context(), town.Officer, o.Worker)
		if err != nil {
			t.Fatal(err)
		}
		if page.Worker.Campaign != s.campus || page.Worker.Phone != "+6281234567001" || page.Worker.Standing != jaring.StandingPaid {
			t.Errorf("after the payment: campaign %v, phone %v, %v", page.Worker.Campaign, page.Worker.Phone, page.Worker.Standing)
		}
		orders, err := town.App.FindSelfOrders(t.Context(), town.Officer, s.campus, "")
		if err != nil || len(orders.Items) != 1 || orders.Items[0].State != "settled" || orders.Items[0].Stand != "B-12" {
			t.Errorf("the office sees %+v, %v", orders, err)
		}
	})
}

// mustProof proves a phone anew once it may ask again.
func (s *stall) mustProof(phone string) string {
	s.Pass(2 * time.Minute)
	return s.prove(phone)
}

// An owner with workers becomes an employer too, and pays the own contribution like anybody.
func TestRegisterSelf_AnOwnerWithWorkersIsAnEmployerToo(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	s := newStall(t, town)
	body := jaringtest.Person(5)
	body["programs"] = []string{"JKK", "JKM", "JHT"}
	o, err := s.register(jaringtest.NewID(), "081234567005", jaring.SelfOwner, body, &jaring.OwnBusiness{Name: "Batik Sari", Sector: "batik", Village: jaringtest.Legok, Workers: 4})
	if err != nil {
		t.Fatal(err)
	}
	e, err := town.App.GetEmployer(t.Context(), town.Officer, o.Employer)
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "Batik Sari" || e.ContactPhone != "+6281234567005" || e.Source.Campaign != s.campus || e.Source.Stand != "B-12" {
		t.Errorf("the employer: %+v", e)
	}
}

// A stranger learns nothing about who is registered: known, new, or held for a second look, the answers look
// alike, and the money is accounted for.
func TestRegisterSelf_TellsNothingOfWhoIsThere(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		known := jaringtest.Person(2)
		if _, err := town.Do(town.Agent, jaring.ActRegisterWorker, known); err != nil {
			t.Fatal(err)
		}
		held := jaringtest.Person(3) // the same person but for one digit of the serial
		twin := jaringtest.Person(3)
		if _, err := town.Do(town.Agent, jaring.ActRegisterWorker, held); err != nil {
			t.Fatal(err)
		}
		nik := twin["nik"].(string)
		twin["nik"] = nik[:12] + "9999"

		s := newStall(t, town)
		var shapes []any
		for i, body := range []map[string]any{jaringtest.Person(4), known, twin} {
			o, err := s.register(jaringtest.NewID(), "081234567"+string(rune('0'+i))+"11", jaring.SelfLone, body, nil)
			if err != nil {
				t.Fatal(err)
			}
			shapes = append(shapes, []any{o.Amount, o.Months, o.Code[:3], len(o.Code), o.State})
			s.pay(o)
		}
		for _, shape := range shapes[1:] {
			if diff := cmp.Diff(shapes[0], shape); diff != "" {
				t.Errorf("an answer differs: %s", diff)
			}
		}
		cases, err := town.App.FindSuspense(t.Context(), town.Officer, "")
		if err != nil || len(cases) != 1 || cases[0].Why != "self.second_look" {
			t.Errorf("one of them must wait at the desk: %+v, %v", cases, err)
		}
		if damages, _, _, err := town.App.Verify(t.Context()); err != nil || len(damages) != 0 {
			t.Errorf("the books: %+v, %v", damages, err)
		}
	})
}

func TestRegisterSelf_WhatIsWrongIsSaid(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	s := newStall(t, town)
	ctx := t.Context()
	ask := func(phone string) error { _, _, err := town.App.AskOneTimeCode(ctx, s.token, phone); return err }
	try := func(phone, code string) error {
		_, err := town.App.TryOneTimeCode(ctx, s.token, phone, code)
		return err
	}
	wants := func(err error, key string) {
		t.Helper()
		if got := jaring.KeyOf(err); got != key {
			t.Errorf("got %v, want %s", err, key)
		}
	}
	wants(ask("123"), "phone.malformed")
	if err := ask("081234567890"); err != nil {
		t.Fatal(err)
	}
	wants(ask("081234567890"), "self.code_soon")
	wants(try("081234567890", "12345"), "self.code_form")
	wants(try("089999999999", "123456"), "self.code_wrong") // never asked
	town.Pass(2 * time.Minute)
	_, digits, _ := town.App.AskOneTimeCode(ctx, s.token, "081234567890")
	other := "000000"
	if digits == other {
		other = "000001"
	}
	for range jaring.OneTimeTries {
		wants(try("081234567890", other), "self.code_wrong")
	}
	wants(try("081234567890", digits), "self.code_wrong") // tries are used up

	_, err := town.App.RegisterSelf(ctx, jaring.OperationID(jaringtest.NewID()), app.SelfForm{Token: s.token, Proof: "x.y"})
	wants(err, "self.proof_over")
	_, err = town.App.SelfPageOf(ctx, "nothing")
	wants(err, "self.unknown")

	body := jaringtest.Person(9)
	body["name"], body["programs"] = "", []string{"JKK", "JKM", "JHT"} // an owner with workers cannot leave old age out
	_, err = s.register(jaringtest.NewID(), "081234567801", jaring.SelfOwner, body, &jaring.OwnBusiness{Village: jaringtest.Legok})
	var fields []string
	if many, ok := err.(jaring.Errors); ok {
		for _, e := range many {
			fields = append(fields, e.Field)
		}
	}
	if diff := cmp.Diff([]string{"business/name", "business/sector", "business/workers", "name"}, fields); diff != "" {
		t.Errorf("all that is wrong at once: %s", diff)
	}
	town.Pass(40 * time.Hour)
	_, err = town.App.SelfPageOf(ctx, s.token)
	wants(err, "self.unknown")
	if n, err := town.App.TakeLetters(ctx, 20); err != nil || len(n) != 0 {
		t.Errorf("codes too old are not sent: %v, %v", n, err)
	}
}
