package document_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

var made = time.Date(2026, 11, 21, 9, 41, 0, 0, time.FixedZone("WIB", 7*3600))

func bytesOf(t *testing.T, d *document.Doc) []byte {
	t.Helper()
	file, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// filled is a document with one of everything.
func filled(paper document.Paper, lang i18n.Lang, rows int) *document.Doc {
	d := document.New(paper, lang, made)
	d.Net(40)
	d.Title("Laporan")
	d.Big("Siti Aminah")
	d.Lead("Satu kalimat.")
	d.Heading("Bagian")
	d.Text("Baris satu\nbaris dua")
	d.Strong("Jangan terlewat")
	d.Pairs(document.Pair{Name: "Jumlah", Value: jaring.Rupiah(16800).String()})
	t := document.Table{Columns: []document.Column{{Head: "Siapa", Wide: 3}, {Head: "Berapa", Wide: 1, Number: true}}, Sum: []string{"Semua", "Rp0"}}
	for i := range rows {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("orang %d\nkecil", i), "Rp1"})
	}
	d.Table(t)
	d.QR("https://jaring.invalid/c/J7K4-M2QX-9TRVA", 22, "J7K4-M2QX-9TRVA", "Pindai untuk memeriksa.")
	d.Note("Catatan")
	return d
}

func TestBytes_TheSameWordsGiveTheSameBytes(t *testing.T) {
	one, two := bytesOf(t, filled(document.A4, i18n.ID, 80)), bytesOf(t, filled(document.A4, i18n.ID, 80))
	if !bytes.Equal(one, two) {
		t.Error("two documents of the same words differ")
	}
	if len(one) > 60_000 {
		t.Errorf("%d bytes for a few pages", len(one))
	}
}

var pageObject = regexp.MustCompile(`/Type /Page\b[^s]`)

func TestBytes_EveryPageIsNumberedAndSaysWhoseItIsNot(t *testing.T) {
	for _, lang := range i18n.Langs {
		file := bytesOf(t, filled(document.A4Landscape, lang, 100))
		lines := documenttest.Text(t, file)
		pages := len(pageObject.FindAll(file, -1))
		if pages < 3 {
			t.Fatalf("%d pages", pages)
		}
		free, heads := 0, 0
		for _, line := range lines {
			if line == i18n.Text(lang, "footer.free", nil) {
				free++
			}
			if line == "Berapa" {
				heads++
			}
		}
		if free != pages || heads < pages-1 {
			t.Errorf("%s: %d pages, %d footers, %d heads of the table", lang, pages, free, heads)
		}
		for n := range pages {
			if want := fmt.Sprintf("%d/%d", n+1, pages); !slices.Contains(lines, want) {
				t.Errorf("%s: no page %s", lang, want)
			}
		}
	}
}

// Small paper has its line too, and a roll ends where its words end.
func TestBytes_SmallPaper(t *testing.T) {
	for _, paper := range []document.Paper{document.Receipt, document.Card} {
		d := document.New(paper, i18n.ID, made)
		d.Title("Tanda terima")
		file := bytesOf(t, d)
		if text := strings.Join(documenttest.Text(t, file), " "); !strings.Contains(text, i18n.Text(i18n.ID, "footer.free", nil)) {
			t.Errorf("%v: %s", paper, text)
		}
	}
	box := regexp.MustCompile(`/MediaBox \[0 0 [0-9.]+ ([0-9.]+)\]`)
	height := func(d *document.Doc) (mm float64) {
		var points float64
		if _, err := fmt.Sscan(string(box.FindSubmatch(bytesOf(t, d))[1]), &points); err != nil {
			t.Fatal(err)
		}
		return points * 25.4 / 72
	}
	short, long := document.New(document.Receipt, i18n.ID, made), document.New(document.Receipt, i18n.ID, made)
	short.Text("satu")
	for range 50 {
		long.Text("satu")
	}
	if s, l := height(short), height(long); s > 40 || l < 5*s {
		t.Errorf("a line takes %.0f mm of a roll, fifty take %.0f", s, l)
	}
}

// Nothing that people write stops a document.
func TestText_LettersThatTheFontLacks(t *testing.T) {
	d := document.New(document.A4, i18n.ID, made)
	d.Title("Nama: Siti Nurḥālizah, Łukasz, 李 🙂\u200b\t(\\)")
	d.Text(strings.Repeat("panjangsekali", 40) + "\xff")
	text := strings.Join(documenttest.Text(t, bytesOf(t, d)), " ")
	if !strings.Contains(text, `Nama: Siti Nurhālizah, Łukasz, ? ? (\)`) {
		t.Error(text)
	}
}

// A row that is taller than a page loses nothing.
func TestTable_ARowTallerThanAPage(t *testing.T) {
	d := document.New(document.A4, i18n.ID, made)
	var words []string
	for i := range 3000 {
		words = append(words, fmt.Sprintf("kata%d", i))
	}
	d.Table(document.Table{Columns: []document.Column{{Head: "Apa", Wide: 1}, {Head: "Panjang", Wide: 2}},
		Rows: [][]string{{"pendek", strings.Join(words, " ")}, {"lagi", "sesudahnya"}}})
	text := strings.Join(documenttest.Text(t, bytesOf(t, d)), " ")
	for _, word := range append(words, "sesudahnya") {
		if strings.Count(text+" ", word+" ") != 1 {
			t.Fatalf("%s is there %d times", word, strings.Count(text+" ", word+" "))
		}
	}
	if heads := strings.Count(text, "Panjang"); heads < 3 {
		t.Errorf("%d heads", heads)
	}
}

func TestQR_RefusesMoreThanOneHolds(t *testing.T) {
	d := document.New(document.A4, i18n.ID, made)
	d.QR(strings.Repeat("x", 5000), 20)
	if _, err := d.Bytes(); jaring.KeyOf(err) != "error.internal" {
		t.Errorf("%v", err)
	}
}

func TestSay_WritesMoneyAsDocumentsDo(t *testing.T) {
	d := document.New(document.A4, i18n.EN, made)
	if said := d.Say("quote.relieved", jaring.Args{"full": jaring.Rupiah(16800), "article": "PP 1"}); said != "of Rp16.800; PP 1" {
		t.Error(said)
	}
}

func BenchmarkBytes(b *testing.B) {
	for b.Loop() {
		if _, err := filled(document.A4, i18n.ID, 40).Bytes(); err != nil {
			b.Fatal(err)
		}
	}
}
