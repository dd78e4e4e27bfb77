package jaring

import (
	"slices"
	"strings"
	"testing"
)

const someOffice = OfficeID("0193a0de-0000-7000-8000-000000000001")

func keysOf(err error) (keys []string) {
	if es, ok := err.(Errors); ok {
		for _, e := range es {
			keys = append(keys, e.Field+" "+e.Key)
		}
	}
	return keys
}

func TestNewClass(t *testing.T) {
	good := Class{Name: "  Kelas  kader ", Office: someOffice, From: NewDay(2026, 11, 11), To: NewDay(2026, 11, 12), PassMark: 70,
		Quotas: []Quota{{someOffice, 10}, {"0193a0de-0000-7000-8000-000000000002", 4}}}
	kept, err := NewClass(good)
	if err != nil || kept.Name != "Kelas kader" || !slices.Equal(kept.Days(), []Day{NewDay(2026, 11, 11), NewDay(2026, 11, 12)}) {
		t.Errorf("%+v %v", kept, err)
	}
	bad := Class{Office: "x", Place: "x", From: NewDay(2026, 11, 12), To: NewDay(2026, 11, 11), PassMark: -1, Quotas: []Quota{{"x", 0}, {someOffice, 400}, {someOffice, 400}}}
	want := []string{"name field.required", "office_id office.not_found", "place_id id.malformed", "pass_mark number.range", "to class.to_before_from",
		"quotas/0/office_id office.not_found", "quotas/0/seats number.range", "quotas/2/office_id class.quota_twice", "quotas class.too_many_seats"}
	_, err = NewClass(bad)
	if got := keysOf(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, c := range []struct {
		from, to Day
		want     string
	}{
		{0, 0, "from field.required; to field.required"}, {NewDay(2026, 11, 1), 0, "to field.required"}, {0, NewDay(2026, 11, 1), "from field.required"},
		{NewDay(2026, 11, 1), NewDay(2026, 12, 1), ""}, {NewDay(2026, 11, 1), NewDay(2026, 12, 2), "to class.too_long"},
	} {
		plan := good
		plan.From, plan.To = c.from, c.to
		_, err := NewClass(plan)
		if got := strings.Join(keysOf(err), "; "); c.want != "" && got != c.want {
			t.Errorf("%s–%s: %s", c.from, c.to, got)
		}
	}
	none := good
	none.Quotas = nil
	if _, err := NewClass(none); KeyOf(err) != "field.required" {
		t.Error(err)
	}
}

func TestClassResult(t *testing.T) {
	days := []Day{NewDay(2026, 11, 11), NewDay(2026, 11, 12)}
	for _, c := range []struct {
		name     string
		attended []Day
		score    int
		practice Practice
		want     Result
	}{
		{"all of it, at the mark", days, 70, PracticeDone, Passed},
		{"one below the mark", days, 69, PracticeDone, Failed},
		{"a day missed", days[:1], 100, PracticeDone, Failed},
		{"no practice", days, 100, PracticeNotDone, Failed},
		{"not judged yet", days, -1, PracticeDone, ""},
	} {
		if got := ClassResult(days, c.attended, c.score, 70, c.practice); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	if ClassStateOn(ClassIsPlanned, days[0], days[0].Add(-1)) != ClassIsPlanned || ClassStateOn(ClassIsPlanned, days[0], days[1]) != ClassIsRunning ||
		ClassStateOn(ClassIsClosed, days[0], days[0].Add(-1)) != ClassIsClosed {
		t.Error("states of a class by the day")
	}
}

func TestNewJudged(t *testing.T) {
	id := ApplicationID(someOffice)
	out, err := NewJudged([]Judged{{Application: id, TestScore: 100, Practice: PracticeDone, Note: "  rapi  "}})
	if err != nil || out[0].Note != "rapi" {
		t.Errorf("%+v %v", out, err)
	}
	_, err = NewJudged([]Judged{{Application: "x", TestScore: 101, Practice: "maybe", Note: strings.Repeat("x", 301)}, {Application: id, Practice: PracticeDone}, {Application: id, TestScore: -1, Practice: PracticeNotDone}})
	want := []string{"items/0/application_id id.malformed", "items/0/test_score number.range", "items/0/practice practice.unknown", "items/0/note field.too_long",
		"items/2/application_id class.judged_twice", "items/2/test_score number.range"}
	if got := keysOf(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := NewJudged(nil); KeyOf(err) != "number.range" {
		t.Error(err)
	}
}

func TestBadge(t *testing.T) {
	badge := Badge([badgeLength]byte{0, 1, 2, 3, 31, 30, 29, 32, 64, 255, 7, 8, 9})
	if len(badge) != badgeLength || strings.ContainsAny(badge, "01IO") {
		t.Error(badge)
	}
	printed := BadgeText(badge)
	for _, text := range []string{badge, printed, strings.ToLower(printed), " " + printed + "\n", strings.ReplaceAll(printed, "-", " ")} {
		if got, err := ParseBadge(text); got != badge || err != nil {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"", "J7K4-M2QX-9TRV", "J7K4-M2QX-9TRVAA", "J7K4-M2QX-9TRV0", "https://x"} {
		if _, err := ParseBadge(text); KeyOf(err) != "class.badge_unknown" {
			t.Errorf("%q: %v", text, err)
		}
	}
	if BadgeText("x") != "x" {
		t.Error("a badge that is none")
	}
}

func TestNewApplication(t *testing.T) {
	known := func(code string) bool { return code == "15.71.04.1002" }
	good := Application{Office: someOffice, Name: " Siti  Aminah ", Phone: "0812 3456 7890", Village: "15.71.04.1002", Background: "trader", Prospects: 20,
		ProspectsWhere: "Pasar", Consent: Consent{NoticeVersion: "2026-11", Channel: "tap", At: NewDay(2026, 11, 1).Time()}}
	kept, err := NewApplication(good, known)
	if err != nil || kept.Name != "Siti Aminah" || kept.Phone != "+6281234567890" || kept.Consent.Channel != "tap" {
		t.Errorf("%+v %v", kept, err)
	}
	_, err = NewApplication(Application{Office: "x", Name: "12", Village: "1", Prospects: 10_001, ProspectsWhere: strings.Repeat("x", 201), Consent: Consent{Channel: "shout"}}, known)
	want := []string{"office_id office.not_found", "name name.no_letters", "phone field.required", "village village.unknown", "background application.background_unknown",
		"prospects number.range", "prospects_where field.too_long", "consent/notice_version field.required", "consent/channel consent.channel_unknown"}
	if got := keysOf(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := NewApplication(Application{}, known); !slices.Contains(keysOf(err), "consent application.consent_required") {
		t.Error(err)
	}
}

func TestDecideApplication(t *testing.T) {
	for _, c := range []struct {
		was, to ApplicationState
		want    string
	}{
		{ApplicationIsReceived, ApplicationIsAccepted, "application.not_presented"}, {ApplicationIsPresented, ApplicationIsAccepted, ""},
		{ApplicationIsPresented, ApplicationIsWaiting, ""}, {ApplicationIsPresented, ApplicationIsRejected, ""}, {ApplicationIsWaiting, ApplicationIsAccepted, ""},
		{ApplicationIsAccepted, ApplicationIsWaiting, ""}, {ApplicationIsAccepted, ApplicationIsAccepted, "application.decided"},
		{ApplicationIsRejected, ApplicationIsAccepted, "application.decided"}, {ApplicationIsPresented, ApplicationIsPresented, "decision.unknown"},
		{ApplicationIsPresented, "", "decision.unknown"},
	} {
		if got := KeyOf(c.was.Decide(c.to)); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.was, c.to, got, c.want)
		}
	}
}
