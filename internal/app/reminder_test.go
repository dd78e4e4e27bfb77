package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// awake is a gateway's clock without a night.
func awake(time.Time, *time.Location) (time.Time, bool) { return time.Time{}, false }

// registerAs registers the n-th person with what differs.
func registerAs(t *testing.T, town *jaringtest.Town, actor jaring.Actor, n int, differs fields) jaring.WorkerID {
	t.Helper()
	body := jaringtest.Person(n)
	for k, v := range differs {
		body[k] = v
	}
	o, err := town.Do(actor, jaring.ActRegisterWorker, body)
	if err != nil || o.Kind != jaring.Accepted {
		t.Fatalf("person %d: %+v %v", n, o, err)
	}
	return o.Worker
}

// cover pays what is asked of a person, whatever it is, and lets the core acknowledge it.
func cover(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, n int) {
	t.Helper()
	if err := came(town, id, view(t, town, id).Payment.Amount, "P"+string(id)[30:]); err != nil {
		t.Fatal(err)
	}
	if err := town.App.Confirm(t.Context(), confirmation(t, town, id, fmt.Sprintf("100000%05d", n))); err != nil {
		t.Fatal(err)
	}
}

func phoneOf(n int) string { return fmt.Sprintf("0812%08d", n) }

// mail is what a gateway was handed, and hands on without fault.
type mail struct {
	t    *testing.T
	town *jaringtest.Town
	got  []app.Letter
}

// morning lets the calendar act, selects the reminders of the day and sends them.
func (m *mail) morning(date string) (sent []app.Letter) {
	m.t.Helper()
	arrive(m.t, m.town, date)
	if _, err := m.town.App.SelectReminders(m.t.Context(), awake); err != nil {
		m.t.Fatal(err)
	}
	return m.post()
}

func (m *mail) post() (sent []app.Letter) {
	m.t.Helper()
	for {
		letters, err := m.town.App.TakeLetters(m.t.Context(), 3)
		if err != nil {
			m.t.Fatal(err)
		}
		if len(letters) == 0 {
			m.got = append(m.got, sent...)
			return sent
		}
		for _, l := range letters {
			if err := m.town.App.LetterDone(m.t.Context(), l, app.Posted{State: jaring.ReminderSentState, Channel: "whatsapp", GatewayID: "wamid." + l.ID}); err != nil {
				m.t.Fatal(err)
			}
			sent = append(sent, l)
		}
	}
}

func templatesOf(ls []app.Letter) (out []string) {
	for _, l := range ls {
		out = append(out, l.Template)
	}
	slices.Sort(out)
	return out
}

// A worker who does not pay is told six times, by the day, and each of it stands in the history.
func TestReminders_ByTheCalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := &mail{t: t, town: town}
		id := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
		protect(t, town, id, "10000000001") // November to January
		for _, step := range []struct{ date, template string }{
			{"2026-12-31", ""}, {"2027-01-01", "lapse_soon"}, {"2027-01-02", ""}, {"2027-01-23", ""}, {"2027-01-24", "lapse_soon"}, {"2027-01-30", "lapse_soon"},
			{"2027-01-31", ""}, {"2027-02-01", "lapsed"}, {"2027-02-02", ""}, {"2027-03-02", "lapsed"}, {"2027-04-15", ""}, {"2027-04-16", "lapse_final"}, {"2027-05-01", ""},
		} {
			sent := m.morning(step.date)
			if got := fmt.Sprint(templatesOf(sent)); got != fmt.Sprint(slices.DeleteFunc([]string{step.template}, func(s string) bool { return s == "" })) {
				t.Errorf("%s: %s, want %s", step.date, got, step.template)
			}
			if again := m.morning(step.date); len(again) > 0 {
				t.Errorf("%s: sent twice: %v", step.date, again)
			}
		}
		first := m.got[0]
		if first.Days != 30 || first.Until.String() != "2027-01-31" || first.Amount != 3*whole || first.Months != 3 || len(first.Code) != 14 || first.Phone != "+62"+phoneOf(1)[1:] {
			t.Errorf("%+v", first)
		}
		if last := m.got[5]; last.Until.String() != "2027-04-30" || last.Code != first.Code {
			t.Errorf("%+v", last)
		}
		history, err := town.App.FindHistory(t.Context(), town.Officer, id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, h := range history {
			if h.Kind == jaring.ReminderSent {
				n++
			}
		}
		if n != 6 {
			t.Errorf("the history tells of %d reminders", n)
		}
		wantSound(t, town)
	})
}

