package store

import (
	"time"

	"jaring/internal/jaring"
)

// GroupRecord is a group that pays for its members.
type GroupRecord struct {
	ID       string
	Office   jaring.OfficeID
	Name     string
	NameFold string // for search
	Kind     jaring.GroupKind
	Contact  string
	Phone    string
	MadeBy   jaring.AccountID
	MadeAt   time.Time
}

const groupColumns = `group_id, office_id, name, name_fold, kind, contact_name, contact_phone, made_by, made_at`

// AddGroup inserts a group.
func (tx *Tx) AddGroup(g *GroupRecord) error {
	return tx.queue(`INSERT INTO payer_group (`+groupColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		g.ID, string(g.Office), g.Name, g.NameFold, string(g.Kind), g.Contact, g.Phone, string(g.MadeBy), millis(g.MadeAt))
}

func (tx *Tx) groups(where string, args ...any) (out []*GroupRecord, err error) {
	err = tx.each(`SELECT `+groupColumns+` FROM payer_group `+where, args, func(r rows) error {
		g := &GroupRecord{}
		var made int64
		err := r.Scan(&g.ID, &g.Office, &g.Name, &g.NameFold, &g.Kind, &g.Contact, &g.Phone, &g.MadeBy, &made)
		g.MadeAt = moment(made)
		out = append(out, g)
		return err
	})
	return out, err
}

// GetGroup gives one group. Error: group.unknown.
func (tx *Tx) GetGroup(id string) (*GroupRecord, error) {
	found, err := tx.groups(`WHERE group_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "group.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// GroupCursor is a place in the list of groups.
type GroupCursor struct {
	NameFold string `json:"n"`
	ID       string `json:"i"`
}

// FindGroups gives the groups of offices whose folded name holds q, by name, behind a place.
func (tx *Tx) FindGroups(offices []jaring.OfficeID, q string, after GroupCursor, limit int) ([]*GroupRecord, error) {
	if after.ID == "" {
		after.ID = firstUUID
	}
	args := append([]any{"%" + likely.Replace(q) + "%", after.NameFold, after.ID, int64(limit)}, texts(offices)...)
	return tx.groups(`WHERE name_fold LIKE $1 ESCAPE '\' AND (name_fold, group_id) > ($2, $3) AND office_id IN (`+marks(5, len(offices))+`) ORDER BY name_fold, group_id LIMIT $4`, args...)
}

// GroupMember is a worker whom a group pays for.
type GroupMember struct {
	Group  string
	Worker jaring.WorkerID
	Since  jaring.Day
}

// AddGroupMember takes a worker in; added is false for who is in already.
func (tx *Tx) AddGroupMember(m GroupMember) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO group_member (group_id, worker_id, since) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, m.Group, string(m.Worker), m.Since.String())
	return n == 1, err
}

// RemoveGroupMember lets a worker out; gone is false for who was not in.
func (tx *Tx) RemoveGroupMember(group string, worker jaring.WorkerID) (gone bool, err error) {
	n, err := tx.exec(`DELETE FROM group_member WHERE group_id = $1 AND worker_id = $2`, group, string(worker))
	return n == 1, err
}

// FindGroupMembers gives the members of a group in the order of their ids.
func (tx *Tx) FindGroupMembers(group string) (out []GroupMember, err error) {
	err = tx.each(`SELECT worker_id, since FROM group_member WHERE group_id = $1 ORDER BY worker_id`, []any{group}, func(r rows) error {
		m := GroupMember{Group: group}
		var since string
		if err := r.Scan(&m.Worker, &since); err != nil {
			return err
		}
		err := m.Since.UnmarshalText([]byte(since))
		out = append(out, m)
		return err
	})
	return out, err
}
