package app

import (
	"context"
	"fmt"
	"sync"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// numbers hands out numbers of a kind from blocks allotted by the store, so that the
// transaction of an act touches no shared row.
type numbers struct {
	mu   sync.Mutex
	db   *store.DB
	kind string
	most int64
	year int
	next int64
	end  int64
}

const (
	blockSize        = 1000
	RegistrationKind = "registration"
	contributionKind = "contribution"
	billKind         = "bill"
)

// take gives the next number of year. Error: registration_no.exhausted.
func (n *numbers) take(ctx context.Context, year int) (int64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.year != year || n.next == n.end {
		var first int64
		err := n.db.Write(ctx, func(tx *store.Tx) (err error) {
			first, err = tx.TakeNumbers(n.kind, year, blockSize)
			return err
		})
		if err != nil {
			return 0, err
		}
		n.year, n.next, n.end = year, first, first+blockSize
	}
	if n.next >= n.most {
		return 0, jaring.NewError(jaring.Unavailable, "registration_no.exhausted")
	}
	n.next++
	return n.next - 1, nil
}

// paymentCode is the code under which a registration is paid: 8, two digits of the
// year, ten of the number and a Luhn check digit – 14 digits, never 11 like a KPJ
// and never 16 like a NIK.
func paymentCode(year int, n int64) string { return codeOf('8', year, n) }

// contributionCode is the code of a further contribution: likewise, with a 9.
func contributionCode(year int, n int64) string { return codeOf('9', year, n) }

// maxContributions is how many further contributions one year holds.
const maxContributions = 10_000_000_000

// NewBillCode makes the code of a bill that is no worker's contribution: likewise, with a 7.
func (a *App) NewBillCode(ctx context.Context) (string, error) {
	year := a.Now().Year()
	n, err := a.bills.take(ctx, year)
	return codeOf('7', year, n), err
}

func codeOf(first byte, year int, n int64) string {
	body := fmt.Sprintf("%c%02d%010d", first, year%100, n)
	return body + string(luhn(body))
}

func luhn(digits string) byte {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}
