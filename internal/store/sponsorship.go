package store

import (
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// Sponsorship is what a sponsor pays for a person.
type Sponsorship struct {
	Worker       jaring.WorkerID
	Contribution jaring.ContributionID
	Membership   jaring.MembershipID
	Roster       string
	Row          int
	Sponsor      string
	First        jaring.Month
	Months       int
	Amount       jaring.Rupiah
	Price        string // JSON of what each month and programme costs
	State        string // waiting, covered, returned
	Why          string // key of why it was returned
}

var sponsorshipNames = []string{"worker_id", "contribution_id", "membership_id", "roster_id", "row_no", "sponsor_id", "first_month", "months", "amount", "price", "state", "why"}

const sponsorshipColumns = `worker_id, contribution_id, membership_id, roster_id, row_no, sponsor_id, first_month, months, amount, price, state, why`

// AddSponsorships inserts what a sponsor pays for people.
func (tx *Tx) AddSponsorships(list []Sponsorship) error {
	_, err := tx.copyIn("sponsorship", sponsorshipNames, eachOf(list, func(s *Sponsorship) []any {
		return []any{string(s.Worker), string(s.Contribution), string(s.Membership), s.Roster, int64(s.Row), s.Sponsor, int64(s.First), int64(s.Months), int64(s.Amount), s.Price, s.State, s.Why}
	}))
	return err
}

func (tx *Tx) sponsorships(where string, args ...any) (out []Sponsorship, err error) {
	err = tx.each(`SELECT `+sponsorshipColumns+` FROM sponsorship `+where, args, func(r rows) error {
		s := Sponsorship{}
		var first int64
		err := r.Scan(&s.Worker, &s.Contribution, &s.Membership, &s.Roster, &s.Row, &s.Sponsor, &first, &s.Months, &s.Amount, &s.Price, &s.State, &s.Why)
		s.First = jaring.Month(first)
		out = append(out, s)
		return err
	})
	return out, err
}

// SponsorshipsOf gives what sponsors pay, or have promised, for any of the persons.
func (tx *Tx) SponsorshipsOf(ids []jaring.WorkerID) (out []Sponsorship, err error) {
	for some := range slices.Chunk(ids, standingsAtOnce) {
		found, err := tx.sponsorships(`WHERE worker_id IN (`+marks(1, len(some))+`)`, texts(some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// FindSponsorships gives the people of an enrolled list behind one of them, in the order of their ids.
func (tx *Tx) FindSponsorships(roster string, after jaring.WorkerID, limit int) ([]Sponsorship, error) {
	if after == "" {
		after = firstUUID
	}
	return tx.sponsorships(`WHERE roster_id = $1 AND worker_id > $2 ORDER BY worker_id LIMIT $3`, roster, string(after), int64(limit))
}

// SetSponsorship writes what became of what a sponsor pays for a person.
func (tx *Tx) SetSponsorship(s *Sponsorship) error {
	return tx.queue(`UPDATE sponsorship SET state = $3, why = $4 WHERE worker_id = $1 AND contribution_id = $2`, string(s.Worker), string(s.Contribution), s.State, s.Why)
}

// ReturnSponsorships writes that nothing of what a list's sponsor was to pay comes, and why.
func (tx *Tx) ReturnSponsorships(roster, why string) error {
	return tx.queue(`UPDATE sponsorship SET state = 'returned', why = $2 WHERE roster_id = $1 AND state = 'waiting'`, roster, why)
}

// Payers reads several persons as GetPayer reads one, by id.
func (tx *Tx) Payers(ids []jaring.WorkerID) (map[jaring.WorkerID]*Person, map[jaring.WorkerID]*Heads, error) {
	people, heads := map[jaring.WorkerID]*Person{}, map[jaring.WorkerID]*Heads{}
	for some := range slices.Chunk(ids, standingsAtOnce) {
		if err := tx.payers(some, people, heads); err != nil {
			return nil, nil, err
		}
	}
	return people, heads, nil
}

func (tx *Tx) payers(ids []jaring.WorkerID, people map[jaring.WorkerID]*Person, heads map[jaring.WorkerID]*Heads) error {
	found, err := tx.GetWorkers(ids)
	if err != nil {
		return err
	}
	for _, w := range found {
		people[w.ID], heads[w.ID] = &Person{Worker: w}, &Heads{}
	}
	where := `WHERE worker_id IN (` + marks(1, len(ids)) + `)`
	err = tx.each(`SELECT `+membershipColumns+` FROM membership `+where+` ORDER BY membership_id`, texts(ids), func(r rows) error {
		m, err := scanMembership(r)
		if err == nil && people[m.Worker] != nil {
			people[m.Worker].Memberships = append(people[m.Worker].Memberships, m)
		}
		return err
	})
	if err != nil {
		return err
	}
	payments, err := tx.payments(where+` ORDER BY first_month, contribution_id`, texts(ids)...)
	if err != nil {
		return err
	}
	for _, p := range payments {
		if person := people[p.Worker]; person != nil {
			withPayments(person.Memberships, []*PaymentRecord{p})
		}
	}
	return tx.headsOf(ids, heads)
}

// headsOf reads the ends of the two chains of each person.
func (tx *Tx) headsOf(ids []jaring.WorkerID, heads map[jaring.WorkerID]*Heads) error {
	err := tx.each(`SELECT e.owner_id, e.seq, e.hash, e.balance, e.credit FROM ledger_entry e WHERE e.owner_id IN (`+marks(1, len(ids))+`) ORDER BY e.owner_id, e.seq`, texts(ids), func(r rows) error {
		var id jaring.WorkerID
		var h ledger.Head
		err := r.Scan(&id, &h.Seq, &h.Hash, &h.Balance, &h.Credit)
		if heads[id] != nil {
			heads[id].Ledger = h
		}
		return err
	})
	if err != nil {
		return err
	}
	return tx.each(`SELECT subject_id, seq, hash FROM event WHERE subject_id IN (`+marks(1, len(ids))+`) ORDER BY subject_id, seq`, texts(ids), func(r rows) error {
		var id jaring.WorkerID
		var h ChainHead
		err := r.Scan(&id, &h.Seq, &h.Hash)
		if heads[id] != nil {
			heads[id].Events = h
		}
		return err
	})
}

// SponsoredByVillage counts the people of lists by the village where they live; whose money went back is none of them.
func (tx *Tx) SponsoredByVillage(rosters []string) (map[string]int, error) {
	out := map[string]int{}
	if len(rosters) == 0 {
		return out, nil
	}
	err := tx.each(`SELECT w.village, count(*) FROM sponsorship s JOIN worker w ON w.worker_id = s.worker_id
		WHERE s.state <> 'returned' AND w.village <> '' AND s.roster_id IN (`+marks(1, len(rosters))+`) GROUP BY w.village`, anys(rosters), func(r rows) error {
		var village string
		var n int
		err := r.Scan(&village, &n)
		out[village] = n
		return err
	})
	return out, err
}
