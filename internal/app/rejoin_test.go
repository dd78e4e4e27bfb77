package app_test

import (
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The fund gives one person one number for life: who withdraws and comes back is confirmed under it again.
func TestTheNumberComesAlongWithWhoComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const kpj = "S2600000007"
		paid := func() jaring.WorkerID {
			id := town.Register(town.Agent, 1)
			v, err := town.App.GetWorker(t.Context(), town.Officer, id)
			if err != nil {
				t.Fatal(err)
			}
			body := map[string]any{"worker_id": id, "amount": v.Payment.Amount, "channel": "bank", "reference": "T1", "paid_on": v.Today}
			if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil {
				t.Fatal(err)
			}
			return id
		}
		confirm := func(id jaring.WorkerID) error {
			v, err := town.App.GetWorker(t.Context(), town.Officer, id)
			if err != nil {
				return err
			}
			m := v.Membership
			return town.App.Confirm(t.Context(), app.Confirmation{Worker: id, Membership: m.ID, Accepted: true, KPJ: kpj, From: m.FirstMonth, To: m.LastMonth()})
		}
		first := paid()
		if err := confirm(first); err != nil {
			t.Fatal(err)
		}
		if _, err := town.Do(town.Officer, jaring.ActWithdrawConsent, map[string]any{"worker_id": first}); err != nil {
			t.Fatal(err)
		}
		second := paid()
		if err := confirm(second); err != nil {
			t.Fatalf("the same person, the same number: %v", err)
		}
		list, err := town.App.FindWorkers(t.Context(), town.Officer, app.ListQuery{Text: kpj})
		if err != nil || len(list.Workers) != 1 || list.Workers[0].ID != second {
			t.Errorf("the number leads to %+v, %v", list, err)
		}
	})
}
