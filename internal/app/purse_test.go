package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// purse is an agent with a phone who takes cash.
type purse struct {
	t       *testing.T
	town    *jaringtest.Town
	agent   jaring.Actor
	phone   jaringtest.Phone
	counter int64
	seq     int64
}

func newPurse(t *testing.T, town *jaringtest.Town, agent jaring.Actor) *purse {
	t.Helper()
	return &purse{t: t, town: town, agent: agent, phone: town.Enrol(agent)}
}

// taken is a receipt as the phone has it, and what it was told.
type taken struct {
	id      string
	code    jaring.ReceiptCode
	op      jaring.Operation
	outcome jaring.Outcome
}

func (k taken) want(t *testing.T, findings ...string) {
	t.Helper()
	if got := strings.Join(keys(k.outcome.Findings), " "); k.outcome.Kind != jaring.Accepted || got != strings.Join(findings, " ") {
		t.Errorf("%s %s, want %v", k.outcome.Kind, got, findings)
	}
}

// price is what a month costs a person.
func (p *purse) price(id jaring.WorkerID) jaring.Rupiah {
	p.t.Helper()
	m := view(p.t, p.town, id).Membership
	return m.Quote.Total / jaring.Rupiah(m.Months)
}

// costs is what months cost a person from the n-th after the registration on.
func (p *purse) costs(id jaring.WorkerID, n, months int) jaring.Rupiah {
	p.t.Helper()
	v := view(p.t, p.town, id)
	q := app.QuestionOf(v.Worker, v.Membership, false)
	q.FirstMonth, q.Months = v.Membership.FirstMonth.Add(n), months
	quote, err := p.town.App.Book.Price(q)
	if err != nil {
		p.t.Fatal(err)
	}
	return quote.Total
}

// write signs a receipt; about is a worker, or the operation that registers the worker.
func (p *purse) write(about map[string]any, months int, amount jaring.Rupiah) taken {
	p.t.Helper()
	p.counter++
	return p.writeAs(p.counter, about, months, amount)
}

func (p *purse) writeAs(counter int64, about map[string]any, months int, amount jaring.Rupiah) taken {
	p.t.Helper()
	code, op := p.town.TakeCash(p.phone, counter, about, months, amount)
	p.seq++
	op.Seq = p.seq
	return taken{id: string(op.ID), code: code, op: op}
}

// send sends operations of the phone in one batch.
func (p *purse) send(ops ...jaring.Operation) []jaring.Outcome {
	p.t.Helper()
	outcomes, err := p.town.App.Sync(context.Background(), p.agent, app.SyncBatch{Device: p.phone.ID, ClockNow: p.town.Now(), Operation: ops})
	if err != nil {
		p.t.Fatal(err)
	}
	return outcomes
}

// take takes cash for months of a worker.
func (p *purse) take(id jaring.WorkerID, months int, amount jaring.Rupiah) taken {
	p.t.Helper()
	k := p.write(map[string]any{"worker_id": string(id)}, months, amount)
	k.outcome = p.send(k.op)[0]
	if k.outcome.Kind != jaring.Accepted {
		p.t.Fatalf("%+v", k.outcome)
	}
	return k
}

func (p *purse) own() *app.OwnCash {
	p.t.Helper()
	own, err := p.town.App.OwnCash(p.t.Context(), p.agent)
	if err != nil {
		p.t.Fatal(err)
	}
	return own
}

// branch is the agent's cash as the branch sees it.
func (p *purse) branch() *app.AgentCash {
	p.t.Helper()
	all, err := p.town.App.FindCash(p.t.Context(), p.town.Head, "")
	if err != nil {
		p.t.Fatal(err)
	}
	at := slices.IndexFunc(all.Items, func(it *app.AgentCash) bool { return it.Agent == p.agent.Account })
	if at < 0 {
		p.t.Fatalf("the branch does not see the agent: %+v", all)
	}
	return all.Items[at]
}

func (p *purse) deposit(receipts ...string) *app.Deposit {
	p.t.Helper()
	d, err := p.town.App.MakeDeposit(p.t.Context(), p.agent, newOp(), receipts)
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

// settle brings money for a deposit to the counter.
func (p *purse) settle(d *app.Deposit, amount jaring.Rupiah) *app.Deposit {
	p.t.Helper()
	paid := app.Paid{Amount: amount, Channel: "counter", Reference: "S" + d.Code, On: jaring.DayIn(p.town.Now(), app.Zone(""))}
	d, err := p.town.App.SettleDeposit(p.t.Context(), p.town.Officer, newOp(), d.ID, paid)
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

func (p *purse) tellOverdue(want int) {
	p.t.Helper()
	if n, err := p.town.App.TellOverdue(p.t.Context()); err != nil || n != want {
		p.t.Errorf("told of %d agents, want %d: %v", n, want, err)
	}
}

func birthOf(n int) jaring.Day {
	day, _ := jaring.ParseDay(jaringtest.Person(n)["birth_date"].(string))
	return day
}

// says holds what the n-th person is told about a receipt against what is wanted.
func (p *purse) says(k taken, n int, now string, day int, told string) {
	p.t.Helper()
	c, err := p.town.App.CheckReceipt(p.t.Context(), strings.ToLower(k.code.Text()), birthOf(n))
	if err != nil {
		p.t.Fatal(err)
	}
	said := ""
	if c.BranchToldOn != 0 {
		said = c.BranchToldOn.String()
	}
	if c.Now != now || c.Day != day || said != told || c.Name != "" || c.Agent != jaring.ShortName(p.agent.Name) || (c.State == jaring.ReceiptOpen) != (c.CoveredUntil == 0) {
		p.t.Errorf("told %s, day %d, branch %q, covered %v, by %q; want %s, day %d, branch %q", c.Now, c.Day, said, c.CoveredUntil, c.Agent, now, day, told)
	}
}

// dispute says that something is wrong with a receipt; said again it is the same case.
func (p *purse) dispute(k taken, n int) {
	p.t.Helper()
	d := app.Dispute{Code: string(k.code), Birth: birthOf(n), What: "Uang saya tidak disetor", Phone: "0812-0000-0009"}
	first, err := p.town.App.DisputeReceipt(p.t.Context(), newOp(), d)
	if err != nil || first == "" {
		p.t.Fatal(err)
	}
	again, err := p.town.App.DisputeReceipt(p.t.Context(), newOp(), d)
	if err != nil || again != first {
		p.t.Errorf("%q and %q: %v", first, again, err)
	}
	p.says(k, n, "disputed", 3, "2026-11-24")
}

func wantCases(t *testing.T, town *jaringtest.Town, kinds ...string) {
	t.Helper()
	list, open, _, err := town.App.FindCases(t.Context(), town.Head, "open", "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range list {
		got = append(got, string(k.Kind))
	}
	slices.Sort(got)
	if !slices.Equal(got, kinds) || int(open) != len(kinds) {
		t.Errorf("cases %v (%d), want %v", got, open, kinds)
	}
}
