package store

import (
	"time"

	"jaring/internal/jaring"
)

// WorkersAfter gives persons in the order of their ids, from the one behind after.
func (tx *Tx) WorkersAfter(after jaring.WorkerID, limit int) ([]*WorkerRecord, error) {
	if after == "" {
		after = firstUUID
	}
	return tx.workers(`WHERE worker_id > $1 ORDER BY worker_id LIMIT $2`, string(after), int64(limit))
}

// MembershipsAfter gives memberships in the order of persons and memberships, from the
// one behind.
func (tx *Tx) MembershipsAfter(worker jaring.WorkerID, membership jaring.MembershipID, limit int) (out []*MembershipRecord, err error) {
	if worker == "" {
		worker, membership = firstUUID, firstUUID
	}
	err = tx.each(`SELECT `+membershipColumns+` FROM membership WHERE (worker_id, membership_id) > ($1, $2) ORDER BY worker_id, membership_id LIMIT $3`,
		[]any{string(worker), string(membership), int64(limit)}, func(r rows) error {
			m, err := scanMembership(r)
			out = append(out, m)
			return err
		})
	return out, err
}

// AttendanceRow is one day on which somebody was in a class.
type AttendanceRow struct {
	Class       jaring.ClassID
	ClassName   string
	Application jaring.ApplicationID
	Name        string
	Office      jaring.OfficeID  // whose quota
	Account     jaring.AccountID // once he can log in
	Day         jaring.Day
	At          time.Time
	By          jaring.AccountID // who scanned
}

// AttendanceAfter gives who was in which class on which day, in the order of classes, persons and days,
// from the row behind last on; from the first when last is nil.
func (tx *Tx) AttendanceAfter(last *AttendanceRow, limit int) (out []*AttendanceRow, err error) {
	if last == nil {
		last = &AttendanceRow{Class: firstUUID, Application: firstUUID}
	}
	err = tx.each(`SELECT a.class_id, c.name, a.application_id, p.name, s.office_id, p.account_id, a.day, a.at, a.by_account FROM attendance a
		JOIN agent_class c ON c.class_id = a.class_id JOIN class_seat s ON s.class_id = a.class_id AND s.application_id = a.application_id
		JOIN application p ON p.application_id = a.application_id
		WHERE (a.class_id, a.application_id, a.day) > ($1, $2, $3) ORDER BY a.class_id, a.application_id, a.day LIMIT $4`,
		[]any{string(last.Class), string(last.Application), last.Day.String(), int64(limit)}, func(r rows) error {
			a := &AttendanceRow{}
			var day string
			var at int64
			if err := r.Scan(&a.Class, &a.ClassName, &a.Application, &a.Name, &a.Office, &a.Account, &day, &at, &a.By); err != nil {
				return err
			}
			a.At = moment(at)
			out = append(out, a)
			return a.Day.UnmarshalText([]byte(day))
		})
	return out, err
}

// WorkersOfCampaign gives those whom a campaign brought or met: registered in it or captured by it.
func (tx *Tx) WorkersOfCampaign(id jaring.CampaignID, f func(jaring.WorkerID)) error {
	each := func(r rows) error {
		var worker jaring.WorkerID
		err := r.Scan(&worker)
		f(worker)
		return err
	}
	if err := tx.each(`SELECT worker_id FROM worker WHERE campaign_id = $1`, []any{string(id)}, each); err != nil {
		return err
	}
	return tx.each(`SELECT worker_id FROM sweep_capture WHERE campaign_id = $1`, []any{string(id)}, each)
}
