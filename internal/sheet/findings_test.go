package sheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

func opened(t *testing.T, file []byte) *Roster {
	t.Helper()
	l, err := OpenRoster(bytes.NewReader(file), int64(len(file)), i18n.ID, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func judge() *roster.Judge {
	return roster.NewJudge(roster.Agreement{Area: "15.06"}, area.Load(), today)
}

func withFindings(t *testing.T, file []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := WriteFindings(&out, opened(t, file), judge(), nil, i18n.ID); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func checked(t *testing.T, file []byte) (lines []string) {
	t.Helper()
	err := opened(t, file).Listen(judge(), Listening{Tell: func(f roster.Finding) error {
		lines = append(lines, line(t, "", f))
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestFindingsComeBack: what a list says once, it says again when its findings are sent back
// unchanged, as often as one likes.
func TestFindingsComeBack(t *testing.T) {
	for _, n := range corpus() {
		l, err := OpenRoster(bytes.NewReader(n.file), int64(len(n.file)), i18n.ID, Options{})
		if err != nil || n.sheet != "" || l.Listen(judge(), Listening{}) != nil || strings.Contains(n.name, "1 MB") {
			continue
		}
		once := withFindings(t, n.file)
		twice := withFindings(t, once)
		want := checked(t, n.file)
		if diff := cmp.Diff(asWritten(want), asWritten(checked(t, twice))); diff != "" {
			t.Errorf("%s (-first +again):\n%s", n.name, diff)
		}
	}
}

// asWritten leaves out what writing a list as values changes: a day where none belongs is a text then,
// a control character is gone, and an error stands where a formula had no result.
func asWritten(lines []string) (kept []string) {
	for _, l := range lines {
		l = strings.NewReplacer("cell.unknown", "cell.fault", "cell.date", "name.no_letters", "nik.not_digit", "nik.damaged").Replace(l)
		l, _, _ = strings.Cut(l, " →")
		if !strings.Contains(l, "field.unreadable") && !strings.Contains(l, " phone ") {
			kept = append(kept, l)
		}
	}
	return kept
}

// TestFindingsAreMarked: column, colour, note; and no formula, whatever came in.
func TestFindingsAreMarked(t *testing.T) {
	w := one(list(with(ok(1), cName, `=HYPERLINK("http://contoh.invalid")`, cVillage, "Tungkal Harapn"), with(ok(2), cName, formula{`cmd|' /C calc'!A0`, "Rosmala"}),
		with(ok(3), cPhone, "+62 812 3456 7890", cName, "@SUM(1)"), with(ok(4), cNIK, num("1.50601411731E+15")), ok(5))...)
	w.pages[0].hidden = map[int]bool{6: true}
	file, err := excelize.OpenReader(bytes.NewReader(withFindings(t, w.bytes())))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cell := func(at string) string {
		v, err := file.GetCellValue("Daftar", at)
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := file.GetCellFormula("Daftar", at); f != "" {
			t.Errorf("%s holds the formula %s", at, f)
		}
		return v
	}
	for at, want := range map[string]string{"J1": "Temuan Jaring", "B2": `'=HYPERLINK("http://contoh.invalid")`, "B3": "Rosmala", "B4": "'@SUM(1)", "I4": "+62 812 3456 7890", "A5": "1.50601411731000E+15",
		"J2": "Perbaiki, Desa: “Tungkal Harapn” tidak ada di Kecamatan Tungkal Ilir. Maksudnya Tungkal Harapan, Kec. Tungkal Ilir?",
		"J5": "Perbaiki, NIK: Spreadsheet mengubah NIK menjadi bilangan. Salin ulang dari KTP.", "J3": "", "C6": "06-11-1975"} {
		if got := cell(at); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
	notes, err := file.GetComments("Daftar")
	if err != nil || len(notes) != 3 || notes[0].Cell != "E2" || !strings.Contains(notes[0].Text, "Tungkal Harapn") {
		t.Errorf("%d notes: %+v (%v)", len(notes), notes, err)
	}
	if seen, _ := file.GetRowVisible("Daftar", 6); seen {
		t.Error("the hidden row is seen")
	}
	plain, _ := file.GetCellStyle("Daftar", "E6")
	if marked, _ := file.GetCellStyle("Daftar", "E2"); marked == plain {
		t.Error("the cell with a finding looks like any other")
	}
}

// TestCorrectedListIsClean: a person corrects what the findings say and sends the file again.
func TestCorrectedListIsClean(t *testing.T) {
	file, err := excelize.OpenReader(bytes.NewReader(withFindings(t, []byte(text(";", list(with(ok(1), cVillage, "Tungkal Harapn"), with(ok(2), cBirth, "31-02-1978"))...)))))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	_ = file.SetCellStr("Daftar", "E2", "Tungkal Harapan, Kec. Tungkal Ilir")
	_ = file.SetCellStr("Daftar", "C3", "03-11-1972")
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	if left := checked(t, out.Bytes()); left != nil {
		t.Error(left)
	}
}

// TestTemplate: it is a list itself, without anybody, and what is chosen in it reads back.
func TestTemplate(t *testing.T) {
	for _, lang := range i18n.Langs {
		var out bytes.Buffer
		if err := WriteTemplate(&out, lang, roster.Choices{Places: []string{"Tungkal Harapan, Kec. Tungkal Ilir", "Suban, Kec. Batang Asam"}, Occupations: []string{"Nelayan"}}); err != nil {
			t.Fatal(err)
		}
		file, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		rules, _ := file.GetDataValidations("Daftar")
		notes, _ := file.GetComments("Daftar")
		if len(rules) != 4 || len(notes) != len(roster.Template) {
			t.Errorf("%d rules, %d notes", len(rules), len(notes))
		}
		sex := strings.Split(strings.Trim(rules[1].Formula1, `"`), ",")[1]
		for at, v := range map[string]string{"A2": nik(1), "B2": "Nurhayati", "C2": "02-11-1971", "D2": sex, "E2": "Tungkal Harapan, Kec. Tungkal Ilir", "H2": "Nelayan"} {
			_ = file.SetCellStr("Daftar", at, v)
		}
		var filled bytes.Buffer
		_ = file.Write(&filled)
		if left := checked(t, filled.Bytes()); left != nil {
			t.Error(lang, left)
		}
		_ = file.Close()
	}
}

// TestBook: who is registered already is found in batches, in the order of the rows.
func TestBook(t *testing.T) {
	rows := people(1, 1200)
	rows[3] = []any{"", "Jumlah"}
	asked := 0
	book := func(entries []*roster.Entry) error {
		asked++
		for _, e := range entries {
			said := roster.Finding{Row: e.Row, Finding: jaring.Finding{Field: "nik"}}
			switch e.NIK.Reveal() {
			case nik(2):
				said.Verdict, said.Key = jaring.Reject, "roster.book.covered"
			case nik(700):
				said.Verdict, said.Key = jaring.Warn, "roster.row_hidden"
			default:
				continue
			}
			e.Hear(said)
		}
		return nil
	}
	var got []string
	err := opened(t, []byte(text(";", list(rows[:1150]...)...))).Listen(judge(), Listening{Book: book, Tell: func(f roster.Finding) error {
		if f.Key != "roster.maybe_same" {
			got = append(got, line(t, "", f))
		}
		return nil
	}})
	want := []string{"3 nik reject roster.book.covered (final)", "5  warn roster.row_skipped", "701 nik warn roster.row_hidden (final)"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil || asked != 3 {
		t.Errorf("asked %d times, %v (-want +got):\n%s", asked, err, diff)
	}
}

// TestWhoListensEndsIt: an error or a panic of whoever listens ends the check at once, and nothing of it goes
// on: the bubble is left only when every goroutine has ended.
func TestWhoListensEndsIt(t *testing.T) {
	enough := errors.New("enough for today")
	l, first, second := opened(t, []byte(text(";", list(people(1, 5000)...)...))), judge(), judge()
	synctest.Test(t, func(t *testing.T) {
		rows := 0
		err := l.Check(first, nil, func(*roster.Entry) error {
			if rows++; rows == 700 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || rows != 700 {
			t.Errorf("%v after %d rows", err, rows)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if recover() == nil {
				t.Error("a panic of whoever listens was kept")
			}
		}()
		_ = l.Check(second, nil, func(*roster.Entry) error { panic("no") })
	})
}

// TestDamageInTheMiddle: what was read before is said, then that the rest cannot be.
func TestDamageInTheMiddle(t *testing.T) {
	rows := people(1, 1200)
	rows[1100] = with(rows[1100], cName, `"Rosmala`)
	judged := 0
	err := opened(t, []byte(text(",", list(append(rows, people(1200, 300)...)...)...))).Check(judge(), nil, func(*roster.Entry) error {
		judged++
		return nil
	})
	if jaring.KeyOf(err) != "sheet.quote_open" || judged != 1100 {
		t.Errorf("%v after %d rows", err, judged)
	}
}
