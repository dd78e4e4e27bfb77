package core

import (
	"path/filepath"
	"testing"
	"time"

	"jaring/internal/jaring"
)

// An end is held once however often it is told, from its day on: the statement of the day before shows the longer
// cover, and a simulator that starts again knows it. Both ways say the same.
func TestEndingIsHeldFromItsDayOn(t *testing.T) {
	for _, way := range []string{"rest", "files"} {
		t.Run(way, func(t *testing.T) {
			state := filepath.Join(t.TempDir(), "state")
			sim, clock := newSimulator(t, SimulatorOptions{State: state})
			port, turn := portTo(t, sim, way)
			e, nobody := enrolment(1), enrolment(2)
			end := func(e Enrolment, last jaring.Month) Ending {
				return Ending{MessageID: e.MessageID, WorkerID: e.WorkerID, MembershipID: e.MembershipID, Last: last, Why: jaring.LeftDied}
			}
			must(t, port.Send(t.Context(), []Enrolment{e}))
			turn()
			_, cursor := all(t, port, "")
			clock.Wind(48 * time.Hour)
			today := jaring.DayIn(clock.Now(), sim.opts.Zone)
			must(t, port.End(t.Context(), []Ending{end(e, e.FirstMonth), end(nobody, e.FirstMonth)}))
			must(t, port.End(t.Context(), []Ending{end(e, e.FirstMonth)}))
			turn()
			answers, _ := all(t, port, cursor)
			if len(answers) != 2 || answers[0].Verdict != Ended || answers[0].MessageID != e.MessageID || answers[0].To != e.FirstMonth || answers[0].On != today {
				t.Errorf("%+v", answers)
			}
			again, _ := newSimulator(t, SimulatorOptions{State: state})
			for _, s := range []*Simulator{sim, again} {
				was, is := s.statement(today-1), s.statement(today)
				if len(was) != 1 || was[0].To != e.LastMonth || len(is) != 1 || is[0].To != e.FirstMonth {
					t.Errorf("%+v %+v", was, is)
				}
			}
			wantKey(t, port.End(t.Context(), []Ending{end(e, 0)}), jaring.Invalid, "core.enrolment_incomplete")
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// portTo is one of the two ways to a simulator; turn lets a file exchange do its round.
func portTo(t *testing.T, sim *Simulator, way string) (port Port, turn func()) {
	if way == "rest" {
		c, _ := newClient(t, sim, RESTOptions{})
		return c, func() {}
	}
	folder := t.TempDir()
	x, err := NewFiles(folder, FilesOptions{Now: sim.opts.Now})
	must(t, err)
	return x, func() { must(t, sim.Exchange(folder)) }
}
