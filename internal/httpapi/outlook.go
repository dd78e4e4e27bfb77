package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

type outlookIn struct {
	ByID
	On     string `query:"on" maxLength:"10" doc:"the day of the payment; left out: today, a week after the end of cover, and the day after the arrears months"`
	Months int    `query:"months" doc:"left out: as many as are asked for, or were last"`
	First  string `query:"first_month" maxLength:"7" doc:"for arrears; left out: the first month that would be covered"`
}

type outlookOut struct {
	Body struct {
		Months int           `json:"months"`
		Items  []outlookItem `json:"items"`
	}
}

// outlookItem is what a payment on a day would do. Days between are not covered, or not certain to be.
type outlookItem struct {
	On       jaring.Day `json:"on" format:"date"`
	Kind     string     `json:"kind" enum:"covered,gap,new" doc:"new: a new registration, and waits begin anew"`
	Sentence string     `json:"sentence"`
	From     jaring.Day `json:"from,omitzero" format:"date"`
	Until    jaring.Day `json:"until,omitzero" format:"date"`
	GapFrom  jaring.Day `json:"gap_from,omitzero" format:"date"`
	GapUntil jaring.Day `json:"gap_until,omitzero" format:"date"`
}

// outlook answers "what if it is paid on that day?" before anybody pays.
// Errors: date.malformed, outlook.past, month.malformed, months.range.
func (s *server) outlook(c *call, in *outlookIn) (*outlookOut, error) {
	v, err := s.App.GetWorker(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	months, first := askedMonths(v)
	var errs jaring.Errors
	if in.Months != 0 {
		months = in.Months
	}
	if months < 1 || months > scheme.MaxMonths {
		errs = append(errs, jaring.NewError(jaring.Invalid, "months.range", "min", 1, "max", scheme.MaxMonths).At("months"))
	}
	if in.First != "" {
		if err := first.UnmarshalText([]byte(in.First)); err != nil {
			errs = append(errs, jaring.NewError(jaring.Invalid, "month.malformed").At("first_month"))
		}
	}
	days := outlookDays(v.Worker.Standing, v.Cover, v.Today)
	if in.On != "" {
		on, err := jaring.ParseDay(in.On)
		switch {
		case err != nil:
			errs = append(errs, jaring.NewError(jaring.Invalid, "date.malformed").At("on"))
		case on < v.Today:
			errs = append(errs, jaring.NewError(jaring.Invalid, "outlook.past").At("on"))
		}
		days = []jaring.Day{on}
	}
	if err := errs.OrNil(); err != nil {
		return nil, err
	}
	out := &outlookOut{}
	out.Body.Months, out.Body.Items = months, make([]outlookItem, len(days))
	for i, on := range days {
		out.Body.Items[i] = outlookOn(c.lang, v, on, first, months, s.App.Cover)
	}
	return out, nil
}

// askedMonths is what stands to be paid: how many months, and from which when that is not the next.
func askedMonths(v *app.WorkerView) (months int, first jaring.Month) {
	p := v.Payment
	if p == nil {
		return max(1, v.Membership.Months), 0
	}
	if p.State == "waiting" && v.Worker.Standing == jaring.StandingGrace {
		first = p.FirstMonth
	}
	return max(1, p.Months), first
}

// outlookDays are the days on which the answer changes.
func outlookDays(standing jaring.Standing, now jaring.Cover, today jaring.Day) []jaring.Day {
	days := []jaring.Day{today}
	if standing == jaring.StandingEnded {
		return days
	}
	if now.Until >= today {
		days = append(days, now.Until.Add(1+lateBy))
	}
	if now.GraceUntil != 0 {
		days = append(days, now.GraceUntil.Add(1))
	}
	return days
}

// outlookOn tells what a payment on a day does. Arrears are of a stay that goes on: after its end the
// months begin with the day.
func outlookOn(lang i18n.Lang, v *app.WorkerView, on jaring.Day, first jaring.Month, months int, settings jaring.CoverSettings) outlookItem {
	if jaring.CoverOn(v.History, on, settings).Standing == jaring.StandingEnded {
		first = 0
	}
	o := jaring.CoverIfPaid(v.History, on, first, months, settings)
	kind := "covered"
	switch {
	case o.NewRegistration:
		kind = "new"
	case o.GapFrom != 0:
		kind = "gap"
	}
	args := jaring.Args{"on": o.On, "from": o.CoveredFrom, "until": o.CoveredUntil, "gap_from": o.GapFrom, "gap_until": o.GapUntil}
	return outlookItem{o.On, kind, i18n.Text(lang, "outlook."+kind, args), o.CoveredFrom, o.CoveredUntil, o.GapFrom, o.GapUntil}
}
