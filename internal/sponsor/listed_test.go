package sponsor_test

import (
	"fmt"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/roster"
	"jaring/internal/sponsor"
)

// A list that is only checked says of somebody who pays the same as one that is sent: which months are paid, and that the
// sponsor pays the others; also while the index keys rotate.
func TestACheckSaysWhatASentListSays(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		form := pact(town, jaring.SponsorCSR, 3)
		giver, agreement := sponsored(t, town, "PT Contoh", form)
		self := town.Register(town.Agent, 2) // 2026-11 to 2027-01
		if _, err := town.Do(town.Officer, jaring.ActSettle, settlement(town, self)); err != nil {
			t.Fatal(err)
		}
		v := sent(t, town, giver, agreement, listOf(1, 3))
		kept, _, err := town.App.FindRosterFindings(t.Context(), town.Officer, v.ID, sponsor.FindingsAsked{})
		if err != nil || len(kept) != 1 || kept[0].Key != "roster.book.self_paid" || v.People != 3 {
			t.Fatalf("%+v %v", kept, err)
		}
		if err := town.App.Vault.Rotate("later"); err != nil {
			t.Fatal(err)
		}
		var entries []*roster.Entry
		heading, _ := roster.FindHeading([]roster.Line{{Number: 1, Cells: []roster.Cell{{Text: "NIK"}, {Text: "Nama"}, {Text: "Tanggal Lahir"}, {Text: "Jenis Kelamin"}, {Text: "Pekerjaan"}}}})
		reading, judge := roster.Reading{Heading: heading}, roster.NewJudge(roster.Agreement{}, town.App.Areas, jaring.DayIn(town.Now(), app.Zone("")))
		for n := 1; n < 4; n++ {
			p := jaringtest.Person(n)
			row, _ := reading.Read(roster.Line{Number: n + 1, Cells: []roster.Cell{{Text: nikOf(n)}, {Text: p["name"].(string)}, {Text: p["birth_date"].(string)}, {Text: p["sex"].(string)}, {Text: "petani"}}})
			e := judge.Judge(row)
			entries = append(entries, &e)
		}
		if err := town.App.HoldListed(t.Context(), entries, form); err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, e := range entries {
			for _, f := range e.Findings {
				said += fmt.Sprintf("%d %s %v %v", f.Row, f.Key, f.Args["from"], f.Args["to"])
			}
		}
		if want := fmt.Sprintf("%d %s %v %v", kept[0].Row, kept[0].Key, kept[0].Args["from"], kept[0].Args["to"]); said != want {
			t.Errorf("%s, a sent list %s", said, want)
		}
	})
}
