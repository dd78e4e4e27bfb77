package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type lapsesIn struct {
	Within int    `query:"within" doc:"days; 30 when left out"`
	State  string `query:"state" enum:"soon,grace" doc:"grace: cover is over and can be made up"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type lapsesOut struct {
	Body struct {
		EndsOn     jaring.Day  `json:"ends_on,omitzero" format:"date" doc:"with which day the nearest end"`
		Items      []lapseItem `json:"items"`
		NextCursor string      `json:"next_cursor,omitempty"`
		Counts     struct {
			Soon  int64 `json:"soon"`
			Grace int64 `json:"grace"`
		} `json:"counts"`
		Gateway bool `json:"gateway" doc:"whether this server sends messages"`
	}
}

type lapseItem struct {
	WorkerID    jaring.WorkerID `json:"worker_id"`
	Name        string          `json:"name"`
	Occupation  string          `json:"occupation"`
	VillageName string          `json:"village_name,omitempty"`
	PlaceName   string          `json:"place_name,omitempty"`
	Lot         string          `json:"lot,omitempty" doc:"the stall"`
	Status      string          `json:"status"`
	Until       jaring.Day      `json:"until" format:"date"`
	Days        int             `json:"days" doc:"until then; negative after it"`
	GraceUntil  jaring.Day      `json:"grace_until" format:"date"`
	Months      int             `json:"months"`
	Amount      jaring.Rupiah   `json:"amount,omitempty"`
	Code        string          `json:"code,omitempty"`
	Phone       bool            `json:"phone" doc:"can be written to"`
	Stopped     bool            `json:"stopped,omitempty" doc:"does not want to be written to"`
	RemindedOn  jaring.Day      `json:"reminded_on,omitzero" format:"date"`
	Reminder    *reminderItem   `json:"reminder,omitempty"`
	Sentence    string          `json:"sentence"`
	Consequence string          `json:"consequence"`
}

type reminderItem struct {
	State    string    `json:"state" enum:"waiting,under_way,sent,unknown,refused,by_hand,called_off"`
	Kind     string    `json:"kind" doc:"b30: thirty days before the end; a75: after; d2026-11-21: asked for on that day"`
	At       time.Time `json:"at"`
	Channel  string    `json:"channel,omitempty"`
	Progress string    `json:"progress,omitempty"`
	Sentence string    `json:"sentence,omitempty" doc:"why it is not sent"`
}

func (s *server) findLapses(c *call, in *lapsesIn) (*lapsesOut, error) {
	list, err := s.App.FindLapses(c, c.actor, app.LapseQuery{Within: in.Within, Grace: in.State == "grace", Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &lapsesOut{}
	b := &out.Body
	b.EndsOn, b.NextCursor, b.Counts.Soon, b.Counts.Grace, b.Gateway = list.EndsOn, list.Next, list.Soon, list.Grace, s.Gateway
	b.Items = make([]lapseItem, len(list.Items))
	for i, l := range list.Items {
		b.Items[i] = s.lapseItem(c, l)
	}
	return out, nil
}

func (s *server) lapseItem(c *call, l *app.Lapse) lapseItem {
	w := l.Worker
	it := lapseItem{WorkerID: w.ID, Name: w.Name, Occupation: w.Occupation, VillageName: s.areaName(w.Village), PlaceName: l.PlaceName, Lot: l.Lot, Status: string(w.Standing),
		Until: l.Until, Days: l.Days, GraceUntil: l.GraceUntil, Months: l.Months, Amount: l.Amount, Code: l.Code, Phone: w.Phone != "" && !l.Stopped, Stopped: l.Stopped}
	if r := l.Reminder; r != nil {
		it.Reminder = s.reminderItem(c, r)
		if r.State == jaring.ReminderSentState {
			it.RemindedOn = jaring.DayIn(r.DoneAt, app.Zone(c.actor.Zone))
		}
	}
	it.Sentence, it.Consequence = lapseSentences(c.lang, l)
	return it
}

// lapseSentences say how it stands, and what comes of waiting.
func lapseSentences(lang i18n.Lang, l *app.Lapse) (sentence, consequence string) {
	end := i18n.Text(lang, "lapse.consequence", jaring.Args{"date": l.GraceUntil})
	if l.Days < 0 {
		return i18n.Text(lang, "status.grace", jaring.Args{"date": l.Until.Add(1), "until": l.GraceUntil}), end
	}
	sentence = i18n.Text(lang, "lapse.soon", jaring.Args{"n": l.Days, "sum": l.Amount, "months": l.Months})
	return sentence, i18n.Text(lang, "lapse.consequence.gap", jaring.Args{"date": l.Until}) + " " + end
}

func (s *server) reminderItem(c *call, r *app.Reminder) *reminderItem {
	it := &reminderItem{State: string(r.State), Kind: string(r.Kind), At: r.MadeAt, Channel: r.Channel, Progress: r.Progress}
	if !r.DoneAt.IsZero() {
		it.At = r.DoneAt
	}
	switch {
	case r.Why != "":
		it.Sentence = i18n.Text(c.lang, r.Why, nil)
	case r.State == jaring.ReminderWaits && !s.Gateway:
		it.Sentence = i18n.Text(c.lang, "message.no_gateway", nil)
	}
	return it
}

type remindOut struct {
	Body struct {
		lapseItem
		Text   string   `json:"text,omitempty" doc:"what can be said or sent by hand"`
		IfPaid []ifPaid `json:"if_paid,omitempty" doc:"what a payment would do, by its day"`
	}
}

func (s *server) remind(c *call, in *actOn) (*remindOut, error) {
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	if len(in.RawBody) > 0 {
		if err := wire.Decode(in.RawBody, &emptyBody{}); err != nil {
			return nil, err
		}
	}
	l, err := s.App.RemindWorker(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &remindOut{}
	out.Body.lapseItem, out.Body.Text = s.lapseItem(c, l), sayText(c.lang, l)
	out.Body.IfPaid = ifPaidOn(c.lang, "outlook.", "", l.Worker.Standing, l.History, l.Today, l.Months, s.App.Cover)
	return out, nil
}

// sayText is what a person can be told by hand, with the code.
func sayText(lang i18n.Lang, l *app.Lapse) string {
	if l.Code == "" {
		return ""
	}
	args := jaring.Args{"days": l.Days, "until": l.Until, "amount": l.Amount, "months": l.Months, "code": l.Code}
	switch {
	case l.Days > 0:
		return i18n.Text(lang, "message.text.lapse_soon.sms", args)
	case l.Days == 0:
		return i18n.Text(lang, "message.text.lapse_today.sms", args)
	}
	args["day"], args["until"] = l.Until.Add(1), l.GraceUntil
	return i18n.Text(lang, "message.text.lapsed.sms", args)
}

// lateBy is how many days too late a payment is by which the consequence is shown.
const lateBy = 7

// ifPaidOn tells what a payment of so many months would do: today, a week too late, and after the arrears
// months. prefix is of the sentences, name of whom they tell to somebody else.
func ifPaidOn(lang i18n.Lang, prefix, name string, standing jaring.Standing, h jaring.CoverHistory, today jaring.Day, months int, settings jaring.CoverSettings) (out []ifPaid) {
	now := jaring.CoverOn(h, today, settings)
	days := []jaring.Day{today}
	if standing != jaring.StandingEnded && now.Until >= today {
		days = append(days, now.Until.Add(1+lateBy))
	}
	if standing != jaring.StandingEnded && now.GraceUntil != 0 {
		days = append(days, now.GraceUntil.Add(1))
	}
	for _, day := range days {
		o := jaring.CoverIfPaid(h, day, 0, max(1, months), settings)
		key := prefix + "covered"
		switch {
		case o.NewRegistration:
			key = prefix + "new"
		case o.GapFrom != 0:
			key = prefix + "gap"
		}
		args := jaring.Args{"on": day, "name": name, "from": o.CoveredFrom, "until": o.CoveredUntil, "gap_from": o.GapFrom, "gap_until": o.GapUntil}
		out = append(out, ifPaid{day, i18n.Text(lang, key, args)})
	}
	return out
}

type remindersOut struct {
	Body struct {
		Items []reminderLine `json:"items"`
	}
}

type reminderLine struct {
	reminderItem
	Until jaring.Day `json:"until" format:"date" doc:"the end of cover that it is about"`
}

func (s *server) findReminders(c *call, in *ByID) (*remindersOut, error) {
	list, err := s.App.FindReminders(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &remindersOut{}
	out.Body.Items = make([]reminderLine, len(list))
	for i, r := range list {
		out.Body.Items[i] = reminderLine{*s.reminderItem(c, r), r.End}
	}
	return out, nil
}

type messagesBody struct {
	Stop bool `json:"stop" doc:"true: does not want to be written to"`
}

type messagesOut struct {
	Body struct {
		Stopped bool `json:"stopped"`
	}
}

func (s *server) chooseMessages(c *call, in *actOn) (*messagesOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body messagesBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.ChooseMessages(c, c.actor, key, jaring.WorkerID(in.ID), body.Stop); err != nil {
		return nil, err
	}
	out := &messagesOut{}
	out.Body.Stopped = body.Stop
	return out, nil
}
