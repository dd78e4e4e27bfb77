package sponsor

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"

	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// HeirForm is somebody who takes a place, as a single form has it; it is judged as a row of a list is.
type HeirForm struct {
	NIK        string
	Name       string
	BirthDate  string
	Sex        string
	Village    string
	Occupation string
	Income     string
	Mother     string
}

// file is the form as a list of one row.
func (f HeirForm) file() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = ';'
	_ = w.Write([]string{"NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Desa", "Pekerjaan", "Penghasilan", "Nama Ibu"})
	_ = w.Write([]string{f.NIK, f.Name, f.BirthDate, f.Sex, f.Village, f.Occupation, f.Income, f.Mother})
	w.Flush()
	return out.Bytes()
}

// MaxHeirs is how many rows a list of successors may have.
const MaxHeirs = 500

// HeirRow is what became of a row: whose place it takes, or what there is to say of it.
type HeirRow struct {
	Row       int
	Verdict   jaring.Verdict
	Findings  []roster.Finding
	Departure string // whose place is proposed for it; empty for none
}

// ProposeHeir proposes somebody for one place; ProposeHeirs for the free places of an agreement, row by row, the place
// that is free first taken first. A second person approves. Errors: sponsor.unknown, agreement.unknown,
// departure.unknown, departure.closed, agreement.not_approved, those of a file; error.forbidden, operation.conflict.
func (a *Sponsors) ProposeHeir(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, id string, form HeirForm) ([]HeirRow, error) {
	if _, _, err := a.departureFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement, id); err != nil {
		return nil, err
	}
	return a.proposeHeirs(ctx, actor, op, sponsor, agreement, id, form.file())
}

// ProposeHeirs is told at ProposeHeir. Errors besides: departure.too_many, departure.no_place, sheet.empty.
func (a *Sponsors) ProposeHeirs(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement string, file []byte) ([]HeirRow, error) {
	if len(file) == 0 {
		return nil, jaring.NewError(jaring.Invalid, "sheet.empty")
	}
	return a.proposeHeirs(ctx, actor, op, sponsor, agreement, "", file)
}

// heirs are rows on their way to the places of an agreement.
type heirs struct {
	app    *Sponsors
	pact   *store.AgreementRecord
	prices priceList
	on     jaring.Day
	free   []*store.DepartureRecord // places, the one that is free first taken first
	rows   []HeirRow
	next   []store.DepartureRecord // as they become
	was    []*store.DepartureRecord
}

func (a *Sponsors) proposeHeirs(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, only string, file []byte) ([]HeirRow, error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement)
	if err != nil {
		return nil, err
	}
	if g.State != agreementApproved {
		return nil, jaring.NewError(jaring.Conflict, "agreement.not_approved")
	}
	h := &heirs{app: a, pact: g, prices: priceList{book: a.Book, form: g.Agreement}, on: jaring.DayIn(a.Now(), a.ZoneOf(ctx, s.Office))}
	said := []any{"heirs", sponsor, agreement, only, hex.EncodeToString(a.Vault.Digest256("heirs", file))}
	known, err := a.Fresh(ctx, actor, op, jaring.ActManageSponsor, said, func() error {
		h.rows, h.next, h.was = nil, nil, nil
		if err := h.places(ctx, s, only); err != nil {
			return err
		}
		return h.judge(ctx, actor, file)
	}, func(tx *store.Tx) error {
		for i := range h.next {
			if err := moveLeave(tx, &h.next[i], h.was[i]); err != nil {
				return err
			}
			if err := a.tellOfSponsor(tx, actor, s, jaring.HeirProposed, jaring.Facts{Other: h.next[i].ID, Amount: h.next[i].Heir.Amount}); err != nil {
				return err
			}
		}
		return nil
	})
	if known != nil {
		return []HeirRow{}, err
	}
	return h.rows, err
}

// places finds the places that nobody has taken. Errors: departure.closed, departure.no_place.
func (h *heirs) places(ctx context.Context, s *store.SponsorRecord, only string) error {
	h.free = nil
	err := h.app.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindDepartures(s.ID, h.pact.ID)
		for _, d := range all {
			if (only == "" && d.Heir.State == "" || only == d.ID && d.Heir.State != heirFilled) && d.State != leaveCancelled {
				h.free = append(h.free, d)
			}
		}
		return err
	})
	slices.SortStableFunc(h.free, func(x, y *store.DepartureRecord) int { return cmp.Or(int(x.From-y.From), cmp.Compare(x.ID, y.ID)) })
	switch {
	case err != nil:
		return err
	case len(h.free) == 0 && only != "":
		return jaring.NewError(jaring.Conflict, "departure.closed")
	case len(h.free) == 0:
		return jaring.NewError(jaring.Conflict, "departure.no_place")
	}
	return nil
}

