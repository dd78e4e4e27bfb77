package store

import (
	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// Person is a worker with all memberships and their contributions, oldest first.
type Person struct {
	Worker      *WorkerRecord
	Memberships []*MembershipRecord
}

// Heads are the ends of a worker's two chains.
type Heads struct {
	Ledger ledger.Head
	Events ChainHead
}

// GetPerson reads a person in one round trip. Error: worker.not_found.
func (tx *Tx) GetPerson(id jaring.WorkerID) (*Person, error) { return tx.person(id) }

// GetPayer is GetPerson with the ends of the chains that a payment makes longer.
func (tx *Tx) GetPayer(id jaring.WorkerID) (*Person, *Heads, error) {
	h := &Heads{}
	p, err := tx.person(id,
		ask{ledgerHead, []any{string(id)}, func(r rows) error { return r.Scan(&h.Ledger.Seq, &h.Ledger.Hash, &h.Ledger.Balance, &h.Ledger.Credit) }},
		ask{chainHead, []any{string(id)}, func(r rows) error { return r.Scan(&h.Events.Seq, &h.Events.Hash) }})
	return p, h, err
}

func (tx *Tx) person(id jaring.WorkerID, more ...ask) (*Person, error) {
	p, payments := &Person{}, []*PaymentRecord(nil)
	err := tx.together(append(more,
		ask{oneWorker, []any{string(id)}, func(r rows) (err error) {
			p.Worker, err = scanWorker(r)
			return err
		}},
		ask{membershipsOf, []any{string(id)}, func(r rows) error {
			m, err := scanMembership(r)
			p.Memberships = append(p.Memberships, m)
			return err
		}},
		ask{paymentsOf, []any{string(id)}, func(r rows) error {
			one, err := scanPayment(r)
			payments = append(payments, one)
			return err
		}})...)
	if err == nil && p.Worker == nil {
		err = jaring.NewError(jaring.NotFound, "worker.not_found")
	}
	withPayments(p.Memberships, payments)
	return p, err
}

const oneWorker = `SELECT ` + workerColumns + `, paid_to FROM worker WHERE worker_id = $1`

// withPayments puts contributions to their memberships.
func withPayments(all []*MembershipRecord, payments []*PaymentRecord) {
	for _, p := range payments {
		for _, m := range all {
			if m.ID == p.Membership {
				m.Payments = append(m.Payments, p)
			}
		}
	}
}
