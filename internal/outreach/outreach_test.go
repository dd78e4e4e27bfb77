package outreach_test

import (
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
	"jaring/internal/store"
)

// house is a town with the acts of this room.
type house struct {
	*jaringtest.Town
	*outreach.Outreach
}

func newHouse(t testing.TB, db *store.DB) *house {
	town := jaringtest.NewTown(t, db)
	return &house{town, town.App.Outreach}
}

func onBoth(t *testing.T, f func(*testing.T, *house)) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) { f(t, newHouse(t, db)) })
}

func op() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if jaring.KeyOf(err) != key {
		t.Errorf("%v, want %s", err, key)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plan plans a campaign of the branch for three hours from now.
func (h *house) plan(t testing.TB, kind jaring.CampaignKind, change func(*jaring.CampaignForm)) jaring.CampaignID {
	t.Helper()
	f := jaring.CampaignForm{Kind: kind, Name: "Dialog warga", Office: h.Branch, Place: h.Market, OpensAt: h.Town.Now(), ClosesAt: h.Town.Now().Add(3 * time.Hour), SealHours: 24}
	if change != nil {
		change(&f)
	}
	id, err := h.PlanCampaign(t.Context(), h.Officer, op(), f)
	must(t, err)
	return id
}
