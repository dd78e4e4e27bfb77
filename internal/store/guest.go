package store

import (
	"time"

	"jaring/internal/jaring"
)

const guestColumns = `campaign_id, guest_id, kind, name, organisation, position, heads, came, state`

// AddGuest inserts an invitation.
func (tx *Tx) AddGuest(g *jaring.Guest, at time.Time) error {
	return tx.queue(`INSERT INTO campaign_guest (`+guestColumns+`, said_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(g.Campaign), string(g.ID), string(g.Kind), g.Name, g.Organisation, g.Position, int64(g.Heads), int64(g.Came), string(g.State), millis(at))
}

// UpdateGuest writes what became of an invitation.
func (tx *Tx) UpdateGuest(g *jaring.Guest, at time.Time) error {
	return tx.queue(`UPDATE campaign_guest SET state = $3, came = $4, said_at = $5 WHERE campaign_id = $1 AND guest_id = $2`,
		string(g.Campaign), string(g.ID), string(g.State), int64(g.Came), millis(at))
}

// RemoveGuest takes an invitation away; gone is false when there was none.
func (tx *Tx) RemoveGuest(campaign jaring.CampaignID, id jaring.GuestID) (gone bool, err error) {
	n, err := tx.exec(`DELETE FROM campaign_guest WHERE campaign_id = $1 AND guest_id = $2`, string(campaign), string(id))
	return n == 1, err
}

func (tx *Tx) guests(where string, args ...any) (out []jaring.Guest, err error) {
	err = tx.each(`SELECT `+guestColumns+` FROM campaign_guest `+where, args, func(r rows) error {
		var g jaring.Guest
		err := r.Scan(&g.Campaign, &g.ID, &g.Kind, &g.Name, &g.Organisation, &g.Position, &g.Heads, &g.Came, &g.State)
		out = append(out, g)
		return err
	})
	return out, err
}

// FindGuests gives the invitations of a campaign by name.
func (tx *Tx) FindGuests(campaign jaring.CampaignID) ([]jaring.Guest, error) {
	return tx.guests(`WHERE campaign_id = $1 ORDER BY name, guest_id`, string(campaign))
}

// GetGuest gives an invitation. Error: guest.unknown.
func (tx *Tx) GetGuest(campaign jaring.CampaignID, id jaring.GuestID) (*jaring.Guest, error) {
	found, err := tx.guests(`WHERE campaign_id = $1 AND guest_id = $2`, string(campaign), string(id))
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "guest.unknown")
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}
