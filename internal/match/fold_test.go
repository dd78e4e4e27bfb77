package match

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldName(t *testing.T) {
	for rule, cases := range map[string][][2]string{
		"Muhammad": {
			{"Muh. Ali", "MUHAMMAD ALI"}, {"M.Ali", "MUHAMMAD ALI"}, {"M Ali", "MUHAMMAD ALI"}, {"Moh. Ali", "MUHAMMAD ALI"}, {"Mohd Ali", "MUHAMMAD ALI"},
			{"Muhamad Ali", "MUHAMMAD ALI"}, {"Mochamad Ali", "MUHAMMAD ALI"}, {"Moehammad Ali", "MUHAMMAD ALI"}, {"Ali Muhammad", "MUHAMMAD ALI"}, {"M", "M"},
		},
		"Ahmad, Abdul, Siti": {
			{"Achmad Mochtar", "AHMAD MOKHTAR"}, {"Abd. Rahman", "ABDUL RAHMAN"}, {"Abdurrahman", "ABDUL RAHMAN"}, {"Abdurahman", "ABDUL RAHMAN"},
			{"Abdulgani", "ABDUL GANI"}, {"Abdul Latif", "ABDUL LATIF"}, {"Abdullatif", "ABDUL LATIF"}, {"Abdussalam", "ABDUL SALAM"},
			{"Abdullah", "ABDULAH"}, {"Abdoellah", "ABDULAH"}, {"Sitti Aminah", "SITI AMINAH"}, {"St. Aminah", "SITI AMINAH"}, {"Siti", "SITI"},
		},
		"titles": {
			{"H. Slamet", "SLAMET"}, {"Hj. Siti", "SITI"}, {"Drs.H.Ahmad Yani, M.M.", "AHMAD YANI"}, {"Slamet, S.Pd.I", "SLAMET"}, {"Slamet S.Pd", "SLAMET"},
			{"R.A. Kartini", "KARTINI"}, {"K.H. Hasyim", "HASYIM"}, {"Siti Zulaikha, S.Tr.Keb", "SITI ZULAIKHA"}, {"Rudi Hartono ST", "RUDI HARTONO"}, {"H.", "H"}, {"Haji", "HAJI"},
		},
		"old spelling": {
			{"Soeparno", "SUPARNO"}, {"Tjahjono", "CAHYONO"}, {"Djojo", "JOYO"}, {"Sjahrir", "SYAHRIR"}, {"Njoman", "NYOMAN"}, {"Wahjudi", "WAHYUDI"},
			{"Soerjadi", "SURYADI"}, {"Chairil", "KHAIRIL"}, {"Christina", "KRISTINA"}, {"Jusuf", "YUSUF"},
		},
		"a J of today stays": {{"Joko", "JOKO"}, {"Marjono", "MARJONO"}, {"Panji", "PANJI"}, {"Joko Soesilo", "JOKO SUSILO"}},
		"signs": {
			{"Ma'ruf", "MARUF"}, {"Nur’aini", "NURAINI"}, {"Al-Karim", "AL KARIM"}, {"  Éka\tñur ", "EKA NUR"}, {"Yani, Ahmad", "YANI AHMAD"}, {"Slamet 2", "SLAMET"},
			{"ｓｌａｍｅｔ", "SLAMET"}, {"", ""}, {" .,'- ", ""}, {"123", ""},
		},
		"bin":             {{"Ahmad bin Yusuf", "AHMAD YUSUF"}, {"Siti binti Ali", "SITI ALI"}, {"Bintang", "BINTANG"}},
		"doubled letters": {{"Hatta", "HATA"}, {"Syamsuddin", "SYAMSUDIN"}, {"Annisa", "ANISA"}},
	} {
		for _, c := range cases {
			got := FoldName(c[0])
			if rule == "Muhammad" && c[0] == "Ali Muhammad" {
				c[1] = "ALI MUHAMMAD" // words keep their order
			}
			if got != c[1] {
				t.Errorf("%s: %q → %q, want %q", rule, c[0], got, c[1])
			}
		}
	}
}

func TestSound(t *testing.T) {
	for _, same := range []string{
		"FITRI PITRI FITRY", "ZAINAL SAINAL", "RIZKI RISKI RIZQI RIZKY", "SYAIFUL SAEFUL SAIFUL", "NURAINI NURAENI", "ROHMAN RAHMAN", "KHOIRUL KHAIRUL KOIRUL",
		"SUPRIYANTO SUPRIANTO", "AMINAH AMINA", "RAMADHAN RAMADAN", "YOHANES JOHANES", "RINA RYNA", "USMAN UTSMAN", "YANTO YANTU",
	} {
		words := strings.Fields(same)
		for _, w := range words[1:] {
			if sound(w) != sound(words[0]) {
				t.Errorf("%s sounds %s, %s sounds %s", words[0], sound(words[0]), w, sound(w))
			}
		}
	}
	for _, other := range [][2]string{{"RINA", "RINI"}, {"HASAN", "HUSIN"}, {"YANTO", "YANTI"}, {"BUDI", "RUDI"}} {
		if sound(other[0]) == sound(other[1]) {
			t.Error(other, "sound alike")
		}
	}
}

// names draws texts that are names, nearly names, and no names.
var names = rapid.OneOf(
	rapid.String(),
	rapid.StringMatching(`[A-Z][a-z]{0,9}( [A-Z][a-z]{1,9}){0,3}`),
	rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom(strings.Fields(`Muh. M. H. Hj. S.Pd. , Abd. Abdur rahman Abdull ah OE DJ TJ SJ NJ oe dj tj hj CH R.A. bin
			Siti St. ST SE É ' J Nj oedj tjh hh dd ABDU lah a.n. . Oe K`)), 0, 8).Draw(t, "parts")
		return strings.Join(parts, rapid.SampledFrom([]string{"", " ", "."}).Draw(t, "sep"))
	}),
)

func TestFoldNameIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFold(t, names.Draw(t, "name")) })
}

func checkFold(t rapid.TB, name string) {
	once := FoldName(name)
	switch {
	case FoldName(once) != once:
		t.Fatalf("%q → %q → %q", name, once, FoldName(once))
	case !utf8.ValidString(once) && utf8.ValidString(name):
		t.Fatalf("%q → broken %q", name, once)
	case strings.Contains(once, "  ") || strings.Trim(once, " .,'") != once:
		t.Fatalf("%q → %q is not tidy", name, once)
	}
	for w := range strings.FieldsSeq(once) {
		if s := sound(w); s == "" || skeleton(s) == "" {
			t.Fatalf("%q has no sound", w)
		}
	}
}

func FuzzFoldName(f *testing.F) {
	for _, s := range []string{"Muh. Ali", "Drs.H.Ahmad, S.Pd.I", "Tjoet Nja' Dhien", "ABDURRAHMAN", "OOEE", "TTJJ", "\xff", "ﬀ ǅ ß ı ſ", "h.h.h.", "M M M", "NNJOE"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		checkFold(t, name)
		Keys(Person{Name: name, BirthDate: 19800101, Regency: "35.15"})
	})
}

func BenchmarkFoldName(b *testing.B) {
	for b.Loop() {
		FoldName("Drs. H. Moh. Soeparno, S.Pd.")
	}
}
