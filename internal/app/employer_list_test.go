package app_test

import (
	"fmt"
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/wire"
)

// staff is a list of the first n people of the town, as an office types it.
func staff(n int, change func(i int, cells []string)) []byte {
	lines := []string{"NIK\tNama\tTanggal Lahir\tL/P\tPekerjaan\tUpah sebulan (Rp)"}
	for i := 1; i <= n; i++ {
		p := jaringtest.Person(i)
		cells := []string{p["nik"].(string), p["name"].(string), p["birth_date"].(string), map[string]string{"M": "L", "F": "P"}[fmt.Sprint(p["sex"])], "penjahit", "2.500.000"}
		if change != nil {
			change(i, cells)
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	return []byte(strings.Join(lines, "\n"))
}

// Who can be entered is, the others are told one by one; what was mended is sent alone, and nothing is entered twice.
func TestAddEmployeesByList(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, one := t.Context(), op()
		id := workshop(t, town, nil)
		own := town.Register(town.Agent, 2)
		hire(t, town, id, 3, 2_000_000)
		file := staff(8, func(i int, c []string) {
			switch i {
			case 4:
				c[0] = c[0][:15]
			case 5:
				c[5] = ""
			case 6:
				c[2] = "17-05-1950" // over the entry age of BPU; the NIK says another date
			case 7:
				c[3] = ""
			}
		})
		consent := &wire.Consent{NoticeVersion: "2026-11", Channel: "signature", At: town.Now()}
		l := app.EmployeeList{File: file, Consent: consent, Dry: true}
		try, err := town.App.AddEmployees(ctx, town.Officer, op(), id, l)
		if err != nil || try.Rows != 8 || try.Ready != 5 || len(try.Left) != 3 || try.Entered != 0 {
			t.Fatalf("%+v %v", try, err)
		}
		l.Dry = false
		for range 2 {
			done, err := town.App.AddEmployees(ctx, town.Officer, one, id, l)
			if err != nil || done.Entered != 3 || done.Known != 1 || done.Already != 1 || done.Review != 0 || len(done.Left) != 3 {
				t.Fatalf("%+v %v", done, err)
			}
			for i, want := range []string{"4 nik.length nik", "5 roster.wage_missing monthly_income", "6 nik.birth_differs birth_date"} {
				if f := done.Left[i].Findings[0]; fmt.Sprint(done.Left[i].Row-1, " ", f.Key, " ", f.Field) != want || done.Left[i].Name == "" || done.Left[i].Cells["name"] == "" {
					t.Errorf("%+v, want %s", done.Left[i], want)
				}
			}
			mended := app.EmployeeList{Consent: consent}
			for _, left := range done.Left {
				row := app.TypedEmployee{Row: left.Row, Cells: left.Cells}
				switch left.Row {
				case 5:
					row.Cells["nik"] = jaringtest.Person(4)["nik"].(string)
				case 6:
					row.Cells["monthly_income"] = "0"
				case 7:
					row.Confirmed = []string{"nik.birth_differs"}
				}
				mended.Rows = append(mended.Rows, row)
			}
			if done, err = town.App.AddEmployees(ctx, town.Officer, op(), id, mended); err != nil || done.Entered+done.Review+done.Already != 2 || len(done.Left) != 1 || done.Left[0].Row != 6 {
				t.Fatalf("%+v %v", done, err)
			}
		}
		page, err := town.App.GetEmployer(ctx, town.Officer, string(id))
		if err != nil || page.Working != 7 {
			t.Fatalf("%+v %v", page, err)
		}
		if v, err := town.App.GetWorker(ctx, town.Officer, own); err != nil || len(v.All) != 2 {
			t.Errorf("%+v %v", v, err)
		}
		for key, bad := range map[string]app.EmployeeList{
			"field.required": {}, "consent.required": {File: file}, "roster.no_heading": {File: []byte("a,b\n1,2"), Consent: consent}, "sheet.pdf": {File: []byte("%PDF-1.7"), Consent: consent},
			"field.unknown": {Rows: []app.TypedEmployee{{Row: 1, Cells: map[string]string{"zodiak": "leo"}}}, Consent: consent},
		} {
			_, err := town.App.AddEmployees(ctx, town.Officer, op(), id, bad)
			if jaring.KeyOf(err) != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		_, err = town.App.AddEmployees(ctx, town.Agent, op(), id, l)
		wantKey(t, err, jaring.NotFound, "employer.unknown")
		wantSound(t, town)
	})
}
