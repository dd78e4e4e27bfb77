package bench

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// The hall whose gates are measured.
const (
	gatePhones  = 8
	gateTickets = 1_100
)

// gate measures check-ins at the gates of a hall: eight phones, each of which sends every ticket as a signed
// batch of its own, as a phone with a network does, against the same rows on the raw engine.
func gate(ctx context.Context, b *book, o Options) (r Result, err error) {
	raw := make([][2][]store.Statement, o.Rows)
	ours, _, err := b.onCopy(ctx, func(s *site) (m measured, err error) {
		h, err := newHall(ctx, s, o.Rows)
		if err != nil {
			return m, err
		}
		for i := range raw {
			if raw[i], err = h.statements(i); err != nil {
				return m, err
			}
		}
		requests, err := h.requests(ctx, o.Rows)
		if err != nil {
			return m, err
		}
		if m, err = shoot(s.addr, gatePhones, requests, func(status int) bool { return status == http.StatusOK }); err != nil {
			return m, err
		}
		return m, h.check(ctx)
	})
	if err != nil {
		return r, fmt.Errorf("figure: %w", err)
	}
	_, url, err := b.onCopy(ctx, func(*site) (measured, error) { return measured{}, nil })
	if err != nil {
		return r, err
	}
	theirs, err := rawOneByOne(ctx, url, raw)
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	r = Result{Bench: "gate", Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "check-ins/s", Figure: float64(o.Rows) / ours.took.Seconds(), Raw: float64(o.Rows) / theirs.took.Seconds(),
		Note: fmt.Sprintf("%d phones, %d tickets; each check a signed batch; raw with %d in flight", gatePhones, min(o.Rows, gateTickets), Connections)}
	r.Ratio = r.Figure / r.Raw
	r.P50, r.P99 = quantiles(ours.times)
	return r, nil
}

// gateHall is the hall of an event with tickets.
type gateHall struct {
	*site
	acts  *acts.Acts
	by    jaring.Actor
	id    jaring.CampaignID
	codes []jaring.TicketCode
	who   []jaring.ParticipantID
}

func newHall(ctx context.Context, s *site, rows int) (*gateHall, error) {
	h := &gateHall{site: s, acts: s.app, by: jaring.System}
	h.by.Office, h.by.Offices = s.agent.Office, []jaring.OfficeID{s.agent.Office}
	place, err := s.app.AddPlace(ctx, h.by, "hall", "Gedung uji", boardVillage)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	h.id, err = s.app.PlanCampaign(ctx, h.by, jaring.OperationID(newID()), jaring.CampaignForm{Kind: jaring.KindJamboree, Name: "Jambore uji", Office: s.agent.Office, Place: place,
		OpensAt: now, ClosesAt: now.Add(2 * time.Hour), SealHours: jaring.DefaultSealHours})
	if err != nil {
		return nil, err
	}
	if err := s.app.SetTeams(ctx, h.by, jaring.OperationID(newID()), h.id, 1, []jaring.Team{{Name: "Gerbang", Members: []jaring.AccountID{s.agent.Account}}}); err != nil {
		return nil, err
	}
	forms := make([]jaring.ParticipantForm, min(rows, gateTickets))
	for i := range forms {
		forms[i] = jaring.ParticipantForm{Kind: string(jaring.ParticipantKinds[i%4]), Name: word(i*7) + " " + word(i*31)}
	}
	if _, err := h.acts.AddParticipants(ctx, h.by, jaring.OperationID(newID()), h.id, jaring.ViaList, forms); err != nil {
		return nil, err
	}
	_, tickets, err := h.acts.PrintTickets(ctx, h.by, h.id)
	for _, t := range tickets {
		h.codes, h.who = append(h.codes, t.Code), append(h.who, t.ID)
	}
	return h, err
}

// requests are n checks, of each phone in turn.
func (h *gateHall) requests(ctx context.Context, n int) ([][]byte, error) {
	var phones []*pocket
	for range gatePhones {
		p, err := h.enrol(ctx)
		if err != nil {
			return nil, err
		}
		phones = append(phones, p)
	}
	out := make([][]byte, n)
	for i := range out {
		p := phones[i%gatePhones]
		op := fmt.Appendf(nil, `{"id":%q,"seq":%d,"kind":"ticket.check","taken_at":%q,"body":{"campaign_id":%q,"code":%q,"gate":"Pintu %d"}}`, newID(), i+1, stamp(), h.id, h.codes[i%len(h.codes)], i%gatePhones)
		text, err := signedBatch(p.key, p.device, [][]byte{op})
		if err != nil {
			return nil, err
		}
		out[i] = request("POST", "/api/v1/sync", "", "", text)
	}
	return out, nil
}

// statements are those of the n-th check: the claim of its operation, and its row.
func (h *gateHall) statements(n int) (out [2][]store.Statement, err error) {
	id, now := jaring.OperationID(newID()), time.Now()
	rec := &store.OperationRecord{ID: id, Kind: jaring.ActCheckTicket, Digest: make([]byte, 32), Account: h.agent.Account, TakenAt: now, ReceivedAt: now,
		Outcome: jaring.Outcome{Operation: id, Kind: jaring.Accepted}}
	if out[0], err = store.Record(h.db.Dialect(), func(tx *store.Tx) error {
		_, err := tx.Claim([]*store.OperationRecord{rec}, nil)
		return err
	}); err != nil {
		return out, err
	}
	out[1], err = store.Record(h.db.Dialect(), func(tx *store.Tx) error {
		return tx.AddTicketCheck(jaring.TicketCheck{Campaign: h.id, Participant: h.who[n%len(h.who)], Operation: id, Gate: "Pintu 1", Agent: h.agent.Account, TakenAt: now, ReceivedAt: now, Trusted: true})
	})
	return out, err
}

// check sees that everybody is in, each once.
func (h *gateHall) check(ctx context.Context) error {
	hall, err := h.acts.GetHall(ctx, jaring.System, h.id)
	if err == nil && hall.Gate.Inside != len(h.codes) {
		err = fmt.Errorf("%d of %d are in", hall.Gate.Inside, len(h.codes))
	}
	return err
}
