package outreach

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ServicePage is a desk as whoever stands before it sees it: no names, numbers alone.
type ServicePage struct {
	*Service
	Today   jaring.Day
	OpenNow bool
	Waiting map[jaring.ServiceTopic]int
	Called  []store.TurnRow   // the newest call first
	Entry   jaring.TicketCode // of the page where numbers are taken; empty when they are on paper
}

// behindService finds the desk that a code of a kind leads to. Error: service.code_unknown, also for what is no code.
func behindService(tx *store.Tx, text, kind string) (*Service, store.ServiceCode, error) {
	unknown := jaring.NewError(jaring.NotFound, "service.code_unknown")
	code, err := jaring.ParseTicketCode(text)
	if err != nil {
		return nil, store.ServiceCode{}, unknown
	}
	leads, err := tx.GetServiceCode(codeHash(code))
	if err == nil && leads.Kind != kind {
		err = unknown
	}
	if err != nil {
		return nil, leads, err
	}
	s, err := tx.GetService(leads.Service)
	return s, leads, err
}

// GetPublicService gives the page of a desk where numbers are taken to whoever has the code on its sign.
// Error: service.code_unknown.
func (o *Outreach) GetPublicService(ctx context.Context, code string) (*ServicePage, error) {
	return o.servicePage(ctx, code, store.ServiceEntry)
}

// WatchService gives what the screen of the room shows. Error: service.code_unknown.
func (o *Outreach) WatchService(ctx context.Context, code string) (*ServicePage, error) {
	return o.servicePage(ctx, code, store.ServiceScreen)
}

func (o *Outreach) servicePage(ctx context.Context, code, kind string) (*ServicePage, error) {
	p := &ServicePage{}
	err := o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		p.Service, _, err = behindService(tx, code, kind)
		return err
	})
	if err != nil {
		return nil, err
	}
	local := o.localAt(ctx, p.Office)
	p.Today, p.OpenNow = jaring.DayIn(local, local.Location()), p.OpenAt(local)
	if p.ByPhone && !p.Closed {
		p.Entry = o.serviceCode(p.Service, store.ServiceEntry)
	}
	return p, o.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindTurns(p.ID, p.Today)
		p.Waiting, p.Called = map[jaring.ServiceTopic]int{}, calledNow(all, turnOfDay)
		for _, t := range all {
			if t.State == jaring.QueueWaiting {
				p.Waiting[jaring.ServiceTopic(t.Topic)]++
			}
		}
		return err
	})
}

// TakeOwnNumber lets somebody take a number on his own phone, while the desk is open, and gives the code of its
// page; told again under the same id it is the same one. Errors: service.on_paper, service.not_open,
// service.topic_unknown, service.full, service.code_unknown, operation.conflict.
func (o *Outreach) TakeOwnNumber(ctx context.Context, op jaring.OperationID, code string, topic jaring.ServiceTopic) (jaring.TicketCode, error) {
	p, err := o.GetPublicService(ctx, code)
	switch {
	case err != nil:
		return "", err
	case p.Entry == "":
		return "", jaring.NewError(jaring.Conflict, "service.on_paper")
	case !p.OpenNow:
		return "", jaring.NewError(jaring.Conflict, "service.not_open")
	}
	by := jaring.System
	by.Office = p.Office
	return o.takeTurn(ctx, by, op, p.Service, topic, true)
}

// OwnTurn is a number as its holder sees it.
type OwnTurn struct {
	*Service
	store.TurnRow
	Over   bool            // of a day that is past
	Ahead  int             // of the same topic, waiting before it
	Called []store.TurnRow // now, the newest call first
}

// GetOwnTurn gives the page of a number to whoever holds its code. Error: service.code_unknown.
func (o *Outreach) GetOwnTurn(ctx context.Context, code string) (*OwnTurn, error) {
	t := &OwnTurn{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		s, leads, err := behindService(tx, code, store.ServiceTurn)
		if err != nil {
			return err
		}
		all, err := tx.FindTurns(s.ID, leads.Day)
		if err != nil {
			return err
		}
		own := turnIn(all, string(leads.Topic), leads.Number)
		if own == nil {
			return jaring.NewError(jaring.NotFound, "service.code_unknown")
		}
		t.Service, t.TurnRow, t.Ahead, t.Called = s, *own, ahead(all, own), calledNow(all, turnOfDay)
		return nil
	})
	if err != nil {
		return nil, err
	}
	t.Over = t.Day < o.dayAt(ctx, t.Office)
	return t, nil
}
