package jaring

import "time"

// Power is something that only a certified agent may do.
type Power string

// Powers of a certificate.
const (
	PowerRegister Power = "register" // register workers
	PowerCash     Power = "cash"     // take contributions in cash
)

// Powers lists all powers.
var Powers = []Power{PowerRegister, PowerCash}

// Licence is what an agent's certificate lets him do. The zero Licence is that of an
// agent who holds none.
type Licence struct {
	Number  string // as printed; empty when there is no certificate
	Powers  []Power
	From    Day
	Until   Day       // last day
	Stopped time.Time // since when it is suspended or revoked; zero while it is not
	// Others are the agent's older certificates, the newest first, each without Others: work
	// of a day is judged by the certificate of that day.
	Others []Licence
}

// On is the certificate of a day: of those that it falls into the newest, else l itself.
func (l Licence) On(day Day) Licence {
	for _, c := range append([]Licence{l}, l.Others...) {
		if c.From <= day && day <= c.Until {
			return c
		}
	}
	return l
}

// Allows decides whether an agent may use a power at a moment: the certificate of the day is
// issued, begun, not over, not stopped before that moment, and names the power. day is
// the day of at in the agent's zone. What was done before a stop stays right.
// Errors: certificate.none, certificate.not_begun, certificate.ended,
// certificate.stopped, certificate.power_missing.
func (l Licence) Allows(p Power, at time.Time, day Day) error {
	l = l.On(day)
	switch {
	case l.Number == "":
		return NewError(Forbidden, "certificate.none")
	case day < l.From:
		return NewError(Forbidden, "certificate.not_begun", "date", l.From)
	case day > l.Until:
		return NewError(Forbidden, "certificate.ended", "date", l.Until)
	case !l.Stopped.IsZero() && !at.Before(l.Stopped):
		return NewError(Forbidden, "certificate.stopped", "date", DayIn(l.Stopped, time.UTC))
	}
	for _, have := range l.Powers {
		if have == p {
			return nil
		}
	}
	return NewError(Forbidden, "certificate.power_missing")
}

// Licensed decides whether the actor may use a power: agents need their certificate for
// it, desks do not. Errors: those of Allows.
func (a Actor) Licensed(p Power, at time.Time, day Day) error {
	if a.Role != RoleAgent {
		return nil
	}
	return a.Licence.Allows(p, at, day)
}
