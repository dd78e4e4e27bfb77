package jobs

import (
	"context"
	"log/slog"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/message"
)

// Letters of one turn: so few that a turn ends before its lease does.
const (
	letterTurn  = 400
	letterEvery = 10 * time.Second
)

// reminderTasks are the jobs about the end of cover. Without a gateway reminders are made and stay in the
// lists of those who remind by word of mouth.
func (r *Runner) reminderTasks() []*task {
	tasks := []*task{{name: "remind", every: time.Minute, due: r.App.RemindersDue, run: r.remind}}
	if r.Gateway != nil {
		tasks = append(tasks, &task{name: "letters", every: letterEvery, rest: time.Second, bell: true, run: r.post})
	}
	return tasks
}

// remind selects the reminders of the day, after those whose cover has ended are known.
func (r *Runner) remind(ctx context.Context) error {
	if _, err := r.App.Age(ctx); err != nil {
		return err
	}
	n, err := r.App.SelectReminders(ctx, message.Quiet)
	if n > 0 {
		r.Log.Info("looked at persons whose cover ends", slog.Int("n", n))
	}
	return err
}

// post sends what may go.
func (r *Runner) post(ctx context.Context) error {
	lost, err := r.App.LoseLetters(ctx)
	if err != nil {
		return err
	}
	if lost > 0 {
		r.Log.Warn("letters that were under way when a process ended; they are not sent again", slog.Int64("n", lost))
	}
	tally, err := r.Gateway.Run(ctx, &outbox{app: r.App, under: map[string]app.Letter{}}, message.Caps{Batch: letterTurn})
	if len(tally) > 0 {
		r.Log.Info("letters", slog.Int("sent", tally[message.Sent]), slog.Int("wait", tally[message.Waits]), slog.Int("refused", tally[message.Refused]),
			slog.Int("unknown", tally[message.Unknown]))
	}
	return err
}

// outbox is the book as the message room takes letters out of it.
type outbox struct {
	app   *acts.Acts
	under map[string]app.Letter // by id; written by Take alone, between two rounds of sending
}

// Take notes letters as under way before it gives them.
func (o *outbox) Take(ctx context.Context, n int) ([]message.Letter, error) {
	taken, err := o.app.TakeLetters(ctx, n)
	letters := make([]message.Letter, len(taken))
	clear(o.under)
	for i, l := range taken {
		o.under[l.ID], letters[i] = l, letterOf(l)
	}
	if len(letters) > 0 {
		err = nil // those are under way: they go first
	}
	return letters, err
}

func letterOf(l app.Letter) message.Letter {
	out := message.Letter{ID: l.ID, Template: l.Template, To: message.Contact{Phone: l.Phone, Zone: l.Zone},
		Values: message.Values{Amount: l.Amount, Day: l.Day, Until: l.Until, Days: l.Days, Months: l.Months, Code: l.Code}}
	for _, c := range l.Failed {
		out.Except = append(out.Except, message.Channel(c))
	}
	return out
}

// states are a letter's as the book has them.
var states = map[message.Status]jaring.ReminderState{message.Sent: jaring.ReminderSentState, message.Waits: jaring.ReminderWaits,
	message.Refused: jaring.ReminderRefused, message.Unknown: jaring.ReminderUnknown}

// Done keeps what became of a letter.
func (o *outbox) Done(ctx context.Context, l message.Letter, out message.Outcome) error {
	p := app.Posted{State: states[out.Status], Channel: string(out.Channel), GatewayID: out.GatewayID, NotBefore: out.NotBefore}
	if out.Why != nil && out.Status != message.Sent {
		p.Why = jaring.KeyOf(out.Why)
	}
	return o.app.LetterDone(ctx, o.under[l.ID], p)
}

// Hearing hears what gateways report and what people write back.
type Hearing struct{ App *acts.Acts }

// Report keeps what became of a letter.
func (h Hearing) Report(ctx context.Context, r message.Report) error {
	if r.LetterID == "" {
		return nil
	}
	return h.App.LetterReported(ctx, r.LetterID, string(r.Channel), string(r.Progress), r.Progress == message.ProgressFailed)
}

// Write hears BERHENTI and MULAI. Everything else is for people to read.
func (h Hearing) Write(ctx context.Context, w message.Writing) error {
	if w.Reply == message.ReplyOther {
		return nil
	}
	return h.App.ChooseContact(ctx, w.From, w.Reply == message.ReplyStop, w.At)
}
