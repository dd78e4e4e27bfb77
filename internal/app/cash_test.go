package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// A receipt stands whatever is wrong with it; the agent is told, and the branch gets a case.
func TestTakeCash_StandsAndIsLookedAt(t *testing.T) { onBoth(t, standsAndIsLookedAt) }

func standsAndIsLookedAt(t *testing.T, town *jaringtest.Town) {
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
	price := p.price(id)
	about := fields{"worker_id": string(id)}
	send := func(k taken) taken { k.outcome = p.send(k.op)[0]; return k }

	forged := p.write(about, 1, price)
	forged.op.Body = []byte(string(forged.op.Body[:len(forged.op.Body)-1]) + " }") // the same
	p.phone.Key = town.Enrol(town.Second).Key
	wrong := send(p.write(about, 1, p.costs(id, 0, 1)))
	wrong.want(t, "cash.paid_cash", "cash.signature", "cash.counter_gap")
	town.Pass(time.Minute)
	wantCases(t, town, "counter_gap", "signature")
	send(forged).want(t, "cash.paid_cash") // and its number was the one that lacked
	wantCases(t, town, "signature")
	send(p.writeAs(1, about, 1, p.costs(id, 2, 1))).want(t, "cash.paid_cash", "cash.signature", "cash.counter_twice")
	p.agent.Licence = jaring.Licence{}
	send(p.write(about, 1, p.costs(id, 3, 1))).want(t, "cash.paid_cash", "cash.signature", "cash.no_power")
	send(p.write(about, 60, 600_000)).want(t, "cash.paid_cash", "cash.signature", "cash.no_power", "cash.price", "cash.over_limit")
	wantCases(t, town, "counter_twice", "no_power", "over_limit", "price", "signature", "signature", "signature", "signature")

	// The same again is the same; the same code under another name is refused, and no rupiah moves.
	if again := send(wrong); again.outcome.Kind != jaring.Same {
		t.Errorf("%+v", again.outcome)
	}
	copied := wrong
	copied.op.ID = newOp()
	if out := p.send(copied.op)[0]; out.Kind != jaring.Refused || out.Findings[0].Key != "receipt.code_used" {
		t.Errorf("%+v", out)
	}
	if own := p.own(); len(own.Receipts) != 5 || own.Why == nil {
		t.Errorf("%d receipts, %v", len(own.Receipts), own.Why)
	}
	wantSound(t, town)
}

// What is no receipt at all is refused.
func TestTakeCash_NoReceipt(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := string(registerAs(t, town, town.Agent, 2, nil))
	for name, c := range map[string]struct {
		differs fields
		key     string
	}{
		"a short code": {fields{"code": "7KQ2"}, "receipt.code_malformed"}, "letters that are none": {fields{"code": "0OI1-0OI1-0OI1O"}, "receipt.code_malformed"},
		"nothing": {fields{"amount": 0}, "payment.amount_range"}, "no months": {fields{"months": 0}, "months.range"}, "nobody": {fields{"worker_id": ""}, "field.required"},
		"no id": {fields{"worker_id": "x"}, "id.malformed"}, "another field": {fields{"extra": 1}, "field.unknown"},
	} {
		body := fields{"worker_id": id, "months": 1, "amount": 16_800, "code": "7KQ2-M4XN-P9TRW", "counter": 1, "signature": ""}
		for k, v := range c.differs {
			body[k] = v
		}
		if o := p.send(town.Operation(jaring.ActTakeCash, body))[0]; o.Kind != jaring.Refused || o.Findings[0].Key != c.key {
			t.Errorf("%s: %+v", name, o)
		}
	}
	wantSound(t, town)
}

