package jaring_test

import (
	"slices"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

const awareToday jaring.Day = 20261121

func TestNewAwareSaysAllAtOnce(t *testing.T) {
	office := jaring.OfficeID("01890000-0000-7000-8000-000000000001")
	good := jaring.Aware{Kind: jaring.AwareVillage, Office: office, Area: "15.04.03.2011", Officials: 9, Potential: jaring.Potential{People: 120, Source: "Profil desa", On: 20260630}}
	for _, c := range []struct {
		name   string
		change func(*jaring.Aware)
		want   string
	}{
		{"good", func(*jaring.Aware) {}, ""},
		{"nothing known yet", func(a *jaring.Aware) { a.Officials, a.Potential = 0, jaring.Potential{} }, ""},
		{"empty", func(a *jaring.Aware) { *a = jaring.Aware{} }, "kind:aware.kind_unknown office_id:office.not_found"},
		{"a village without its code", func(a *jaring.Aware) { a.Area = "" }, "area:field.required"},
		{"a market without a place", func(a *jaring.Aware) { a.Kind = jaring.AwareMarket }, "place_id:field.required"},
		{"a potential without a source", func(a *jaring.Aware) { a.Potential.Source, a.Potential.On = " ", 0 }, "potential/source:field.required potential/on:field.required"},
		{"a potential of tomorrow", func(a *jaring.Aware) { a.Potential.On = awareToday.Add(1) }, "potential/on:aware.potential_day"},
		{"out of range", func(a *jaring.Aware) { a.Officials, a.Potential.People = -1, 1e9 }, "officials:field.out_of_range potential/people:field.out_of_range"},
		{"too long", func(a *jaring.Aware) { a.Note = strings.Repeat("x", 1001) }, "note:field.too_long"},
	} {
		a := good
		c.change(&a)
		_, err := jaring.NewAware(a, awareToday)
		if got := findingsOf(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func findingsOf(err error) string {
	var out []string
	if es, ok := err.(jaring.Errors); ok {
		for _, e := range es {
			out = append(out, e.Field+":"+e.Key)
		}
	} else if err != nil {
		out = append(out, jaring.KeyOf(err))
	}
	return strings.Join(out, " ")
}

func TestStepsAreTakenInTheirOrder(t *testing.T) {
	c := jaring.DefaultAwareCriteria()
	full := jaring.AwareFacts{Officials: 8, Registered: 8, Protected: 8, Dialogues: 1, Potential: 100, Held: 3}
	var lines []jaring.AwareTaken
	day := jaring.NewDay(2026, 3, 1)
	for i, step := range jaring.AwareSteps {
		for _, other := range jaring.AwareSteps {
			if other == step {
				continue
			}
			want := "aware.step_order"
			if other.Place() < i {
				want = "aware.step_taken"
			}
			if _, err := jaring.NewStep(jaring.AwareRoad(lines), jaring.AwareTaken{Step: other, Day: day, Reference: "SK 1"}, awareToday, c, full); jaring.KeyOf(err) != want {
				t.Errorf("%s instead of %s: %v", other, step, err)
			}
		}
		taken, err := jaring.NewStep(jaring.AwareRoad(lines), jaring.AwareTaken{Step: step, Day: day.Add(i), Reference: " SK  1 "}, awareToday, c, full)
		if err != nil || taken.Reference != "SK 1" {
			t.Fatalf("%s: %+v %v", step, taken, err)
		}
		lines = append(lines, taken)
	}
	road := jaring.AwareRoad(lines)
	if jaring.StepOf(road) != jaring.StepKept || jaring.StepOf(nil) != "" {
		t.Errorf("%v", road)
	}
	correct := func(s jaring.AwareTaken) string {
		_, err := jaring.CorrectStep(road, s, awareToday)
		return findingsOf(err)
	}
	for want, s := range map[string]jaring.AwareTaken{
		"": {Step: jaring.StepLaunched, Day: day.Add(5)}, "day:aware.step_day": {Step: jaring.StepLaunched, Day: day.Add(6)}, "aware.step_unknown": {Step: "x"},
		"reference:field.required day:field.required": {Step: jaring.StepAgreed},
	} {
		if got := correct(s); strings.TrimPrefix(got, "step:") != want {
			t.Errorf("%+v: %s, want %s", s, got, want)
		}
	}
	if err := jaring.StepBack(road, jaring.StepLaunched); jaring.KeyOf(err) != "aware.step_not_last" {
		t.Error(err)
	}
	if err := jaring.StepBack(road[:1], jaring.StepProposed); jaring.KeyOf(err) != "aware.step_not_last" {
		t.Error(err)
	}
	lines = append(lines, jaring.AwareTaken{Step: jaring.StepKept, Back: true})
	if road = jaring.AwareRoad(lines); jaring.StepOf(road) != jaring.StepLaunched || jaring.StepBack(road, jaring.StepLaunched) != nil {
		t.Errorf("%v", road)
	}
	if _, err := jaring.CorrectStep(road, jaring.AwareTaken{Step: jaring.StepKept, Day: day.Add(9)}, awareToday); jaring.KeyOf(err) != "aware.step_not_taken" {
		t.Error(err)
	}
}

func TestStepsAskTheCriteria(t *testing.T) {
	c := jaring.AwareCriteria{OfficialsPercent: 90, Dialogues: 2, CoveragePercent: 25, Months: 3}
	for _, x := range []struct {
		step  jaring.AwareStep
		facts jaring.AwareFacts
		want  string
	}{
		{jaring.StepAgreed, jaring.AwareFacts{}, ""}, {jaring.StepOfficials, jaring.AwareFacts{}, "aware.officials_unknown"},
		{jaring.StepOfficials, jaring.AwareFacts{Officials: 9, Registered: 9, Protected: 8}, "aware.officials_missing"}, {jaring.StepOfficials, jaring.AwareFacts{Officials: 9, Protected: 9}, ""},
		{jaring.StepOfficials, jaring.AwareFacts{Officials: 11, Protected: 10}, ""}, {jaring.StepSocialised, jaring.AwareFacts{Dialogues: 1}, "aware.dialogues_missing"},
		{jaring.StepSocialised, jaring.AwareFacts{Dialogues: 2}, ""}, {jaring.StepLaunched, jaring.AwareFacts{}, "aware.potential_missing"}, {jaring.StepLaunched, jaring.AwareFacts{Potential: 1}, ""},
		{jaring.StepKept, jaring.AwareFacts{Held: 2}, "aware.not_held"}, {jaring.StepKept, jaring.AwareFacts{Held: 3}, ""},
	} {
		if err := c.Allow(x.step, x.facts); jaring.KeyOf(err) != x.want {
			t.Errorf("%s with %+v: %v", x.step, x.facts, err)
		}
	}
	if _, err := jaring.NewAwareCriteria(jaring.DefaultAwareCriteria()); err != nil {
		t.Error(err)
	}
	if _, err := jaring.NewAwareCriteria(jaring.AwareCriteria{CoveragePercent: 101, WarnMonths: -1}); len(err.(jaring.Errors)) != 5 {
		t.Error(err)
	}
}

func TestLivingStatus(t *testing.T) {
	c, nov := jaring.DefaultAwareCriteria(), jaring.NewMonth(2026, 11) // 25 of 100 are needed, 28 are beyond the warning
	month := func(back, protected, officials int) jaring.AwareMonth {
		return jaring.AwareMonth{Month: nov.Add(-back), Protected: protected, Potential: 100, Need: 25, Officials: 8, Covered: officials}
	}
	for _, x := range []struct {
		name   string
		months []jaring.AwareMonth
		loss   jaring.Month
		colour jaring.AwareColour
		why    string
		held   int
	}{
		{"it holds", []jaring.AwareMonth{month(2, 30, 8), month(1, 31, 8), month(0, 28, 8)}, 0, jaring.AwareGreen, "aware.why.held", 3},
		{"little to spare", []jaring.AwareMonth{month(1, 24, 8), month(0, 27, 8)}, 0, jaring.AwareAmber, "aware.why.near", 1},
		{"at the threshold", []jaring.AwareMonth{month(0, 25, 8)}, 0, jaring.AwareAmber, "aware.why.near", 1},
		{"below it", []jaring.AwareMonth{month(1, 30, 8), month(0, 24, 8)}, nov, jaring.AwareRed, "aware.why.lost", 0},
		{"a loss in sight", []jaring.AwareMonth{month(0, 40, 8)}, nov + 3, jaring.AwareAmber, "aware.why.forecast", 1},
		{"a loss far away", []jaring.AwareMonth{month(0, 40, 8)}, nov + 4, jaring.AwareGreen, "aware.why.held", 1},
		{"officials lack", []jaring.AwareMonth{month(1, 40, 8), month(0, 40, 7)}, 0, jaring.AwareAmber, "aware.why.officials", 2},
		{"officials lack again", []jaring.AwareMonth{month(1, 40, 7), month(0, 40, 7)}, 0, jaring.AwareRed, "aware.why.officials_lost", 2},
		{"officials lacked before a gap", []jaring.AwareMonth{month(2, 40, 7), month(0, 40, 7)}, 0, jaring.AwareAmber, "aware.why.officials", 1},
		{"red stays red", []jaring.AwareMonth{month(1, 40, 8), month(0, 20, 7)}, 0, jaring.AwareRed, "aware.why.lost aware.why.officials", 0},
	} {
		last := len(x.months) - 1
		v := c.Judge(x.months[last], x.months[:last], true, x.loss)
		var why []string
		for _, r := range v.Reasons {
			why = append(why, r.Key)
		}
		if v.Colour != x.colour || strings.Join(why, " ") != x.why || v.Held != x.held {
			t.Errorf("%s: %s %v, %d held", x.name, v.Colour, why, v.Held)
		}
	}
	if v := c.Judge(month(0, 1, 0), nil, false, 0); v.Colour != jaring.AwareBuilding || len(v.Reasons) != 0 {
		t.Errorf("%+v", v)
	}
	if (jaring.AwareMonth{}).Holds() {
		t.Error("nothing of nothing holds")
	}
}

// Nobody is told by a number: all that is told of 1 to 4 persons is the same.
func TestSmallCountsAreNotTold(t *testing.T) {
	var told []int
	for n := range 7 {
		m, fewer := jaring.PublicCount(n)
		if fewer != (n >= 1 && n <= 4) {
			t.Errorf("%d: %d %v", n, m, fewer)
		}
		told = append(told, m)
	}
	if want := []int{0, 5, 5, 5, 5, 5, 6}; !slices.Equal(told, want) {
		t.Errorf("%v", told)
	}
}
