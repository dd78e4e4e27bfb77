package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// TestListsHaveSentencesOfTheirOwn: a list says what stands there, or the day on which it is so; without either the
// sentence of a single registration stands.
func TestListsHaveSentencesOfTheirOwn(t *testing.T) {
	for want, args := range map[string]jaring.Args{
		"“1980” tidak terbaca sebagai tanggal. Tulis hari, bulan dan tahun, misalnya 21-11-1980.": {"text": "1980"},
		i18n.Text(i18n.ID, "date.malformed", nil):                                                 nil,
	} {
		if got := Say(i18n.ID, roster.Finding{Finding: jaring.Finding{Key: "date.malformed", Args: args}}).Message; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	old := Say(i18n.EN, roster.Finding{Finding: jaring.Finding{Key: "worker.age_limit", Args: jaring.Args{"n": 65, "max": 65, "on": jaring.NewDay(2027, 1, 1)}}})
	if want := "Age 65 on 1 January 2027, when cover begins. New members must be under 65."; old.Message != want {
		t.Errorf("%q, want %q", old.Message, want)
	}
}

// TestTemplateAsksForTheDecile only where the agreement does.
func TestTemplateAsksForTheDecile(t *testing.T) {
	for most, want := range map[int]string{0: "", 4: Title(i18n.ID, roster.Decile)} {
		agreed := roster.Agreement{MaxDecile: most}
		var out bytes.Buffer
		if err := WriteTemplate(&out, i18n.ID, agreed.Choices(nil)); err != nil {
			t.Fatal(err)
		}
		file, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		last, err := file.GetCellValue("Daftar", roster.ColumnName(len(roster.Template)+1)+"1")
		if err != nil || strings.TrimSpace(last) != want {
			t.Errorf("up to decile %d the list asks for %q, want %q (%v)", most, last, want, err)
		}
	}
}
