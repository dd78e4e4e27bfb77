package app_test

import (
	"cmp"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/scheme"
)

// Rp11.400 for November and December 2026, Rp22.800 from January 2027 on: the person of the town with
// JKK and JKM, half of it until the end of 2026 (PP 50/2025).
const (
	half  = 11_400
	whole = 22_800
)

// came is money that came, whatever was asked for.
func came(town *jaringtest.Town, id jaring.WorkerID, amount jaring.Rupiah, reference string) error {
	body := settlement(town, id)
	body["amount"], body["reference"], body["channel"], body["as_received"] = amount, reference, "bank", true
	_, err := town.Do(town.Officer, jaring.ActSettle, body)
	return err
}

func ask(t *testing.T, town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, months int) *app.Asked {
	t.Helper()
	o, err := town.Do(actor, jaring.ActContribute, fields{"worker_id": id, "months": months})
	if err != nil {
		t.Fatal(err)
	}
	asked, err := town.App.AskedBy(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return asked
}

// acknowledge lets the core say yes to all that it waits to be told.
func acknowledge(t *testing.T, town *jaringtest.Town) (n int) {
	t.Helper()
	due, err := town.App.FindCoreDue(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range due {
		c := app.Confirmation{Worker: d.Worker.ID, Membership: d.Membership.ID, Accepted: true, KPJ: cmp.Or(d.Worker.KPJ, "1"+string(d.Worker.ID)[26:]), From: d.Membership.FirstMonth, To: d.Membership.LastMonth()}
		if err := town.App.Answered(t.Context(), c, d.Membership.Programs); err != nil {
			t.Fatal(err)
		}
	}
	return len(due)
}

// arrive moves the town's clock to the morning of a day and lets the calendar act.
func arrive(t *testing.T, town *jaringtest.Town, date string) {
	t.Helper()
	morning, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	town.Pass(morning.Add(2 * time.Hour).Sub(town.Now()))
	if _, err := town.App.Age(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func wantStanding(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, want jaring.Standing, until string) {
	t.Helper()
	v := view(t, town, id)
	if v.Worker.Standing != want || v.Cover.Standing != want || v.Cover.Until.String() != until {
		t.Errorf("%s: stands %s, cover %s until %s; want %s until %s", v.Today, v.Worker.Standing, v.Cover.Standing, v.Cover.Until, want, until)
	}
}

// A worker goes on paying: cover follows month by month, and a month that the core has not
// acknowledged protects nobody.
func TestFurtherMonths(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		protect(t, town, id, "10000000001")
		asked := ask(t, town, town.Agent, id, 3)
		p := asked.Payment
		if p.FirstMonth.String() != "2027-02" || p.Months != 3 || p.Amount != 3*whole || p.Due.String() != "2027-02-15" || p.State != "waiting" || len(p.Code) != 14 {
			t.Errorf("asked %+v", p.Payment)
		}
		if v := view(t, town, id); v.Payment.Code != p.Code {
			t.Errorf("the page shows %+v", v.Payment)
		}
		body := settlement(town, id)
		body["amount"] = p.Amount
		if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil {
			t.Fatal(err)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-04-30")
		arrive(t, town, "2027-02-01")
		wantStanding(t, town, id, jaring.StandingPaid, "2027-04-30")
		if n := acknowledge(t, town); n != 1 {
			t.Errorf("the core is told of %d", n)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-04-30")
		arrive(t, town, "2027-04-30")
		wantStanding(t, town, id, jaring.StandingProtected, "2027-04-30")
		arrive(t, town, "2027-05-01")
		wantStanding(t, town, id, jaring.StandingGrace, "2027-04-30")
		arrive(t, town, "2027-06-10")
		if p := ask(t, town, town.Officer, id, 1).Payment; p.FirstMonth.String() != "2027-06" {
			t.Errorf("in June one month is %s", p.FirstMonth)
		}
		if err := came(town, id, whole, "J1"); err != nil {
			t.Fatal(err)
		}
		acknowledge(t, town)
		wantStanding(t, town, id, jaring.StandingProtected, "2027-06-30")
		arrive(t, town, "2027-10-01")
		wantStanding(t, town, id, jaring.StandingEnded, "2027-06-30")
		_, err := town.Do(town.Officer, jaring.ActContribute, fields{"worker_id": id, "months": 1})
		wantKey(t, err, jaring.Conflict, "contribution.ended")
		wantSound(t, town)
	})
}

// The next months are acknowledged before they begin: no day between.
func TestAcknowledgedAhead(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	protect(t, town, id, "10000000001")
	if err := came(town, id, ask(t, town, town.Agent, id, 2).Payment.Amount, "B1"); err != nil {
		t.Fatal(err)
	}
	acknowledge(t, town)
	for date, want := range map[string]jaring.Standing{"2027-02-01": jaring.StandingProtected} {
		arrive(t, town, date)
		wantStanding(t, town, id, want, "2027-03-31")
	}
	history, err := town.App.FindHistory(t.Context(), town.Officer, id)
	if err != nil || history[0].Kind != jaring.CoreConfirmed {
		t.Errorf("the calendar moved somebody: %s %v", history[0].Kind, err)
	}
	wantSound(t, town)
}

func TestWhichMonthIsNext(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	protect(t, town, id, "10000000001") // November to January
	try := func(first string) (jaring.Month, error) {
		body := fields{"worker_id": id, "months": 1}
		if first != "" {
			body["first_month"] = first
		}
		o, err := town.Do(town.Agent, jaring.ActContribute, body)
		if err != nil {
			return 0, err
		}
		asked, err := town.App.AskedBy(t.Context(), o)
		return asked.Payment.FirstMonth, err
	}
	for _, c := range []struct{ day, first, want, key string }{
		{"2026-12-01", "", "2027-02", ""},
		{"2026-12-01", "2027-02", "2027-02", ""},
		{"2026-12-01", "2027-01", "", "contribution.next_month"},
		{"2026-12-01", "2027-03", "", "contribution.next_month"},
		{"2027-03-05", "", "2027-03", ""},
		{"2027-03-05", "2027-02", "2027-02", ""}, // arrears
		{"2027-03-05", "2027-01", "", "contribution.first_month"},
		{"2027-03-05", "2027-04", "", "contribution.first_month"},
	} {
		arrive(t, town, c.day)
		got, err := try(c.first)
		if jaring.KeyOf(err) != c.key || got.String() != c.want {
			t.Errorf("on %s from %q: %s, %v", c.day, c.first, got, err)
		}
	}
	for months, key := range map[int]string{0: "months.range", 61: "months.range"} {
		_, err := town.Do(town.Agent, jaring.ActContribute, fields{"worker_id": id, "months": months})
		wantKey(t, err, jaring.Invalid, key)
	}
	_, err := town.Do(town.Second, jaring.ActContribute, fields{"worker_id": id, "months": 1})
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	_, err = town.Do(town.Auditor, jaring.ActContribute, fields{"worker_id": id, "months": 1})
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
	if err := withdraw(town, town.Agent, id); err != nil {
		t.Fatal(err)
	}
	_, err = town.Do(town.Agent, jaring.ActContribute, fields{"worker_id": id, "months": 1})
	wantKey(t, err, jaring.Conflict, "worker.closed")
	wantSound(t, town)
}

// One code at a time: asking again calls off what was asked before, the first contribution too.
func TestAskedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		first := view(t, town, id).Payment
		arrive(t, town, "2027-01-04") // the bill of November is stale
		p := ask(t, town, town.Agent, id, 2).Payment
		if p.FirstMonth.String() != "2027-01" || p.Amount != 2*whole || p.Code == first.Code {
			t.Errorf("%+v", p.Payment)
		}
		p = ask(t, town, town.Agent, id, 1).Payment
		if err := came(town, id, whole, "B1"); err != nil {
			t.Fatal(err)
		}
		v := view(t, town, id)
		if v.Payment.ID != p.ID || v.Payment.State != "settled" || v.Membership.State != jaring.StatePaid || len(v.Membership.Payments) != 3 {
			t.Errorf("%+v", v.Payment)
		}
		acknowledge(t, town)
		wantStanding(t, town, id, jaring.StandingProtected, "2027-01-31")
		wantSound(t, town)
	})
}

// An asking told again gives the first answer and opens nothing.
func TestAskedTwiceByOneOperation(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	protect(t, town, id, "10000000001")
	op := town.Operation(jaring.ActContribute, fields{"worker_id": id, "months": 3})
	var told [2]*app.Asked
	for i := range told {
		outcomes, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{op})
		if err != nil {
			t.Fatal(err)
		}
		if told[i], err = town.App.AskedBy(t.Context(), outcomes[0]); err != nil {
			t.Fatal(err)
		}
	}
	if told[0].Payment.Code != told[1].Payment.Code || told[0].Quote.Payable != told[1].Quote.Payable || len(view(t, town, id).Membership.Payments) != 2 {
		t.Errorf("%+v\n%+v", told[0].Payment, told[1].Payment)
	}
}

