package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"jaring/internal/document/documenttest"
	"jaring/internal/jaringtest"
	"jaring/internal/scheme"
)

// A bill keeps its amounts when the rules change; the sheet says why its steps are gone. It
// names the person, never the NIK.
func TestWorkerQuote_AfterTheRulesChanged(t *testing.T) {
	d := liteDoor(t)
	id := d.Register(d.Agent, 1)
	sheet := func() string {
		answer := d.get(d.Officer, "/workers/"+string(id)+"/quote.pdf").want(t, http.StatusOK, "")
		return strings.Join(documenttest.Text(t, answer.text), " ")
	}
	before := sheet()
	settings := scheme.DefaultSettings()
	settings.Rounding = scheme.Up
	book, err := scheme.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	old := d.App.Book
	d.App.Book = book
	after := sheet()
	person := jaringtest.Person(1)
	for _, want := range []string{"Mengapa Rp45.600?", person["name"].(string)} {
		if !strings.Contains(before, want) || !strings.Contains(after, want) {
			t.Errorf("no %q in %s or %s", want, before, after)
		}
	}
	if !strings.Contains(before, "PP 44/2015 Lampiran II") || !strings.Contains(after, "yang tidak dimuat lagi") || !strings.Contains(after, old.Version) {
		t.Errorf("%s\n%s", before, after)
	}
	if nik := person["nik"].(string); strings.Contains(before+after, nik) || strings.Contains(before+after, nik[:6]) {
		t.Error("the NIK is on the sheet")
	}
}