// judge judges rows as those of a list and gives each that may come along a place.
func (h *heirs) judge(ctx context.Context, actor jaring.Actor, file []byte) error {
	list, err := h.app.OpenRoster(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return err
	}
	var entries []*roster.Entry
	judge := roster.NewJudge(termsOf(h.pact.Agreement, h.pact.FirstMonth.First()), h.app.Areas, h.on)
	err = list.Check(judge, func(roster.Finding) error { return nil }, func(e *roster.Entry) error {
		if len(entries) == MaxHeirs {
			return jaring.NewError(jaring.Invalid, "departure.too_many", "max", MaxHeirs)
		}
		one := *e
		entries = append(entries, &one)
		return nil
	})
	if err != nil {
		return err
	}
	against, err := h.app.holdAgainst(ctx, entries, &store.RosterRecord{MadeAt: h.app.Now()}, h.on)
	if err != nil {
		return err
	}
	for i := range against {
		if err := h.row(ctx, actor, &against[i]); err != nil {
			return err
		}
	}
	return nil
}

// row gives one row a place, or says why not. Finding: departure.no_place (reject).
func (h *heirs) row(ctx context.Context, actor jaring.Actor, l *listed) error {
	e := l.entry
	var d *store.DepartureRecord
	if e.Verdict < jaring.Hold {
		if len(h.free) == 0 {
			e.Hear(roster.Finding{Row: e.Row, Finding: jaring.Finding{Verdict: jaring.Reject, Key: "departure.no_place"}})
		} else {
			d = h.free[0]
		}
	}
	out := HeirRow{Row: e.Row}
	if d != nil {
		if l.err != nil {
			return l.err
		}
		first := max(d.From, h.on.Month())
		at := placeIn(l, first, d.Months-int(first-d.From))
		e.Hear(at.findings...)
		if e.Verdict < jaring.Hold && at.months > 0 {
			if err := h.take(ctx, actor, l, d, at); err != nil {
				return err
			}
			out.Departure, h.free = d.ID, h.free[1:]
		}
	}
	out.Verdict, out.Findings = e.Verdict, e.Findings
	h.rows = append(h.rows, out)
	return nil
}

// take proposes a row for a place.
func (h *heirs) take(ctx context.Context, actor jaring.Actor, l *listed, d *store.DepartureRecord, at rosterPlace) error {
	price, err := h.prices.of(&l.person, at.first, at.months)
	if err != nil {
		return err
	}
	r, err := h.app.rosterNow(ctx, d.Roster)
	if err != nil {
		return err
	}
	key, err := h.app.rosterKey(r)
	if err != nil {
		return err
	}
	text, err := rowText(l.entry.Complete(h.app.Now()))
	if err != nil {
		return err
	}
	next := *d
	next.Heir = store.Heir{State: heirProposed, First: at.first, Months: at.months, Amount: price.total}
	if l.booked != nil {
		next.Heir.Worker = l.booked.Worker.ID
	}
	if next.Heir.Sealed, err = key.Seal(text, rowPurpose(r.ID, heirRow(d))); err != nil {
		return err
	}
	if next.Hands = slices.Clone(d.Hands); d.State == leaveDone {
		next.Hands = nil // what they wrote is approved
	}
	if !slices.Contains(next.Hands, actor.Account) {
		next.Hands = append(next.Hands, actor.Account)
	}
	h.next, h.was = append(h.next, next), append(h.was, d)
	return nil
}

// heirRow is a number for the row of a successor, behind all rows that a list can have.
func heirRow(d *store.DepartureRecord) int {
	const behind = 1 << 30
	n, _ := strconv.ParseUint(d.ID[len(d.ID)-6:], 16, 32)
	return behind + int(n)
}

// openHeir opens what was read of a successor.
func (a *Sponsors) openHeir(r *store.RosterRecord, d *store.DepartureRecord) (reg jaring.Registration, err error) {
	key, err := a.rosterKey(r)
	if err != nil {
		return reg, err
	}
	text, err := key.Open(d.Heir.Sealed, rowPurpose(r.ID, heirRow(d)))
	if err != nil {
		return reg, err
	}
	if err := json.Unmarshal(text, &reg); err != nil {
		return reg, jaring.InternalError(err)
	}
	return reg, nil
}
