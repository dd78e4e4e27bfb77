//go:build soak

package e2e

import (
	"testing"

	"jaring/internal/jaringtest"
)

// TestSoakMoney is TestBankUnderKills for a long day: the server is killed again and again while a bank tells
// late, twice, out of order, once more and of wrong sums. Every rupiah is accounted for afterwards.
func TestSoakMoney(t *testing.T) {
	kills := setting(t, "SOAK_ROUNDS", 200) / 5
	jaringtest.URLs(t, func(t *testing.T, url string) {
		killUnderBank(t, url, bankDay{payers: 32, codes: 60 * kills, kills: kills})
	})
}
