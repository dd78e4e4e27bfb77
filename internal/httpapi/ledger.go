package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

type workerLedgerOut struct {
	Body struct {
		Credit        jaring.Rupiah   `json:"credit" doc:"with the fund, without a month yet"`
		InHands       jaring.Rupiah   `json:"in_hands" doc:"with an agent, not with the fund"`
		Paid          jaring.Rupiah   `json:"paid" doc:"with the fund, for months"`
		Entries       []ledgerEntry   `json:"entries" doc:"oldest first"`
		Contributions []*contribution `json:"contributions" doc:"of the present membership, by month"`
	}
}

// ledgerEntry is one thing that happened to a worker's money.
type ledgerEntry struct {
	EntryID        string                `json:"entry_id"`
	Kind           string                `json:"kind"`
	Text           string                `json:"text"`
	Day            jaring.Day            `json:"day" doc:"when the money moved"`
	At             time.Time             `json:"at" doc:"when it was written"`
	Actor          string                `json:"actor_name"`
	Amount         jaring.Rupiah         `json:"amount" doc:"that came in; negative when it went out"`
	FirstMonth     jaring.Month          `json:"first_month,omitzero"`
	LastMonth      jaring.Month          `json:"last_month,omitzero"`
	Credit         jaring.Rupiah         `json:"credit" doc:"after it"`
	Reference      string                `json:"reference,omitempty"`
	ContributionID jaring.ContributionID `json:"contribution_id,omitempty"`
	Reversed       bool                  `json:"reversed,omitempty"`
}

func (s *server) workerLedger(c *call, in *ByID) (*workerLedgerOut, error) {
	l, err := s.App.GetWorkerLedger(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &workerLedgerOut{}
	out.Body.Credit, out.Body.InHands, out.Body.Paid = l.Credit, l.InHands, l.Paid
	out.Body.Entries, out.Body.Contributions = []ledgerEntry{}, []*contribution{}
	for _, e := range l.Entries {
		out.Body.Entries = append(out.Body.Entries, wireEntry(c.lang, e, l.Reversed[e.ID]))
	}
	for _, p := range l.Payments {
		out.Body.Contributions = append(out.Body.Contributions, wireContribution(p))
	}
	return out, nil
}

func wireEntry(lang i18n.Lang, e app.LedgerItem, reversed bool) ledgerEntry {
	out := ledgerEntry{EntryID: string(e.ID), Kind: string(e.Kind), Amount: e.Received(), Day: e.Day, At: e.At, Actor: e.ActorName, Credit: e.Credit, Reference: e.Reference, ContributionID: e.Contribution,
		Reversed: reversed, Text: i18n.Text(lang, "ledger.kind."+string(e.Kind), nil)}
	if months := e.Months(); len(months) > 0 {
		out.FirstMonth, out.LastMonth = months[0], months[len(months)-1]
	}
	return out
}

type balancesOut struct {
	Body struct {
		Items []balance `json:"items"`
	}
}

type balance struct {
	Account string        `json:"account"`
	Book    string        `json:"book"`
	Lines   int64         `json:"lines"`
	Balance jaring.Rupiah `json:"balance" doc:"what is there is positive, what is owed negative"`
}

func (s *server) balances(c *call, _ *nothing) (*balancesOut, error) {
	all, err := s.App.FindBalances(c, c.actor)
	out := &balancesOut{}
	out.Body.Items = make([]balance, len(all))
	for i, b := range all {
		out.Body.Items[i] = wireBalance(b)
	}
	return out, err
}

func wireBalance(b app.AccountBalance) balance {
	return balance{string(b.Account), string(b.Account.Account().Book()), b.Lines, b.Balance}
}

type linesIn struct {
	Account string `path:"account" doc:"as /ledger names it, its slash written %2F"`
	After   int64  `query:"after" doc:"the place behind which to begin"`
	Limit   int    `query:"limit"`
}

type linesOut struct {
	Body struct {
		Items []ledgerLine `json:"items"`
		Next  int64        `json:"next,omitempty" doc:"after, for the next page"`
	}
}

type ledgerLine struct {
	Place   int64         `json:"place"`
	Kind    string        `json:"kind"`
	Text    string        `json:"text"`
	Day     jaring.Day    `json:"day"`
	Amount  jaring.Rupiah `json:"amount"`
	Balance jaring.Rupiah `json:"balance"`
}

func (s *server) accountLines(c *call, in *linesIn) (*linesOut, error) {
	lines, err := s.App.FindAccountLines(c, c.actor, in.Account, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &linesOut{}
	out.Body.Items = make([]ledgerLine, len(lines))
	for i, l := range lines {
		out.Body.Items[i] = ledgerLine{l.Seq, string(l.Kind), i18n.Text(c.lang, "ledger.kind."+string(l.Kind), nil), l.Day, l.Amount, l.Balance}
		out.Body.Next = l.Seq
	}
	return out, nil
}
