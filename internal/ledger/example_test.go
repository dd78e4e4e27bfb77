package ledger_test

import (
	"fmt"

	"jaring/internal/ledger"
)

// Rp50.000 came for three months of Rp15.200: the rest is credit.
func ExampleSettle() {
	kind, postings, a := ledger.Settle(ledger.Money{Owner: siti, Into: ledger.Clearing("qris"), Amount: 50_000, Charges: months(november, 3, 15_200)})
	fmt.Println(kind, len(a.Paid), "months", a.Left, "left")
	fmt.Println(ledger.PostingsText(postings))
	// Output:
	// settle 3 months Rp4.400 left
	// clearing/qris 50000
	// credit/01900000-0000-7000-8000-000000000001 -4400
	// fund -15200 2026-11
	// fund -15200 2026-12
	// fund -15200 2027-01
}
