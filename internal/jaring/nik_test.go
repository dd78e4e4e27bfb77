package jaring

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const today = Day(20261121)

func mustNIK(t testing.TB, digits string) NIK {
	t.Helper()
	n, err := ParseNIK(digits)
	if err != nil {
		t.Fatalf("ParseNIK: %v", err)
	}
	return n
}

func TestParseNIK(t *testing.T) {
	for _, c := range []struct {
		rule, text, key string
		args            Args
	}{
		{"16 digits", "3515140508689999", "", nil},
		{"16 zeros are digits too", "0000000000000000", "", nil},
		{"15 digits", "351514050868999", "nik.length", Args{"n": 15}},
		{"17 digits", "35151405086899991", "nik.length", Args{"n": 17}},
		{"nothing", "", "nik.length", Args{"n": 0}},
		{"letter O for zero", "35151405O8689999", "nik.not_digit", Args{"c": "O", "i": 9}},
		{"space between groups", "3515 1405 0868 9999", "nik.not_digit", Args{"c": "␣", "i": 5}},
		{"space at the end", "3515140508689999 ", "nik.not_digit", Args{"c": "␣", "i": 17}},
		{"place counts characters, not bytes", "éO", "nik.not_digit", Args{"c": "é", "i": 1}},
		{"digits of another script", "３５15140508689999", "nik.not_digit", Args{"c": "３", "i": 1}},
		{"a spreadsheet's text mark", "'3515140508689999", "nik.not_digit", Args{"c": "'", "i": 1}},
		{"control character", "\x013515140508689999", "nik.not_digit", Args{"c": "�", "i": 1}},
		{"broken UTF-8", "35\xff5140508689999", "nik.not_digit", Args{"c": "�", "i": 3}},
		{"spreadsheet, point", "1.57E+15", "nik.damaged", nil},
		{"spreadsheet, comma", "1,57E+15", "nik.damaged", nil},
		{"spreadsheet, small e, no plus, blanks", " 3,5151405e15 ", "nik.damaged", nil},
		{"spreadsheet, no fraction", "4E+15", "nik.damaged", nil},
		{"spreadsheet, decimal", "3515140508689990.0", "nik.damaged", nil},
		{"an E is not always a spreadsheet", "35E", "nik.not_digit", Args{"c": "E", "i": 3}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			n, err := ParseNIK(c.text)
			if c.key == "" {
				if err != nil || n.Reveal() != c.text {
					t.Fatalf("got %q, %v", n.Reveal(), err)
				}
				return
			}
			if err == nil || err.Key != c.key || err.Code != Invalid || !n.IsZero() {
				t.Fatalf("got %v, want %s", err, c.key)
			}
			if diff := cmp.Diff(c.args, err.Args); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNIKParts(t *testing.T) {
	woman := mustNIK(t, "3404075512909001")
	if d, m, yy, sex := woman.Birth(); d != 15 || m != 12 || yy != 90 || sex != Female {
		t.Error("day + 40 marks women:", d, m, yy, sex)
	}
	if d, _, _, sex := mustNIK(t, "3515143508689999").Birth(); d != 35 || sex != Male {
		t.Error("day 35 is told as it is:", d, sex)
	}
	if woman.Issuance() != "340407" {
		t.Error(woman.Issuance())
	}
	var none NIK
	if d, m, yy, sex := none.Birth(); !none.IsZero() || none.Reveal()+none.Issuance()+none.String()+string(sex)+none.CheckLetters(1) != "" || d+m+yy != 0 {
		t.Error("no NIK says nothing")
	}
	if none.Check(today, Male, false, today) != nil {
		t.Error("no NIK, no finding")
	}
	if woman != mustNIK(t, "3404075512909001") || woman == mustNIK(t, "3404075512909002") {
		t.Error("NIKs compare by value")
	}
}

// Cases E023–E030 of the golden rules, and the table of checks.
func TestNIKCheck(t *testing.T) {
	const good = "3515140508689999"
	for _, c := range []struct {
		rule, nik string
		birth     Day
		sex       Sex
		area      bool
		want      string // findings as key:verdict, ! = to be confirmed
	}{
		{"agrees with the form (E023)", good, 19680805, Male, true, ""},
		{"sex differs (E030)", good, 19680805, Female, true, "nik.sex_differs:warn!"},
		{"birth date differs", good, 19680806, Male, true, "nik.birth_differs:warn!"},
		{"both differ", good, 19680806, Female, true, "nik.birth_differs:warn! nik.sex_differs:warn!"},
		{"the century comes from the form", good, 18680805, Male, true, ""},
		{"not stated, not compared", good, 0, "", true, ""},
		{"day 32", "3515143208689999", 19680805, Male, true, "nik.birth_impossible:hold"},
		{"day 40 is neither man nor woman", "3515144008689999", 19680805, Female, true, "nik.birth_impossible:hold"},
		{"day 00", "3515140008689999", 19680805, Male, true, "nik.birth_impossible:hold"},
		{"day 72", "3515147208689999", 19680805, Female, true, "nik.birth_impossible:hold"},
		{"month 13", "3515140513689999", 19680805, Male, true, "nik.birth_impossible:hold"},
		{"month 00", "3515140500689999", 19680805, Male, true, "nik.birth_impossible:hold"},
		{"impossible month still tells the sex", "3515140500689999", 19680805, Female, true, "nik.birth_impossible:hold nik.sex_differs:warn!"},
		{"31 February", "3515143102689999", 19680305, Male, true, "nik.birth_impossible:hold"},
		{"29 February 1968 was", "3515142902689999", 19680229, Male, true, ""},
		{"29 February 67 never was", "3515142902679999", 19670228, Male, true, "nik.birth_impossible:hold"},
		{"29 February 00 was in 2000", "3515142902009999", 20000229, Male, true, ""},
		{"serial 0000", "3515140508680000", 19680805, Male, true, "nik.serial_zero:hold"},
		{"area not in the list", good, 19680805, Male, false, "nik.area_unknown:warn"},
		{"ten equal digits", "3515140508888888", 19880805, Male, true, ""},
		{"filler: long run", "3515141111111111", 20111111, Male, true, "nik.filler:warn!"},
		{"filler: equal", "7777777777777777", 0, "", false, "nik.birth_impossible:hold nik.area_unknown:warn nik.filler:warn!"},
		{"filler: 1234…", "1234567890123456", 0, "", false, "nik.birth_impossible:hold nik.area_unknown:warn nik.filler:warn!"},
		{"filler: down", "9876543210987654", 0, "", false, "nik.birth_impossible:hold nik.area_unknown:warn nik.filler:warn!"},
		{"filler: block", "1212121212121212", 0, "", true, "nik.filler:warn!"},
		{"filler: block of three", "1231231231231231", 0, "", true, "nik.birth_impossible:hold nik.filler:warn!"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for _, f := range mustNIK(t, c.nik).Check(c.birth, c.sex, c.area, today) {
				mark := f.Key + ":" + f.Verdict.String()
				if f.Confirm {
					mark += "!"
				}
				if f.Field == "" {
					t.Error("no field:", mark)
				}
				got = append(got, mark)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestNIKBirthDifferenceTellsOnlyWhatDiffers(t *testing.T) {
	n := mustNIK(t, "3515140508689999")
	for birth, want := range map[Day]Args{
		19680806: {"a": "05-••-••", "b": "06-••-••"},
		19680508: {"a": "05-08-••", "b": "08-05-••"},
		19690805: {"a": "••-••-68", "b": "••-••-69"},
	} {
		if diff := cmp.Diff(want, n.Check(birth, Male, true, today)[0].Args); diff != "" {
			t.Error(diff)
		}
	}
	if got := n.Check(19680805, Male, false, today)[0].Args["code"]; got != "35" {
		t.Error("only the province is told:", got)
	}
}

func TestNIKFutureCentury(t *testing.T) {
	// 29-02-28 was in 1928 and will be in 2028; 29-02-00 was in 2000 but not before it.
	if birthPossible(29, 2, 0, 19991231) {
		t.Error("2000 is in the future of 1999, and 1900 had no 29 February")
	}
	if !birthPossible(29, 2, 28, today) || birthPossible(29, 2, 30, today) {
		t.Error("leap years")
	}
}

func TestJudge(t *testing.T) {
	warn := Finding{Verdict: Warn, Key: "a"}
	confirm := Finding{Verdict: Warn, Key: "b", Confirm: true}
	hold := Finding{Verdict: Hold, Key: "c"}
	reject := Finding{Verdict: Reject, Key: "d", Field: "nik"}
	for _, c := range []struct {
		found     []Finding
		confirmed []string
		want      Verdict
	}{
		{nil, nil, Pass},
		{[]Finding{warn}, nil, Warn},
		{[]Finding{warn, confirm}, nil, Hold},
		{[]Finding{warn, confirm}, []string{"b"}, Warn},
		{[]Finding{hold, warn}, []string{"c"}, Hold},
		{[]Finding{hold, reject, warn}, nil, Reject},
	} {
		if got := Judge(c.found, c.confirmed); got != c.want {
			t.Errorf("%v %v: got %s, want %s", c.found, c.confirmed, got, c.want)
		}
	}
	if err := reject.Err(); err.Key != "d" || err.Field != "nik" || err.Code != Invalid {
		t.Error(err)
	}
	if text, _ := json.Marshal(Pass); string(text) != `"pass"` {
		t.Error(string(text))
	}
}

func TestCheckLetters(t *testing.T) {
	key := []byte("a key of the test, 32 bytes long")
	a, b := mustNIK(t, "3515140508689001"), mustNIK(t, "3515140508689002")
	if a.CheckLetters(key...) != a.CheckLetters(key...) {
		t.Error("not stable")
	}
	if a.CheckLetters(key...) == a.CheckLetters([]byte("another key")...) {
		t.Error("the key does not matter")
	}
	if a.CheckLetters() != "" {
		t.Error("letters without a key give the NIK away")
	}
	if a.CheckLetters(key...) == b.CheckLetters(key...) {
		t.Error("neighbours look alike")
	}
	seen := map[string]int{}
	for serial := range 20000 {
		letters := mustNIK(t, fmt.Sprintf("351514050868%04d", serial%10000)).CheckLetters(append(key, byte(serial/10000))...)
		if len(letters) != 2 || strings.ContainsAny(letters, "IOQ0123456789") {
			t.Fatal(letters)
		}
		seen[letters]++
	}
	if len(seen) != 529 {
		t.Errorf("%d of 529 pairs of letters are used", len(seen))
	}
}

// everyWayOut prints n in all the ways that code prints by accident.
func everyWayOut(n NIK) string {
	type inner struct{ nik NIK } // unexported: fmt asks no method here
	type outer struct {
		NIK NIK
		P   *NIK
	}
	var b strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%08b", "%t"} {
		for _, v := range []any{n, &n, []NIK{n}, map[NIK]bool{n: true}, inner{n}, &inner{n}, []inner{{n}}, outer{n, &n}} {
			fmt.Fprintf(&b, verb+"\n", v)
		}
	}
	text, _ := json.Marshal(outer{n, &n})
	b.Write(text)
	plain := slog.New(slog.NewTextHandler(&b, nil))
	plain.Info("x", "nik", n, "struct", inner{n}, "finding", n.Check(19500101, Male, false, today))
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "nik", n, "list", []NIK{n}, "struct", outer{n, &n})
	return b.String()
}

func TestNIKNeverShows(t *testing.T) {
	n := mustNIK(t, "3515140508689001")
	if got, want := fmt.Sprintf("%v|%s|%#v|%d", n, n, n, n), strings.Repeat("35•• •••• •••• ••••|", 4); got+"|" != want {
		t.Errorf("got %s", got)
	}
	if text, err := json.Marshal(n); err != nil || string(text) != `"35•• •••• •••• ••••"` {
		t.Errorf("got %s, %v", text, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{16}`).Draw(t, "nik")
		n, err := ParseNIK(digits)
		if err != nil || n.Reveal() != digits {
			t.Fatal("not read back")
		}
		if rest := digits[2:]; strings.Contains(everyWayOut(n), rest) {
			t.Fatal("the digits got out")
		}
		if s := n.String(); strings.Trim(s[2:], " •") != "" || s[:2] != digits[:2] {
			t.Fatal("the mask shows more than two digits: " + s)
		}
	})
}

func FuzzParseNIK(f *testing.F) {
	for _, s := range []string{"3515140508689999", "351514050868999", "1.57E+15", "1,57E+15", "35151405O8689999", "", "\xff", "3515140508689990.0", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNIK(s)
		if (err == nil) == n.IsZero() {
			t.Fatal("either a NIK or an error")
		}
		if err == nil {
			if n.Reveal() != s || len(s) != 16 {
				t.Fatal("changed what it read")
			}
			n.Check(19800101, Female, true, today)
			return
		}
		if len(s) > 8 && strings.Contains(err.Error()+fmt.Sprint(err.Args), s) {
			t.Fatal("the error tells the text")
		}
		switch err.Key {
		case "nik.length", "nik.not_digit", "nik.damaged":
		default:
			t.Fatal("unlisted key", err.Key)
		}
	})
}

func BenchmarkParseNIK(b *testing.B) {
	for b.Loop() {
		n, _ := ParseNIK("3515140508689999")
		n.Check(19680805, Male, true, today)
	}
}
