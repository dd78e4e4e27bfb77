package outreach_test

import (
	"testing"
	"time"

	"jaring/internal/jaring"
)

// People are counted, not invitations; told twice it is one; a mark is taken back; nobody came before the day.
func TestGuests(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.plan(t, jaring.KindDialogue, nil)
		guests := []jaring.Guest{{Kind: jaring.GuestOfficial, Name: "  Camat   Danau Sipin "}, {Kind: jaring.GuestCommunity, Name: "Warga RT 07", Heads: 40}}
		one := op()
		for range 2 {
			must(t, h.AddGuests(ctx, h.Officer, one, id, guests))
		}
		wantKey(t, h.AddGuests(ctx, h.Officer, one, id, guests[:1]), "operation.conflict")
		l, err := h.FindGuests(ctx, h.Auditor, id)
		if err != nil || len(l.Guests) != 2 || l.Guests[0].Name != "Camat Danau Sipin" || l.Attendance.Total.Invited != 41 || l.MayManage || l.MayMark {
			t.Fatalf("%+v %v", l, err)
		}
		warga := l.Guests[1].ID
		must(t, h.SetGuest(ctx, h.Officer, op(), id, warga, jaring.GuestIsAttended, 33))
		must(t, h.SetGuest(ctx, h.Officer, op(), id, l.Guests[0].ID, jaring.GuestIsDeclined, 0))
		a, err := h.Attendance(ctx, jaring.System, id)
		if want := (jaring.GuestCount{Invited: 41, Accepted: 40, Declined: 1, Came: 33}); err != nil || a.Total != want || a.ByKind[jaring.GuestCommunity].Came != 33 {
			t.Errorf("%+v %v", a, err)
		}
		must(t, h.SetGuest(ctx, h.Officer, op(), id, warga, jaring.GuestIsAccepted, 0))
		must(t, h.RemoveGuest(ctx, h.Officer, id, l.Guests[0].ID))
		must(t, h.RemoveGuest(ctx, h.Officer, id, l.Guests[0].ID))
		if a, err = h.Attendance(ctx, h.Officer, id); err != nil || a.Total.Came != 0 || a.Total.Invited != 40 {
			t.Errorf("%+v %v", a, err)
		}
		wantKey(t, h.SetGuest(ctx, h.Officer, op(), id, l.Guests[0].ID, jaring.GuestIsAccepted, 0), "guest.unknown")
		wantKey(t, h.SetGuest(ctx, h.FarOfficer, op(), id, warga, jaring.GuestIsAccepted, 0), "campaign.not_found")
		wantKey(t, h.AddGuests(ctx, h.Auditor, op(), id, guests), "error.forbidden")

		later := h.plan(t, jaring.KindDialogue, func(f *jaring.CampaignForm) {
			f.OpensAt, f.ClosesAt = f.OpensAt.Add(48*time.Hour), f.ClosesAt.Add(48*time.Hour)
		})
		guests[0].State = jaring.GuestIsAttended
		wantKey(t, h.AddGuests(ctx, h.Officer, op(), later, guests), "guest.not_yet")
		must(t, h.MoveCampaign(ctx, h.Officer, op(), later, jaring.CampaignIsCancelled, "hujan deras"))
		wantKey(t, h.AddGuests(ctx, h.Officer, op(), later, guests[1:]), "campaign.is_cancelled")
	})
}
