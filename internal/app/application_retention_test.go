package app_test

import (
	"fmt"
	"testing"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func newAccountAt(office jaring.OfficeID) auth.NewAccount {
	return auth.NewAccount{Login: "baru.sekali", Name: "Nona Baru", Role: jaring.RoleOfficer, Office: office}
}

// applied is somebody who applied and came to the office; with to, who was decided on.
func applied(t *testing.T, town *jaringtest.Town, n int, to jaring.ApplicationState) jaring.ApplicationID {
	t.Helper()
	id := newOp()
	_, err := town.App.AddApplication(t.Context(), id, jaring.Application{Office: town.Branch, Name: fmt.Sprintf("Calon %c", 'A'+n), Phone: "081234567890", Village: jaringtest.Legok,
		Background: "other", Prospects: 3, ProspectsWhere: "pasar", Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: town.Now()}})
	wantError(t, err, "")
	wantError(t, town.App.PresentApplicant(t.Context(), town.Officer, newOp(), jaring.ApplicationID(id)), "")
	if to != "" {
		wantError(t, town.App.DecideApplication(t.Context(), town.Officer, newOp(), jaring.ApplicationID(id), to, "belum cukup umur"), "")
	}
	return jaring.ApplicationID(id)
}

// empty reports whether an application says nothing of who it was.
func empty(t *testing.T, town *jaringtest.Town, id jaring.ApplicationID) (bool, jaring.ApplicationState) {
	t.Helper()
	p, err := town.App.GetApplication(t.Context(), town.Officer, id)
	wantError(t, err, "")
	if p.Number == "" || p.Consent.NoticeVersion == "" {
		t.Errorf("more than the personal data is gone: %+v", p)
	}
	return p.Name+p.NameFold+p.Phone+p.Village+p.ProspectsWhere == "", p.State
}

func TestAnApplicantTakesTheConsentBack(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a := t.Context(), town.App
		waits, turned, taken := applied(t, town, 1, jaring.ApplicationIsWaiting), applied(t, town, 2, jaring.ApplicationIsRejected), applied(t, town, 3, jaring.ApplicationIsAccepted)
		wantKey(t, a.WithdrawApplication(ctx, town.FarOfficer, newOp(), waits, ""), jaring.Forbidden, "error.out_of_area")
		op := newOp()
		wantError(t, a.WithdrawApplication(ctx, town.Officer, op, waits, "pindah kota"), "")
		wantError(t, a.WithdrawApplication(ctx, town.Officer, op, waits, "pindah kota"), "")
		wantKey(t, a.WithdrawApplication(ctx, town.Officer, newOp(), waits, ""), jaring.Conflict, "application.emptied")
		wantKey(t, a.DecideApplication(ctx, town.Officer, newOp(), waits, jaring.ApplicationIsAccepted, ""), jaring.Conflict, "application.decided")
		if gone, state := empty(t, town, waits); !gone || state != jaring.ApplicationIsWithdrawn {
			t.Error(gone, state)
		}
		wantError(t, a.WithdrawApplication(ctx, town.Officer, newOp(), turned, ""), "")
		if gone, state := empty(t, town, turned); !gone || state != jaring.ApplicationIsRejected {
			t.Error(gone, state)
		}
		wantKey(t, a.WithdrawApplication(ctx, town.Officer, newOp(), turned, ""), jaring.Conflict, "application.emptied")
		wantKey(t, a.WithdrawApplication(ctx, town.Officer, newOp(), taken, ""), jaring.Conflict, "application.is_accepted")
		wantSound(t, town)
	})
}

func TestRejectedApplicationsAreEmptiedAfterTheirTime(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a := t.Context(), town.App
		var old []jaring.ApplicationID
		for n := range 3 {
			old = append(old, applied(t, town, n, jaring.ApplicationIsRejected))
		}
		waits := applied(t, town, 4, jaring.ApplicationIsWaiting)
		town.Pass(100 * day)
		young := applied(t, town, 5, jaring.ApplicationIsRejected)
		for _, c := range []struct{ pass, want int }{{0, 0}, {80, 0}, {1, 3}, {1, 0}, {99, 1}} {
			for range c.pass {
				town.Pass(day)
			}
			if n, err := a.EmptyApplications(ctx); err != nil || n != c.want {
				t.Errorf("after %d days more: %d emptied, %v", c.pass, n, err)
			}
		}
		for _, id := range append(old, young) {
			if gone, state := empty(t, town, id); !gone || state != jaring.ApplicationIsRejected {
				t.Error(id, gone, state)
			}
		}
		if gone, _ := empty(t, town, waits); gone {
			t.Error("one who waits is emptied")
		}
		wantSound(t, town)
	})
}

func TestTheOperatorSaysHowLongRejectedApplicationsAreKept(t *testing.T) {
	town := liteTown(t)
	town.App.RejectedDays = 30
	id := applied(t, town, 1, jaring.ApplicationIsRejected)
	town.Pass(31 * day)
	n, err := town.App.EmptyApplications(t.Context())
	if gone, _ := empty(t, town, id); err != nil || n != 1 || !gone {
		t.Error(n, err)
	}
}
