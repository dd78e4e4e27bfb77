package outreach_test

import (
	"slices"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
)

// desk opens a service desk of the branch that is open every day until late.
func (h *house) desk(t testing.TB, change func(*jaring.ServiceDesk)) jaring.ServiceID {
	t.Helper()
	d := jaring.ServiceDesk{Name: "Pojok Layanan Disnaker", Place: "Kantor Disnaker, lantai 1", Area: "15.71", ByPhone: true, Topics: []jaring.ServiceTopic{jaring.TopicNotRegistered, jaring.TopicWages, jaring.TopicOther}}
	for day := range 7 {
		d.Opens = append(d.Opens, jaring.ServiceHours{Day: day + 1, From: "00:00", Until: "23:59"})
	}
	if change != nil {
		change(&d)
	}
	id, err := h.OpenService(t.Context(), h.Officer, op(), d)
	must(t, err)
	return id
}

// Numbers are counted by topic and day, on paper and on own phones; two desks never call the same one; a sign that
// was taken down leads nowhere.
func TestServiceQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.desk(t, nil)
		v, err := h.GetService(ctx, h.Officer, id)
		must(t, err)
		if !v.OpenNow || v.Entry == "" || v.Entry == v.Screen {
			t.Fatalf("%+v", v)
		}
		first := op()
		for range 2 { // told again it is the same number
			n, err := h.TakeServiceNumber(ctx, h.Officer, first, id, jaring.TopicWages)
			if err != nil || n.Number != 1 || jaring.ServiceLabel(n.Turn) != "B-001" {
				t.Fatalf("%+v %v", n, err)
			}
		}
		own, err := h.TakeOwnNumber(ctx, op(), v.Entry.Text(), jaring.TopicWages)
		must(t, err)
		_, err = h.TakeOwnNumber(ctx, op(), string(v.Entry), jaring.TopicNotRegistered)
		must(t, err)
		turn, err := h.GetOwnTurn(ctx, string(own))
		if err != nil || turn.Number != 2 || turn.Ahead != 1 || turn.State != jaring.QueueWaiting || !turn.OwnPhone {
			t.Fatalf("%+v %v", turn, err)
		}
		must(t, h.MoveServiceNumber(ctx, h.Officer, op(), id, 0, jaring.TopicWages, jaring.QueueCalled, "Loket 1"))
		must(t, h.MoveServiceNumber(ctx, h.Head, op(), id, 0, jaring.TopicWages, jaring.QueueCalled, "Loket 2"))
		wantKey(t, h.MoveServiceNumber(ctx, h.Head, op(), id, 0, jaring.TopicWages, jaring.QueueCalled, "Loket 2"), "queue.empty")
		wantKey(t, h.MoveServiceNumber(ctx, h.Head, op(), id, 9, jaring.TopicWages, jaring.QueueDone, ""), "queue.unknown")
		wantKey(t, h.MoveServiceNumber(ctx, h.Head, op(), id, 1, jaring.TopicNotRegistered, jaring.QueueDone, ""), "queue.is_waiting")
		must(t, h.MoveServiceNumber(ctx, h.Officer, op(), id, 1, jaring.TopicWages, jaring.QueueDone, ""))
		turn, err = h.GetOwnTurn(ctx, string(own))
		if err != nil || turn.State != jaring.QueueCalled || turn.TurnRow.Desk != "Loket 2" || turn.Ahead != 0 {
			t.Errorf("%+v %v", turn, err)
		}
		board, err := h.WatchService(ctx, string(v.Screen))
		if err != nil || len(board.Called) != 1 || board.Waiting[jaring.TopicNotRegistered] != 1 || board.Waiting[jaring.TopicWages] != 0 || board.Entry != v.Entry {
			t.Errorf("%+v %v", board, err)
		}
		_, err = h.WatchService(ctx, string(v.Entry)) // the sign is no screen
		wantKey(t, err, "service.code_unknown")
		_, err = h.TakeOwnNumber(ctx, op(), string(v.Entry), jaring.TopicDeath)
		wantKey(t, err, "service.topic_unknown")
		must(t, h.RenewServiceCodes(ctx, h.Officer, op(), id))
		_, err = h.GetPublicService(ctx, string(v.Entry))
		wantKey(t, err, "service.code_unknown")
		if v, err = h.GetService(ctx, h.Officer, id); err != nil || v.Queue[jaring.QueueDone] != 1 || v.Queue[jaring.QueueWaiting] != 1 {
			t.Errorf("%+v %v", v, err)
		}

		h.Pass(24 * time.Hour)
		if turn, err = h.GetOwnTurn(ctx, string(own)); err != nil || !turn.Over {
			t.Errorf("%+v %v", turn, err)
		}
		again, err := h.TakeServiceNumber(ctx, h.Officer, op(), id, jaring.TopicWages)
		if err != nil || again.Number != 1 {
			t.Errorf("%+v %v", again, err)
		}
		h.Pass(72 * time.Hour)
		_, err = h.EraseServices(ctx)
		must(t, err)
		_, err = h.GetOwnTurn(ctx, string(own))
		wantKey(t, err, "service.code_unknown")
		if _, err := h.GetPublicService(ctx, string(v.Entry)); err != nil {
			t.Error(err)
		}
	})
}

