package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/wire"
)

// tellers do what a desk does, in an order that a seed decides, and keep count of what came in and went out.
type tellers struct {
	t       *testing.T
	town    *jaringtest.Town
	rand    *rand.Rand
	n       int
	in      jaring.Rupiah // that is with us by all channels
	workers []jaring.WorkerID
	groups  []string
	open    []string // cases
	again   []func() // what was done, to be told again
}

func (d *tellers) reference() string { d.n++; return fmt.Sprintf("R-%d", d.n) }

func (d *tellers) anybody() jaring.WorkerID { return d.workers[d.rand.IntN(len(d.workers))] }

// stray lets money come that pays nothing.
func (d *tellers) stray() {
	amount := jaring.Rupiah(5_000 * (1 + d.rand.IntN(20)))
	k := stray(d.t, d.town, "tidak-ada", amount, d.reference())
	d.open, d.in = append(d.open, k.ID), d.in+amount
}

// take gives an open case and forgets it.
func (d *tellers) take() string {
	if len(d.open) == 0 {
		return ""
	}
	at := d.rand.IntN(len(d.open))
	id := d.open[at]
	d.open = append(d.open[:at:at], d.open[at+1:]...)
	return id
}

func (d *tellers) assign(by jaring.Actor) {
	if id := d.take(); id != "" {
		key, to := op(), d.anybody()
		act := func() { d.must(d.town.App.AssignSuspense(d.t.Context(), by, key, id, to, "")) }
		act()
		d.again = append(d.again, act)
	}
}

func (d *tellers) refund(by jaring.Actor) {
	if id := d.take(); id != "" {
		k, err := d.town.App.GetSuspense(d.t.Context(), by, id)
		d.must(err)
		key := op()
		act := func() { d.must(d.town.App.RefundSuspense(d.t.Context(), by, key, id, "RF-"+id, "salah kirim")) }
		act()
		d.in, d.again = d.in-k.Amount, append(d.again, act)
	}
}

// bill has a group pay: at the counter, or by a notice that is told twice.
func (d *tellers) bill() {
	group := d.groups[d.rand.IntN(len(d.groups))]
	b, err := d.town.App.BillGroup(d.t.Context(), d.town.Officer, op(), group, 1+d.rand.IntN(3), nil)
	if jaring.KeyOf(err) == "group.nobody" {
		return
	}
	d.must(err)
	d.in += b.Amount
	if d.rand.IntN(2) == 0 {
		n := app.BankNotice{Code: b.Code, Amount: b.Amount, Bank: "Bank Uji", Reference: d.reference()}
		act := func() { _, err := told(d.t, d.town, b.ID, n); d.must(err) }
		act()
		d.again = append(d.again, act)
		return
	}
	key := op()
	body := wire.Settlement{Amount: b.Amount, Channel: "counter", Reference: d.reference(), PaidOn: jaring.DayIn(d.town.Now(), app.Zone(""))}
	act := func() {
		_, err := d.town.App.SettleGroupBill(d.t.Context(), d.town.Officer, key, group, b.ID, body)
		d.must(err)
	}
	act()
	d.again = append(d.again, act)
}

// alone pays for one member by himself, whatever a group may be about to pay.
func (d *tellers) alone() {
	amount := jaring.Rupiah(10_000 + 1_000*d.rand.IntN(30))
	d.must(came(d.town, d.anybody(), amount, d.reference()))
	d.in += amount
}

func (d *tellers) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// Whatever a desk does in whatever order: every rupiah that came is in the fund, a worker's credit, at the desk or
// went back; the book sums to zero; and telling it all again changes nothing.
func TestDeskKeepsEveryRupiah(t *testing.T) {
	for seed := range uint64(4) {
		town := liteTown(t)
		d := &tellers{t: t, town: town, rand: rand.New(rand.NewPCG(seed, 7))}
		manager := town.Hire("kepala2", "Kepala Pusat", jaring.RoleBranchHead, town.Fund)
		for g := range 2 {
			group, ids := association(t, town, 1+10*g, 3)
			d.groups, d.workers = append(d.groups, group), append(d.workers, ids...)
		}
		for range 40 {
			switch d.rand.IntN(5) {
			case 0:
				d.stray()
			case 1:
				d.assign(manager)
			case 2:
				d.refund(manager)
			case 3:
				d.bill()
			case 4:
				d.alone()
			}
		}
		before := balances(t, town)
		for _, act := range d.again {
			act()
		}
		sums := balances(t, town)
		var cleared, all, credit jaring.Rupiah
		for k, n := range sums {
			if n != before[k] {
				t.Errorf("seed %d: %s holds %s after all was told again, %s before", seed, k, n, before[k])
			}
			if all += n; k.Book() == ledger.BookClearing {
				cleared += n
			}
		}
		for _, id := range d.workers {
			credit += ledgerOf(t, town, id).Credit
		}
		if cleared != d.in || all != credit {
			t.Errorf("seed %d: %s is with us, the book says %s; %s of credit, the other accounts hold %s", seed, d.in, cleared, credit, all)
		}
		wantSound(t, town)
	}
}
