package core

import (
	"context"
	"encoding/json"

	"jaring/internal/jaring"
)

// The message that a cover ends earlier: how it travels, and what the simulator makes of it.

func encodeEnding(e Ending) ([]byte, error) {
	return json.Marshal(endingWire{e.MessageID, e.WorkerID, e.MembershipID, e.Last.String(), e.Why})
}

func decodeEnding(raw []byte) (e Ending, fault string) {
	var w endingWire
	if json.Unmarshal(raw, &w) != nil {
		return e, notJSON
	}
	f := fields{}
	e = Ending{MessageID: w.MessageID, Why: w.Why}
	e.WorkerID, e.MembershipID = f.message(w.MessageID)
	f.want("worker_id", w.WorkerID == e.WorkerID)
	f.want("membership_id", w.MembershipID == e.MembershipID)
	e.Last = f.month("last_month", w.LastMonth)
	f.want("last_month", e.Last != 0)
	f.want("why", w.Why != "")
	return e, f.fault
}

// End posts es in batches, as Send does.
func (c *REST) End(ctx context.Context, es []Ending) error {
	if err := checkAll(es); err != nil {
		return err
	}
	return postAll(ctx, c, endingsPath, "endings", es, encodeEnding)
}

// End writes es to out, durably, as Send does.
func (x *Files) End(ctx context.Context, es []Ending) error {
	if err := checkAll(es); err != nil {
		return err
	}
	return dropAll(ctx, x, endingFile, es, encodeEnding)
}

func checkAll[T interface{ Check() error }](es []T) error {
	for _, e := range es {
		if err := e.Check(); err != nil {
			return err
		}
	}
	return nil
}

// ended is since when a simulator holds an earlier end.
type ended struct {
	last jaring.Month
	on   jaring.Day
}

// end takes ends in. One of a message that is held is answered, each time that it comes; the first stands. What a
// simulator does not hold it cannot end: it stays silent.
func (s *Simulator) end(es []Ending) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.publish()
	for _, e := range es {
		known, ok := s.messages[e.MessageID]
		if !ok || known.Answer.Verdict != Acknowledged {
			continue
		}
		at, ok := s.ends[e.MessageID]
		if !ok {
			at = ended{e.Last, jaring.DayIn(s.opts.Now(), s.opts.Zone)}
		}
		a := Answer{MessageID: e.MessageID, Verdict: Ended, To: at.last, On: at.on}
		a.WorkerID, a.MembershipID = e.WorkerID, e.MembershipID
		d := decision{Answer: a.wire(), ReadyAt: max(s.opts.Now().Add(s.opts.Delay).UnixMilli(), s.last), Copies: 1}
		if s.mischief.Double {
			d.Copies = 2
		}
		if err := s.keep(d); err != nil {
			return err
		}
		s.apply(d)
	}
	s.publish()
	return nil
}

// heldOnDay is a row as it stood at the end of a day.
func (s *Simulator) heldOnDay(r StatementRow, day jaring.Day) StatementRow {
	if e, ok := s.ends[r.MessageID]; ok && e.on <= day {
		r.To = min(r.To, e.last)
	}
	return r
}
