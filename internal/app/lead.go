package app

import (
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// leadBecomes links a contact note to the person who was registered from it. A second look leaves the note
// where it was until the person is accepted. A note that is not there, not the sender's, or somebody
// already, changes nothing: no registration is lost for a note.
func (a *App) leadBecomes(tx *store.Tx, actor jaring.Actor, id jaring.LeadID, out jaring.Outcome) error {
	if !jaring.IsUUID(string(id)) || out.Kind != jaring.Accepted && out.Kind != jaring.Review {
		return nil
	}
	l, err := tx.GetLead(id)
	if jaring.CodeOf(err) == jaring.NotFound {
		return nil
	}
	if err != nil || l.Worker != "" || actor.May(jaring.ActNoteLead, jaring.Scope{Office: l.Office, Agent: l.Agent}) != nil {
		return err
	}
	l.Worker, l.NextDay, l.ChangedAt = out.Worker, 0, a.Now()
	if out.Kind == jaring.Accepted {
		l.State = jaring.LeadIsRegistered
	}
	if err := tx.UpdateLead(l); err != nil {
		return err
	}
	actor.Office = l.Office
	return a.Tell(tx, actor, string(l.ID), jaring.LeadBecame, jaring.Facts{Campaign: l.Campaign, Agent: l.Agent, Other: string(out.Worker)})
}
