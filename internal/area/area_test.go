package area

import (
	"regexp"
	"strings"
	"testing"
)

func TestTheTableHasTheOfficialNumberOfAreasKepmendagri2430Of2025(t *testing.T) {
	tree := Load()
	for level, want := range map[Level]int{Province: 38, Regency: 514, District: 7285, Village: 83762, NoLevel: 0, 9: 0} {
		if got := tree.Count(level); got != want {
			t.Errorf("%d areas of level %q, want %d", got, level, want)
		}
	}
}

func TestEveryCodeHasTheOfficialFormAndItsParents(t *testing.T) {
	tree := Load()
	form := regexp.MustCompile(`^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$`)
	for i := range tree.keys {
		a := tree.at(i)
		if !form.MatchString(string(a.Code)) || a.Code.Level() != a.Level || a.Level == NoLevel {
			t.Fatalf("code %q, level %s", a.Code, a.Level)
		}
		if strings.TrimSpace(a.Name) == "" {
			t.Fatalf("%s has no name", a.Code)
		}
		path := tree.Path(a.Code)
		if len(path) != int(a.Level) || path[len(path)-1] != a {
			t.Fatalf("path of %s: %v", a.Code, path)
		}
		for n, p := range path {
			if p.Level != Level(n+1) || !Contains(p.Code, a.Code) {
				t.Fatalf("path of %s: %v", a.Code, path)
			}
		}
	}
}

func TestTheFourthPartOfACodeTellsKelurahanDesaAndDesaAdat(t *testing.T) {
	tree := Load()
	count := map[Kind]int{}
	for i := range tree.keys {
		a := tree.at(i)
		count[a.Kind]++
		if a.Level == Village {
			if want := map[byte]Kind{'1': Kelurahan, '2': Desa, '3': DesaAdat}[a.Code[9]]; a.Kind != want {
				t.Fatalf("%s is a %s, want %s", a.Code, a.Kind, want)
			}
		}
		if a.Level == Regency && strings.HasPrefix(a.Name, "Kota ") != (a.Kind == KindCity) {
			t.Errorf("%s %s is a %s", a.Code, a.Name, a.Kind)
		}
	}
	want := map[Kind]int{KindProvince: 38, KindRegency: 416, KindCity: 98, KindDistrict: 7285, Kelurahan: 8496, Desa: 75252, DesaAdat: 14}
	for kind, n := range want {
		if count[kind] != n {
			t.Errorf("%d of kind %s, want %d", count[kind], kind, n)
		}
	}
	if count[NoKind] != 0 {
		t.Errorf("%d areas of no kind", count[NoKind])
	}
}

func TestGetAndChildren(t *testing.T) {
	tree := Load()
	jambi, ok := tree.Get("15.71")
	if want := (Area{Code: "15.71", Name: "Kota Jambi", Level: Regency, Kind: KindCity}); !ok || jambi != want {
		t.Errorf("15.71 is %v, want %v", jambi, want)
	}
	for code, want := range map[Code]int{"": 38, "15": 11, "15.71": 11, "15.71.01.1001": 0, "99": 0, "15.7": 0} {
		if got := len(tree.Children(code)); got != want {
			t.Errorf("%q has %d children, want %d", code, got, want)
		}
	}
	sum := 0
	for _, p := range tree.Children("") {
		for _, r := range tree.Children(p.Code) {
			for _, d := range tree.Children(r.Code) {
				sum += len(tree.Children(d.Code))
			}
		}
	}
	if sum != 83762 {
		t.Errorf("%d villages by way of their parents, want 83762", sum)
	}
	for _, none := range []Code{"", "1", "15.", "15.00", "00", "15.71.1", "15.71.01.0000", "15-71", "15.71.01.1001.1", "99.99", "1५"} {
		if a, ok := tree.Get(none); ok {
			t.Errorf("Get(%q) gives %v", none, a)
		}
		if path := tree.Path(none); path != nil {
			t.Errorf("Path(%q) gives %v", none, path)
		}
	}
}

func TestParentAndAtCutACode(t *testing.T) {
	const village Code = "15.71.01.1001"
	for level, want := range map[Level]Code{NoLevel: "", Province: "15", Regency: "15.71", District: "15.71.01", Village: village, 7: ""} {
		if got := village.At(level); got != want {
			t.Errorf("At(%s) = %q, want %q", level, got, want)
		}
	}
	if got := Code("15").At(District); got != "" {
		t.Errorf("the district of a province is %q", got)
	}
	if p, ok := Load().Parent(village); !ok || p.Code != "15.71.01" {
		t.Errorf("parent of %s is %v", village, p)
	}
	if p, ok := Load().Parent("15"); ok {
		t.Errorf("a province has the parent %v", p)
	}
}

func TestContainsNeedsWholePartsAndGrantsNothingWithoutScope(t *testing.T) {
	for _, c := range []struct {
		outer, inner Code
		want         bool
	}{
		{"15", "15.71.01.1001", true},
		{"15.71", "15.71", true},
		{"15.71.01.1001", "15.71", false},
		{"15.71", "15.72", false},
		{"1", "15", false},
		{"15.7", "15.71", false},
		{"", "15", false},
		{"15", "", false},
		{"15", "15.7x", false},
	} {
		if got := Contains(c.outer, c.inner); got != c.want {
			t.Errorf("Contains(%q, %q) = %v", c.outer, c.inner, got)
		}
	}
}

func TestParseCodeReadsCodesWithAndWithoutDots(t *testing.T) {
	for in, want := range map[string]Code{
		"15": "15", "1571": "15.71", " 157101 ": "15.71.01", "1571011001": "15.71.01.1001", "15.71.01.1001": "15.71.01.1001",
		"": "", "157": "", "15710": "", "1571.01": "", "15.7": "", "0000": "", "1500": "", "15x1": "", "１５": "",
	} {
		got, ok := ParseCode(in)
		if got != want && ok || ok != (want != "") {
			t.Errorf("ParseCode(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestDecodeRefusesWhatIsNoTable(t *testing.T) {
	whole, err := Encode([]Area{{Code: "15", Name: "Jambi"}, {Code: "15.71", Name: "Kota Jambi"}})
	if err != nil {
		t.Fatal(err)
	}
	if tree, err := decode(whole); err != nil || tree.Count(Regency) != 1 {
		t.Errorf("a small table: %v", err)
	}
	for _, part := range [][]byte{nil, []byte("jaring"), whole[:len(whole)/2]} {
		if _, err := decode(part); err == nil {
			t.Errorf("%d bytes pass for a table", len(part))
		}
	}
}

func TestEncodeRefusesAListThatIsNoTree(t *testing.T) {
	for name, areas := range map[string][]Area{
		"form":   {{Code: "1571", Name: "Kota Jambi"}},
		"order":  {{Code: "15", Name: "Jambi"}, {Code: "14", Name: "Riau"}},
		"twice":  {{Code: "15", Name: "Jambi"}, {Code: "15", Name: "Jambi"}},
		"orphan": {{Code: "15", Name: "Jambi"}, {Code: "15.71.01", Name: "Telanaipura"}},
		"name":   {{Code: "15", Name: " Jambi"}},
	} {
		if _, err := Encode(areas); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
