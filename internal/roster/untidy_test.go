package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

var untidyHeading, _ = roster.FindHeading([]roster.Line{lineOf(1, "No", "NIK", "Nama", "Tanggal Lahir", "L/P", "Desa", "Kecamatan", "Pekerjaan", "Penghasilan")})

// with is a good row of a list in which one cell says something else.
func with(f roster.Field, text string) []string {
	cells := []string{"7", "1506021708809001", "Sarpin", "17-08-1980", "L", "Tungkal Harapan", "Tungkal Ilir", "Nelayan", "1.000.000"}
	cells[untidyHeading.Column(f)] = text
	return cells
}

func judged(a roster.Agreement, cells ...string) roster.Entry {
	reading := roster.Reading{Heading: untidyHeading}
	row, _ := reading.Read(lineOf(2, cells...))
	return roster.NewJudge(a, areas, today).Judge(row)
}

var areas = area.Load()

// said is what there is to say of a row: key, then what is offered.
func said(e *roster.Entry) string {
	var all []string
	for _, f := range e.Findings {
		all = append(all, strings.TrimSpace(f.Key+" "+f.Suggestion.Value+f.Suggestion.Key))
	}
	return strings.Join(all, "; ")
}

func TestUntidyCells(t *testing.T) {
	agreed := roster.Agreement{Area: "15.06", Occupations: []string{"Nelayan", "Pedagang sayur"}}
	for _, c := range []struct {
		field      roster.Field
		text, want string
	}{
		{roster.NIK, "NIK: 1506 0217 0880 9001", "nik.not_digit roster.suggest.no_gaps"},
		{roster.NIK, "`1506021708809001", "nik.not_digit roster.suggest.no_gaps"},
		{roster.NIK, "١٥٠٦٠٢١٧٠٨٨٠٩٠٠١", "nik.not_digit roster.suggest.no_gaps"},
		{roster.BirthDate, "Kuala Tungkal 17-08-1980", ""},
		{roster.BirthDate, "Jambi/17-08-1980", ""},
		{roster.BirthDate, "Senin, 17 Agustus 1980", ""},
		{roster.BirthDate, "17Agustus1980", ""},
		{roster.BirthDate, "17 VIII 1980", ""},
		{roster.BirthDate, "17-08-1980 (46 th)", ""},
		{roster.BirthDate, "17-O8-1980", "date.malformed 1980-08-17"},
		{roster.BirthDate, "l7-08-1980", "date.malformed 1980-08-17"},
		{roster.BirthDate, "1980", "date.malformed"},
		{roster.Sex, "X", "sex.unknown sex.m"},
		{roster.Village, "Tungkal IV Kota", ""},
		{roster.Village, "Sriwijaya RT 05/RW.02", ""},
		{roster.Village, "S. Nibung", "area.not_found Sungainibung, Kec. Tungkal Ilir"},
		{roster.Village, "Kota Jambi", "roster.village_unknown"},
		{roster.Occupation, "Nelyan", "roster.occupation Nelayan"},
		{roster.Occupation, "Nelayan kecil", "roster.occupation Nelayan"},
		{roster.Occupation, "Pegawai negeri", "roster.occupation"},
		{roster.Occupation, strings.Repeat("Nelayan ", 20), "field.too_long"},
		{roster.Income, "< 1.000.000", "money.malformed"},
		{roster.Income, "1500", "income.small Rp1.500.000"},
	} {
		if e := judged(agreed, with(c.field, c.text)...); said(&e) != c.want {
			t.Errorf("%s %q: %q, want %q", c.field, c.text, said(&e), c.want)
		}
	}
	if e := judged(agreed, with(roster.Income, "1.000.000 - 1.500.000")...); len(e.Findings) != 1 || e.Findings[0].Args != nil {
		t.Errorf("two sums: %+v", e.Findings)
	}
	e := judged(agreed, with(roster.BirthDate, "Kuala Tungkal 17-08-1980")...)
	if e.Registration.BirthPlace != "Kuala Tungkal" {
		t.Errorf("born in %q", e.Registration.BirthPlace)
	}
}

