package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// HallRecord is how the hall of an event is laid out.
type HallRecord struct {
	Campaign jaring.CampaignID
	Plan     jaring.HallPlan
	Version  int64  // 0: nobody has said anything yet
	Entry    []byte // SHA-256 of the token of the page where people sign up; nil: nowhere
}

// GetHall gives the plan of a hall, the default one where none was made.
func (tx *Tx) GetHall(id jaring.CampaignID) (*HallRecord, error) {
	h := &HallRecord{Campaign: id, Plan: jaring.DefaultHallPlan()}
	var plan string
	found, err := tx.one(`SELECT plan, version, entry_hash FROM hall WHERE campaign_id = $1`, []any{string(id)}, &plan, &h.Version, &h.Entry)
	if err == nil && found {
		h.Plan = jaring.HallPlan{}
		err = json.Unmarshal([]byte(plan), &h.Plan)
	}
	return h, err
}

// SetHall writes a plan whose Version is one above the one that was read. Error: hall.changed_meanwhile.
func (tx *Tx) SetHall(h *HallRecord) error {
	n, err := tx.exec(`INSERT INTO hall (campaign_id, plan, version, entry_hash) VALUES ($1,$2,$3,$4)
		ON CONFLICT (campaign_id) DO UPDATE SET plan = excluded.plan, version = excluded.version, entry_hash = excluded.entry_hash WHERE hall.version = $5`,
		string(h.Campaign), jsonText(h.Plan), h.Version, h.Entry, h.Version-1)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "hall.changed_meanwhile")
	}
	return err
}

// HallItem is where a code leads.
type HallItem struct {
	Campaign jaring.CampaignID
	Kind     string // ticket, stand, entry, fair, opening
	ID       string
}

// Kinds of codes.
const (
	CodeTicket  = "ticket"
	CodeStand   = "stand"
	CodeEntry   = "entry"
	CodeFair    = "fair"    // the page of a job fair
	CodeOpening = "opening" // the desk of an opening's employer
)

// AddHallItem lets a code lead somewhere; told again it changes nothing.
func (tx *Tx) AddHallItem(hash []byte, item HallItem) error {
	return tx.queue(`INSERT INTO hall_index (token_hash, campaign_id, kind, item_id) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`,
		hash, string(item.Campaign), item.Kind, item.ID)
}

// GetHallItem gives where the code of a hash leads. Error: hall.code_unknown.
func (tx *Tx) GetHallItem(hash []byte) (item HallItem, err error) {
	found, err := tx.one(`SELECT campaign_id, kind, item_id FROM hall_index WHERE token_hash = $1`, []any{hash}, &item.Campaign, &item.Kind, &item.ID)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "hall.code_unknown")
	}
	return item, err
}

// AnnouncementRecord is what the screen of a hall says for a while.
type AnnouncementRecord struct {
	Campaign jaring.CampaignID
	ID       string
	What     string
	AddedAt  time.Time
	Until    time.Time
}

// AddAnnouncement inserts an announcement.
func (tx *Tx) AddAnnouncement(a AnnouncementRecord) error {
	return tx.queue(`INSERT INTO announcement (campaign_id, announcement_id, what, added_at, until_at) VALUES ($1,$2,$3,$4,$5)`,
		string(a.Campaign), a.ID, a.What, millis(a.AddedAt), millis(a.Until))
}

// EndAnnouncement lets an announcement be over; found is false when there is none.
func (tx *Tx) EndAnnouncement(id jaring.CampaignID, announcement string, at time.Time) (found bool, err error) {
	n, err := tx.exec(`UPDATE announcement SET until_at = $3 WHERE campaign_id = $1 AND announcement_id = $2 AND until_at > $3`, string(id), announcement, millis(at))
	return n > 0, err
}

// FindAnnouncements gives what is said at a moment, the newest first.
func (tx *Tx) FindAnnouncements(id jaring.CampaignID, at time.Time) (out []AnnouncementRecord, err error) {
	err = tx.each(`SELECT announcement_id, what, added_at, until_at FROM announcement WHERE campaign_id = $1 AND until_at > $2 ORDER BY added_at DESC, announcement_id`,
		[]any{string(id), millis(at)}, func(r rows) error {
			a := AnnouncementRecord{Campaign: id}
			var added, until int64
			err := r.Scan(&a.ID, &a.What, &added, &until)
			a.AddedAt, a.Until = moment(added), moment(until)
			out = append(out, a)
			return err
		})
	return out, err
}
