package jobs

import (
	"context"
	"encoding/json"
	"iter"
	"log/slog"
	"slices"

	"jaring/internal/app"
	"jaring/internal/core"
	"jaring/internal/jaring"
)

// sendBatch is how many memberships are handed to the core at once.
const sendBatch = 500

// Settings of the talk with the core.
const (
	settingCursor     = "core.cursor"     // behind the last answer that is kept
	settingReconciled = "core.reconciled" // the last day whose statement was compared
	settingReport     = "core.report"     // what that comparison counted, as JSON
)

func (r *Runner) sendDue(ctx context.Context) (bool, error) {
	b, err := r.App.Backlog(ctx)
	return b.Queued > 0 || b.Ends > 0, err
}

// send hands waiting memberships to the core until none is left. When it is stopped
// before it could note that they were taken, they are sent again: the core knows them
// by their ids.
func (r *Runner) send(ctx context.Context) error {
	for {
		due, err := r.App.FindCoreDue(ctx, sendBatch)
		if err != nil {
			return err
		}
		if len(due) == 0 {
			return r.end(ctx)
		}
		var es []core.Enrolment
		var sent []app.CoreDue
		for _, d := range due {
			e := enrolment(d)
			if err := fit(d, e); err != nil {
				if err := r.setAside(ctx, d, err); err != nil {
					return err
				}
				continue
			}
			es, sent = append(es, e), append(sent, d)
		}
		if len(es) > 0 {
			if err := r.Core.Send(ctx, es); err != nil {
				return err
			}
			if err := r.App.CoreTold(ctx, sent); err != nil {
				return err
			}
		}
		r.Metrics.sent.Add(float64(len(es)))
		if len(due) < sendBatch {
			return r.end(ctx)
		}
	}
}

