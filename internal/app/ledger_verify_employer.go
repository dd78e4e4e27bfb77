package app

import (
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// damageBill: the lines of an employer's bill are not its sum.
const damageBill = "ledger.bill"

// employers adds what employers owe on bills that wait, and holds every such bill against its lines.
func (o *owing) employers(tx *store.Tx, report func(Damage)) error {
	return tx.EachOpenEmployerBill(func(b *store.EmployerBill) error {
		o.payers[ledger.Payer(string(b.Employer))] += b.Amount + b.Penalty
		lines, err := tx.FindEmployerLines(b.Employer, b.ID)
		sum := jaring.Rupiah(0)
		for _, l := range lines {
			sum += l.Amount
		}
		if err == nil && sum != b.Amount {
			report(Damage{Subject: b.ID, What: damageBill})
		}
		return err
	})
}
