package jaring

import (
	"slices"
	"testing"
	"time"
)

var fairOpens = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// Every act fits some states and no other, and nothing but a registration hires.
func TestApplicant_EachActHasItsStates(t *testing.T) {
	for _, act := range ApplicantActs {
		for _, state := range ApplicantStates {
			a := Applicant{State: state, CalledAt: fairOpens}
			err := a.Do(act, "Meja 1", "", fairOpens)
			if ok := slices.Contains(applicantFrom[act], state); ok != (err == nil) || !ok && KeyOf(err) != "applicant.is_"+string(state) {
				t.Errorf("%s from %s: %v", act, state, err)
			}
			if a.State == ApplicantHired && state != ApplicantHired {
				t.Errorf("%s hires", act)
			}
		}
	}
	a := Applicant{State: ApplicantInvited}
	if err := a.Do(ApplicantNoShow, "", "", fairOpens); KeyOf(err) != "applicant.not_called" {
		t.Error(err)
	}
	if err := a.Do("hired", "", "", fairOpens); KeyOf(err) != "applicant.act_unknown" {
		t.Error(err)
	}
	if err := a.Hire("e", "w", fairOpens); KeyOf(err) != "applicant.is_invited" {
		t.Error(err)
	}
}

// Who comes first in the first slot is called first; who was called and did not come waits behind the others.
func TestNextApplicant_GoesBySlotThenNumber(t *testing.T) {
	o := Opening{ID: "o", Slots: []Slot{{ID: "late", From: fairOpens.Add(time.Hour), To: fairOpens.Add(2 * time.Hour)}, {ID: "early", From: fairOpens, To: fairOpens.Add(time.Hour)}}}
	all := []Applicant{{Opening: "o", State: ApplicantApplied, Slot: "late", Number: 1}, {Opening: "o", State: ApplicantInvited, Slot: "early", Number: 1, Desk: "Meja 1"}, {Opening: "o", State: ApplicantApplied, Slot: "early", Number: 2},
		{Opening: "other", State: ApplicantApplied, Number: 0}, {Opening: "o", State: ApplicantInterviewed, Slot: "early"}}
	for _, want := range []int{2, 1, 0, -1} {
		at := NextApplicant(&o, all)
		if at != want {
			t.Fatalf("%d, want %d", at, want)
		}
		if at >= 0 {
			all[at].CalledAt = fairOpens
		}
	}
}

func TestOpening_FreeSlot(t *testing.T) {
	hour := func(n int) Slot {
		return Slot{ID: string(rune('a' + n)), From: fairOpens.Add(time.Duration(n) * time.Hour), To: fairOpens.Add(time.Duration(n+1) * time.Hour), Places: 1}
	}
	o := Opening{Slots: []Slot{hour(0), hour(1), hour(2)}}
	for _, c := range []struct {
		asked string
		taken map[string]int
		busy  []Slot
		now   time.Time
		want  string
	}{{"", nil, nil, fairOpens, "a"}, {"", map[string]int{"a": 1}, nil, fairOpens, "b"}, {"", nil, []Slot{hour(0)}, fairOpens, "b"}, {"", nil, nil, fairOpens.Add(time.Hour), "b"},
		{"c", nil, nil, fairOpens, "c"}, {"c", map[string]int{"c": 1}, nil, fairOpens, "opening.slot_full"}, {"c", nil, []Slot{hour(2)}, fairOpens, "opening.slot_overlap"},
		{"x", nil, nil, fairOpens, "opening.slot_unknown"}, {"", nil, o.Slots, fairOpens, "opening.slots_full"}} {
		s, err := o.FreeSlot(c.asked, c.taken, c.busy, c.now)
		if err == nil && s.ID != c.want || err != nil && KeyOf(err) != c.want {
			t.Errorf("%+v: %+v %v", c, s, err)
		}
	}
}

// Somebody who is hired twice was hired once, and only what the book counts is registered.
func TestCountFair_CountsPeopleOnce(t *testing.T) {
	all := []Applicant{{Participant: "p", Worker: "w", InterviewedAt: fairOpens, OfferedAt: fairOpens}, {Participant: "p", Worker: "w"}, {Participant: "q", Worker: "v"}, {Participant: "r"}}
	openings := []Opening{{Seats: 2, EmployerName: "CV Satu"}, {Seats: 3, EmployerName: "cv satu"}, {Seats: 1, Employer: "e", EmployerName: "CV Satu"}}
	want := FairCount{Openings: 3, Seats: 6, Employers: 2, Applicants: 3, Applications: 4, Interviewed: 1, Offered: 1, Hired: 2, Registered: 1, Protected: 1}
	if got := CountFair(openings, all, map[WorkerID]Standing{"w": StandingProtected, "v": StandingReview}); got != want {
		t.Errorf("%+v", got)
	}
}
