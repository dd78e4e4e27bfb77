package jaring

import (
	"testing"
	"time"
)

func TestLicenceAllows(t *testing.T) {
	noon := func(d Day) time.Time { return d.Time().Add(5 * time.Hour) }
	day := func(s string) Day {
		d, err := ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	full := Licence{Number: "SK-26-0001", Powers: []Power{PowerRegister, PowerCash}, From: day("2026-11-02"), Until: day("2026-11-20")}
	stopped := full
	stopped.Stopped = noon(day("2026-11-10"))
	plain := full
	plain.Powers = []Power{PowerRegister}
	for _, c := range []struct {
		name  string
		l     Licence
		p     Power
		on    string
		after time.Duration
		key   string
	}{
		{"none issued", Licence{}, PowerRegister, "2026-11-10", 0, "certificate.none"},
		{"the day before it begins", full, PowerRegister, "2026-11-01", 0, "certificate.not_begun"},
		{"its first day", full, PowerRegister, "2026-11-02", 0, ""},
		{"its last day", full, PowerCash, "2026-11-20", 0, ""},
		{"the day after its last", full, PowerCash, "2026-11-21", 0, "certificate.ended"},
		{"a moment before the stop", stopped, PowerRegister, "2026-11-10", -time.Second, ""},
		{"the moment of the stop", stopped, PowerRegister, "2026-11-10", 0, "certificate.stopped"},
		{"a power that it does not name", plain, PowerCash, "2026-11-10", 0, "certificate.power_missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := noon(day(c.on)).Add(c.after)
			if got := KeyOf(c.l.Allows(c.p, at, day(c.on))); got != c.key {
				t.Errorf("got %q, want %q", got, c.key)
			}
			if got := KeyOf((Actor{Role: RoleAgent, Licence: c.l}).Licensed(c.p, at, day(c.on))); got != c.key {
				t.Errorf("the agent: got %q, want %q", got, c.key)
			}
			if err := (Actor{Role: RoleOfficer}).Licensed(c.p, at, day(c.on)); err != nil {
				t.Errorf("a desk needs no certificate: %v", err)
			}
		})
	}
}