// The receipt of a person at whom somebody looks twice waits with the person, moves with a merger, and pays
// once the person stands.
func TestTakeCash_WhileASecondLookIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		p := newPurse(t, town, town.Agent)
		odd := func(n int) (jaring.Operation, taken) {
			body := jaringtest.Person(n)
			body["nik"], body["months"] = body["nik"].(string)[:12]+"0000", 1
			op := town.Operation(jaring.ActRegisterWorker, body)
			return op, p.write(map[string]any{"registered_by": string(op.ID)}, 1, 16_800)
		}
		register, receipt := odd(2)
		held := p.send(receipt.op)[0] // before the registration
		if held.Kind != jaring.HeldEarlier {
			t.Fatalf("%+v", held)
		}
		out := p.send(register)[0]
		if out.Kind != jaring.Review {
			t.Fatalf("%+v", out)
		}
		p.says(receipt, 2, "open", 0, "")
		p.settle(p.deposit(), 16_800)
		if l, err := town.App.GetWorkerLedger(t.Context(), town.Officer, out.Worker); err != nil || l.Credit != 16_800 || l.InHands != 0 {
			t.Errorf("%+v %v", l, err)
		}
		wantSound(t, town)
		if err := decide(t, town, town.Head, out.Worker, "accept"); err != nil {
			t.Fatal(err)
		}
		wantStanding(t, town, out.Worker, jaring.StandingPaid, "2026-11-30")

		register, receipt = odd(4)
		outs := p.send(register, receipt.op)
		target := registerAs(t, town, town.Second, 6, fields{"months": 1})
		if _, err := merge(town, town.Officer, outs[0].Worker, target); err != nil {
			t.Fatal(err)
		}
		p.settle(p.deposit(), 16_800)
		wantStanding(t, town, target, jaring.StandingPaid, "2026-11-30")
		wantSound(t, town)
	})
}

// A phone whose clock is wrong signs its own time: that is no forgery, even when the receipt had to wait.
func TestTakeCash_ByAWrongClock(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	town.Pass(3 * time.Hour)
	register := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(2))
	k := p.write(map[string]any{"registered_by": string(register.ID)}, 3, 45_600)
	town.Pass(-3 * time.Hour)
	late := app.SyncBatch{Device: p.phone.ID, ClockNow: town.Now().Add(3 * time.Hour), Operation: []jaring.Operation{k.op}}
	if out, err := town.App.Sync(t.Context(), p.agent, late); err != nil || out[0].Kind != jaring.HeldEarlier {
		t.Fatalf("%+v %v", out, err)
	}
	late.Operation = []jaring.Operation{register}
	if _, err := town.App.Sync(t.Context(), p.agent, late); err != nil {
		t.Fatal(err)
	}
	wantCases(t, town)
	p.says(k, 2, "open", 0, "")
}

// Cash of somebody whose registration was refused, or never came, is not lost: it is the desk's.
func TestTakeCash_OfNobody(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	bad := jaringtest.Person(2)
	bad["programs"] = []string{}
	op := town.Operation(jaring.ActRegisterWorker, bad)
	k := p.write(map[string]any{"registered_by": string(op.ID)}, 1, 16_800)
	if out := p.send(op, k.op); out[0].Kind != jaring.Refused || out[1].Kind != jaring.Accepted || keys(out[1].Findings)[1] != "cash.nobody" {
		t.Fatalf("%+v", out)
	}
	lost := p.write(map[string]any{"registered_by": jaringtest.NewID()}, 1, 16_800)
	p.send(lost.op)
	town.Pass(6 * 24 * time.Hour)
	if n, err := town.App.GiveUpHeld(t.Context()); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	wantCases(t, town, "nobody", "nobody")
	p.settle(p.deposit(), 2*16_800)
	cases, err := town.App.FindSuspense(t.Context(), town.Officer, "")
	if err != nil || len(cases) != 2 || cases[0].Why != "receipt.nobody" {
		t.Errorf("%+v %v", cases, err)
	}
	wantSound(t, town)
}

