package payment

import (
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
)

//go:embed sim_page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

type pageRow struct {
	Code, Name, Amount, Until, State string
	Open                             bool
}

type pageTaking struct{ At, Code, Amount, State, Answers string }

type pageData struct {
	Bank     string
	Rows     []pageRow
	Takings  []pageTaking
	Trouble  string // key of what went wrong just now
	Mischief []string
}

// wrongs are the mischiefs that the page offers for one payment.
var wrongs = map[string]Mischief{
	"double": {Double: true}, "advise": {Advise: true}, "late": {Late: 30 * time.Second}, "again": {Again: true},
	"wrong amount": {Wrong: 1000}, "expired": {Expired: true},
}

func (s *Simulator) servePage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
	if err := page.Execute(w, s.pageData(r.URL.Query().Get("trouble"))); err != nil {
		s.opts.Log.Error("page", "err", err)
	}
}

// servePagePay is the button of the page.
func (s *Simulator) servePagePay(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	amount, err := amountOf(strings.TrimSpace(r.PostFormValue("amount")))
	if err == nil {
		p := Payer{Code: strings.ReplaceAll(r.PostFormValue("code"), " ", ""), Amount: amount}
		if m, ok := wrongs[r.PostFormValue("mischief")]; ok {
			p.Mischief = &m
		}
		_, err = s.Pay(r.Context(), p)
	}
	http.Redirect(w, r, "/?trouble="+jaring.KeyOf(err), http.StatusSeeOther)
}

// pageRows is how many lines of each kind the page shows, the newest first.
const pageRows = 100

func (s *Simulator) pageData(trouble string) pageData {
	d := pageData{Bank: s.bank.Name, Trouble: trouble}
	for name := range wrongs {
		d.Mischief = append(d.Mischief, name)
	}
	slices.Sort(d.Mischief)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clockLocked()
	for code, a := range s.accounts {
		d.Rows = append(d.Rows, pageRow{code, a.Name, a.Amount.String(), Timestamp(a.Expires), string(a.State), a.State == StateIssued && now.Before(a.Expires)})
	}
	for code, q := range s.codes {
		d.Rows = append(d.Rows, pageRow{code, "QRIS", q.Amount.String(), Timestamp(q.Expires), string(q.State), q.State == StateIssued && now.Before(q.Expires)})
	}
	slices.SortFunc(d.Rows, func(a, b pageRow) int {
		if a.Open != b.Open && a.Open {
			return -1
		} else if a.Open != b.Open {
			return 1
		}
		return strings.Compare(b.Until+b.Code, a.Until+a.Code)
	})
	d.Rows = d.Rows[:min(len(d.Rows), pageRows)]
	for i := len(s.takings) - 1; i >= 0 && len(d.Takings) < pageRows; i-- {
		t := s.takings[i]
		d.Takings = append(d.Takings, pageTaking{Timestamp(t.At), t.Code, t.Amount.String(), string(t.State), strings.Join(t.Answers, " ")})
	}
	return d
}
