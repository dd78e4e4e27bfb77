package store

import "jaring/internal/jaring"

// Aging is what the calendar needs to know of a person whose standing it may have changed: no name, nothing
// sealed, the present membership and what is settled of it.
type Aging struct {
	Worker     WorkerRecord
	Due        jaring.Day // until when the standing held
	Membership MembershipRecord
}

// AgingCursor is a place in the order in which the calendar goes through them.
type AgingCursor struct {
	Until  jaring.Day
	Worker jaring.WorkerID
}

// AgingSQL reads them, with their memberships and what is settled. Exported, so that the raw engine can be measured with
// the same statement.
const AgingSQL = `SELECT d.until, w.worker_id, w.version, w.state, w.status, w.office_id, w.agent_id, w.campaign_id, w.area, w.sex, w.birth_date, w.registered_at, w.taken_at, w.paid_to,
			m.membership_id, m.programs, m.funding, m.sector, m.state, m.registered_at,
			COALESCE(p.programs, ''), COALESCE(p.first_month, 0), COALESCE(p.months, 0), COALESCE(p.settled_on, ''), COALESCE(p.confirmed_at, 0)
		FROM (SELECT worker_id, until FROM standing_due WHERE until < $1 AND (until, worker_id) > ($2, $3) ORDER BY until, worker_id LIMIT $4) AS d
		JOIN worker w ON w.worker_id = d.worker_id JOIN membership m ON m.worker_id = d.worker_id
		LEFT JOIN payment p ON p.worker_id = m.worker_id AND p.membership_id = m.membership_id AND p.state = 'settled'
		ORDER BY d.until, d.worker_id, m.membership_id, p.first_month`

// FindAging gives persons whose standing held until a day before day, in order, from the one behind.
func (tx *Tx) FindAging(day jaring.Day, after AgingCursor, limit int) (out []*Aging, err error) {
	if after.Worker == "" {
		after.Worker = firstUUID
	}
	err = tx.each(AgingSQL,
		[]any{day.String(), after.Until.String(), string(after.Worker), int64(limit)}, func(r rows) error {
			var row agingRow
			if err := r.Scan(row.dest()...); err != nil {
				return err
			}
			out, err = row.join(out)
			return err
		})
	return out, err
}

// agingRow is where a row of FindAging lands.
type agingRow struct {
	Aging
	due, birth, programs, paidPrograms, settled string
	registered, taken, joined, first, confirmed int64
	months                                      int
}

func (g *agingRow) dest() []any {
	w, m := &g.Worker, &g.Membership
	return []any{&g.due, &w.ID, &w.Version, &w.State, &w.Standing, &w.Office, &w.Agent, &w.Campaign, &w.Area, &w.Sex, &g.birth, &g.registered, &g.taken, &w.PaidTo,
		&m.ID, &g.programs, &m.Funding, &m.Sector, &m.State, &g.joined, &g.paidPrograms, &g.first, &g.months, &g.settled, &g.confirmed}
}

// join puts a row to the person that it is about: a person has rows of several memberships, of
// which the newest that was not taken back counts, and of several contributions.
func (g *agingRow) join(out []*Aging) ([]*Aging, error) {
	last := len(out) - 1
	if last < 0 || out[last].Worker.ID != g.Worker.ID {
		one := g.Aging
		if err := one.Due.UnmarshalText([]byte(g.due)); err != nil {
			return out, err
		}
		if err := one.Worker.BirthDate.UnmarshalText([]byte(g.birth)); err != nil {
			return out, err
		}
		one.Worker.RegisteredAt, one.Worker.TakenAt, one.Membership = moment(g.registered), moment(g.taken), MembershipRecord{}
		out = append(out, &one)
		last++
	}
	person := out[last]
	if g.Membership.ID != person.Membership.ID && (person.Membership.ID == "" || g.Membership.State != jaring.StateWithdrawn) {
		person.Membership = g.Membership
		person.Membership.Worker, person.Membership.RegisteredAt = g.Worker.ID, moment(g.joined)
		programs, err := jaring.ParsePrograms(g.programs)
		if err != nil {
			return out, err
		}
		person.Membership.Programs = programs
	}
	if g.Membership.ID != person.Membership.ID || g.first == 0 {
		return out, nil
	}
	return out, person.pay(g)
}

// pay adds a settled contribution.
func (a *Aging) pay(g *agingRow) error {
	p := &PaymentRecord{Payment: jaring.Payment{Worker: a.Worker.ID, Membership: a.Membership.ID, FirstMonth: jaring.Month(g.first), Months: g.months, State: "settled", ConfirmedAt: moment(g.confirmed)}}
	var err error
	if p.Programs, err = jaring.ParsePrograms(g.paidPrograms); err != nil {
		return err
	}
	a.Membership.Payments = append(a.Membership.Payments, p)
	return p.SettledOn.UnmarshalText([]byte(g.settled))
}

// AgedWorker is a person whom the calendar moves.
type AgedWorker struct {
	ID      jaring.WorkerID
	Version int64 // as it was read
	To      jaring.Standing
	Event   *jaring.Event
}

// AgeWorkers moves those of a list who are as they were read, with the event of each, and tells who was.
func (tx *Tx) AgeWorkers(list []AgedWorker) (moved []bool, err error) {
	stmts := make([]statement, len(list))
	for i, w := range list {
		stmts[i] = statement{`UPDATE worker SET version = version + 1, status = $3 WHERE worker_id = $1 AND version = $2`, []any{string(w.ID), w.Version, string(w.To)}}
	}
	changed, err := tx.execMany(stmts)
	if err != nil {
		return nil, err
	}
	moved = make([]bool, len(list))
	var events []*jaring.Event
	for i, n := range changed {
		if moved[i] = n == 1; moved[i] {
			events = append(events, list[i].Event)
		}
	}
	return moved, tx.AddEvents(events)
}

// AddEvents is AddEvent for many subjects, of each one event.
func (tx *Tx) AddEvents(events []*jaring.Event) error {
	subjects := make([]any, len(events))
	for i, e := range events {
		if err := tx.lockChain(e.Subject); err != nil {
			return err
		}
		subjects[i] = e.Subject
	}
	type head struct {
		seq  int64
		hash []byte
	}
	heads := make(map[string]head, len(events))
	err := tx.each(`SELECT e.subject_id, e.seq, e.hash FROM (SELECT subject_id, MAX(seq) AS seq FROM event WHERE subject_id IN (`+marks(1, len(subjects))+`) GROUP BY subject_id) AS last
		JOIN event e ON e.subject_id = last.subject_id AND e.seq = last.seq`, subjects, func(r rows) error {
		var subject string
		var h head
		err := r.Scan(&subject, &h.seq, &h.hash)
		heads[subject] = h
		return err
	})
	if err != nil {
		return err
	}
	for _, e := range events {
		h := heads[e.Subject]
		if err := tx.addEventAfter(e, h.seq, h.hash); err != nil {
			return err
		}
	}
	return nil
}

// PassStandingDue tells until when persons' standings hold now; 0 for ever. One that was told otherwise
// since it was read stays.
func (tx *Tx) PassStandingDue(list []*Aging, until []jaring.Day) error {
	for i, g := range list {
		var err error
		if until[i] == 0 {
			err = tx.queue(`DELETE FROM standing_due WHERE worker_id = $1 AND until = $2`, string(g.Worker.ID), g.Due.String())
		} else {
			err = tx.queue(`UPDATE standing_due SET until = $3 WHERE worker_id = $1 AND until = $2`, string(g.Worker.ID), g.Due.String(), until[i].String())
		}
		if err != nil {
			return err
		}
	}
	return nil
}