func TestReminders_AreCalledOff(t *testing.T) {
	town := liteTown(t)
	ids := map[string]jaring.WorkerID{}
	for i, who := range []string{"paid", "withdrawn", "stopped", "no phone", "reminded"} {
		differs := fields{"phone": phoneOf(i + 1)}
		if who == "no phone" {
			delete(differs, "phone")
		}
		ids[who] = registerAs(t, town, town.Agent, i, differs)
		protect(t, town, ids[who], fmt.Sprintf("1000000000%d", i))
	}
	m := &mail{t: t, town: town}
	arrive(t, town, "2027-01-01")
	if n, err := town.App.SelectReminders(t.Context(), awake); err != nil || n != 5 {
		t.Fatalf("looked at %d: %v", n, err)
	}
	if err := came(town, ids["paid"], ask(t, town, town.Agent, ids["paid"], 1).Payment.Amount, "B1"); err != nil {
		t.Fatal(err)
	}
	if _, err := town.Do(town.Agent, jaring.ActWithdrawConsent, fields{"worker_id": ids["withdrawn"]}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // told twice
		if err := town.App.ChooseContact(t.Context(), phoneOf(3), true, town.Now()); err != nil {
			t.Fatal(err)
		}
	}
	sent := m.post()
	if got := fmt.Sprint(templatesOf(sent)); got != "[lapse_soon opted_out]" {
		t.Errorf("sent %s", got)
	}
	for who, want := range map[string]jaring.ReminderState{"paid": jaring.ReminderCalledOff, "withdrawn": jaring.ReminderCalledOff, "stopped": jaring.ReminderCalledOff,
		"no phone": jaring.ReminderByHand, "reminded": jaring.ReminderSentState} {
		rs, err := town.App.FindReminders(t.Context(), town.Agent, ids[who])
		if err != nil || len(rs) != 1 || rs[0].State != want {
			t.Errorf("%s: %+v %v", who, rs, err)
		}
	}
	if err := town.App.ChooseContact(t.Context(), phoneOf(3), false, town.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := town.App.ChooseContact(t.Context(), phoneOf(3), true, town.Now()); err != nil { // told late
		t.Fatal(err)
	}
	if got := fmt.Sprint(templatesOf(m.morning("2027-01-24"))); got != "[lapse_soon lapse_soon opted_in]" {
		t.Errorf("a week before: %s", got)
	}
	wantSound(t, town)
}

// Whoever is killed at any point and begun again sends nothing twice and leaves nobody out.
func TestReminders_StoppedAnywhere(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const people = 7
		for i := range people {
			id := registerAs(t, town, town.Agent, i, fields{"phone": phoneOf(i)})
			protect(t, town, id, fmt.Sprintf("1000000000%d", i))
		}
		arrive(t, town, "2027-01-01")
		for n := range 40 { // killed after n looks at the clock of its context
			ctx := &dying{Context: t.Context(), left: n}
			_, _ = town.App.SelectReminders(ctx, awake)
		}
		if _, err := town.App.SelectReminders(t.Context(), awake); err != nil {
			t.Fatal(err)
		}
		seen, lost := map[string]int{}, 0
		for range 3 * people {
			letters, err := town.App.TakeLetters(t.Context(), 2)
			if err != nil {
				t.Fatal(err)
			}
			for i, l := range letters {
				seen[l.Phone]++
				if i == 0 {
					lost++ // killed while this one was under way
					continue
				}
				if err := town.App.LetterDone(t.Context(), l, app.Posted{State: jaring.ReminderSentState, Channel: "sms"}); err != nil {
					t.Fatal(err)
				}
			}
		}
		for phone, n := range seen {
			if n != 1 {
				t.Errorf("%s was written to %d times", phone, n)
			}
		}
		town.Pass(2 * time.Hour)
		if n, err := town.App.LoseLetters(t.Context()); err != nil || int(n) != lost || len(seen) != people {
			t.Errorf("%d unknown of %d, %d people: %v", n, lost, len(seen), err)
		}
		if letters, err := town.App.TakeLetters(t.Context(), 9); err != nil || len(letters) > 0 {
			t.Errorf("an unknown one again: %v %v", letters, err)
		}
	})
}

// dying is a context that ends when it was asked often enough.
type dying struct {
	context.Context
	left int
}

func (d *dying) Err() error {
	if d.left--; d.left < 0 {
		return context.Canceled
	}
	return d.Context.Err()
}

func TestReminders_AskedForByTheAgent(t *testing.T) {
	town := liteTown(t)
	m := &mail{t: t, town: town}
	id := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
	_, err := town.App.RemindWorker(t.Context(), town.Agent, id)
	wantKey(t, err, jaring.Conflict, "reminder.nothing_ends")
	protect(t, town, id, "10000000001")
	for range 3 {
		l, err := town.App.RemindWorker(t.Context(), town.Agent, id)
		if err != nil || l.Reminder == nil || l.Reminder.State != jaring.ReminderWaits || l.Until.String() != "2027-01-31" || l.Amount != 3*whole {
			t.Fatalf("%+v %v", l, err)
		}
	}
	if sent := m.post(); len(sent) != 1 || sent[0].Template != "lapse_soon" || sent[0].Days != 71 {
		t.Errorf("sent %+v", sent)
	}
	if l, err := town.App.RemindWorker(t.Context(), town.Agent, id); err != nil || l.Reminder.State != jaring.ReminderSentState || len(m.post()) > 0 {
		t.Errorf("a second tap on the day: %+v %v", l, err)
	}
	_, err = town.App.RemindWorker(t.Context(), town.Second, id)
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	arrive(t, town, "2027-06-01")
	_, err = town.App.RemindWorker(t.Context(), town.Agent, id)
	wantKey(t, err, jaring.Conflict, "reminder.ended")
}

