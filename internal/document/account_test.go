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

// A statement says all that happened, large sums unbroken.
func TestAccountStatement(t *testing.T) {
	a := document.Account{Name: "Maimunah Harahap", RegistrationNo: "REG 26-0000-1PB", Office: "Cabang Jambi", Fund: "Badan Penyelenggara (contoh)", Standing: "protected",
		Paid: 12_600_000, Credit: 4_400, InHands: 16_800,
		Entries: []document.AccountEntry{{Day: jaring.NewDay(2026, 9, 12), Kind: "settle", Amount: 12_604_400, Channel: "bank", Reference: "TRX-1", From: jaring.NewMonth(2026, 9), To: jaring.NewMonth(2027, 8), Credit: 4_400},
			{Day: jaring.NewDay(2026, 9, 13), Kind: "settle", Amount: 16_800, Channel: "counter", From: jaring.NewMonth(2027, 9), To: jaring.NewMonth(2027, 9), Reversed: true}},
		Months: []document.AccountMonth{{Month: jaring.NewMonth(2026, 9), State: "protected"}, {Month: jaring.NewMonth(2026, 10), State: "waiting"}}}
	for lang, words := range map[i18n.Lang][]string{i18n.ID: {"Rp12.604.400", "Rp4.400", "Rp16.800", "dibatalkan kemudian", "Ditagih, belum dibayar", "TRX-1"},
		i18n.EN: {"Rp12.604.400", "undone later", "Billed, not paid", "September 2026"}} {
		file, err := document.AccountStatement(a, lang, time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(documenttest.Text(t, file), " ")
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s: lacks %q", lang, w)
			}
		}
	}
}

// A bill that is paid or called off shows no code to pay.
func TestGroupBillSheet(t *testing.T) {
	b := document.GroupBill{Group: "Paguyuban Pasar", Contact: "Bu Sri", Code: "72600000010009", Address: "https://jaring.example/bayar/72600000010009", Months: 2, Amount: 45_600,
		Lines: []document.GroupBillLine{{Name: "Maimunah", RegistrationNo: "REG 26-0000-1PB", From: jaring.NewMonth(2026, 11), To: jaring.NewMonth(2026, 12), Amount: 45_600, Outcome: "credited"}},
		Left:  []document.Pair{{Name: "Mardi", Value: "Datanya sudah ditutup."}}}
	for state, coded := range map[string]bool{"waiting": true, "settled": false, "cancelled": false} {
		b.State = state
		file, err := document.GroupBillSheet(b, i18n.ID, time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(documenttest.Text(t, file), " ")
		if strings.Contains(text, "7260 0000 0100 09") != coded || !strings.Contains(text, "Mardi") || !strings.Contains(text, "sudah membayar sendiri") {
			t.Errorf("%s: %s", state, text)
		}
	}
}
