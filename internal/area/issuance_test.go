package area

import (
	"encoding/json"
	"testing"
)

func TestIssuanceTellsHowMuchOfACodeIsKnownAndNeverRefuses(t *testing.T) {
	for _, c := range []struct {
		digits string
		area   Code
		known  Known
	}{
		{"157101", "15.71.01", DistrictNow},
		{"157199", "15.71", RegencyOnly},
		{"159901", "15", ProvinceOnly},
		{"910101", "93.01", Historical}, // Merauke, once in the province of Papua
		{"927105", "96.71", Historical}, // the city of Sorong
		{"930101", "93.01.01", DistrictNow},
		{"990101", "", Unknown},
		{"000000", "", Unknown},
		{"15710", "", Unknown},
		{"1571011", "", Unknown},
		{"15.710", "", Unknown},
		{"15710O", "", Unknown},
		{"", "", Unknown},
	} {
		a, known := Load().Issuance(c.digits)
		if a.Code != c.area || known != c.known {
			t.Errorf("Issuance(%q) = %s, %s; want %s, %s", c.digits, a.Code, known, c.area, c.known)
		}
	}
}

func TestTheTwentySixReplacedCodesOfPapuaLeadToTheRegencyOfToday(t *testing.T) {
	tree := Load()
	if len(tree.aliases) != 26 {
		t.Fatalf("%d replaced codes, want 26", len(tree.aliases))
	}
	for _, c := range tree.aliases {
		if a, ok := tree.Get(c.old); ok {
			t.Errorf("%s was replaced but is %s today", c.old, a.Name)
		}
		now, ok := tree.Get(c.now)
		if !ok || now.Level != Regency {
			t.Errorf("%s leads to %s, which is no regency", c.old, c.now)
		}
		digits := string(c.old[:2]) + string(c.old[3:]) + "07"
		if a, known := tree.Issuance(digits); known != Historical || a != now {
			t.Errorf("Issuance(%s) = %v, %s", digits, a, known)
		}
		if got := tree.Present(c.old); got != c.now {
			t.Errorf("Present(%s) = %s", c.old, got)
		}
	}
	if got := tree.Present("15.71"); got != "15.71" {
		t.Errorf("Present(15.71) = %s", got)
	}
}

func TestAPackHoldsTheDistrictsAndVillagesOfOneRegency(t *testing.T) {
	tree := Load()
	var p struct {
		Code, Name, Source string
		Areas              [][2]string
	}
	if err := json.Unmarshal(tree.Pack("15.04"), &p); err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, d := range tree.Children("15.04") {
		want += 1 + len(tree.Children(d.Code))
	}
	if p.Code != "15.04" || p.Name != "Kabupaten Batanghari" || p.Source != Source || len(p.Areas) != want {
		t.Errorf("pack of %s %q with %d areas, want %d", p.Code, p.Name, len(p.Areas), want)
	}
	for _, a := range p.Areas {
		if got, ok := tree.Get(Code(a[0])); !ok || got.Name != a[1] || !Contains("15.04", got.Code) {
			t.Errorf("pack has %v", a)
		}
	}
	for _, none := range []Code{"", "15", "15.04.03", "99.99", "x"} {
		if tree.Pack(none) != nil {
			t.Errorf("there is a pack of %q", none)
		}
	}
	for _, p := range tree.Children("") {
		for _, r := range tree.Children(p.Code) {
			if size := len(tree.Pack(r.Code)); size < 100 || size > 64<<10 {
				t.Errorf("pack of %s has %d bytes", r.Name, size)
			}
		}
	}
}
