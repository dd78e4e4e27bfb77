package main

import (
	"strings"
	"testing"

	"jaring/internal/jaringtest"
)

// A regulation that is still to come is a file: the server knows it without a build.
func TestServe_KnowsARegulationFromAFile(t *testing.T) {
	flags := []string{"--db", jaringtest.SQLiteURL(t), "--keys", keyFile(t)}
	with := serve(t, append(flags, "--rules", "../../docs/rules/example/coming.json")...)
	status, body := with.get(t, "/api/v1/rules?on=2027-03-15")
	if status != 200 || !strings.Contains(body, `"bpu.jkm.2027"`) {
		t.Errorf("%d without the coming rule: %.200s", status, body)
	}
	with.end()
	status, body = serve(t, flags...).get(t, "/api/v1/rules?on=2027-03-15")
	if status != 200 || strings.Contains(body, `"bpu.jkm.2027"`) || !strings.Contains(body, "bpu.jkm.2015") {
		t.Errorf("%d with a rule that nobody loaded: %.200s", status, body)
	}
}
