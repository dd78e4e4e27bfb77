package app_test

import (
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Every rupiah of the bank's paper and of the book is in one of the four heaps, in whatever form the bank writes.
func TestStatement(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		var ids []jaring.WorkerID
		for n := range 4 {
			id := town.Register([]jaring.Actor{town.Agent, town.SubAgent}[n%2], n+1)
			ids = append(ids, id)
			if err := came(town, id, 45_600, []string{"TRX 1", "TRX-2", "TRX-3", "TRX-4"}[n]); err != nil {
				t.Fatal(err)
			}
		}
		if err := reverse(town, town.Head, ids[3], view(t, town, ids[3]).Payment.ID); err != nil { // booked by mistake: the bank never saw it
			t.Fatal(err)
		}
		file := "Rekening Koran;;;\nTanggal;Keterangan;Referensi;Jumlah (Rp)\n21/11/2026;setor;trx1;Rp45.600\n21/11/2026 10:30;\"dari BANK X, TRX-2\";;45600,00\n" +
			"2026-11-21;asing;ZZ-9;16.800\n21-11-2026;kurang;TRX-3;45,000.00\n;;;\nTotal;;;153.000\n"
		id, err := town.App.AddStatement(ctx, town.Officer, op(), app.StatementForm{Channel: "bank", Bank: "Bank Uji", CSV: file})
		if err != nil {
			t.Fatal(err)
		}
		s, err := town.App.GetStatement(ctx, town.Auditor, id)
		if err != nil {
			t.Fatal(err)
		}
		if s.From.String() != "2026-11-21" || s.To != s.From || s.Lines != 4 || s.Amount != 45_600+45_600+16_800+45_000 || s.OfficeName != "Cabang Jambi" {
			t.Errorf("%+v", s.StatementRecord)
		}
		if s.Matched != 2 || s.MatchedSum != 91_200 || len(s.OnlyBank) != 1 || s.OnlyBank[0].Reference != "ZZ-9" || s.OnlyBank[0].Place != 5 || len(s.OnlyBook) != 0 ||
			len(s.Differs) != 1 || s.Differs[0] != (app.DifferentSum{Place: 6, Reference: "TRX-3", Bank: 45_000, Book: 45_600}) || s.BookSum != 3*45_600 {
			t.Errorf("%+v", s.Reconciled)
		}
		id, err = town.App.AddStatement(ctx, town.Officer, op(), app.StatementForm{Channel: "bank", CSV: "date,reference,amount,text\n2026-11-21,TRX 1,\"45,600.00\",\n"})
		if err != nil {
			t.Fatal(err)
		}
		s, err = town.App.GetStatement(ctx, town.Officer, id)
		if err != nil || s.Matched != 1 || len(s.OnlyBook) != 2 || s.OnlyBook[0].WorkerName == "" || s.BookSum != 3*45_600 {
			t.Errorf("%+v %v", s, err)
		}
		all, _, err := town.App.FindStatements(ctx, town.Officer, "")
		if err != nil || len(all) != 2 || all[0].ID != id {
			t.Errorf("%d %v", len(all), err)
		}
		_, err = town.App.GetStatement(ctx, town.FarOfficer, id)
		wantKey(t, err, jaring.NotFound, "statement.unknown")
		_, err = town.App.AddStatement(ctx, town.Auditor, op(), app.StatementForm{Channel: "bank", CSV: file})
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
	})
}

// What cannot be read is told line by line.
func TestStatementFaults(t *testing.T) {
	town := liteTown(t)
	head := "date;reference;amount\n"
	for csv, want := range map[string]string{
		"":                               "statement.heading",
		"a;b\n1;2\n":                     "statement.heading",
		head:                             "statement.empty",
		head + "kemarin;R;16.800\n":      "statement.day 2",
		head + "31/02/2026;R;16.800\n":   "statement.day 2",
		head + "21/11/2026;R;16.800,50":  "statement.amount 2",
		head + "21/11/2026;R;\n":         "statement.amount 2",
		head + "\n21/11/2026;R;seribu":   "statement.amount 2",
		head + "20/11/2026;R;16800":      "statement.outside 2",
		head + "x;R;1\n21/11/2026;R;1,5": "statement.day 2, statement.amount 3",
	} {
		_, err := town.App.AddStatement(t.Context(), town.Officer, op(), app.StatementForm{Channel: "bank", CSV: csv, From: jaring.NewDay(2026, 11, 21)})
		var got []string
		faults, _ := err.(jaring.Errors)
		for _, e := range faults {
			said := e.Key
			if row, ok := e.Args["row"]; ok {
				said += " " + jaring.Rupiah(int64(row.(int))).String()[2:]
			}
			got = append(got, said)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %v, want %s", csv, got, want)
		}
	}
	_, err := town.App.AddStatement(t.Context(), town.Officer, op(), app.StatementForm{Channel: "pos", CSV: head + "21/11/2026;R;1"})
	wantKey(t, err, jaring.Invalid, "payment.channel_unknown")
}