// A gateway says later that a letter never came: the next channel, once; a word of an older try is not heard.
func TestReminders_NextChannelWhenItNeverCame(t *testing.T) {
	town := liteTown(t)
	m := &mail{t: t, town: town}
	id := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
	protect(t, town, id, "10000000001")
	l := m.morning("2027-01-01")[0]
	report := func(channel, progress string, failed bool) {
		if err := town.App.LetterReported(t.Context(), l.ID, channel, progress, failed); err != nil {
			t.Fatal(err)
		}
	}
	report("whatsapp", "failed", true)
	report("whatsapp", "failed", true)
	again := m.post()
	if len(again) != 1 || again[0].ID != l.ID || !slices.Equal(again[0].Failed, []string{"whatsapp"}) {
		t.Fatalf("%+v", again)
	}
	report("sms", "delivered", false) // it says whatsapp, as mail does
	report("whatsapp", "delivered", false)
	rs, err := town.App.FindReminders(t.Context(), town.Agent, id)
	if err != nil || rs[0].Progress != "delivered" || rs[0].State != jaring.ReminderSentState || len(m.post()) > 0 {
		t.Errorf("%+v %v", rs[0], err)
	}
}

func TestMessages_WhoSaysAtTheStallThatItIsEnough(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := &mail{t: t, town: town}
		id := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
		protect(t, town, id, "10000000001")
		choose := func(actor jaring.Actor, stop bool) error {
			town.Pass(time.Minute)
			return town.App.ChooseMessages(t.Context(), actor, jaring.OperationID(jaringtest.NewID()), id, stop)
		}
		wantKey(t, choose(town.Second, true), jaring.Forbidden, "error.out_of_area")
		if err := choose(town.Agent, true); err != nil {
			t.Fatal(err)
		}
		if sent := m.morning("2027-01-01"); len(sent) != 0 {
			t.Errorf("written to: %+v", sent)
		}
		if err := choose(town.Officer, false); err != nil {
			t.Fatal(err)
		}
		if sent := m.morning("2027-01-24"); len(sent) != 1 {
			t.Errorf("a week before: %+v", sent)
		}
		history, err := town.App.FindHistory(t.Context(), town.Officer, id)
		if err != nil || history[1].Kind != jaring.ContributionAsked || history[2].Kind != jaring.MessagesStart || history[3].Kind != jaring.MessagesStop {
			t.Errorf("%v %v", history, err)
		}
		none := registerAs(t, town, town.Agent, 2, nil)
		wantKey(t, town.App.ChooseMessages(t.Context(), town.Agent, jaring.OperationID(jaringtest.NewID()), none, true), jaring.Conflict, "reminder.no_phone")
		wantSound(t, town)
	})
}

func TestLapses(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		for i := range 4 {
			agent := []jaring.Actor{town.Agent, town.Second, town.SubAgent}[i%3]
			differs := fields{"phone": phoneOf(i), "months": 1 + i%2}
			if i == 1 {
				delete(differs, "phone")
			}
			id := registerAs(t, town, agent, i, differs)
			cover(t, town, id, i)
		}
		fold := func() {
			if _, err := town.App.Fold(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		fold()
		list, err := town.App.FindLapses(t.Context(), town.Officer, app.LapseQuery{})
		if err != nil || len(list.Items) != 2 || list.EndsOn.String() != "2026-11-30" || list.Soon != 2 || list.Grace != 0 || list.Items[0].Days != 9 || list.Items[0].Amount != half {
			t.Fatalf("%+v %v", list, err)
		}
		list, err = town.App.FindLapses(t.Context(), town.Officer, app.LapseQuery{Within: 60})
		if err != nil || len(list.Items) != 4 || list.Soon != 4 || list.Items[3].Until.String() != "2026-12-31" || list.Items[3].Amount != 2*whole {
			t.Fatalf("%+v %v", list, err)
		}
		list, err = town.App.FindLapses(t.Context(), town.Agent, app.LapseQuery{Within: 60})
		if err != nil || len(list.Items) != 2 || list.Soon != 2 || list.Items[0].Worker.PaidTo >= list.Items[1].Worker.PaidTo {
			t.Fatalf("the agent's own: %+v %v", list, err)
		}
		arrive(t, town, "2026-12-01")
		fold()
		list, err = town.App.FindLapses(t.Context(), town.Officer, app.LapseQuery{Grace: true})
		if err != nil || len(list.Items) != 2 || list.Grace != 2 || list.Soon != 2 || list.Items[0].GraceUntil.String() != "2027-02-28" {
			t.Fatalf("%+v %v", list, err)
		}
		_, err = town.App.FindLapses(t.Context(), town.Officer, app.LapseQuery{Within: 400})
		wantKey(t, err, jaring.Invalid, "lapse.within")
		_, err = town.App.FindLapses(t.Context(), town.Officer, app.LapseQuery{Cursor: "?"})
		wantKey(t, err, jaring.Invalid, "cursor.malformed")
		_, err = town.App.FindLapses(t.Context(), town.Admin, app.LapseQuery{})
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		wantSound(t, town)
	})
}
