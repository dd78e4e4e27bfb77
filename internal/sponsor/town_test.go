package sponsor_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

type fields = map[string]any

func onBoth(t *testing.T, f func(t *testing.T, town *jaringtest.Town)) {
	t.Helper()
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) { f(t, jaringtest.NewTown(t, db)) })
}

func op() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }

func nikOf(n int) string { return jaringtest.Person(n)["nik"].(string) }

func keys(fs []jaring.Finding) (out []string) {
	for _, f := range fs {
		out = append(out, f.Key)
	}
	return out
}

func view(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) *app.WorkerView {
	t.Helper()
	v, err := town.App.GetWorker(t.Context(), town.Officer, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// settlement pays for one person at the counter.
func settlement(town *jaringtest.Town, id jaring.WorkerID) fields {
	return fields{"worker_id": id, "amount": 45_600, "channel": "counter", "reference": "K-7", "paid_on": town.Now().Add(7 * time.Hour).Format(time.DateOnly)}
}

func withdraw(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID) error {
	_, err := town.Do(actor, jaring.ActWithdrawConsent, fields{"worker_id": id, "reason": "berubah pikiran"})
	return err
}

// awake never sleeps: every hour is good to be told.
func awake(time.Time, *time.Location) (time.Time, bool) { return time.Time{}, false }

// ask asks for further months of a person.
func ask(t *testing.T, town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, months int) *app.Asked {
	t.Helper()
	o, err := town.Do(actor, jaring.ActContribute, fields{"worker_id": id, "months": months})
	if err != nil {
		t.Fatal(err)
	}
	asked, err := town.App.AskedBy(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return asked
}
