package demo

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The desk of the branch has something to show, and all of it holds.
func TestMoney_LiesOnTheDesk(t *testing.T) {
	ctx := t.Context()
	open := house(t, jaringtest.SQLiteURL(t))
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	var h House
	d1, err := Build(ctx, Config{Open: func(now func() time.Time) House { h = open(now); return h }, Now: now, Seed: 1, Size: 60, Notice: "2026-11", Stories: []string{"d", "e"}})
	if err != nil {
		t.Fatal(err)
	}
	wantStoryD(t, d1)
	wantStoryE(t, d1, jaring.NewMonth(2026, 1))
	account, err := h.Auth.GetAccountByLogin(ctx, jaring.System, "kepala.jambi")
	if err != nil {
		t.Fatal(err)
	}
	head, err := h.Auth.ActorOfAccount(ctx, account.ID)
	if err != nil {
		t.Fatal(err)
	}
	groups, _, err := h.App.FindGroups(ctx, head, "", "")
	if err != nil || len(groups) != 1 || groups[0].Members == 0 {
		t.Fatalf("%v %v", groups, err)
	}
	g, err := h.App.GetGroup(ctx, head, groups[0].ID)
	if err != nil || len(g.Bills) != 1 || g.Bills[0].State != "settled" {
		t.Errorf("%+v %v", g, err)
	}
	if n, err := h.App.CountSuspense(ctx, head); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	d, err := h.App.GetDay(ctx, head, "", jaring.DayIn(now, app.Zone("")).Add(-1))
	if err != nil || d.Closed == nil || !d.Sound {
		t.Errorf("%+v %v", d, err)
	}
	if damages, _, _, err := h.App.Verify(ctx); err != nil || len(damages) > 0 {
		t.Errorf("%v %v", damages, err)
	}
}
