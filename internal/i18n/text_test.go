package i18n

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jaring/internal/jaring"
)

func TestFilesAreReadable(t *testing.T) {
	_, findings := load(files)
	for _, f := range findings {
		t.Error(f)
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	all, findings := load(fstest.MapFS{
		"id.d/a.json": {Data: []byte(`{"x":"satu"}`)},
		"id.d/b.json": {Data: []byte(`{"x":"dua","y":"tiga"}`)},
		"en.d/a.json": {Data: []byte(`{"x":`)},
		"en.d/b.json": {Data: []byte(`{"x":["list"]}`)},
	})
	if len(findings) != 3 {
		t.Fatalf("findings: %v", findings)
	}
	if all[ID]["x"] != "satu" || all[ID]["y"] != "tiga" {
		t.Errorf("a bad file cost more than itself: %v", all)
	}
}

func TestBothLanguagesHaveTheSameKeysAndPlaces(t *testing.T) {
	if !slices.Equal(Keys(ID), Keys(EN)) {
		t.Errorf("key sets differ: id %d, en %d", len(Keys(ID)), len(Keys(EN)))
	}
	for _, key := range Keys(ID) {
		if a, b := Places(texts[ID][key]), Places(texts[EN][key]); !slices.Equal(a, b) {
			t.Errorf("%s: places of id %v, of en %v", key, a, b)
		}
	}
}

func TestText(t *testing.T) {
	day := jaring.NewDay(2026, 11, 21)
	for _, c := range []struct {
		lang Lang
		key  string
		args jaring.Args
		want string
	}{
		{ID, "nik.length", jaring.Args{"n": 14}, "NIK harus 16 angka. Baru 14."},
		{EN, "nik.length", jaring.Args{"n": 14}, "A NIK has 16 digits. So far 14."},
		{ID, "act.cash.take", jaring.Args{"sum": jaring.Rupiah(45600)}, "Terima tunai Rp45.600"},
		{EN, "act.cash.take", jaring.Args{"sum": jaring.Rupiah(45600)}, "Take Rp45,600 in cash"},
		{ID, "status.protected", jaring.Args{"date": day}, "Terlindungi sampai 21 November 2026"},
		{EN, "lapse.soon", jaring.Args{"n": 1, "sum": jaring.Rupiah(16800), "months": 3}, "Cover ends in 1 day. Pay Rp16,800 for 3 months."},
		{ID, "nik.length", nil, "NIK harus 16 angka. Baru {n}."},
		{ID, "field.type", jaring.Args{"want": "number"}, "Bentuk isian ini keliru. Yang diminta: angka."},
		{EN, "field.type", jaring.Args{"want": "something"}, "This has the wrong form. Wanted: something."},
		{"fr", "act.next", nil, "Lanjut"},
		{EN, "no.such.key", jaring.Args{"n": 1}, "no.such.key"},
	} {
		if got := Text(c.lang, c.key, c.args); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.key, got, c.want)
		}
	}
}

func TestErrorNeverShowsItsCause(t *testing.T) {
	e := jaring.InternalError(errTest("1571022111800001 at line 3"))
	e.Args = jaring.Args{"code": "7F3K"}
	got := Error(ID, e)
	if strings.Contains(got, "1571") || !strings.Contains(got, "7F3K") {
		t.Error(got)
	}
	if got := Error(EN, nil); got != "" {
		t.Errorf("no error says %q", got)
	}
}

type errTest string

func (e errTest) Error() string { return string(e) }

func TestKnown(t *testing.T) {
	if !Known("footer.free") || Known("no.such.key") {
		t.Error("Known does not tell a key from a word")
	}
}

func TestNegotiate(t *testing.T) {
	for _, c := range []struct {
		accept string
		chosen []string
		want   Lang
	}{
		{"", nil, ID},
		{"en-US,en;q=0.9", nil, EN},
		{"id-ID,id;q=0.9,en;q=0.8", nil, ID},
		{"en;q=0.2, id;q=0.9", nil, ID},
		{"fr", nil, ID},
		{"fr, en;q=0.1", nil, EN},
		{"en", []string{"", "id"}, ID},
		{"id", []string{"EN-gb"}, EN},
		{"en", []string{"xx"}, EN},
		{"\x00;;q=,,", nil, ID},
		{strings.Repeat("en,", 100000), nil, EN},
	} {
		if got := Negotiate(c.accept, c.chosen...); got != c.want {
			t.Errorf("%.40q %v: got %s, want %s", c.accept, c.chosen, got, c.want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("en-US,en;q=0.9", "id")
	f.Fuzz(func(t *testing.T, accept, word string) {
		if lang := Negotiate(accept, word); !slices.Contains(Langs, lang) {
			t.Error(lang)
		}
	})
}

func TestClockNamesTheOfficesZone(t *testing.T) {
	at := time.Date(2026, 11, 21, 2, 41, 0, 0, time.UTC)
	for hours, want := range map[int]string{7: "21 November 2026, 09.41 WIB", 8: "21 November 2026, 10.41 WITA", 9: "21 November 2026, 11.41 WIT", 0: "21 November 2026, 02.41 UTC"} {
		zone := time.UTC
		if hours > 0 {
			zone = time.FixedZone("", hours*3600)
		}
		if got := expand(ID, "{at:full}", jaring.Args{"at": at.In(zone)}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