// The reversal of a contribution puts the receipt's money where it was: the agent must bring it again.
func TestReverse_OfAReceipt(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
	p.take(id, 1, p.price(id))
	p.settle(p.deposit(), p.price(id))
	undo := func() error {
		body := fields{"worker_id": id, "contribution_id": string(view(t, town, id).Payment.ID), "reason": "setoran tidak ada"}
		_, err := town.Do(town.Head, jaring.ActReverse, body)
		return err
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if own := p.own(); own.Open != p.price(id) {
		t.Errorf("%+v", own)
	}
	wantSound(t, town)
	p.settle(p.deposit(), p.price(id)+50_000)
	wantStanding(t, town, id, jaring.StandingPaid, "2026-11-30")
	wantSound(t, town)
}

// What a float paid goes back to the float, and the receipt is cash in the agent's hands; brought once more, all is as if
// it had been cash from the start. The worker is told.
func TestReverse_OfAReceiptFromFloat(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		p := newPurse(t, town, town.Agent)
		id := registerAs(t, town, town.Agent, 4, fields{"months": 1, "phone": phoneOf(4)})
		price := p.price(id)
		f, err := town.App.MakeFloat(t.Context(), p.agent, newOp(), 50_000)
		if err != nil {
			t.Fatal(err)
		}
		p.settle(f, 50_000)
		before := *view(t, town, id).Payment
		receipt := p.take(id, 1, price)
		receipt.want(t, "cash.paid_float")
		wantStanding(t, town, id, jaring.StandingPaid, "2026-11-30")
		mail := &mail{t: t, town: town}
		mail.post()
		if err := reverse(town, town.Head, id, view(t, town, id).Payment.ID); err != nil {
			t.Fatal(err)
		}
		wantStanding(t, town, id, jaring.StandingWaiting, "")
		if v := view(t, town, id); v.Payment.Amount != before.Amount || v.Payment.State != "waiting" {
			t.Errorf("%+v", v.Payment)
		}
		if own := p.own(); own.Open != price || own.Float != 50_000 {
			t.Errorf("in hands %s, float %s", own.Open, own.Float)
		}
		p.says(receipt, 4, "open", 0, "")
		if l := mail.post(); len(l) != 1 || l[0].Template != "receipt_undone" || l[0].Amount != price || l[0].Code != "" {
			t.Errorf("%+v", l)
		}
		wantSound(t, town)
		p.settle(p.deposit(), price)
		wantStanding(t, town, id, jaring.StandingPaid, "2026-11-30")
		if own := p.own(); own.Open != 0 || own.Float != 50_000 {
			t.Errorf("in hands %s, float %s", own.Open, own.Float)
		}
		wantSound(t, town)
	})
}

// A deposit called off gives its receipts back, a chosen one brings only those, and a blocked agent is told.
func TestDeposit_ChosenCancelledBlocked(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	a, b := registerAs(t, town, town.Agent, 2, fields{"months": 1}), registerAs(t, town, town.Agent, 4, fields{"months": 1})
	first, second := p.take(a, 1, p.price(a)), p.take(b, 1, p.price(b))
	d := p.deposit(second.id)
	if d.Receipts != 1 || p.own().Receipts[1].Now != "in_deposit" {
		t.Errorf("%+v", d)
	}
	_, err := town.App.MakeDeposit(t.Context(), p.agent, newOp(), []string{second.id})
	wantKey(t, err, jaring.Conflict, "deposit.receipt_not_open")
	wantKey(t, town.App.CancelDeposit(t.Context(), town.Second, d.ID), jaring.NotFound, "deposit.unknown")
	if err := town.App.CancelDeposit(t.Context(), p.agent, d.ID); err != nil {
		t.Fatal(err)
	}
	wantKey(t, town.App.CancelDeposit(t.Context(), p.agent, d.ID), jaring.Conflict, "deposit.closed")
	_, err = town.App.GetBill(t.Context(), d.Code)
	wantKey(t, err, jaring.Conflict, "payment.code_expired")
	p.settle(p.deposit(second.id), p.price(b))
	p.says(first, 2, "open", 0, "")
	wantKey(t, town.App.BlockCash(t.Context(), town.Officer, newOp(), p.agent.Account, true, "hilang kabar"), jaring.Forbidden, "error.forbidden")
	if err := town.App.BlockCash(t.Context(), town.Head, newOp(), p.agent.Account, true, "hilang kabar"); err != nil {
		t.Fatal(err)
	}
	wantKey(t, p.own().Why, jaring.Forbidden, "cash.blocked")
	p.take(a, 1, p.costs(a, 1, 1)).want(t, "cash.paid_cash", "cash.no_power")
	if err := town.App.BlockCash(t.Context(), town.Head, newOp(), p.agent.Account, false, "sudah menyetor"); err != nil || p.own().Why != nil {
		t.Error(err)
	}
	wantSound(t, town)
}

