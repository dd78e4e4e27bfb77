package main

import (
	"bufio"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ExportCmd writes what the database holds.
type ExportCmd struct {
	What string `arg:"" enum:"workers,memberships,payments,events,campaigns" help:"workers, memberships, payments, events or campaigns."`
	withKeys
	Format string `enum:"csv,jsonl" default:"csv" help:"csv or jsonl."`
	Whole  bool   `name:"reveal" help:"Write whole NIK; each is noted in the person's history with the reason."`
	Reason string `help:"Why whole NIK are needed."`
}

// Help is shown below the flags.
func (c *ExportCmd) Help() string {
	return `Example: jaring export workers --db sqlite:data/office.db --format csv > workers.csv

A NIK is masked unless --reveal --reason "…" is given. In CSV a text that a spreadsheet would take for a formula begins
with an apostrophe.`
}

// Run writes the rows on stdout. Errors: export.reason; those of openHouse.
func (c *ExportCmd) Run(s *session) error {
	if c.Whole && (c.What != "workers" || strings.TrimSpace(c.Reason) == "") {
		return jaring.NewError(jaring.Invalid, "export.reason").At("reason")
	}
	acts, _, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	defer done()
	buffered := bufio.NewWriter(s.out)
	rows := newRows(buffered, c.Format)
	switch c.What {
	case "workers":
		err = c.workers(s, acts, rows)
	case "memberships":
		err = acts.EachMembership(s.ctx, func(m *store.MembershipRecord) error { return rows.write(membershipRow(m)) })
	case "payments":
		err = acts.EachPayment(s.ctx, func(p jaring.Payment) error { return rows.write(paymentRow(p)) })
	case "events":
		err = acts.EachEvent(s.ctx, func(e *jaring.Event) error { return rows.write(eventRow(e)) })
	case "campaigns":
		err = acts.EachCampaign(s.ctx, func(c *app.CampaignTotal) error { return rows.write(campaignRow(c)) })
	}
	return errors.Join(err, rows.flush(), buffered.Flush())
}

// column is a cell with its heading. text in it came from people.
type column struct {
	name  string
	value any
}

func (c *ExportCmd) workers(s *session, acts *app.App, rows *rowWriter) error {
	return acts.EachWorker(s.ctx, func(w *store.WorkerRecord) error {
		nik := w.Province + "•• •••• •••• ••••"
		if c.Whole && len(w.PersonKey) > 0 {
			whole, err := acts.RevealNIK(s.ctx, jaring.System, w.ID, "export: "+c.Reason)
			if err != nil {
				return err
			}
			nik = whole
		}
		return rows.write([]column{{"worker_id", string(w.ID)}, {"registration_no", string(w.RegistrationNo)}, {"nik", nik}, {"check", w.CheckLetters},
			{"name", w.Name}, {"birth_date", w.BirthDate.String()}, {"sex", string(w.Sex)}, {"occupation", w.Occupation}, {"phone", w.Phone},
			{"village", w.Village}, {"address", w.Address}, {"area", w.Area}, {"office_id", string(w.Office)}, {"agent_id", string(w.Agent)},
			{"campaign_id", string(w.Campaign)}, {"state", string(w.State)}, {"standing", string(w.Standing)}, {"kpj", w.KPJ},
			{"covered_until", w.CoveredUntil.String()}, {"merged_into", string(w.MergedInto)}, {"registered_at", instant(w.RegisteredAt)}})
	})
}

func membershipRow(m *store.MembershipRecord) []column {
	return []column{{"worker_id", string(m.Worker)}, {"membership_id", string(m.ID)}, {"segment", string(m.Segment)}, {"programs", m.Programs.String()},
		{"income", int64(m.Income)}, {"lowest_band", m.LowestBand}, {"sector", string(m.Sector)}, {"funding", string(m.Funding)}, {"state", string(m.State)},
		{"first_month", m.FirstMonth.String()}, {"months", m.Months}, {"quote_total", int64(m.Quote.Total)}, {"rules", m.Quote.Version},
		{"paid_on", m.PaidOn.String()}, {"confirmed_at", instant(m.ConfirmedAt)}, {"core_state", string(m.CoreState)}, {"core_reason", m.CoreReason}}
}

func paymentRow(p jaring.Payment) []column {
	return []column{{"worker_id", string(p.Worker)}, {"membership_id", string(p.Membership)}, {"code", p.Code}, {"amount", int64(p.Amount)},
		{"state", p.State}, {"channel", p.Channel}, {"reference", p.Reference}, {"settled_on", p.SettledOn.String()}}
}

func campaignRow(c *app.CampaignTotal) []column {
	return []column{{"campaign_id", string(c.ID)}, {"parent_id", string(c.Parent)}, {"kind", string(c.Kind)}, {"name", c.Name}, {"office_id", string(c.Office)},
		{"place_id", string(c.Place)}, {"area", c.Area}, {"opens_at", instant(c.OpensAt)}, {"closes_at", instant(c.ClosesAt)}, {"seals_at", instant(c.SealsAt)},
		{"began_at", instant(c.BeganAt)}, {"ended_at", instant(c.EndedAt)}, {"state", string(c.State)}, {"members", c.Members}, {"registered", c.Registered},
		{"new", c.New}, {"rejoined", c.Rejoined}, {"paid", c.Paid}, {"protected", c.Protected}, {"waiting", c.Waiting}, {"lots", c.Lots}, {"lots_visited", c.LotsVisited}}
}

func eventRow(e *jaring.Event) []column {
	return []column{{"subject", e.Subject}, {"seq", e.Seq}, {"event_id", string(e.ID)}, {"kind", string(e.Kind)}, {"at", instant(e.At)},
		{"actor_id", string(e.Actor)}, {"office_id", string(e.Office)}, {"facts", json.RawMessage(e.Facts)}, {"hash", hex.EncodeToString(e.Hash)}}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// rowWriter writes rows as CSV with a heading, or as one JSON object a line.
type rowWriter struct {
	out    io.Writer
	csv    *csv.Writer // nil for JSON lines
	headed bool
}

func newRows(out io.Writer, format string) *rowWriter {
	w := &rowWriter{out: out}
	if format == "csv" {
		w.csv = csv.NewWriter(out)
	}
	return w
}

func (w *rowWriter) write(row []column) error {
	if w.csv == nil {
		return w.object(row)
	}
	names, cells := make([]string, len(row)), make([]string, len(row))
	for i, c := range row {
		names[i] = c.name
		switch v := c.value.(type) {
		case string:
			cells[i] = harmless(v)
		case json.RawMessage:
			cells[i] = harmless(string(v))
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	if !w.headed {
		w.headed = true
		if err := w.csv.Write(names); err != nil {
			return err
		}
	}
	return w.csv.Write(cells)
}

// harmless keeps a spreadsheet from taking a text that somebody typed for a formula
// (OWASP: CSV Injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// object writes the columns of a row in their order.
func (w *rowWriter) object(row []column) error {
	var b strings.Builder
	for i, c := range row {
		value, err := json.Marshal(c.value)
		if err != nil {
			return err
		}
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		fmt.Fprintf(&b, "%q:%s", c.name, value)
	}
	_, err := io.WriteString(w.out, b.String()+"}\n")
	return err
}

func (w *rowWriter) flush() error {
	if w.csv == nil {
		return nil
	}
	w.csv.Flush()
	return w.csv.Error()
}
