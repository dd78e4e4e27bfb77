package httpapi

import (
	"slices"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// statementNames and groupBillNames are what the papers of the desk are called when they are kept.
var (
	statementNames = map[i18n.Lang]string{i18n.ID: "rekening-iuran", i18n.EN: "contribution-statement"}
	groupBillNames = map[i18n.Lang]string{i18n.ID: "tagihan-kelompok", i18n.EN: "group-bill"}
)

// workerStatement is what was paid for a worker, and what it covers month by month.
func (s *server) workerStatement(c *call, in *ByID) (*documentOut, error) {
	v, err := s.App.GetWorker(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	l, err := s.App.GetWorkerLedger(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	w := v.Worker
	paper := document.Account{Name: w.Name, RegistrationNo: string(w.RegistrationNo), Office: s.App.OfficeName(c, w.Office), Fund: s.Fund, Standing: string(w.Standing),
		Paid: l.Paid, Credit: l.Credit, InHands: l.InHands}
	for _, e := range l.Entries {
		paper.Entries = append(paper.Entries, accountEntry(e, l.Reversed[e.ID]))
	}
	paper.Months = accountMonths(v)
	return pdf(document.AccountStatement(paper, c.lang, s.Now().In(app.Zone(c.actor.Zone))), statementNames[c.lang])
}

func accountEntry(e app.LedgerItem, reversed bool) document.AccountEntry {
	out := document.AccountEntry{Day: e.Day, Kind: string(e.Kind), Amount: e.Received(), Channel: e.Channel(), Reference: e.Reference, Credit: e.Credit, Reversed: reversed}
	if months := e.Months(); len(months) > 0 {
		out.From, out.To = months[0], months[len(months)-1]
	}
	return out
}

// accountMonths are the months of all stays of a person that were asked for, the oldest first.
func accountMonths(v *app.WorkerView) (out []document.AccountMonth) {
	seen := map[jaring.Month]bool{}
	for _, m := range v.All {
		for _, p := range m.Payments {
			for month := p.FirstMonth; month <= p.LastMonth(); month++ {
				if state := v.MonthState(month); !seen[month] && state != "none" {
					seen[month] = true
					out = append(out, document.AccountMonth{Month: month, State: state})
				}
			}
		}
	}
	slices.SortFunc(out, func(x, y document.AccountMonth) int { return int(x.Month - y.Month) })
	return out
}

// groupBillDocument is a bill as an association hangs it up: each member's line, and the code.
func (s *server) groupBillDocument(c *call, in *OfBill) (*documentOut, error) {
	v, err := s.App.GetGroup(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	b, err := s.App.GetGroupBill(c, c.actor, in.ID, in.Bill)
	if err != nil {
		return nil, err
	}
	paper := document.GroupBill{Group: v.Name, Contact: v.Contact, Office: v.OfficeName, Fund: s.Fund, Code: b.Code, Months: b.Months, Amount: b.Amount, State: b.State,
		PaidOn: b.PaidOn, Reference: b.Reference, Address: s.address(c.request) + "/bayar/" + b.Code}
	for _, l := range b.Lines {
		paper.Lines = append(paper.Lines, document.GroupBillLine{Name: l.Name, RegistrationNo: l.RegistrationNo, From: l.From, To: l.To, Amount: l.Amount, Outcome: l.Outcome})
	}
	for _, m := range b.Left {
		paper.Left = append(paper.Left, document.Pair{Name: m.Name, Value: whyText(c.lang, "group.why.", m.Why)})
	}
	return pdf(document.GroupBillSheet(paper, c.lang, s.Now().In(app.Zone(c.actor.Zone))), groupBillNames[c.lang])
}
