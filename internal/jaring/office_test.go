package jaring

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func officeKeys(es Errors) (out []string) {
	for _, e := range es {
		out = append(out, e.Field+" "+e.Key)
	}
	return out
}

func TestKindsOfOfficesFitTheirParents(t *testing.T) {
	for i, above := range OfficeKinds {
		for j, kind := range OfficeKinds {
			if got := KindBelow(kind, above); got != (j > i) {
				t.Errorf("%s under %s: %t", kind, above, got)
			}
		}
	}
	if KindBelow("branch", "pasar") || KindBelow("pasar", "fund") {
		t.Error("a kind that is none fits")
	}
}

func TestAnOfficeIsJudgedWhole(t *testing.T) {
	known := func(code string) bool { return slices.Contains([]string{"15", "15.71", "15.05"}, code) }
	_, err := NewOffice(OfficeForm{Parent: "x", Kind: "raja", Name: " ", Zone: "CET", Areas: []string{"15.71", "15.71", "99", "15", ""}}, known)
	want := []string{"name field.required", "kind office.kind_unknown", "parent_id office.not_found", "zone office.zone",
		"areas/0 office.area_within", "areas/1 office.area_twice", "areas/2 office.area_unknown", "areas/4 office.area_unknown"}
	if got := officeKeys(err.(Errors)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	f, err := NewOffice(OfficeForm{Parent: "019a0000-0000-7000-8000-000000000000", Kind: "branch", Name: " Cabang  Bungo ", Zone: "Asia/Jakarta", Areas: []string{"15.71", "15.05"}}, known)
	if err != nil || f.Name != "Cabang Bungo" {
		t.Errorf("%+v %v", f, err)
	}
	if es := OfficeAreaErrors(make([]string, maxOfficeAreas+1), known); len(es) != 1 || es[0].Key != "field.too_many" {
		t.Error(es)
	}
}

func TestAnAreaChangeLeavesThePast(t *testing.T) {
	day := func(d int) Day { return NewDay(2026, 11, d) }
	row := func(area string, from, to Day) OfficeArea { return OfficeArea{"o", area, from, to} }
	rows := []OfficeArea{row("11", day(1), day(5)), row("12", day(1), 0), row("13", day(1), 0), row("14", day(1), day(25)), row("15", day(20), 0), row("16", day(25), 0)}
	got := ChangeAreas("o", rows, []string{"12", "14", "16", "17", "11"}, day(20))
	if want := []OfficeArea{row("15", day(20), 0), row("16", day(25), 0)}; !slices.Equal(got.Drop, want) {
		t.Errorf("drop %v", got.Drop)
	}
	if want := []OfficeArea{row("13", day(1), day(19)), row("14", day(1), 0)}; !slices.Equal(got.End, want) {
		t.Errorf("end %v", got.End)
	}
	if want := []OfficeArea{row("16", day(20), 0), row("17", day(20), 0), row("11", day(20), 0)}; !slices.Equal(got.Add, want) {
		t.Errorf("add %v", got.Add)
	}
	if !ChangeAreas("o", []OfficeArea{row("12", day(1), 0), row("11", day(1), day(19))}, []string{"12"}, day(20)).Empty() {
		t.Error("the same areas are a change")
	}
}

// apply does a change to rows, as the store does.
func apply(rows []OfficeArea, c AreaChange) (out []OfficeArea) {
	for _, r := range rows {
		same := func(o OfficeArea) bool { return o.Office == r.Office && o.Area == r.Area && o.From == r.From }
		if slices.ContainsFunc(c.Drop, same) {
			continue
		}
		if i := slices.IndexFunc(c.End, same); i >= 0 {
			r.To = c.End[i].To
		}
		out = append(out, r)
	}
	return append(out, c.Add...)
}

func served(rows []OfficeArea, office OfficeID, day Day) (out []string) {
	for _, r := range rows {
		if r.Office == office && r.On(day) {
			out = append(out, r.Area)
		}
	}
	slices.Sort(out)
	return out
}

// Whatever is set in whatever order: the days before stay as they were, from the day on
// exactly the wanted areas are served, and no area ever has two closest offices of which
// neither lies under the other.
func TestAreasOfOfficesByChance(t *testing.T) {
	parent := map[OfficeID]OfficeID{"a": "top", "b": "top", "a1": "a", "a2": "a", "top": ""}
	lies := func(id, under OfficeID) bool {
		for ; id != ""; id = parent[id] {
			if id == under {
				return true
			}
		}
		return false
	}
	areas := []string{"15", "15.71", "15.71.04", "16"}
	start, horizon := NewDay(2026, 11, 1), 40
	rapid.Check(t, func(r *rapid.T) {
		var rows []OfficeArea
		today := start
		for range rapid.IntRange(1, 12).Draw(r, "acts") {
			today = today.Add(rapid.IntRange(0, 3).Draw(r, "days pass"))
			office := rapid.SampledFrom([]OfficeID{"top", "a", "b", "a1", "a2"}).Draw(r, "office")
			wanted := rapid.SliceOfNDistinct(rapid.SampledFrom(areas), 0, 3, rapid.ID[string]).Draw(r, "areas")
			from := today.Add(rapid.IntRange(0, 5).Draw(r, "ahead"))
			related := func(o OfficeID) bool { return lies(o, office) || lies(office, o) }
			if len(TakenAreas(wanted, from, rows, related)) > 0 {
				continue
			}
			next := apply(rows, ChangeAreas(office, slices.DeleteFunc(slices.Clone(rows), func(a OfficeArea) bool { return a.Office != office }), wanted, from))
			slices.Sort(wanted)
			for n := range horizon {
				day := start.Add(n)
				want := wanted
				if day < from {
					want = served(rows, office, day)
				}
				if got := served(next, office, day); !slices.Equal(got, want) {
					r.Fatalf("%s on %s: %v, want %v", office, day, got, want)
				}
			}
			rows = next
		}
		for n := range horizon {
			for _, x := range rows {
				for _, y := range rows {
					if d := start.Add(n); x.Area == y.Area && x.On(d) && y.On(d) && !lies(x.Office, y.Office) && !lies(y.Office, x.Office) {
						r.Fatalf("%s and %s both serve %s on %s", x.Office, y.Office, x.Area, d)
					}
				}
			}
		}
	})
}

func TestAConsentToAnApplicationIsTakenBack(t *testing.T) {
	for _, c := range []struct {
		was, is ApplicationState
		key     string
	}{
		{ApplicationIsReceived, ApplicationIsWithdrawn, ""}, {ApplicationIsPresented, ApplicationIsWithdrawn, ""}, {ApplicationIsWaiting, ApplicationIsWithdrawn, ""},
		{ApplicationIsRejected, ApplicationIsRejected, ""}, {ApplicationIsAccepted, ApplicationIsAccepted, "application.is_accepted"},
		{ApplicationIsWithdrawn, ApplicationIsWithdrawn, "application.emptied"},
	} {
		if is, err := c.was.Withdraw(); is != c.is || KeyOf(err) != c.key {
			t.Errorf("%s: %s %v", c.was, is, err)
		}
	}
	if KeyOf(ApplicationIsWithdrawn.Decide(ApplicationIsAccepted)) != "application.decided" {
		t.Error("one that was withdrawn is decided")
	}
}
