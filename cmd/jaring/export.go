package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ExportCmd writes what the database holds.
type ExportCmd struct {
	What string `arg:"" enum:"workers,memberships,payments,events,campaigns,attendance" help:"workers, memberships, payments, events, campaigns or attendance."`
	withKeys
	Campaign string `placeholder:"ID" help:"Only what belongs to this campaign and those below it; attendance: also of this class."`
	Format   string `enum:"csv,xlsx,jsonl" default:"csv" help:"csv, xlsx or jsonl."`
	Whole    bool   `name:"reveal" help:"Write whole NIK; each is noted in the person's history with the reason."`
	Reason   string `help:"Why whole NIK are needed."`
}

// Help is shown below the flags.
func (c *ExportCmd) Help() string {
	return `Example: jaring export workers --db sqlite:data/office.db --format xlsx > workers.xlsx

With --campaign come the persons whom a campaign recorded, also those whom it found registered already, and what belongs
to them. A NIK is masked unless --reveal --reason "…" is given. In CSV a text that a spreadsheet would take for a formula begins
with an apostrophe.`
}

// Run writes the rows on stdout. Errors: export.reason, campaign.not_found; those of openHouse.
func (c *ExportCmd) Run(s *session) error {
	if c.Whole && (c.What != "workers" || strings.TrimSpace(c.Reason) == "") {
		return jaring.NewError(jaring.Invalid, "export.reason").At("reason")
	}
	acts, _, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	defer done()
	of, err := acts.CampaignPart(s.ctx, c.Campaign)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(s.out)
	rows := newRows(buffered, c.What, c.Format)
	err = c.write(s, acts, of, rows)
	if err == nil {
		err = rows.flush()
	}
	return errors.Join(err, buffered.Flush())
}

func (c *ExportCmd) write(s *session, acts *acts.Acts, of *app.CampaignPart, rows rowWriter) error {
	switch c.What {
	case "workers":
		return acts.EachWorker(s.ctx, func(w *store.WorkerRecord) error {
			return when(of.Worker(w.ID), func() error { return c.worker(s, acts, w, rows) })
		})
	case "memberships":
		return acts.EachMembership(s.ctx, func(m *store.MembershipRecord) error {
			return when(of.Worker(m.Worker), func() error { return rows.write(membershipRow(m)) })
		})
	case "payments":
		return acts.EachPayment(s.ctx, func(p jaring.Payment) error {
			return when(of.Worker(p.Worker), func() error { return rows.write(paymentRow(p)) })
		})
	case "events":
		return acts.EachEvent(s.ctx, func(e *jaring.Event) error {
			return when(of.Subject(e.Subject), func() error { return rows.write(eventRow(e)) })
		})
	case "attendance":
		return acts.EachAttendance(s.ctx, func(a *store.AttendanceRow) error {
			return when(of.Subject(string(a.Class)), func() error { return rows.write(attendanceRow(a)) })
		})
	}
	return acts.EachCampaign(s.ctx, func(t *app.CampaignTotal) error {
		return when(of.Subject(string(t.ID)), func() error { return rows.write(campaignRow(t)) })
	})
}

func when(wanted bool, do func() error) error {
	if !wanted {
		return nil
	}
	return do()
}

// column is a cell with its heading. text in it came from people.
type column struct {
	name  string
	value any
}

func (c *ExportCmd) worker(s *session, acts *acts.Acts, w *store.WorkerRecord, rows rowWriter) error {
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

func attendanceRow(a *store.AttendanceRow) []column {
	return []column{{"class_id", string(a.Class)}, {"class", a.ClassName}, {"day", a.Day.String()}, {"application_id", string(a.Application)}, {"name", a.Name},
		{"office_id", string(a.Office)}, {"account_id", string(a.Account)}, {"at", instant(a.At)}, {"by_account", string(a.By)}}
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
