package area

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSearchFindsWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct {
		why   string
		query Query
		want  Code
		fit   Fit
	}{
		{"a whole name", Query{Text: "Telanaipura"}, "15.71.01", Same},
		{"a code", Query{Text: "15.71.01.1001"}, "15.71.01.1001", Same},
		{"a code without dots", Query{Text: "1571011001"}, "15.71.01.1001", Same},
		{"a beginning", Query{Text: "telanaip", Levels: []Level{District}}, "15.71.01", Beginning},
		{"a later word", Query{Text: "condong", Within: "15.04"}, "15.04.03.1005", Beginning},
		{"swapped letters", Query{Text: "muara bulain"}, "15.04.03", Alike},
		{"a missing space", Query{Text: "muarabulian"}, "15.04.03", Same},
		{"an extra space", Query{Text: "telanai pura"}, "15.71.01", Same},
		{"a doubled letter", Query{Text: "Telannaipura"}, "15.71.01", Same},
		{"dj for j", Query{Text: "Djambi"}, "15", Same},
		{"tj for c, j for y", Query{Text: "Tjilatjap"}, "33.01", Same},
		{"j for y", Query{Text: "Soerabaja"}, "35.78", Same},
		{"y for j", Query{Text: "Jogjakarta"}, "34", Same},
		{"a figure for a Roman number", Query{Text: "batin 24"}, "15.04.04", Same},
		{"a short form", Query{Text: "tj jabung timur"}, "15.07", Same},
		{"the short name of a province", Query{Text: "Jatim"}, "35", Same},
		{"a missing twin letter", Query{Text: "siiu", Within: "72.08"}, "72.08.17", Alike},
		{"village and district", Query{Text: "sungai baung muara bulian"}, "15.04.03.2015", Same},
		{"village and district misspelled", Query{Text: "sungai baung muara bulin"}, "15.04.03.2015", Alike},
		{"village and district without a space", Query{Text: "sungaibaungmuarabulian"}, "15.04.03.2015", Same},
		{"village and regency", Query{Text: "sungai baung batanghari"}, "15.04.03.2015", Same},
		{"district and regency", Query{Text: "kota baru jambi"}, "15.71.07", Same},
		{"all of an address", Query{Text: "Ds. Simpang Sungai Duren, Kec. Jambi Luar Kota, Kab. Muaro Jambi, Prov. Jambi"}, "15.05.01.2014", Same},
		{"Kota means the city", Query{Text: "kota jambi"}, "15.71", Same},
		{"Kab. means the regency", Query{Text: "Kab. Bogor"}, "32.01", Same},
		{"Kota means the other one", Query{Text: "Kota Bogor"}, "32.71", Same},
		{"Kec. means the district", Query{Text: "kec telanaipura"}, "15.71.01", Same},
		{"Kel. means the village", Query{Text: "kel telanaipura"}, "15.71.01.1004", Same},
		{"a hint that is wrong", Query{Text: "Kab. Surabaya"}, "35.78", Alike},
		{"a misspelled hint", Query{Text: "kecmatan telanaipura"}, "15.71.01", Same},
		{"Kota may be of the name", Query{Text: "kota baru", Within: "15.71"}, "15.71.07", Same},
		{"only villages", Query{Text: "telanaipura", Levels: []Level{Village}}, "15.71.01.1004", Same},
		{"within a regency", Query{Text: "sungai baung", Within: "15.04"}, "15.04.03.2015", Same},
		{"near a district", Query{Text: "sungai baung", Near: []Code{"15.04.03"}}, "15.04.03.2015", Same},
		{"the first of two near", Query{Text: "sungai baung", Near: []Code{"15.06", "15.04.03"}}, "15.06.03.2017", Same},
	} {
		hits := Load().Search(c.query)
		if len(hits) == 0 || hits[0].Code != c.want || hits[0].Fit != c.fit {
			t.Errorf("%s: %q gives %v, want %s first", c.why, c.query.Text, names(hits), c.want)
		}
	}
}

func TestSearchPutsWholeNamesBeforeBeginningsBeforeMisspellings(t *testing.T) {
	hits := Load().Search(Query{Text: "jambi", Limit: MaxHits})
	seen := Same
	for _, h := range hits {
		if h.Fit < seen {
			t.Fatalf("%s (fit %d) stands behind fit %d", h.Name, h.Fit, seen)
		}
		seen = h.Fit
	}
	if len(hits) < 10 || hits[0].Code != "15" || hits[1].Code != "15.71" {
		t.Errorf("jambi: %v", names(hits))
	}
}

