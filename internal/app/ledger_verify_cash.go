package app

import (
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// What the audit finds about cash in agents' hands.
const (
	damageReceipts = "ledger.receipts" // an agent's custody is not the sum of the receipts that are open
	damageReceipt  = "ledger.receipt"  // a receipt and the contribution that it is said to pay disagree
)

// receipts holds the receipts against the custody accounts of agents, and against what they paid.
func (b *audit) receipts(tx *store.Tx) error {
	open, last := map[ledger.Key]jaring.Rupiah{}, &store.ReceiptRecord{}
	for {
		page, err := tx.ReceiptsAfter(last.Worker, last.ID, exportPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		last = page[len(page)-1]
		for _, c := range page {
			if c.State == jaring.ReceiptOpen {
				open[ledger.Key(ledger.Custody(c.Agent))] += c.Amount
			}
			if err := b.receipt(tx, c); err != nil {
				return err
			}
		}
	}
	return b.custody(open)
}

// receipt holds one that is settled against its contribution, which may have been undone since.
func (b *audit) receipt(tx *store.Tx, c *store.ReceiptRecord) error {
	if c.State != jaring.ReceiptSettled {
		return nil
	}
	p, found, err := tx.GetPayment(c.Worker, jaring.MembershipID(c.Contribution))
	if err == nil && (!found || p.State == "settled" && (p.FirstMonth != c.FirstMonth || p.Months != c.Months)) {
		b.report(Damage{Subject: string(c.Worker), What: damageReceipt})
	}
	return err
}

// custody compares what entries say is in agents' hands with the receipts that are open.
func (b *audit) custody(open map[ledger.Key]jaring.Rupiah) error {
	var wrong []ledger.Key
	for k, said := range b.said {
		if k.Account().Book() == ledger.BookCustody {
			if said.sum != open[k] {
				wrong = append(wrong, k)
			}
			delete(open, k)
		}
	}
	for k, sum := range open {
		if sum != 0 {
			wrong = append(wrong, k)
		}
	}
	slices.Sort(wrong)
	for _, k := range wrong {
		b.report(Damage{Subject: string(k), What: damageReceipts})
	}
	return nil
}
