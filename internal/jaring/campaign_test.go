package jaring_test

import (
	"testing"

	"jaring/internal/jaring"
)

func TestCampaignState_Steps(t *testing.T) {
	allowed := map[[2]jaring.CampaignState]jaring.EventKind{
		{"planned", "open"}: "campaign.opened", {"open", "paused"}: "campaign.paused", {"paused", "open"}: "campaign.resumed", {"open", "closed"}: "campaign.closed",
		{"paused", "closed"}: "campaign.closed", {"closed", "sealed"}: "campaign.sealed", {"planned", "cancelled"}: "campaign.cancelled",
		{"open", "cancelled"}: "campaign.cancelled", {"paused", "cancelled"}: "campaign.cancelled",
	}
	for _, from := range jaring.CampaignStates {
		for _, to := range jaring.CampaignStates {
			kind, err := from.Step(to)
			if want := allowed[[2]jaring.CampaignState{from, to}]; kind != want || (err == nil) != (want != "") || err != nil && jaring.KeyOf(err) != "campaign.is_"+string(from) {
				t.Errorf("%s to %s: %q %v", from, to, kind, err)
			}
		}
	}
}

func TestTeamOf(t *testing.T) {
	of := jaring.TeamOf([]jaring.Team{{ID: "1", Members: []jaring.AccountID{"a", "b"}}, {ID: "2", Members: []jaring.AccountID{"c"}}})
	if of["a"] != "1" || of["c"] != "2" || of["d"] != "" {
		t.Errorf("%v", of)
	}
}