func TestSearchKeepsToItsLimits(t *testing.T) {
	tree := Load()
	for limit, want := range map[int]int{-1: 10, 0: 10, 1: 1, 50: 50, 1000: 50} {
		if got := len(tree.Search(Query{Text: "suka", Limit: limit})); got != want {
			t.Errorf("limit %d gives %d hits, want %d", limit, got, want)
		}
	}
	for _, none := range []Query{{}, {Text: "…"}, {Text: "jambi", Within: "99"}, {Text: "jambi", Within: "x"}, {Text: "15.71", Within: "16"}, {Text: "qqqqxxxzzz"}} {
		if hits := tree.Search(none); len(hits) != 0 {
			t.Errorf("%+v gives %v", none, names(hits))
		}
	}
	for _, h := range tree.Search(Query{Text: "muara", Within: "15.04", Levels: []Level{District}, Limit: 50}) {
		if !Contains("15.04", h.Code) || h.Level != District || len(h.Path) != 3 || h.Path[2] != h.Area {
			t.Errorf("%v is not asked for", h)
		}
	}
}

func TestFoldBringsOldAndNewSpellingTogether(t *testing.T) {
	for _, same := range [][]string{
		{"Jambi", "Djambi", "JAMBI", " jambi. ", "Jambbi"},
		{"Yogyakarta", "Jogjakarta", "Djogjakarta"},
		{"Cilacap", "Tjilatjap"},
		{"Surabaya", "Soerabaja"},
		{"Sungai Duren", "Sei Duren", "sei. duren"},
		{"Tanjung Jabung", "Tj. Jabung", "Tandjoeng Djaboeng"},
		{"Regapu'u", "Regapu’u"},
		{"Batin XXIV", "batin 24"},
		{"Éka", "eka"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%q is %q, %q is %q", s, Fold(s), same[0], Fold(same[0]))
			}
		}
	}
	for in, want := range map[string]string{"": "", "...": "", "2 x 11 Kayu Tanam": "2 10 11 kaju tanam", "Blok 11": "blok 11", "IVI": "ivi", "Ra\"as": "ras", "日本": ""} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSimilarityAndMatchServeShortListsOfOtherNames(t *testing.T) {
	const market = "Pasar Angso Duo"
	if got := Similarity(market, "pasar angsoduo"); got != 1 {
		t.Errorf("a missing space counts: %v", got)
	}
	near, far := Similarity(market, "Pasar Agnso Duo"), Similarity(market, "Pasar Tanjung Pinang")
	if near < 0.9 || near >= 1 || far > 0.6 {
		t.Errorf("near %v, far %v", near, far)
	}
	if a, b := Similarity("Jambi", "Jmabi"), Similarity("Jmabi", "Jambi"); a != b {
		t.Errorf("%v one way, %v the other", a, b)
	}
	if got := Similarity("", ""); got != 0 {
		t.Errorf("two empty names are alike by %v", got)
	}
	order := []float64{Match("pasar angso duo", market), Match("angsoduo", market), Match("pasar an", market), Match("angsodup", market), Match("gedung", market)}
	for i := 1; i < len(order); i++ {
		if order[i] >= order[i-1] {
			t.Errorf("case %d is not worse than the one before: %v", i, order)
		}
	}
	if order[0] != 1 || order[len(order)-1] != 0 || Match("", market) != 0 || Match("x", "") != 0 {
		t.Errorf("ends: %v", order)
	}
}

func TestATextOfAnyLengthIsCutAndNotSuffered(t *testing.T) {
	long := strings.Repeat("sungai baung ", 1e5)
	Load().Search(Query{Text: long})
	if Match(long, long) < 0.99 || Similarity(long, long) != 1 {
		t.Error("a long text is not like itself")
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "jambi", "sungai baung muara bulian", "kota", "kec. kab.", "Ｊambi", "a\x00\xff", "15.71.01", strings.Repeat("ab ", 80)} {
		f.Add(s, "15.04", uint8(3))
	}
	tree := Load()
	f.Fuzz(func(t *testing.T, text, within string, limit uint8) {
		hits := tree.Search(Query{Text: text, Within: Code(within), Near: []Code{Code(text)}, Limit: int(limit)})
		for _, h := range hits {
			if within != "" && !Contains(Code(within), h.Code) || !utf8.ValidString(h.Name) || h.Score < 0 || h.Score > 1 {
				t.Errorf("%q within %q gives %v", text, within, h)
			}
		}
		if m := Match(text, within); m < 0 || m > 1 {
			t.Errorf("Match(%q, %q) = %v", text, within, m)
		}
		if s := Similarity(text, within); s < 0 || s > 1 || s != Similarity(within, text) {
			t.Errorf("Similarity(%q, %q) = %v", text, within, s)
		}
		if folded := Fold(text); strings.Trim(folded, "abcdefghijklmnopqrstuvwxz0123456789 ") != "" {
			t.Errorf("Fold(%q) = %q", text, folded)
		}
	})
}

func FuzzIssuance(f *testing.F) {
	for _, s := range []string{"", "157101", "910101", "999999", "15７１01", "15.71."} {
		f.Add(s)
	}
	tree := Load()
	f.Fuzz(func(t *testing.T, digits string) {
		a, known := tree.Issuance(digits)
		if (known == Unknown) != (a == Area{}) {
			t.Errorf("Issuance(%q) = %v, %s", digits, a, known)
		}
		if c, ok := ParseCode(digits); ok != (c.Level() != NoLevel) {
			t.Errorf("ParseCode(%q) = %q, %v", digits, c, ok)
		}
	})
}