// TestAgeAtStart: nobody is born after today, however late cover begins, and who is too old by then is told so.
func TestAgeAtStart(t *testing.T) {
	a := roster.Agreement{Start: jaring.NewDay(2027, 1, 1)}
	for born, want := range map[string]string{"01-01-1962": "worker.age_limit", "02-01-1962": "", "21-11-1961": "worker.age_limit", "01-12-2026": "date.future"} {
		e := judged(a, with(roster.BirthDate, born)...)
		if len(e.Findings) == 0 && want != "" || want != "" && e.Findings[len(e.Findings)-1].Key != want && !strings.Contains(said(&e), want) || want == "" && e.Verdict == jaring.Reject {
			t.Errorf("%s: %q, want %q", born, said(&e), want)
		}
	}
}

// TestPlacesOfListsBefore: a village has no more places than were agreed on, over all lists.
func TestPlacesOfListsBefore(t *testing.T) {
	reading, judge := roster.Reading{Heading: untidyHeading}, roster.NewJudge(roster.Agreement{QuotaEach: 2}, areas, today)
	judge.Filled(map[area.Code]int{"15.06.02.1006": 1})
	for i, want := range []string{"", "roster.quota"} {
		cells := with(roster.NIK, fmt.Sprintf("15060217088090%02d", i+1))
		cells[untidyHeading.Column(roster.Name)] = []string{"Sarpin", "Marsinah"}[i]
		cells[untidyHeading.Column(roster.Village)] = "15.06.02.1006"
		row, _ := reading.Read(lineOf(2+i, cells...))
		if e := judge.Judge(row); said(&e) != want {
			t.Errorf("row %d: %q, want %q", 2+i, said(&e), want)
		}
	}
}

// TestClosingLines: what stands below a list is nobody, and somebody of whom only a name is known is told.
func TestClosingLines(t *testing.T) {
	reading := roster.Reading{Heading: untidyHeading}
	for cells, want := range map[string]roster.Sort{
		"||Drs. Ahmad Yani|H. Suparman, S.Sos": roster.Aside, "||Drs. Ahmad Yani": roster.Aside, "|Total|5 orang": roster.Aside, "|Jumlah seluruhnya: 4 orang": roster.Aside,
		"7||Siti": roster.Person, "7|||17-08-1980": roster.Person, "|1506021708809001": roster.Person, "||Siti|?|P|Legok": roster.Person,
	} {
		if _, got := reading.Read(lineOf(9, strings.Split(cells, "|")...)); got != want {
			t.Errorf("%q is sorted as %d, want %d", cells, got, want)
		}
	}
}

// TestOfferedPlaces: what an empty list offers, and what a finding suggests, is read as the village that is meant.
func TestOfferedPlaces(t *testing.T) {
	for _, regency := range []area.Code{"15.06", "11.08", "35.07"} {
		a := roster.Agreement{Area: regency}
		seen := map[string]bool{}
		reading, judge := roster.Reading{Heading: untidyHeading}, roster.NewJudge(a, areas, today)
		for _, place := range a.Choices(areas).Places {
			row, _ := reading.Read(lineOf(2, "7", "", "Sarpin", "17-08-1980", "L", place, "", "Nelayan"))
			e := judge.Prepare(row)
			done := judge.Finish(&e)
			if done.Registration.Village == "" || seen[done.Registration.Village] {
				t.Errorf("%s: %q is read as %q: %s", regency, place, done.Registration.Village, said(&done))
			}
			seen[done.Registration.Village] = true
		}
	}
}

func TestMaskNIK(t *testing.T) {
	for text, want := range map[string]string{
		"1506021708809001": "15•• •••• •••• ••••", "1.50602E+15": "1.5••••E+15", "1506 0217 0880": "15•• •••• ••••", "NIK: 15060217": "NIK: 15••••••", "belum punya": "belum punya",
	} {
		if got := roster.MaskNIK(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := roster.MaskNIK(strings.Repeat("ab1 ", 20)); len([]rune(got)) > 30 {
		t.Error(fmt.Sprint("too long: ", got))
	}
}
