package scheme

import (
	"encoding/json"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

// coming is a file with one invented rule.
func coming(rule string) []byte {
	return []byte(`{"name":"test","as_of":"2026-11-21","rules":[` + rule + `]}`)
}

const flatJKM = `{"id":"bpu.jkm.2027","key":"bpu.jkm","from":"2027-03","article":"invented","source":"a test","mark":"L","amount":8000`

func TestLoad_ShippedRulesAreSourcedAndNamed(t *testing.T) {
	b := Load()
	if !strings.HasPrefix(b.Version, "id-") || len(b.Version) != len("id-")+10 || b.AsOf.String() != "2026-11-21" {
		t.Errorf("version %q as of %s", b.Version, b.AsOf)
	}
	for _, r := range b.Rules() {
		if r.Article == "" || r.Source == "" || r.Mark == "" || !strings.Contains(r.ID, ".") {
			t.Errorf("rule %s lacks its origin", r.ID)
		}
	}
	if again, err := New(DefaultSettings()); err != nil || again.Version != b.Version {
		t.Errorf("the same rules have another version: %v", err)
	}
}

func TestLoad_AComingRuleReplacesTheOldOneFromItsMonth(t *testing.T) {
	b, err := New(DefaultSettings(), coming(flatJKM+`,"replaces":["bpu.jkm.2015"]}`))
	if err != nil {
		t.Fatal(err)
	}
	q := own(t, "2027-02", 1_000_000)
	q.Months, q.Programs = 2, jaring.Programs{jaring.JKM}
	got, err := b.Price(q)
	if err != nil || got.Lines[0].Amount != 6_800 || got.Lines[1].Amount != 8_000 {
		t.Errorf("got %+v, %v", got.Lines, err)
	}
	if b.Version == Load().Version {
		t.Error("a new rule must change the version")
	}
	if old, _ := b.GetRule("bpu.jkm.2015"); old.To.String() != "2027-02-28" {
		t.Errorf("the old rule ends %s", old.To)
	}
	if shipped, _ := Load().GetRule("bpu.jkm.2015"); shipped.To != 0 {
		t.Error("the shipped book has changed")
	}
}

func TestLoad_Refuses(t *testing.T) {
	for key, file := range map[string]string{
		"scheme.key.overlap":    flatJKM + `}`,
		"scheme.key.gap":        flatJKM + `},{"id":"x.1","key":"bpu.jkm","from":"2027-01","to":"2027-01","article":"a","source":"s","mark":"L","amount":1,"replaces":["bpu.jkm.2015"]}`,
		"scheme.key.ends":       flatJKM + `,"to":"2027-12","replaces":["bpu.jkm.2015"]}`,
		"scheme.key.unknown":    strings.Replace(flatJKM, `"bpu.jkm"`, `"bpu.jmk"`, 1) + `}`,
		"scheme.rule.source":    strings.Replace(flatJKM, "a test", "", 1) + `}`,
		"scheme.rule.mark":      strings.Replace(flatJKM, `"L"`, `"X"`, 1) + `}`,
		"scheme.rule.value":     strings.Replace(flatJKM, `8000`, `-1`, 1) + `}`,
		"scheme.rule.from":      strings.Replace(flatJKM, `2027-03`, `2027-13`, 1) + `}`,
		"scheme.rule.to":        flatJKM + `,"to":"2027-02"}`,
		"scheme.rule.replaces":  flatJKM + `,"replaces":["nothing"]}`,
		"scheme.rule.duplicate": strings.Replace(flatJKM, "bpu.jkm.2027", "bpu.jkm.2015", 1) + `}`,
		"scheme.rule.ratio":     strings.Replace(flatJKM, `"amount":8000`, `"ratio":"1/0"`, 1) + `}`,
		"scheme.file.malformed": flatJKM + `,"colour":"red"}`,
		"scheme.relief.overlap": relief(`{"segments":["BPU"],"programs":["JKM"],"factor":"1/4"}`),
		"scheme.file.empty":     ``,
	} {
		if _, err := New(DefaultSettings(), coming(file)); jaring.KeyOf(err) != key {
			t.Errorf("want %s, got %v", key, err)
		}
	}
}

func relief(value string) string {
	return `{"id":"relief.new","key":"relief","from":"2026-06","article":"a","source":"s","mark":"L","relief":` + value + `}`
}

func TestLoad_RefusesUnknownWordsInReliefs(t *testing.T) {
	for _, value := range []string{
		`{"segments":["BPU"],"programs":["JKX"],"factor":"1/2"}`,
		`{"segments":["XX"],"programs":["JHT"],"factor":"1/2"}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"3/2"}`,
		`{"segments":["BPU"],"programs":["JHT"]}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2","sectors":["sea"]}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2","exclude_funding":["loan"]}`,
		`{"segments":["PU"],"programs":["JHT"],"factor":"1/2","industries":["space"]}`,
		`{"segments":["PU"],"programs":["JHT"],"factor":"1/2","sizes":["huge"]}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2","excess":"keep"}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2","grace_member_months":2}`,
		`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2","due":{"day":32,"offset":0}}`,
	} {
		if _, err := New(DefaultSettings(), coming(relief(value))); jaring.KeyOf(err) != "scheme.rule.value" {
			t.Errorf("%s: %v", value, err)
		}
	}
	if _, err := New(DefaultSettings(), coming(relief(`{"segments":["BPU"],"programs":["JHT"],"factor":"1/2"}`))); err != nil {
		t.Errorf("a sound relief: %v", err)
	}
}

func TestLoad_RefusesBrokenBands(t *testing.T) {
	for _, bands := range []string{
		`[{"from":1,"base":5}]`,
		`[{"from":0,"to":999,"base":5}]`,
		`[{"from":0,"to":999,"base":5},{"from":3000,"base":6}]`,
		`[{"from":0,"to":1000,"base":5},{"from":2000,"base":5}]`,
		`[{"from":0,"base":0}]`,
		`[]`,
	} {
		file := coming(`{"id":"bpu.bands.2027","key":"bpu.bands","from":"2027-03","article":"a","source":"s","mark":"L","replaces":["bpu.bands.2015"],"bands":` + bands + `}`)
		if _, err := New(DefaultSettings(), file); jaring.KeyOf(err) != "scheme.rule.value" {
			t.Errorf("%s: %v", bands, err)
		}
	}
}

func TestLoad_AMissingKeyIsNamed(t *testing.T) {
	_, err := NewFrom("x", DefaultSettings(), coming(flatJKM+`}`))
	if jaring.KeyOf(err) != "scheme.key.missing" {
		t.Errorf("got %v", err)
	}
}

func TestSettings_UnknownWordIsRefused(t *testing.T) {
	s := DefaultSettings()
	s.Rounding = "bankers"
	if _, err := New(s); jaring.KeyOf(err) != "scheme.setting.unknown" {
		t.Errorf("got %v", err)
	}
}

// FuzzLoad: whatever a file holds, the loader answers with a book that prices or
// with findings, and never panics.
func FuzzLoad(f *testing.F) {
	files, err := shippedFiles()
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(file)
	}
	f.Add(coming(flatJKM + `,"replaces":["bpu.jkm.2015"]}`))
	f.Add(coming(relief(`{"segments":["BPU","PU"],"programs":["JHT"],"factor":"0/1","due":{"day":31,"offset":1}}`)))
	f.Add([]byte(`{"name":"x","as_of":"","rules":[{}]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := New(DefaultSettings(), file)
		if err != nil {
			if jaring.CodeOf(err) != jaring.Invalid {
				t.Fatalf("not a finding: %v", err)
			}
			return
		}
		q := own(t, "2026-10", 3_000_000)
		q.Months, q.Explain = 12, true
		if _, err := b.Price(q); err != nil && jaring.CodeOf(err) != jaring.Invalid {
			t.Fatal(err)
		}
		if !json.Valid(b.Pack()) {
			t.Fatal("the pack is no JSON")
		}
	})
}