// Outside its hours nobody takes a number by phone, and where numbers are on paper nobody ever does.
func TestServiceHours(t *testing.T) {
	h := newHouse(t, jaringtest.SQLite(t))
	ctx := t.Context()
	id := h.desk(t, func(d *jaring.ServiceDesk) { d.Opens = []jaring.ServiceHours{{Day: 1, From: "08:00", Until: "12:00"}} }) // today is a Saturday
	v, err := h.GetService(ctx, h.Officer, id)
	must(t, err)
	_, err = h.TakeOwnNumber(ctx, op(), string(v.Entry), jaring.TopicWages)
	wantKey(t, err, "service.not_open")
	if _, err := h.TakeServiceNumber(ctx, h.Officer, op(), id, jaring.TopicWages); err != nil {
		t.Error(err) // the office decides
	}
	d := v.ServiceDesk
	d.ByPhone = false
	must(t, h.ChangeService(ctx, h.Officer, op(), id, 1, d))
	wantKey(t, h.ChangeService(ctx, h.Officer, op(), id, 1, d), "service.changed_meanwhile")
	_, err = h.TakeOwnNumber(ctx, op(), string(v.Entry), jaring.TopicWages)
	wantKey(t, err, "service.on_paper")
	d.Closed = true
	must(t, h.ChangeService(ctx, h.Officer, op(), id, 2, d))
	_, err = h.TakeServiceNumber(ctx, h.Officer, op(), id, jaring.TopicWages)
	wantKey(t, err, "service.closed_desk")
	_, err = h.OpenServiceCase(ctx, h.Officer, op(), id, jaring.ServiceCase{Topic: jaring.TopicWages, About: "Upah"})
	wantKey(t, err, "service.closed_desk")
	d.Partner = jaring.PartnerID(jaringtest.NewID())
	wantKey(t, h.ChangeService(ctx, h.Officer, op(), id, 3, d), "partner.unknown")
	_, err = h.GetService(ctx, h.FarOfficer, id)
	wantKey(t, err, "service.unknown")
	_, err = h.FindServices(ctx, h.Agent)
	wantKey(t, err, "error.forbidden")
}

