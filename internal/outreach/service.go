package outreach

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// Service is a service desk as the store has it.
type Service = store.ServiceRecord

// ServiceView is a service desk as the office sees it.
type ServiceView struct {
	*Service
	OfficeName  string
	PartnerName string
	Today       jaring.Day
	OpenNow     bool
	Queue       map[jaring.QueueState]int // of today
	Cases       store.CaseCount
	Entry       jaring.TicketCode // of the page where numbers are taken; for who works there
	Screen      jaring.TicketCode // of the screen of the room
	MayManage   bool
	MayServe    bool
}

// mostServices bounds a list of desks: a branch has a handful.
const mostServices = 100

// serviceFor finds a desk and asks whether the actor may do act there. Errors: service.unknown, error.forbidden.
func (o *Outreach) serviceFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.ServiceID) (*Service, error) {
	return app.KeptBy(ctx, o.App, actor, act, string(id), "service.unknown", func(tx *store.Tx, id string) (*Service, error) {
		return tx.GetService(jaring.ServiceID(id))
	}, func(s *Service) jaring.OfficeID { return s.Office })
}

// localAt is the present in the time of an office.
func (o *Outreach) localAt(ctx context.Context, office jaring.OfficeID) time.Time {
	zone := ""
	if at, err := o.Office(ctx, office); err == nil {
		zone = at.Zone
	}
	return o.Now().In(app.Zone(zone))
}

// judgeService judges what is said of a desk, and that who is to keep it is a partner within reach.
func (o *Outreach) judgeService(ctx context.Context, actor jaring.Actor, d jaring.ServiceDesk) (jaring.ServiceDesk, error) {
	d, err := jaring.NewServiceDesk(d, o.areaKnown)
	if err != nil || d.Partner == "" {
		return d, err
	}
	if _, err = o.partnerFor(ctx, actor, jaring.ActFindPartner, d.Partner); jaring.CodeOf(err) == jaring.NotFound {
		err = jaring.Errors{jaring.NewError(jaring.Invalid, "partner.unknown").At("partner_id")}
	}
	return d, err
}

// OpenService makes a service desk at an office; empty names the actor's own. Errors: those of
// jaring.NewServiceDesk, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) OpenService(ctx context.Context, actor jaring.Actor, op jaring.OperationID, d jaring.ServiceDesk) (jaring.ServiceID, error) {
	if d.Office == "" {
		d.Office = actor.Office
	}
	said := []any{"open", d}
	if err := actor.May(jaring.ActManageService, jaring.Scope{}); err != nil {
		return "", err
	}
	d, err := o.judgeService(ctx, actor, d)
	if err != nil {
		return "", err
	}
	if _, err := o.Office(ctx, d.Office); err != nil {
		return "", err
	}
	if err := actor.May(jaring.ActManageService, jaring.Scope{Office: d.Office}); err != nil {
		return "", err
	}
	s := &Service{ServiceDesk: d, ID: jaring.ServiceID(op), NameFold: match.FoldName(d.Name), Codes: 1, Version: 1, MadeBy: actor.Account, MadeAt: o.Now()}
	_, err = o.Once(ctx, actor, op, jaring.ActManageService, said, func(tx *store.Tx) error {
		if err := tx.AddService(s); err != nil {
			return err
		}
		if err := o.hangUp(tx, s); err != nil {
			return err
		}
		return o.tellService(tx, actor, s, jaring.ServiceOpened)
	})
	return s.ID, err
}

// ChangeService writes a desk anew that the sender saw in a version; the office stays. Errors: those of
// jaring.NewServiceDesk; service.unknown, service.changed_meanwhile, error.forbidden, operation.conflict.
func (o *Outreach) ChangeService(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.ServiceID, version int64, d jaring.ServiceDesk) error {
	is, err := o.serviceFor(ctx, actor, jaring.ActManageService, id)
	if err != nil {
		return err
	}
	d.Office = is.Office
	said := []any{"change", id, version, d}
	if d, err = o.judgeService(ctx, actor, d); err != nil {
		return err
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageService, said, func(tx *store.Tx) error {
		s, err := tx.GetService(id)
		if err != nil {
			return err
		}
		s.ServiceDesk, s.NameFold, s.Version = d, match.FoldName(d.Name), version
		if err := tx.UpdateService(s); err != nil {
			return err
		}
		return o.tellService(tx, actor, s, jaring.ServiceChanged)
	})
	return err
}

