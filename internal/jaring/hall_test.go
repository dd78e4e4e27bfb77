package jaring

import (
	"slices"
	"testing"
	"time"
)

func TestCountGateInWhateverOrderChecksArrive(t *testing.T) {
	at := time.Date(2018, 8, 11, 1, 0, 0, 0, time.UTC)
	check := func(p ParticipantID, op, gate string, minute int, trusted bool) TicketCheck {
		return TicketCheck{Participant: p, Operation: OperationID(op), Gate: gate, TakenAt: at.Add(time.Duration(minute) * time.Minute), Trusted: trusted}
	}
	checks := []TicketCheck{check("a", "1", "Utara", 5, true), check("b", "2", "Utara", 1, true), check("a", "3", "Selatan", 3, true), check("c", "4", "Selatan", 0, false), check("c", "5", "Utara", 9, true)}
	kinds := map[ParticipantID]ParticipantKind{"a": ComesAsUMKM, "b": ComesAsBank, "c": ComesAsUMKM}
	for range 24 {
		c := CountGate(checks, kinds)
		if c.Inside != 3 || c.ByKind[ComesAsUMKM] != 2 || c.ByKind[ComesAsBank] != 1 {
			t.Fatalf("%+v", c)
		}
		if !slices.Equal(c.ByGate, []GateRow{{"Selatan", 1}, {"Utara", 2}}) {
			t.Fatalf("gates %v", c.ByGate)
		}
		if len(c.Twice) != 2 || c.InFirst["a"].Gate != "Selatan" || c.InFirst["c"].Gate != "Utara" || len(c.Twice[0].Checks) != 2 {
			t.Fatalf("twice %+v", c.Twice)
		}
		checks = append(checks[1:], checks[0])
	}
}

func TestTicketCodesAreReadAsScannedAndTyped(t *testing.T) {
	code := NewTicketCode([ReceiptLength]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	for _, text := range []string{string(code), code.Text(), " " + code.Text() + " ", "https://jaring.example/tiket/" + string(code), "https://jaring.example/tiket/" + string(code) + "?lang=en"} {
		if got, err := ParseTicketCode(text); got != code || err != nil {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"", "JR", string(code)[:12], string(code) + "X", "0" + string(code)[1:]} {
		if _, err := ParseTicketCode(text); KeyOf(err) != "ticket.code_malformed" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestParticipantListsAsSpreadsheetsGiveThem(t *testing.T) {
	now := time.Date(2018, 8, 1, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{
		"\ufeffNama;Jenis;HP;Usaha;Kebutuhan;Setuju\nSiti Aminah;Pelaku UMKM;0812-3456-7890;Batik Siti;kursi roda, pendamping;ya\n",
		"name,kind,phone,organisation,needs,consent\n Siti  Aminah ,umkm,+6281234567890,Batik Siti,wheelchair+companion,yes",
		"Jenis\tNama\tHP\tUsaha\tKebutuhan\tSetuju\r\nUMKM\tSiti Aminah\t081234567890\tBatik Siti\tkursi roda/pendamping\tY\r\n",
	} {
		forms, err := ParseParticipants(text)
		if err != nil || len(forms) != 1 {
			t.Fatalf("%q: %v %v", text, forms, err)
		}
		p, es := NewParticipant(forms[0], "", ViaList, now)
		if len(es) > 0 || p.Kind != ComesAsUMKM || p.Name != "Siti Aminah" || p.Phone != "+6281234567890" || NeedBits(p.Needs) != 0b10001 || p.ConsentAt != now {
			t.Errorf("%q: %+v %v", text, p, es)
		}
	}
	for text, key := range map[string]string{"": "participant.list_malformed", "nama,jenis": "participant.list_malformed", "siapa,apa\nA,B": "participant.list_head"} {
		if _, err := ParseParticipants(text); KeyOf(err) != key {
			t.Errorf("%q: %v", text, err)
		}
	}
	_, es := NewParticipant(ParticipantForm{Kind: "raja", Phone: "12", Needs: []string{"emas"}}, ListPlace(3), ViaList, now)
	want := []string{"participants/3/kind", "participants/3/name", "participants/3/phone", "participants/3/needs"}
	var got []string
	for _, e := range es {
		got = append(got, e.Field)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func FuzzParseParticipants(f *testing.F) {
	f.Add("nama,jenis\nA,umkm")
	f.Add("nama;jenis\n\"A;umkm")
	f.Fuzz(func(t *testing.T, text string) {
		forms, err := ParseParticipants(text)
		if err == nil && len(forms) == 0 {
			t.Error("nothing and no fault")
		}
	})
}

func TestStandsOfMinorsAreATeamAndATeacher(t *testing.T) {
	s, err := NewStand(Stand{Number: "12", Name: "SMP Negeri 4", Kind: StandSchool, ContactName: "Bu Rina", Team: 9, Products: []Product{{Name: "Sandal", Price: 35_000}}})
	if err != nil || !s.Minors {
		t.Fatalf("%+v %v", s, err)
	}
	_, err = NewStand(Stand{Number: "12", Name: "SMP Negeri 4", Kind: StandSchool, Team: 900})
	if es, ok := err.(Errors); !ok || len(es) != 2 || es[0].Field != "contact_name" || es[1].Field != "team" {
		t.Errorf("%v", err)
	}
	if _, err = NewStand(Stand{Kind: "istana", Products: []Product{{Price: -1}}}); len(err.(Errors)) != 5 {
		t.Errorf("%v", err)
	}
}

func TestHallPlanQueueAndExchange(t *testing.T) {
	if _, err := NewHallPlan(HallPlan{Gates: []string{"Utara", " utara "}, Stamps: -1, Slides: []Slide{{}}}); len(err.(Errors)) != 3 {
		t.Errorf("%v", err)
	}
	now := time.Date(2018, 8, 11, 1, 0, 0, 0, time.UTC)
	c := Turn{State: QueueWaiting}
	if KeyOf(c.Move(QueueDone, "", now)) != "queue.is_waiting" || c.Move(QueueCalled, "Meja 1", now) != nil || c.Move(QueueNoShow, "", now) != nil || c.Move(QueueCalled, "Meja 2", now) != nil ||
		c.Move(QueueDone, "", now) != nil || KeyOf(c.Move(QueueCalled, "", now)) != "queue.is_done" || c.Desk != "Meja 2" {
		t.Errorf("%+v", c)
	}
	offers := []Offer{{ID: "1", Participant: "a", Side: SideOffer, Category: "packaging", Consent: true}, {ID: "2", Participant: "b", Side: SideNeed, Category: "packaging", Consent: true},
		{ID: "3", Participant: "c", Side: SideNeed, Category: "packaging"}, {ID: "4", Participant: "a", Side: SideNeed, Category: "packaging"}, {ID: "5", Participant: "b", Side: SideNeed, Category: "packaging", ClosedAt: now}}
	m := MatchOffers(offers)
	if len(m) != 2 || m[0].Need.ID != "2" || !m[0].Both || m[1].Need.ID != "3" || m[1].Both {
		t.Errorf("%+v", m)
	}
	if _, err := NewOffer(Offer{Side: "x", Category: "y"}); len(err.(Errors)) != 3 {
		t.Errorf("%v", err)
	}
}
