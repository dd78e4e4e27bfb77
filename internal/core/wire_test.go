package core

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

func TestEnrolmentTravelsWhole(t *testing.T) {
	e := enrolment(7)
	raw, err := encodeEnrolment(e)
	if err != nil || !strings.Contains(string(raw), e.NIK.Reveal()) {
		t.Fatal("the core needs the digits", err)
	}
	got, fault := decodeEnrolment(raw)
	if fault != "" || !reflect.DeepEqual(got, e) {
		t.Fatalf("%s\n%#v\n%#v", fault, got, e)
	}
}

func TestEnrolmentPrintsItsIDAlone(t *testing.T) {
	e := enrolment(7)
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "e", e, "list", []Enrolment{e})
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "e", e, "list", []Enrolment{e})
	asJSON, _ := json.Marshal(map[string]any{"e": e, "p": &e})
	text := fmt.Sprintf("%v %+v %#v %s %d %v %v", e, e, e, e, e, []Enrolment{e}, &e) + b.String() + string(asJSON)
	for _, secret := range []string{e.NIK.Reveal()[2:], e.MotherName, e.Name, e.Phone} {
		if strings.Contains(text, secret) {
			t.Errorf("%q got out: %s", secret, text)
		}
	}
}

func TestEnrolmentCheck(t *testing.T) {
	for field, spoil := range map[string]func(*Enrolment){
		"message_id":  func(e *Enrolment) { e.MessageID += "x" },
		"nik":         func(e *Enrolment) { e.NIK = jaring.NIK{} },
		"name":        func(e *Enrolment) { e.Name = "" },
		"birth_date":  func(e *Enrolment) { e.BirthDate = 0 },
		"programs":    func(e *Enrolment) { e.Programs = nil },
		"first_month": func(e *Enrolment) { e.LastMonth = e.FirstMonth - 1 },
	} {
		e := enrolment(1)
		spoil(&e)
		err, _ := e.Check().(*jaring.Error)
		if err == nil || err.Key != "core.enrolment_incomplete" || err.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	if err := enrolment(1).Check(); err != nil {
		t.Error(err)
	}
}

const goodID = "0199b000-0000-7000-8000-000000000001:0199b000-0000-7000-9000-000000000001"

func TestDecodeAnswer(t *testing.T) {
	ack := `"message_id":"` + goodID + `","verdict":"acknowledged","on":"2026-10-06"`
	for _, c := range []struct{ rule, raw, fault string }{
		{"acknowledged", `{` + ack + `,"kpj":"26000000901","programs":["JKK","JKM"],"from":"2026-10","to":"2026-12"}`, ""},
		{"a simulator's KPJ", `{` + ack + `,"kpj":"S2600000901","programs":["JKK","JKM"],"from":"2026-10","to":"2026-12"}`, ""},
		{"unknown fields are the core's to add", `{` + ack + `,"kpj":"26000000901","programs":["JKK"],"from":"2026-10","to":"2026-10","new":[1]}`, ""},
		{"KPJ of ten digits", `{` + ack + `,"kpj":"2600000901","programs":["JKK"],"from":"2026-10","to":"2026-12"}`, "kpj"},
		{"KPJ with spaces", `{` + ack + `,"kpj":"S26 000 009","programs":["JKK"],"from":"2026-10","to":"2026-12"}`, "kpj"},
		{"a NIK where a KPJ belongs", `{` + ack + `,"kpj":"1504030101709001","programs":["JKK"],"from":"2026-10","to":"2026-12"}`, "kpj"},
		{"no programmes", `{` + ack + `,"kpj":"26000000901","programs":[],"from":"2026-10","to":"2026-12"}`, "programs"},
		{"unknown programme", `{` + ack + `,"kpj":"26000000901","programs":["JKX"],"from":"2026-10","to":"2026-12"}`, "programs"},
		{"months turned round", `{` + ack + `,"kpj":"26000000901","programs":["JKK"],"from":"2026-12","to":"2026-10"}`, "to"},
		{"month 13", `{` + ack + `,"kpj":"26000000901","programs":["JKK"],"from":"2026-13","to":"2026-12"}`, "from"},
		{"no day", `{"message_id":"` + goodID + `","verdict":"rejected","reason":{"code":"age"}}`, "on"},
		{"no reason", `{"message_id":"` + goodID + `","verdict":"rejected","on":"2026-10-06"}`, "reason"},
		{"no verdict", `{"message_id":"` + goodID + `","on":"2026-10-06"}`, "verdict"},
		{"somebody else's message", `{"message_id":"17","verdict":"rejected","on":"2026-10-06","reason":{"code":"age"}}`, "message_id"},
		{"no object", `[]`, "json"},
		{"a number where a text belongs", `{"message_id":1504030101709001}`, "json"},
		{"cut off", `{"message_id":"`, "json"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			a, fault := decodeAnswer([]byte(c.raw))
			if fault != c.fault {
				t.Fatalf("got %q, want %q", fault, c.fault)
			}
			if fault == "" {
				again, fault := a.wire().answer()
				if fault != "" || !reflect.DeepEqual(a, again) || a.WorkerID == "" {
					t.Errorf("%s %+v %+v", fault, a, again)
				}
			}
		})
	}
}

func TestReasonsAreClosed(t *testing.T) {
	for code, want := range map[string]Reason{"age": ReasonAge, "nik_not_found": ReasonNIKNotFound, "brand_new": ReasonOther} {
		a, fault := decodeAnswer(fmt.Appendf(nil, `{"message_id":"%s","verdict":"rejected","on":"2026-10-06","reason":{"code":"%s"}}`, goodID, code))
		if fault != "" || a.Reason != want {
			t.Errorf("%s: got %q %s", code, a.Reason, fault)
		}
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"NIK tidak ada":                      "NIK tidak ada",
		"NIK 1504030101709001 tidak ada":     "NIK •••• tidak ada",
		"NIK 1504-0301-0170-9001 tidak ada":  "NIK •••• tidak ada",
		"NIK 1504 0301 0170 9001":            "NIK ••••",
		"KPJ 26000000901 sejak 2019-01-02":   "KPJ 26000000901 sejak 2019-01-02",
		"baris\nsatu\tdua\x00 ":              "baris satu dua",
		"":                                   "",
		"usia 66, batas 65":                  "usia 66, batas 65",
		"x" + strings.Repeat("y", 2*maxText): "x" + strings.Repeat("y", maxText-1),
	} {
		if got := clean(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestOpen(t *testing.T) {
	if p, err := Open("dir:"+t.TempDir(), Options{}); err != nil || reflect.TypeOf(p) != reflect.TypeFor[*Files]() {
		t.Error(p, err)
	}
	for _, target := range []string{"https://core.example/jaring", "http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost:1"} {
		if p, err := Open(target, Options{}); err != nil || reflect.TypeOf(p) != reflect.TypeFor[*REST]() {
			t.Error(target, p, err)
		}
	}
	for _, target := range []string{"", "dir:", "http://core.example", "https://user:word@core.example", "ftp://127.0.0.1", "https://core.example?x=1", "%zz"} {
		_, err := Open(target, Options{})
		wantKey(t, err, jaring.Invalid, "config.core")
	}
}