// RenewServiceCodes makes the codes of a desk anew: the sign and the screen that hang there lead nowhere from
// now on, numbers that were taken stay. Errors: service.unknown, error.forbidden, operation.conflict.
func (o *Outreach) RenewServiceCodes(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.ServiceID) error {
	if _, err := o.serviceFor(ctx, actor, jaring.ActManageService, id); err != nil {
		return err
	}
	_, err := o.Once(ctx, actor, op, jaring.ActManageService, []any{"renew", id}, func(tx *store.Tx) error {
		s, err := tx.GetService(id)
		if err != nil {
			return err
		}
		for _, kind := range hung {
			if err := tx.RemoveServiceCode(codeHash(o.serviceCode(s, kind))); err != nil {
				return err
			}
		}
		s.Codes++
		if err := tx.UpdateService(s); err != nil {
			return err
		}
		if err := o.hangUp(tx, s); err != nil {
			return err
		}
		return o.tellService(tx, actor, s, jaring.ServiceCodesRenewed)
	})
	return err
}

// hung are the kinds of codes that hang at a desk.
var hung = []string{store.ServiceEntry, store.ServiceScreen}

// hangUp lets the codes of a desk lead to it.
func (o *Outreach) hangUp(tx *store.Tx, s *Service) error {
	for _, kind := range hung {
		if err := tx.AddServiceCode(codeHash(o.serviceCode(s, kind)), store.ServiceCode{Service: s.ID, Kind: kind}); err != nil {
			return err
		}
	}
	return nil
}

// tellService writes an event about a desk, at its office.
func (o *Outreach) tellService(tx *store.Tx, actor jaring.Actor, s *Service, kind jaring.EventKind) error {
	actor.Office = s.Office
	return o.Tell(tx, actor, string(s.ID), kind, jaring.Facts{})
}

// FindServices gives the desks of the actor's offices by name, those that are open for good first. Error: error.forbidden.
func (o *Outreach) FindServices(ctx context.Context, actor jaring.Actor) (list []*ServiceView, err error) {
	if err := actor.May(jaring.ActFindService, jaring.Scope{}); err != nil {
		return nil, err
	}
	var found []*Service
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err = tx.FindServices(actor.Offices, mostServices)
		return err
	})
	for _, s := range found {
		if err != nil {
			return nil, err
		}
		var v *ServiceView
		v, err = o.viewService(ctx, actor, s)
		list = append(list, v)
	}
	return list, err
}

// GetService gives a desk as it stands now. Errors: service.unknown, error.forbidden.
func (o *Outreach) GetService(ctx context.Context, actor jaring.Actor, id jaring.ServiceID) (*ServiceView, error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActFindService, id)
	if err != nil {
		return nil, err
	}
	return o.viewService(ctx, actor, s)
}

func (o *Outreach) viewService(ctx context.Context, actor jaring.Actor, s *Service) (*ServiceView, error) {
	local, at := o.localAt(ctx, s.Office), jaring.Scope{Office: s.Office}
	v := &ServiceView{Service: s, OfficeName: o.OfficeName(ctx, s.Office), Today: jaring.DayIn(local, local.Location()), OpenNow: s.OpenAt(local),
		MayManage: actor.May(jaring.ActManageService, at) == nil, MayServe: actor.May(jaring.ActServe, at) == nil}
	if v.MayServe {
		v.Entry, v.Screen = o.serviceCode(s, store.ServiceEntry), o.serviceCode(s, store.ServiceScreen)
	}
	return v, o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Queue, err = tx.CountTurns(s.ID, v.Today); err != nil {
			return err
		}
		if v.PartnerName, err = partnerName(tx, s.Partner); err != nil {
			return err
		}
		v.Cases, err = tx.CountServiceCases(s.ID, v.Today)
		return err
	})
}

// partnerName is the name of a partner, empty for none.
func partnerName(tx *store.Tx, id jaring.PartnerID) (string, error) {
	if id == "" {
		return "", nil
	}
	p, err := tx.GetPartner(id)
	if err != nil {
		return "", err
	}
	return p.Name, nil
}
