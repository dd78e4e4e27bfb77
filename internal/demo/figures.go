package demo

import (
	"context"
	"encoding/json"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
)

// Figures are a demo in numbers, as the system counts them.
type Figures struct {
	Registered   int64 `json:"registered"` // in the book: every standing but review, withdrawn, merged and rejected
	Protected    int64 `json:"protected"`
	Paid         int64 `json:"paid"` // with the fund, not confirmed
	Waiting      int64 `json:"waiting"`
	Grace        int64 `json:"grace"`
	Ended        int64 `json:"ended"`
	Review       int64 `json:"review"`
	Withdrawn    int64 `json:"withdrawn"`
	Merged       int64 `json:"merged"`
	Rejected     int64 `json:"rejected"`
	CoreRejected int64 `json:"core_rejected"`
	Offices      int   `json:"offices"`
	Agents       int   `json:"agents"`
}

// Built tells whether a database is a whole demo.
func Built(ctx context.Context, acts *acts.Acts) (bool, error) {
	built, err := acts.Setting(ctx, SettingBuilt)
	return built != "", err
}

// maxAccounts is more than a demo has.
const maxAccounts = 1000

// Read counts a demo that is there.
func Read(ctx context.Context, h House) (*Demo, error) {
	d := &Demo{Stories: map[string]any{}, Logins: []Login{}}
	offices, err := h.Auth.FindOffices(ctx, jaring.System)
	if err != nil {
		return nil, err
	}
	accounts, err := h.Auth.FindAccounts(ctx, jaring.System, "", maxAccounts)
	if err != nil {
		return nil, err
	}
	agents := 0
	for _, a := range accounts {
		if a.Role == jaring.RoleAgent {
			agents++
		}
	}
	home, err := homeOfAll(ctx, h)
	if err != nil {
		return nil, err
	}
	now := home.Now
	d.Figures = Figures{Registered: home.Registered, Protected: now[jaring.StandingProtected], Paid: now[jaring.StandingPaid],
		Waiting: now[jaring.StandingWaiting], Grace: now[jaring.StandingGrace], Ended: now[jaring.StandingEnded], Review: now[jaring.StandingReview],
		Withdrawn: now[jaring.StandingWithdrawn], Merged: now[jaring.StandingMerged], Rejected: now[jaring.StandingRejected],
		CoreRejected: home.Rejected, Offices: len(offices), Agents: agents}
	text, err := h.App.Setting(ctx, SettingBuilt)
	if err != nil {
		return nil, err
	}
	var built whole
	if err := json.Unmarshal([]byte(text), &built); err != nil {
		return nil, err
	}
	d.Stories, err = readStories(ctx, h, built)
	return d, err
}

// homeOfAll is the home page of whoever sees everything.
func homeOfAll(ctx context.Context, h House) (*app.Home, error) {
	admin, err := h.Auth.GetAccountByLogin(ctx, jaring.System, "admin")
	if err != nil {
		return nil, err
	}
	actor, err := h.Auth.ActorOfAccount(ctx, admin.ID)
	if err != nil {
		return nil, err
	}
	return h.App.Home(ctx, actor)
}