// A case goes its way, leads to the registration of who was not registered, is handed on, and is forgotten two years
// after it was closed; whoever only reads sees no names.
func TestServiceCases(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.desk(t, nil)
		today := jaring.NewDay(2026, 11, 21)
		open := func(c jaring.ServiceCase) jaring.ServiceCaseID {
			made, err := h.OpenServiceCase(ctx, h.Officer, op(), id, c)
			must(t, err)
			return made
		}
		a := open(jaring.ServiceCase{Topic: jaring.TopicNotRegistered, About: "Dua tahun bekerja, belum didaftarkan.", Name: "Rina Wati", Phone: "0811740001", FollowDay: today.Add(2)})
		b := open(jaring.ServiceCase{Topic: jaring.TopicWages, About: "Upah November belum dibayar.", FollowDay: today})
		c := open(jaring.ServiceCase{Topic: jaring.TopicOther, About: "Bertanya tentang JHT."})
		list, err := h.FindServiceCases(ctx, h.Officer, id, outreach.CaseFilter{})
		if err != nil || len(list.Rows) != 3 || list.Rows[0].ID != b || list.Rows[0].Due != jaring.CaseIsToday || list.Rows[1].ID != a || list.Rows[2].Written() != "3/2026" || list.Counts.Today != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		h.Pass(24 * time.Hour)
		if list, err = h.FindServiceCases(ctx, h.Head, id, outreach.CaseFilter{Due: true}); err != nil || len(list.Rows) != 1 || list.Rows[0].Due != jaring.CaseIsOverdue || list.Counts.Overdue != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		employer, err := h.RegisterEmployer(ctx, h.Officer, op(), jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: "CV Uji", Area: jaringtest.Legok, Sector: "trade", RiskClass: 1, SizeClass: jaring.SizeMicro, ContactName: "Bu Tini"})
		must(t, err)
		step := jaring.CaseStep{To: jaring.CaseIsClosed, Outcome: jaring.CaseRegistered, Note: "didaftarkan hari ini"}
		wantKey(t, h.MoveServiceCase(ctx, h.Officer, op(), id, a, step), "service.registered_whom")
		must(t, h.LinkServiceCase(ctx, h.Officer, op(), id, a, "", employer))
		must(t, h.MoveServiceCase(ctx, h.Officer, op(), id, a, step))
		wantKey(t, h.TakeServiceCase(ctx, h.Head, op(), id, a), "service.is_closed")

		partner, err := h.AddPartner(ctx, h.Officer, op(), jaring.Partner{Kind: jaring.PartnerUnion, Name: "Serikat Uji", ContactName: "Pak Edi"})
		must(t, err)
		must(t, h.TakeServiceCase(ctx, h.Head, op(), id, b))
		must(t, h.ReferServiceCase(ctx, h.Head, op(), id, b, partner, "mohon didampingi"))
		must(t, h.NoteServiceCase(ctx, h.Head, op(), id, b, "Majikan sudah dihubungi."))
		wantKey(t, h.NoteServiceCase(ctx, h.Head, op(), id, b, "  "), "field.required")
		v, err := h.GetServiceCase(ctx, h.Head, id, b)
		if err != nil || len(v.Notes) != 4 || v.Notes[0].Text != "Majikan sudah dihubungi." || v.PartnerName != "Serikat Uji" || v.Owner != h.Head.Account {
			t.Fatalf("%+v %v", v, err)
		}
		mine, err := h.FindServiceCases(ctx, h.Head, id, outreach.CaseFilter{Mine: true})
		if err != nil || len(mine.Rows) != 1 {
			t.Errorf("%+v %v", mine, err)
		}
		h.hidden(t, id, a)
		_, err = h.GetServiceCase(ctx, h.FarOfficer, id, c)
		wantKey(t, err, "service.unknown")

		h.Pass(800 * 24 * time.Hour)
		if n, err := h.EraseServices(ctx); err != nil || n != 1 {
			t.Error(n, err)
		}
		gone, err := h.GetServiceCase(ctx, h.Officer, id, a)
		if err != nil || gone.Name+gone.Phone+gone.About != "" || gone.EmployerName != "CV Uji" || slices.ContainsFunc(gone.Notes, func(n outreach.CaseNote) bool { return n.Text != "" }) {
			t.Errorf("%+v %v", gone, err)
		}
		wantKey(t, h.MoveServiceCase(ctx, h.Officer, op(), id, a, jaring.CaseStep{To: jaring.CaseIsReopened, Note: "datang lagi"}), "service.erased")
	})
}

// hidden reads a case as the auditor does.
func (h *house) hidden(t *testing.T, desk jaring.ServiceID, id jaring.ServiceCaseID) {
	ctx := t.Context()
	v, err := h.GetServiceCase(ctx, h.Auditor, desk, id)
	if err != nil || v.Name+v.Phone+v.About != "" || !v.Hidden || v.State != jaring.CaseIsClosed || v.EmployerName != "CV Uji" || v.Notes[0].Text != "" {
		t.Errorf("%+v %v", v, err)
	}
	list, err := h.FindServiceCases(ctx, h.Auditor, desk, outreach.CaseFilter{Closed: true, Name: "tidak ada"})
	if err != nil || len(list.Rows) != 1 || list.Rows[0].Name != "" {
		t.Errorf("%+v %v", list, err)
	}
	wantKey(t, h.NoteServiceCase(ctx, h.Auditor, op(), desk, id, "x"), "error.forbidden")
	if s, err := h.GetService(ctx, h.Auditor, desk); err != nil || s.Entry != "" || s.MayServe {
		t.Errorf("%+v %v", s, err)
	}
}
