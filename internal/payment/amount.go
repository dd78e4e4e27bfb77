package payment

import (
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// currency is the only one of SNAP and of QRIS at home.
const currency = "IDR"

// maxAmount is the largest amount that is read: Rp9 × 10^15, as everywhere in Jaring.
const maxAmount = 9_000_000_000_000_000

// FormatAmount is r as SNAP writes it: 16800.00.
func FormatAmount(r jaring.Rupiah) string { return strconv.FormatInt(int64(r), 10) + ".00" }

// ParseAmount reads "16800.00" and nothing else: no sign, no missing or other
// fraction, no grouping. Error: payment.amount_malformed.
func ParseAmount(value string) (jaring.Rupiah, error) {
	whole, ok := strings.CutSuffix(value, ".00")
	if !ok || !isDigits(whole) || len(whole) > 1 && whole[0] == '0' {
		return 0, jaring.NewError(jaring.Invalid, "payment.amount_malformed")
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > maxAmount {
		return 0, jaring.NewError(jaring.Invalid, "payment.amount_malformed")
	}
	return jaring.Rupiah(n), nil
}

// amountWire is an amount as SNAP's bodies hold it.
type amountWire struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

func newAmountWire(r jaring.Rupiah) amountWire { return amountWire{FormatAmount(r), currency} }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