// Credit pays first, and when it is enough nobody has to pay.
func TestCreditPaysFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		if err := came(town, id, 100_000, "B1"); err != nil { // Rp54.400 too much
			t.Fatal(err)
		}
		acknowledge(t, town)
		p := ask(t, town, town.Agent, id, 2).Payment
		if p.Amount != 0 || p.Total != 2*whole {
			t.Errorf("%+v", p.Payment)
		}
		l, err := town.App.GetWorkerLedger(t.Context(), town.Agent, id)
		if err != nil || l.Credit != 54_400-2*whole || l.Paid != 45_600+2*whole || len(l.Entries) != 2 {
			t.Errorf("%+v %v", l, err)
		}
		if n := acknowledge(t, town); n != 1 {
			t.Errorf("the core is told of %d", n)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-03-31")
		if p = ask(t, town, town.Agent, id, 1).Payment; p.Credit != 8_800 || p.Amount != whole-8_800 {
			t.Errorf("%+v", p.Payment)
		}
		wantSound(t, town)
	})
}

// An invented relief of 2027 comes after its months were paid.
const relief2027 = `{"name": "An invented relief", "as_of": "2026-11-21", "rules": [
	{"id": "relief.test.2027", "key": "relief", "from": "2027-01", "to": "2027-06", "article": "PP 0/2027 Pasal 1 (invented)", "source": "this test", "mark": "L",
	"relief": {"segments": ["BPU"], "programs": ["JKK", "JKM"], "factor": "1/2", "sectors": ["other"], "exclude_funding": ["apbn", "apbd"], "own_account_only": true, "excess": "carry_forward"}}]}`

// PP 50/2025: what was paid too much counts for the months that follow, once.
func TestReliefAfterPayment(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		protect(t, town, id, "10000000001") // January at Rp22.800
		shipped := town.App.Book
		book, err := scheme.New(shipped.Settings, []byte(relief2027))
		if err != nil {
			t.Fatal(err)
		}
		town.App.Book = book
		for range 2 { // asked again, it is not carried over again
			p := ask(t, town, town.Agent, id, 2).Payment
			if p.Total != 2*half || p.Credit != half || p.Amount != half {
				t.Errorf("%+v", p.Payment)
			}
			if l := ledgerOf(t, town, id); l.Credit != half || l.Paid != 45_600-half || len(l.Entries) != 2 || l.Entries[1].Kind != ledger.KindCarryOver {
				t.Errorf("credit %s, paid %s, %d entries", l.Credit, l.Paid, len(l.Entries))
			}
			wantSound(t, town)
		}
		if err := came(town, id, half, "B1"); err != nil {
			t.Fatal(err)
		}
		if l := ledgerOf(t, town, id); l.Credit != 0 || l.Paid != 45_600+half {
			t.Errorf("credit %s, paid %s", l.Credit, l.Paid)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-03-31")
		wantSound(t, town)
	})
}
