package message

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Every template can be said in every language and form, with the values that it names and
// no others, and fits where it goes.
func TestTemplatesAreWhole(t *testing.T) {
	if len(Templates()) != 17 {
		t.Error(len(Templates()), "templates")
	}
	for _, tpl := range Templates() {
		for _, lang := range i18n.Langs {
			for _, f := range []Form{FormChat, FormSMS, FormSubject} {
				if !i18n.Known(tpl.key(f)) {
					t.Errorf("%s has no text in every language", tpl.key(f))
				}
				text, err := tpl.Text(lang, f, values)
				if err != nil || strings.ContainsAny(text, "{}") {
					t.Errorf("%s %s: %q %v", tpl.key(f), lang, text, err)
				}
				for _, place := range i18n.Places(raw(t, lang, tpl.key(f))) {
					if !slices.Contains(tpl.Params, place) {
						t.Errorf("%s %s names {%s}", tpl.key(f), lang, place)
					}
				}
			}
			fitsSMS(t, tpl, lang)
			fitsMeta(t, tpl, lang)
		}
	}
}

// raw is the text with its places.
func raw(t *testing.T, lang i18n.Lang, key string) string {
	t.Helper()
	return i18n.Text(lang, key, nil)
}

func fitsSMS(t *testing.T, tpl Template, lang i18n.Lang) {
	t.Helper()
	text, _ := tpl.Text(lang, FormSMS, values)
	if n := lengthGSM(foldGSM(text)); n > maxSMS || strings.Contains(foldGSM(text), "?") {
		t.Errorf("%s in %s takes %d letters: %s", tpl.Name, lang, n, foldGSM(text))
	}
}

// fitsMeta holds what Meta asks of a template's body: at most 1,024 letters, no value at either
// end, each value once and in order of nothing but its number.
func fitsMeta(t *testing.T, tpl Template, lang i18n.Lang) {
	t.Helper()
	text := raw(t, lang, tpl.key(FormChat))
	if strings.HasPrefix(text, "{") || strings.HasSuffix(text, "}") || strings.ContainsAny(text, ":|") && len(tpl.Params) > 0 && strings.Contains(strings.Join(between(text), " "), ":") {
		t.Errorf("%s in %s cannot be approved: %s", tpl.Name, lang, text)
	}
	cloud := tpl.CloudText(lang)
	for i := range tpl.Params {
		if strings.Count(cloud, fmt.Sprintf("{{%d}}", i+1)) != 1 {
			t.Errorf("%s in %s: value %d of %s", tpl.Name, lang, i+1, cloud)
		}
	}
	full, _ := tpl.Text(lang, FormChat, values)
	if utf8.RuneCountInString(full) > 1024 || strings.Contains(text, "|") {
		t.Errorf("%s in %s: %s", tpl.Name, lang, full)
	}
	params, err := tpl.cloudParams(lang, values)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range params {
		cloud = strings.Replace(cloud, fmt.Sprintf("{{%d}}", i+1), p, 1)
	}
	if cloud != full {
		t.Errorf("%s in %s: Meta shows\n%s\nand we\n%s", tpl.Name, lang, cloud, full)
	}
}

// between are the places of a text, without their braces.
func between(text string) (places []string) {
	for _, part := range strings.Split(text, "{")[1:] {
		place, _, _ := strings.Cut(part, "}")
		places = append(places, place)
	}
	return places
}

// No template holds a name and an amount, and no value can bring a NIK in.
func TestNothingPrivate(t *testing.T) {
	for _, tpl := range Templates() {
		if slices.Contains(tpl.Params, "name") && slices.Contains(tpl.Params, "amount") {
			t.Errorf("%s holds a name and an amount", tpl.Name)
		}
	}
	_, err := Template{Params: []string{"name", "amount"}}.args(values)
	wantKey(t, err, jaring.Forbidden, "message.private")
	rescue, _ := GetTemplate("rescue")
	soon, _ := GetTemplate("lapse_soon")
	for _, c := range []struct {
		tpl   Template
		spoil func(*Values)
		key   string
	}{
		{rescue, func(*Values) {}, ""},
		{rescue, func(v *Values) { v.Name = "3404075512909001" }, "message.private"},
		{rescue, func(v *Values) { v.Name = "Siti 2" }, "message.private"},
		{rescue, func(v *Values) { v.Name = "Siti\nAminah" }, "message.private"},
		{rescue, func(v *Values) { v.Name = strings.Repeat("a", 41) }, "message.private"},
		{rescue, func(v *Values) { v.Link = "https://x.example/3404075512909001" }, "message.private"},
		{rescue, func(v *Values) { v.Link = "https://x.example/3404-0755-1290-9001" }, "message.private"},
		{rescue, func(v *Values) { v.Link = "http://x.example/" }, "message.private"},
		{rescue, func(v *Values) { v.Link = "http://127.0.0.1:8080/c/1" }, ""},
		{rescue, func(v *Values) { v.Link = "https://x.example/" + strings.Repeat("y", 60) }, "message.private"},
		{rescue, func(v *Values) { v.Link = "nowhere" }, "message.private"},
		{soon, func(v *Values) { v.Code = "bayar ke Budi" }, "message.private"},
		{soon, func(v *Values) { v.Code = strings.Repeat("1", 29) }, "message.private"},
		{rescue, func(v *Values) { v.Name = "" }, "message.value_missing"},
		{soon, func(v *Values) { v.Amount = 0 }, "message.value_missing"},
		{soon, func(v *Values) { v.Days = -1 }, "message.value_missing"},
		{soon, func(v *Values) { v.Until = 0 }, "message.value_missing"},
		{soon, func(v *Values) { v.Name = "123" }, ""}, // it is not named, so it is not sent
	} {
		v := values
		c.spoil(&v)
		for _, f := range []Form{FormChat, FormSMS, FormSubject} {
			text, err := c.tpl.Text(i18n.ID, f, v)
			if jaring.KeyOf(err) != c.key || err != nil && text != "" || strings.Contains(text, "123") {
				t.Errorf("%s %+v: %q %v", c.tpl.Name, v, text, err)
			}
		}
	}
	_, err = GetTemplate("greeting")
	wantKey(t, err, jaring.Invalid, "message.template_unknown")
}

