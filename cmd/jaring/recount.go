package main

import (
	"encoding/json"
	"fmt"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// RecountCmd compares the counters with the events.
type RecountCmd struct {
	withKeys
	Mend bool `help:"Write what the events say over the counters that differ."`
	JSON bool `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *RecountCmd) Help() string {
	return "Example: jaring recount --db sqlite:data/jaring.db\n\nExit 1 when a counter is not what the events say."
}

// Run prints each difference and, last, how many there are. Differences that were
// mended are still an answer of no.
func (c *RecountCmd) Run(s *session) error {
	acts, _, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	defer done()
	diffs, counters, events, err := acts.Recount(s.ctx)
	if err != nil {
		return err
	}
	if c.Mend && len(diffs) > 0 {
		if err := acts.MendCounters(s.ctx, diffs); err != nil {
			return err
		}
	}
	if err := c.print(s, diffs, counters, events); err != nil {
		return err
	}
	if len(diffs) > 0 {
		return errAnswerNo
	}
	return nil
}

func (c *RecountCmd) print(s *session, diffs []app.Difference, counters, events int) error {
	if c.JSON {
		type difference struct {
			Dimension  jaring.Dimension `json:"dimension"`
			Value      string           `json:"value"`
			Measure    jaring.Measure   `json:"measure"`
			Month      jaring.Month     `json:"month"`
			Stored     int64            `json:"stored"`
			FromEvents int64            `json:"from_events"`
		}
		list := make([]difference, len(diffs))
		for i, d := range diffs {
			list[i] = difference{d.Counter.Dimension, d.Counter.Value, d.Counter.Measure, d.Counter.Month, d.Stored, d.FromEvent}
		}
		return json.NewEncoder(s.out).Encode(map[string]any{"counters": counters, "events": events, "differences": list, "mended": c.Mend && len(diffs) > 0})
	}
	for _, d := range diffs {
		fmt.Fprintf(s.out, "%s %s %s %s: %d, events say %d\n", d.Counter.Dimension, d.Counter.Value, d.Counter.Measure, d.Counter.Month, d.Stored, d.FromEvent)
	}
	_, err := fmt.Fprintf(s.out, "%d counters, %d events, %d differences\n", counters, events, len(diffs))
	return err
}

// VerifyCmd walks the history.
type VerifyCmd struct {
	withKeys
	JSON bool `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *VerifyCmd) Help() string {
	return "Example: jaring verify --db sqlite:data/jaring.db\n\nExit 1 when the written history is not what it was."
}

// Run prints each damage and, last, what was walked.
func (c *VerifyCmd) Run(s *session) error {
	acts, _, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	defer done()
	damages, events, roots, err := acts.Verify(s.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		type damage struct {
			What    string `json:"what"`
			Subject string `json:"subject,omitempty"`
			Seq     int64  `json:"seq,omitempty"`
			Hour    string `json:"hour,omitempty"`
		}
		list := make([]damage, len(damages))
		for i, d := range damages {
			list[i] = damage{d.What, d.Subject, d.Seq, hourText(d)}
		}
		err = json.NewEncoder(s.out).Encode(map[string]any{"events": events, "roots": roots, "damages": list})
	} else {
		for _, d := range damages {
			fmt.Fprintf(s.out, "%s %s%s %d\n", d.What, d.Subject, hourText(d), d.Seq)
		}
		_, err = fmt.Fprintf(s.out, "%d events, %d roots, %d damages\n", events, roots, len(damages))
	}
	if err == nil && len(damages) > 0 {
		return errAnswerNo
	}
	return err
}

func hourText(d app.Damage) string {
	if d.Hour.IsZero() {
		return ""
	}
	return d.Hour.Format("2006-01-02T15Z")
}
