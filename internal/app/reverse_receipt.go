package app

import (
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// reopenReceipts lets a receipt whose contribution is undone be where its money is again: in the agent's
// hands, or kept for the person. What a float paid is undone by nobody but a case: the worker's cash was
// taken. Error: payment.by_receipt.
func (v *reversal) reopenReceipts(tx *store.Tx) error {
	all, err := tx.FindReceiptsOf(v.payment.Worker)
	if err != nil {
		return err
	}
	for _, c := range all {
		switch {
		case c.State != jaring.ReceiptSettled || c.Contribution != v.payment.ID:
			continue
		case c.PaidFrom == jaring.FromFloat:
			return jaring.NewError(jaring.Conflict, "payment.by_receipt")
		case c.DepositEntry == string(v.entry.Reverses):
			c.State, c.Deposit, c.DepositEntry, c.DepositedOn = jaring.ReceiptOpen, "", "", 0
		default:
			c.State = jaring.ReceiptKept
		}
		c.Contribution = ""
		if err := tx.UpdateReceipt(c, jaring.ReceiptSettled); err != nil {
			return err
		}
	}
	return nil
}
