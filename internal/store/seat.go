package store

import (
	"time"

	"jaring/internal/jaring"
)

// SeatRecord is somebody's seat in a class.
type SeatRecord struct {
	Class       jaring.ClassID
	Application jaring.ApplicationID
	Office      jaring.OfficeID // whose quota
	Badge       string          // stands in the seat's QR
	TestScore   int             // of 100; -1 while there is none
	Practice    jaring.Practice
	Result      jaring.Result
	Note        string
	SeatedAt    time.Time

	Name     string             // of the applicant
	HomeID   jaring.OfficeID    // where he applied
	Account  jaring.AccountID   // once he can log in
	Attended []AttendanceRecord // by day
}

// Days are those on which somebody was there.
func (s *SeatRecord) Days() (days []jaring.Day) {
	for _, a := range s.Attended {
		days = append(days, a.Day)
	}
	return days
}

// AttendanceRecord says that somebody was there on a day.
type AttendanceRecord struct {
	Application jaring.ApplicationID
	Day         jaring.Day
	At          time.Time
	By          jaring.AccountID // who scanned
}

// AddSeat inserts a seat without results. Error: class.seated.
func (tx *Tx) AddSeat(s *SeatRecord) error {
	return tx.queue(`INSERT INTO class_seat (class_id, application_id, office_id, badge, seated_at) VALUES ($1,$2,$3,$4,$5)`,
		string(s.Class), string(s.Application), string(s.Office), s.Badge, millis(s.SeatedAt))
}

func (tx *Tx) seats(where string, args ...any) (out []*SeatRecord, err error) {
	err = tx.each(`SELECT s.class_id, s.application_id, s.office_id, s.badge, s.test_score, s.practice, s.result, s.note, s.seated_at,
		p.name, p.office_id, p.account_id FROM class_seat s JOIN application p ON p.application_id = s.application_id `+where, args, func(r rows) error {
		s := &SeatRecord{}
		var seated int64
		err := r.Scan(&s.Class, &s.Application, &s.Office, &s.Badge, &s.TestScore, &s.Practice, &s.Result, &s.Note, &seated, &s.Name, &s.HomeID, &s.Account)
		s.SeatedAt = moment(seated)
		out = append(out, s)
		return err
	})
	return out, err
}

// FindSeats gives the seats of a class with the days on which each was taken, by name.
func (tx *Tx) FindSeats(class jaring.ClassID) ([]*SeatRecord, error) {
	out, err := tx.seats(`WHERE s.class_id = $1 ORDER BY p.name_fold, s.application_id`, string(class))
	if err != nil {
		return nil, err
	}
	byID := make(map[jaring.ApplicationID]*SeatRecord, len(out))
	for _, s := range out {
		byID[s.Application] = s
	}
	return out, tx.attendance(class, func(a AttendanceRecord) {
		if s := byID[a.Application]; s != nil {
			s.Attended = append(s.Attended, a)
		}
	})
}

func (tx *Tx) attendance(class jaring.ClassID, f func(AttendanceRecord)) error {
	return tx.each(`SELECT application_id, day, at, by_account FROM attendance WHERE class_id = $1 ORDER BY day, application_id`, []any{string(class)}, func(r rows) error {
		var a AttendanceRecord
		var day string
		var at int64
		if err := r.Scan(&a.Application, &day, &at, &a.By); err != nil {
			return err
		}
		a.At = moment(at)
		if err := a.Day.UnmarshalText([]byte(day)); err != nil {
			return err
		}
		f(a)
		return nil
	})
}

// GetSeatOfBadge gives the seat of a badge. Error: class.badge_unknown.
func (tx *Tx) GetSeatOfBadge(badge string) (*SeatRecord, error) {
	out, err := tx.seats(`WHERE s.badge = $1`, badge)
	if err == nil && len(out) == 0 {
		err = jaring.NewError(jaring.NotFound, "class.badge_unknown").At("badge")
	}
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// OpenSeatOf gives the seat that an applicant has in a class that is not closed; nil when
// he has none.
func (tx *Tx) OpenSeatOf(application jaring.ApplicationID) (*SeatRecord, error) {
	out, err := tx.seats(`JOIN agent_class c ON c.class_id = s.class_id WHERE s.application_id = $1 AND c.state <> 'closed'`, string(application))
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return out[0], nil
}

// DropSeat frees a seat on which nobody sat yet; changed is false when there is none.
func (tx *Tx) DropSeat(class jaring.ClassID, application jaring.ApplicationID) (changed bool, err error) {
	n, err := tx.exec(`DELETE FROM class_seat WHERE class_id = $1 AND application_id = $2`, string(class), string(application))
	return n == 1, err
}

// Attend notes that somebody was there on a day, once.
func (tx *Tx) Attend(class jaring.ClassID, a AttendanceRecord) error {
	return tx.queue(`INSERT INTO attendance (class_id, application_id, day, at, by_account) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		string(class), string(a.Application), a.Day.String(), millis(a.At), string(a.By))
}

// JudgeSeat keeps the results of a seat.
func (tx *Tx) JudgeSeat(s *SeatRecord) error {
	return tx.queue(`UPDATE class_seat SET test_score = $3, practice = $4, result = $5, note = $6 WHERE class_id = $1 AND application_id = $2`,
		string(s.Class), string(s.Application), int64(s.TestScore), string(s.Practice), string(s.Result), s.Note)
}
