package app_test

import (
	"fmt"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func TestRescue_SomebodyElsePays(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		protect(t, town, id, "10000000001")
		body := fields{"worker_id": id, "months": 2, "payer": fields{"kind": "relative", "name": "Ratna  Sari Dewi"}}
		op := town.Operation(jaring.ActRescue, body)
		var token, code string
		for range 2 { // told twice is one
			outcomes, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{op})
			if err != nil {
				t.Fatal(err)
			}
			r, err := town.App.RescuedBy(t.Context(), outcomes[0])
			if err != nil {
				t.Fatal(err)
			}
			if token != "" && (r.Token != token || r.Payment.Code != code) {
				t.Errorf("another one: %+v", r)
			}
			token, code = r.Token, r.Payment.Code
		}
		r, err := town.App.GetRescue(t.Context(), token)
		if err != nil || r.State != "waiting" || r.Payer != "Ratna S." || r.Payment.Amount != 2*whole || r.Payment.FirstMonth.String() != "2027-02" || len(r.GivenName) == 0 ||
			len(token) != 22 || r.Cover.Until.String() != "2027-01-31" {
			t.Fatalf("%+v %v", r, err)
		}
		if v := view(t, town, id); v.Payment.Code != code {
			t.Errorf("the person's page has the code %s", v.Payment.Code)
		}
		if err := came(town, id, r.Payment.Amount, "R1"); err != nil {
			t.Fatal(err)
		}
		if r, err = town.App.GetRescue(t.Context(), token); err != nil || r.State != "paid" || r.Cover.Until.String() != "2027-03-31" {
			t.Errorf("%+v %v", r, err)
		}
		for _, bad := range []string{"", "x", token[:21], token + "A"} {
			_, err := town.App.GetRescue(t.Context(), bad)
			wantKey(t, err, jaring.NotFound, "rescue.unknown")
		}
		wantSound(t, town)
	})
}

func TestRescue_Refused(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	for key, payer := range map[string]fields{"rescue.payer_kind": {"kind": "stranger", "name": "X"}, "field.required": {"kind": "group", "name": "  "},
		"field.too_long": {"kind": "group", "name": fmt.Sprintf("%081d", 0)}} {
		_, err := town.Do(town.Agent, jaring.ActRescue, fields{"worker_id": id, "months": 1, "payer": payer})
		wantKey(t, err, jaring.Invalid, key)
	}
	_, err := town.Do(town.Second, jaring.ActRescue, fields{"worker_id": id, "months": 1, "payer": fields{"kind": "group", "name": "Asosiasi"}})
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	if _, err := town.Do(town.Agent, jaring.ActRescue, fields{"worker_id": id, "months": 1, "payer": fields{"kind": "group", "name": "Asosiasi"}}); err != nil {
		t.Errorf("who has not paid yet: %v", err)
	}
	o, err := town.Do(town.Agent, jaring.ActRescue, fields{"worker_id": id, "months": 3, "payer": fields{"kind": "sponsor", "name": "PT Contoh"}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := town.App.RescuedBy(t.Context(), o)
	if err != nil || r.State != "waiting" {
		t.Fatal(r, err)
	}
	if _, err := town.Do(town.Agent, jaring.ActWithdrawConsent, fields{"worker_id": id}); err != nil {
		t.Fatal(err)
	}
	if r, err := town.App.GetRescue(t.Context(), r.Token); err != nil || r.State != "closed" {
		t.Errorf("%+v %v", r, err)
	}
}