func TestLettersPrintAsTheirID(t *testing.T) {
	l := letter(1, "rescue")
	for _, said := range []string{fmt.Sprint(l), fmt.Sprintf("%+v", l), fmt.Sprintf("%#v", l), l.LogValue().String()} {
		if said != l.ID {
			t.Error(said)
		}
	}
}

func TestFoldGSM(t *testing.T) {
	for text, want := range map[string]string{
		"Terlindungi sampai 31 Desember 2026": "Terlindungi sampai 31 Desember 2026",
		"Éka – “Nasi” … Rp16.800 •":           `Éka - "Nasi" ... Rp16.800 *`,
		"Ŝiti Šaraĥ":                          "Siti Sarah",
		"e\u0301":                             "é",
		"日本":                                  "??",
		"−Rp22.800\u00a0ya":                   "-Rp22.800 ya",
		"a\u0327":                             "a",
	} {
		if got := foldGSM(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if n := lengthGSM("€[]a"); n != 7 {
		t.Error(n)
	}
}

func FuzzFoldGSM(f *testing.F) {
	f.Add("Éka – 日本 e\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		folded := foldGSM(text)
		for _, r := range folded {
			if !isGSM(r) {
				t.Fatalf("%q has %q", folded, r)
			}
		}
		if again := foldGSM(folded); again != folded {
			t.Fatalf("%q becomes %q", folded, again)
		}
	})
}

func TestQuietHours(t *testing.T) {
	wit := time.FixedZone("WIT", 9*3600)
	for _, c := range []struct {
		at    string
		zone  *time.Location
		until string
	}{
		{"2026-11-21T07:59:59+07:00", wib, "2026-11-21T08:00:00+07:00"},
		{"2026-11-21T08:00:00+07:00", wib, ""},
		{"2026-11-21T19:59:59+07:00", wib, ""},
		{"2026-11-21T20:00:00+07:00", wib, "2026-11-22T08:00:00+07:00"},
		{"2026-11-21T00:00:00+07:00", wib, "2026-11-21T08:00:00+07:00"},
		{"2026-12-31T23:00:00+07:00", wib, "2027-01-01T08:00:00+07:00"},
		{"2026-11-21T18:30:00+07:00", wit, "2026-11-22T08:00:00+09:00"}, // 20:30 in Jayapura
		{"2026-11-21T06:30:00+07:00", wit, ""},                          // 08:30 in Jayapura
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		until, quiet := Quiet(at, c.zone)
		if quiet != (c.until != "") || quiet && until.Format(time.RFC3339) != c.until {
			t.Errorf("%s: %v %s", c.at, quiet, until)
		}
	}
}

func TestReplies(t *testing.T) {
	for text, want := range map[string]Reply{"BERHENTI": ReplyStop, " stop. ": ReplyStop, "Berhenti!": ReplyStop, "jangan kirim lagi": ReplyStop, "Mulai": ReplyStart,
		"jangan berhenti": ReplyOther, "kapan mulai?": ReplyOther, "": ReplyOther, "terima kasih": ReplyOther} {
		if got := ParseReply(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestProgressGoesUp(t *testing.T) {
	for _, order := range [][]Progress{{ProgressSent, ProgressDelivered, ProgressRead}, {ProgressRead, ProgressDelivered, ProgressSent}, {ProgressFailed, ProgressRead, ProgressSent}} {
		p := Progress("")
		for _, news := range order {
			p = p.Advance(news)
		}
		if p != ProgressRead {
			t.Errorf("%v ends as %s", order, p)
		}
	}
	if ProgressSent.Advance("nonsense") != ProgressSent {
		t.Error("takes anything")
	}
}
