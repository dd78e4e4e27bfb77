package document_test

import (
	"strings"
	"testing"
	"time"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// A receipt says where the money is, and cannot be taken for a proof of cover before it is one.
func TestCash_SaysWhereTheMoneyIs(t *testing.T) {
	from := jaring.NewDay(2026, 11, 1).Month()
	for want, r := range map[string]document.CashReceipt{
		"DITERIMA, BELUM TERLINDUNGI":                    {},
		"SUDAH DISETOR, PENDAFTARAN DIPERIKSA":           {Kept: true},
		"SUDAH DISETOR, berlaku sampai 30 November 2026": {Settled: true},
		"TERLINDUNGI sampai 30 November 2026":            {Settled: true, Confirmed: true},
	} {
		r.Name, r.Amount, r.Months, r.From, r.To, r.TakenAt = "Halimah Siregar", 16_800, 1, from, from, time.Date(2026, 11, 21, 2, 30, 0, 0, time.UTC)
		r.Agent, r.AgentNumber, r.Office, r.CodeEnd, r.Address = "Rahma D.", "SK-26-0000-00001", "Cabang Jambi", "TRW", "https://jaring.example/cek"
		r.DepositedOn, r.Until = jaring.NewDay(2026, 11, 22), from.Last()
		file, err := document.Cash(r, i18n.ID, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(documenttest.Text(t, file), " ")
		if !strings.Contains(text, want) || !strings.Contains(text, "Rp16.800") || strings.Contains(text, "TERLINDUNGI sampai") != r.Confirmed {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}
