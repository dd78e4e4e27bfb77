package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Whoever checks a receipt is told whom to call: the agent's office, or the one above it.
func TestOfficePhoneStandsOnReceipts(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		p := newPurse(t, town, town.SubAgent)
		id := registerAs(t, town, town.SubAgent, 2, fields{"months": 1, "village": jaringtest.MuaraBulu})
		receipt := p.take(id, 1, p.price(id))
		says := func(want string) {
			t.Helper()
			c, err := town.App.CheckReceipt(t.Context(), string(receipt.code), birthOf(2))
			if err != nil || c.OfficePhone != want {
				t.Errorf("%q %v, want %q", c.OfficePhone, err, want)
			}
		}
		set := func(office jaring.OfficeID, phone, key string) {
			t.Helper()
			if err := town.App.SetOfficePhone(t.Context(), town.Admin, op(), office, phone); jaring.KeyOf(err) != key {
				t.Errorf("%q: %v, want %q", phone, err, key)
			}
		}
		says("")
		set(town.Branch, "(0741) 123-456", "")
		says("+62741123456")
		set(town.SubAgent.Office, "0812-3456-7890", "")
		says("+6281234567890")
		set(town.SubAgent.Office, "besok saja", "phone.office_malformed")
		set(town.SubAgent.Office, "", "")
		says("+62741123456")
		wantKey(t, town.App.SetOfficePhone(t.Context(), town.Head, op(), town.Branch, ""), jaring.Forbidden, "error.forbidden")
	})
}
