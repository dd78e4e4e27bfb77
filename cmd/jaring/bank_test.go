package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jaring/internal/i18n"
	"jaring/internal/jaringtest"
	"jaring/internal/payment"
)

func TestServe_LetsOnlyBanksOfTheFileCall(t *testing.T) {
	t.Setenv("JARING_LANG", "en")
	bank, err := payment.NewSimulator(payment.SimulatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "banks.json")
	if err := bank.WriteBank(file); err != nil {
		t.Fatal(err)
	}
	keys := keyFile(t)
	s := serve(t, "--db", jaringtest.SQLiteURL(t), "--keys", keys, "--banks", file)
	status, said := post(t, "http://"+s.address+"/snap/v1.0/transfer-va/inquiry", `{}`)
	if status != http.StatusBadRequest && status != http.StatusUnauthorized || !strings.Contains(said, `"responseCode":"40`) {
		t.Error(status, said)
	}
	bank.Notify("http://" + s.address + "/snap")
	if _, err := bank.Pay(t.Context(), payment.Payer{Code: "8889982600000000000"}); err == nil || !strings.Contains(err.Error(), "payment.code_unknown") {
		t.Error(err)
	}
	if code, _ := s.get(t, "/healthz"); code >= 300 {
		t.Error(code)
	}
	if code := s.end(); code != 0 {
		t.Errorf("exit %d: %s", code, s.log)
	}
	alone := serve(t, "--db", jaringtest.SQLiteURL(t), "--keys", keys)
	if status, said := post(t, "http://"+alone.address+"/snap/v1.0/transfer-va/inquiry", `{}`); strings.Contains(said, "responseCode") {
		t.Error(status, said)
	}
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, key := range map[string]string{filepath.Join(t.TempDir(), "none"): "payment.banks_unreadable", broken: "payment.bank_malformed"} {
		code, _, talk := command(t, "serve", "--db", jaringtest.SQLiteURL(t), "--keys", keys, "--banks", path)
		want, _, _ := strings.Cut(i18n.Text(i18n.EN, key, nil), "{")
		if code != 2 || !strings.Contains(talk, strings.TrimSpace(want)) {
			t.Errorf("%s: exit %d, %q", key, code, talk)
		}
	}
}
