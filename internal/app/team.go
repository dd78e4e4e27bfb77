package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// SetTeams makes the teams of a campaign that the sender saw in a version what they are told to be.
// A team without an id gets one. Errors: those of jaring.TeamErrors; campaign.is_closed …,
// campaign.not_found, campaign.changed_meanwhile, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) SetTeams(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, version int64, teams []jaring.Team) error {
	said := struct {
		ID      jaring.CampaignID
		Version int64
		Teams   []jaring.Team
	}{id, version, teams}
	teams = slices.Clone(teams)
	for i := range teams {
		teams[i].Name = Trim(teams[i].Name)
		if teams[i].ID == "" {
			teams[i].ID = jaring.TeamID(NewID())
		}
	}
	return a.changeCampaign(ctx, actor, op, id, version, said, func(tx *store.Tx, c *Campaign) (jaring.EventKind, jaring.Facts, error) {
		if c.State.Over() || c.State == jaring.CampaignIsClosed {
			return "", jaring.Facts{}, jaring.NewError(jaring.Conflict, "campaign.is_"+string(c.State))
		}
		if err := mayTeam(tx, actor, c, teams); err != nil {
			return "", jaring.Facts{}, err
		}
		return jaring.CampaignChanged, jaring.Facts{Fields: []string{"teams"}}, tx.SetTeams(id, teams)
	})
}

// mayTeam judges teams: their ids are their own, their lanes those of the place, their people those
// of the actor's offices, and whoever is in a team already.
func mayTeam(tx *store.Tx, actor jaring.Actor, c *Campaign, teams []jaring.Team) error {
	lanes, people := map[jaring.LaneID]bool{}, map[jaring.AccountID]bool{}
	all, err := tx.FindLanes(c.Place)
	if err != nil {
		return err
	}
	for _, l := range all {
		lanes[l.ID] = true
	}
	before, err := tx.FindMembers(c.ID)
	if err != nil {
		return err
	}
	for _, m := range before {
		people[m.Account] = true
	}
	accounts, err := tx.FindAccountsByID(membersOf(teams))
	if err != nil {
		return err
	}
	for _, m := range accounts {
		if slices.Contains(actor.Offices, m.Office) && !m.Disabled && (m.Role == jaring.RoleAgent || m.Role == jaring.RoleOfficer) {
			people[m.ID] = true
		}
	}
	if err := teamIDs(teams); err != nil {
		return err
	}
	return jaring.TeamErrors(teams, lanes, people)
}

// teamIDs refuses ids that are none, or stand twice.
func teamIDs(teams []jaring.Team) error {
	seen := map[jaring.TeamID]bool{}
	for _, t := range teams {
		if !jaring.IsUUID(string(t.ID)) || seen[t.ID] {
			return jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("teams")}
		}
		seen[t.ID] = true
	}
	return nil
}

func membersOf(teams []jaring.Team) (ids []jaring.AccountID) {
	for _, t := range teams {
		for _, m := range t.Members {
			if jaring.IsUUID(string(m)) && len(ids) < jaring.MaxMembers {
				ids = append(ids, m)
			}
		}
	}
	return ids
}
