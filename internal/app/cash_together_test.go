package app_test

import (
	"sync"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Two phones of one agent at one moment, and a cashier and a bank that tell of the same deposit: the balance
// is never spent twice, and the money never counted twice.
func TestCash_AtOneMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		purses := []*purse{newPurse(t, town, town.Agent), newPurse(t, town, town.Agent)}
		p := purses[0]
		var ids []jaring.WorkerID
		for n := range 8 {
			ids = append(ids, registerAs(t, town, town.Agent, 2*n, fields{"months": 1}))
		}
		price := p.price(ids[0])
		d, err := town.App.MakeFloat(t.Context(), p.agent, newOp(), 3*price)
		if err != nil {
			t.Fatal(err)
		}
		p.settle(d, 3*price)
		var group sync.WaitGroup
		for i, id := range ids {
			k := purses[i%2].write(map[string]any{"worker_id": string(id)}, 1, price)
			group.Go(func() {
				if out := purses[i%2].send(k.op); out[0].Kind != jaring.Accepted {
					t.Errorf("%+v", out)
				}
			})
		}
		group.Wait()
		if own := p.own(); own.Float != 0 || own.Open != 5*price {
			t.Errorf("float %d, open %d", own.Float, own.Open)
		}
		d = p.deposit()
		var done [4]error
		for i := range done {
			group.Go(func() {
				if i%2 == 0 {
					paid := app.Paid{Amount: d.Amount, Channel: "counter", Reference: "K", On: jaring.DayIn(town.Now(), app.Zone(""))}
					_, done[i] = town.App.SettleDeposit(t.Context(), town.Officer, newOp(), d.ID, paid)
					return
				}
				n := app.BankNotice{Code: d.Code, Amount: d.Amount, Channel: "bank", Bank: "contoh", Reference: "B", PaidAt: town.Now()}
				done[i] = town.App.BookNotice(t.Context(), n, func(b *app.BankBook) error { _, err := b.Book(); return err })
			})
		}
		group.Wait()
		booked := 0
		for _, err := range done {
			if err == nil {
				booked++
			} else if key := jaring.KeyOf(err); key != "payment.settled" && key != "error.unavailable" {
				t.Error(err)
			}
		}
		if own := p.own(); booked != 1 || own.Open != 0 || own.Float != 0 {
			t.Errorf("booked %d times; float %d, open %d", booked, own.Float, own.Open)
		}
		wantSound(t, town)
	})
}

// The code of a receipt goes to the worker's phone once, and is forgotten when it went.
func TestReceiptLetter_TellsTheCodeOnce(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1, "phone": phoneOf(2)})
	k := p.take(id, 1, p.price(id))
	letters, err := town.App.TakeLetters(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Template != "receipt" || letters[0].Code != k.code.Text() || letters[0].Amount != p.price(id) || letters[0].Day != jaring.DayIn(town.Now(), app.Zone("")) {
		t.Fatalf("%+v %v", letters, err)
	}
	if again, err := town.App.TakeLetters(t.Context(), 10); err != nil || len(again) != 0 {
		t.Errorf("given twice: %+v %v", again, err)
	}
	if err := town.App.LetterDone(t.Context(), letters[0], app.Posted{State: jaring.ReminderWaits, NotBefore: town.Now()}); err != nil {
		t.Fatal(err)
	}
	if letters, err = town.App.TakeLetters(t.Context(), 10); err != nil || len(letters) != 1 {
		t.Fatalf("%+v %v", letters, err)
	}
	if err := town.App.LetterDone(t.Context(), letters[0], app.Posted{State: jaring.ReminderSentState}); err != nil {
		t.Fatal(err)
	}
	stopped := registerAs(t, town, town.Agent, 4, fields{"months": 1, "phone": phoneOf(4)})
	if err := town.App.ChooseMessages(t.Context(), town.Agent, newOp(), stopped, true); err != nil {
		t.Fatal(err)
	}
	p.take(stopped, 1, p.price(stopped))
	if letters, err = town.App.TakeLetters(t.Context(), 10); err != nil || len(letters) != 0 {
		t.Errorf("%+v %v", letters, err)
	}
}