// end tells the core which covers end earlier than it was told, until none is left.
func (r *Runner) end(ctx context.Context) error {
	for {
		due, err := r.App.FindCoreEndings(ctx, sendBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		es := make([]core.Ending, len(due))
		for i, d := range due {
			es[i] = core.Ending{MessageID: core.NewMessageID(d.Worker, d.Membership), WorkerID: d.Worker, MembershipID: d.Membership, Last: d.Last, Why: d.Why}
		}
		if err := r.Core.End(ctx, es); err != nil {
			return err
		}
		if err := r.App.EndingsTold(ctx, due); err != nil || len(due) < sendBatch {
			return err
		}
	}
}

func enrolment(d app.CoreDue) core.Enrolment {
	w, m := d.Worker, d.Membership
	segment := m.Segment
	if segment == jaring.BPU { // as cores have always been told
		segment = ""
	}
	return core.Enrolment{Segment: segment, MessageID: core.NewMessageID(w.ID, m.ID), WorkerID: w.ID, MembershipID: m.ID, RegistrationNo: w.RegistrationNo,
		NIK: d.NIK, Name: w.Name, BirthDate: w.BirthDate, Sex: w.Sex, MotherName: d.MotherName, Phone: w.Phone, Village: w.Village,
		Programs: m.Programs, Income: m.Income, Funding: m.Funding, FirstMonth: m.FirstMonth, LastMonth: m.LastMonth(), PaidOn: m.PaidOn, Amount: d.Amount}
}

// fit is why a membership cannot be handed over, nil when it can.
func fit(d app.CoreDue, e core.Enrolment) error {
	if d.Trouble != nil {
		return d.Trouble
	}
	return e.Check()
}

// setAside takes one that cannot be handed over out of the way of the others: it is
// refused on our side, with the reason, and shows among the refused.
func (r *Runner) setAside(ctx context.Context, d app.CoreDue, why error) error {
	if key := jaring.KeyOf(why); key != "worker.erased" && key != "core.enrolment_incomplete" {
		return why // our keys are at fault, not this person
	}
	r.Metrics.refused.Inc()
	r.Log.Warn("cannot be handed to the core", slog.String("worker", string(d.Worker.ID)), slog.String("key", jaring.KeyOf(why)))
	return r.App.Confirm(ctx, app.Confirmation{Worker: d.Worker.ID, Membership: d.Membership.ID, Reason: core.ReasonOther.Key()})
}

// answers keeps what the core says, page by page. The cursor moves only behind answers
// that are kept, so an answer may be kept twice, which changes nothing.
func (r *Runner) answers(ctx context.Context) error {
	cursor, err := r.App.Setting(ctx, settingCursor)
	for err == nil {
		var page []core.Answer
		var next string
		if page, next, err = r.Core.Answers(ctx, cursor); err != nil || len(page) == 0 {
			return err
		}
		for _, a := range page {
			if err := r.answer(ctx, a); err != nil {
				return err
			}
		}
		if next == cursor {
			return nil
		}
		cursor, err = next, r.App.SetSetting(ctx, settingCursor, next)
	}
	return err
}

// odd are errors by which an answer fits nothing here: it would fit no better when it
// came again, so it is told to the log and passed over; the daily comparison shows it.
var odd = []string{"core.unknown_message", "core.kpj_taken", "core.answer_differs", "worker.not_found"}

func (r *Runner) answer(ctx context.Context, a core.Answer) error {
	if a.Verdict == core.Ended {
		return r.App.CoreEnded(ctx, a.WorkerID, a.MembershipID, a.To, a.On)
	}
	c := app.Confirmation{Worker: a.WorkerID, Membership: a.MembershipID, Accepted: a.Verdict == core.Acknowledged, KPJ: a.KPJ, From: a.From, To: a.To}
	if !c.Accepted {
		c.Reason = a.Reason.Key()
	}
	err := r.App.Answered(ctx, c, a.Programs)
	switch {
	case slices.Contains(odd, jaring.KeyOf(err)):
		r.Metrics.odd.Inc()
		r.Log.Warn("an answer of the core fits nothing here", slog.String("worker", string(a.WorkerID)), slog.String("key", jaring.KeyOf(err)))
		return nil
	case err != nil:
		return err
	case c.Accepted:
		r.Metrics.confirmed.Inc()
	default:
		r.Metrics.refused.Inc()
	}
	return nil
}

// reconcileDue is true until the statement of yesterday has been compared.
func (r *Runner) reconcileDue(ctx context.Context) (bool, error) {
	last, err := r.App.Setting(ctx, settingReconciled)
	return last < r.today().Add(-1).String(), err
}

// maxTold is how many differences of a day the log names one by one.
const maxTold = 100

// reconcile compares the core's statement of yesterday with what we believe.
func (r *Runner) reconcile(ctx context.Context) error {
	day := r.today().Add(-1)
	rows, err := r.Core.Statement(ctx, day)
	if jaring.KeyOf(err) == "core.statement_missing" {
		r.Log.Info("the core has not made its statement yet", slog.String("day", day.String()))
		return nil
	}
	if err != nil {
		return err
	}
	told := 0
	report, err := core.Reconcile(day, r.believed(ctx, day), core.Rows(rows), func(d core.Difference) error {
		if told++; told <= maxTold {
			r.Log.Warn("the core holds something else", slog.String("kind", string(d.Kind)), slog.String("worker", string(d.WorkerID)),
				slog.String("ours", d.Ours), slog.String("theirs", d.Theirs))
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Metrics.differs.Set(float64(report.Differences()))
	r.Log.Info("compared with the core", slog.String("day", day.String()), slog.Int("ours", report.Ours), slog.Int("theirs", report.Theirs),
		slog.Int("differences", report.Differences()))
	if err := r.App.SetSetting(ctx, settingReport, reportText(day, report)); err != nil {
		return err
	}
	return r.App.SetSetting(ctx, settingReconciled, day.String())
}

func reportText(day jaring.Day, report core.Report) string {
	text, _ := json.Marshal(map[string]any{"day": day, "ours": report.Ours, "theirs": report.Theirs, "differences": report.Count})
	return string(text)
}

// believed is what we believe that the core held at the end of a day, as the comparison reads it.
func (r *Runner) believed(ctx context.Context, day jaring.Day) iter.Seq2[core.Held, error] {
	return func(yield func(core.Held, error) bool) {
		for h, err := range r.App.CoreHeld(ctx) {
			held := core.Held{MessageID: core.NewMessageID(h.Worker, h.Membership)}
			if h.State == jaring.CoreAcknowledged {
				held.Acknowledged = jaring.DayIn(h.ConfirmedAt, app.Zone(""))
				held.KPJ, held.Programs, held.From, held.To = h.KPJ, h.Programs, h.From, h.To
				if h.EndedOn != 0 && h.EndedOn <= day {
					held.To = h.Last
				}
			}
			if !yield(held, err) || err != nil {
				return
			}
		}
	}
}

// Pump hands over what waits and keeps what the core has answered, once.
func (r *Runner) Pump(ctx context.Context) error {
	if err := r.send(ctx); err != nil {
		return err
	}
	return r.answers(ctx)
}