// Whatever is changed in receipts is found.
func TestVerifyFindsTamperingWithReceipts(t *testing.T) {
	town, tamper := openTown(t)
	p := newPurse(t, town, town.Agent)
	brought, open := registerAs(t, town, town.Agent, 2, fields{"months": 1}), registerAs(t, town, town.Agent, 4, fields{"months": 1})
	p.take(brought, 1, p.price(brought))
	p.settle(p.deposit(), p.price(brought))
	p.take(open, 1, p.price(open))
	wantSound(t, town)
	for _, c := range []struct {
		text, back, want string
		id               jaring.WorkerID
	}{
		{`UPDATE receipt SET amount = amount + 1 WHERE worker_id = ?`, `UPDATE receipt SET amount = amount - 1 WHERE worker_id = ?`, "ledger.receipts", open},
		{`UPDATE receipt SET state = 'settled' WHERE worker_id = ?`, `UPDATE receipt SET state = 'open' WHERE worker_id = ?`, "ledger.receipts", open},
		{`UPDATE receipt SET state = 'open' WHERE worker_id = ?`, `UPDATE receipt SET state = 'settled' WHERE worker_id = ?`, "ledger.receipts", brought},
		{`UPDATE receipt SET months = 9 WHERE worker_id = ?`, `UPDATE receipt SET months = 1 WHERE worker_id = ?`, "ledger.receipt", brought},
		{`UPDATE receipt SET contribution_id = '' WHERE worker_id = ?`, ``, "ledger.receipt", brought},
	} {
		tamper(c.text, string(c.id))
		damages, _, _, err := town.App.Verify(t.Context())
		if err != nil || !slices.ContainsFunc(damages, func(d app.Damage) bool { return d.What == c.want }) {
			t.Errorf("%s: %+v, want %s, %v", c.text, damages, c.want, err)
		}
		if c.back != "" {
			tamper(c.back, string(c.id))
			wantSound(t, town)
		}
	}
}

// Wrong codes and wrong dates are one answer.
func TestCheckReceipt_TellsNothingToStrangers(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
	k := p.take(id, 1, p.price(id))
	for _, c := range []struct {
		code string
		born jaring.Day
	}{{"7KQ2-M4XN-P9TRW", birthOf(2)}, {string(k.code), birthOf(4)}, {string(k.code), 0}} {
		_, err := town.App.CheckReceipt(t.Context(), c.code, c.born)
		wantKey(t, err, jaring.NotFound, "receipt.unknown")
		_, err = town.App.DisputeReceipt(t.Context(), newOp(), app.Dispute{Code: c.code, Birth: c.born, What: "?"})
		wantKey(t, err, jaring.NotFound, "receipt.unknown")
	}
	p.says(k, 2, "open", 0, "")
}

// Whatever is taken, brought in part, told twice or called off: every sum is zero, no receipt pays twice, and
// an agent holds exactly what the open receipts say.
func TestCash_AnyOrder(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			town := liteTown(t)
			random := rand.New(rand.NewPCG(seed, 21))
			p := newPurse(t, town, town.Agent)
			var ids []jaring.WorkerID
			for n := range 4 {
				ids = append(ids, registerAs(t, town, town.Agent, 2*n, fields{"months": 1 + n%2}))
			}
			var sent []taken
			for range 24 {
				switch random.IntN(6) {
				case 0, 1, 2:
					sent = append(sent, p.take(ids[random.IntN(len(ids))], 1+random.IntN(3), jaring.Rupiah(10_000+5_000*random.IntN(8))))
				case 3:
					if len(sent) > 0 && p.send(sent[random.IntN(len(sent))].op)[0].Kind != jaring.Same {
						t.Error("told twice, done twice")
					}
				case 4:
					if d, err := town.App.MakeDeposit(t.Context(), p.agent, newOp(), nil); err == nil {
						p.settle(d, max(1, d.Amount*jaring.Rupiah(1+random.IntN(5))/4))
					}
				case 5:
					if d, err := town.App.MakeDeposit(t.Context(), p.agent, newOp(), nil); err == nil {
						_ = town.App.CancelDeposit(t.Context(), p.agent, d.ID)
					}
				}
			}
			own, open := p.own(), jaring.Rupiah(0)
			for _, r := range own.Receipts {
				if r.State == jaring.ReceiptOpen {
					open += r.Amount
				}
			}
			if own.Open != open || len(own.Receipts) != len(sent) || own.Float < 0 {
				t.Errorf("holds %d, receipts say %d; %d of %d receipts, float %d", own.Open, open, len(own.Receipts), len(sent), own.Float)
			}
			wantSound(t, town)
		})
	}
}
