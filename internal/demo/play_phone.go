package demo

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// player is a kader with a phone that speaks to the server.
type player struct {
	*caller
	play    *play
	kader   int // in cadre
	account jaring.AccountID
	phone   *phone
	lanes   map[string]jaring.LaneID // by name, as the phone was told
	strange int                      // people met instead of somebody whose number was taken
}

// equip logs the kader in and enrols the phone.
func (k *player) equip(ctx context.Context) error {
	var agent struct{ Login string }
	if err := k.play.head.get(ctx, "/agents/"+string(k.account), &agent); err != nil {
		return err
	}
	l, err := k.play.login(agent.Login)
	if err != nil {
		return err
	}
	if err := k.logIn(ctx, l); err != nil {
		return err
	}
	var spki []byte
	if k.phone, spki, err = newPhone(k.account); err != nil {
		return err
	}
	var enrolled struct {
		DeviceID jaring.DeviceID `json:"device_id"`
	}
	err = k.post(ctx, "/devices", map[string]string{"name": "HP grebek", "public_key": base64.StdEncoding.EncodeToString(spki)}, &enrolled)
	k.phone.device = enrolled.DeviceID
	return err
}

// Phones send 36 times in the two hours, one after the other; those that find no signal
// not before three fifths are over.
const (
	sendings  = 36
	signalTen = 6 // tenths
)

// moments are when the kader's phone sends, into the two hours.
func (k *player) moments() (out []time.Duration) {
	s, step := k.play.script, sweepLasts/sendings
	if k.kader == s.skewed && s.skewEnds > 0 {
		out = append(out, s.skewEnds)
	}
	for n := range sendings {
		at := time.Duration(n)*step + step*time.Duration(k.kader)/time.Duration(len(cadre))
		if s.offline[k.kader] && at < sweepLasts*signalTen/10 || len(out) > 0 && at <= out[len(out)-1] || k.kader == s.skewed && at <= s.skewEnds {
			continue
		}
		out = append(out, at)
	}
	return append(out, sweepLasts)
}

// work walks through the market and sends what was kept whenever there is a signal.
func (k *player) work(ctx context.Context) error {
	if err := k.carry(ctx); err != nil {
		return err
	}
	from := time.Duration(0)
	for _, to := range k.moments() {
		if !sleep(ctx, time.Until(k.play.start.Add(k.play.real(to)))) {
			return ctx.Err()
		}
		off := time.Duration(0)
		if s := k.play.script; k.kader == s.skewed && to <= s.skewEnds {
			off = skew
		}
		if err := k.report(ctx, k.play.script.of(k.kader, from, to), off); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// carry reads what the phone carries for the day: the lanes.
func (k *player) carry(ctx context.Context) error {
	var pack struct {
		Campaigns []struct {
			CampaignID string `json:"campaign_id"`
			Lanes      []struct {
				LaneID jaring.LaneID `json:"lane_id"`
				Name   string
			}
		}
	}
	if err := k.get(ctx, "/field", &pack); err != nil {
		return err
	}
	k.lanes = map[string]jaring.LaneID{}
	for _, c := range pack.Campaigns {
		for _, l := range c.Lanes {
			if c.CampaignID == k.play.campaign {
				k.lanes[l.Name] = l.LaneID
			}
		}
	}
	return nil
}

// maxStrange is how often somebody else is met for one who is in the book by chance.
const maxStrange = 10

// report sends what happened at some stops, then the photos, one by one.
func (k *player) report(ctx context.Context, stops []*stop, off time.Duration) error {
	if len(stops) == 0 {
		return nil
	}
	records := make([]record, len(stops))
	for i, at := range stops {
		lane := jaring.LaneID("")
		if at.lane != nil {
			lane = k.lanes[at.lane.name]
		}
		var err error
		if records[i], err = at.record(k.phone, k.play.notice, k.play.began.Add(k.play.real(at.at)), off, jaring.CampaignID(k.play.campaign), lane); err != nil {
			return err
		}
	}
	outcomes, err := k.send(ctx, records, off)
	if err != nil {
		return err
	}
	var again []*stop
	for i, at := range stops {
		if at.entry == nil {
			continue
		}
		at.entry.outcome = outcomes[i]
		switch kind := outcomes[i].Kind; {
		case kind == jaring.Refused && !at.again && k.strange < maxStrange:
			k.strange++
			k.play.another(at.entry)
			again = append(again, at)
			continue
		case kind == jaring.Accepted || kind == jaring.Review:
			k.play.bills <- at
		}
		if err := k.photograph(ctx, at, records[i], off); err != nil {
			return err
		}
	}
	return k.report(ctx, again, off)
}

func (k *player) photograph(ctx context.Context, at *stop, of record, off time.Duration) error {
	if !at.photo {
		return nil
	}
	k.play.mu.Lock()
	picture := specimen(k.play.crowd.rand)
	k.play.mu.Unlock()
	photo, err := k.phone.photograph(of, picture)
	if err != nil {
		return err
	}
	_, err = k.send(ctx, []record{photo}, off)
	return err
}

// another puts somebody else in the place of a person whose number is in the book.
func (p *play) another(e *entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, income := e.trade, e.income
	e.person = p.crowd.person(regencyOf(home), p.today)
	e.trade, e.income, e.birthDate = t, income, e.birth
}

// send signs records and sends them, in batches that the server takes.
func (k *player) send(ctx context.Context, records []record, off time.Duration) (outcomes []jaring.Outcome, err error) {
	for len(records) > 0 {
		part := records[:min(len(records), app.MaxSync)]
		records = records[len(part):]
		parcel, err := k.phone.sign(k.play.now().Add(off), part)
		if err != nil {
			return nil, err
		}
		done, err := k.deliver(ctx, parcel)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, done...)
	}
	return outcomes, nil
}

// deliver posts a parcel. It is posted again as it is when nobody answers: the server gives
// the first answer then.
func (k *player) deliver(ctx context.Context, p *parcel) ([]jaring.Outcome, error) {
	body := map[string]any{"device_id": p.Device, "app_version": p.AppVersion, "pack_version": p.PackVersion, "signature": p.Signature,
		"clock": map[string]string{"now": p.Now, "last_sync": p.LastSync}}
	raw := make([]json.RawMessage, len(p.Operations))
	for i, text := range p.Operations {
		raw[i] = text
	}
	body["operations"] = raw
	var answer struct {
		Outcomes []struct {
			ID       jaring.OperationID
			Outcome  jaring.OutcomeKind
			First    jaring.OutcomeKind
			WorkerID jaring.WorkerID `json:"worker_id"`
		}
	}
	if err := k.post(ctx, "/sync", body, &answer); err != nil {
		return nil, err
	}
	out := make([]jaring.Outcome, len(answer.Outcomes))
	for i, o := range answer.Outcomes {
		out[i] = jaring.Outcome{Operation: o.ID, Kind: o.Outcome, Worker: o.WorkerID}
		if o.Outcome == jaring.Same {
			out[i].Kind = o.First
		}
	}
	return out, nil
}
