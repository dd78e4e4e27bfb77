package auth

import (
	"context"
	"slices"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Office is an office as lists show it.
type Office struct {
	ID     jaring.OfficeID
	Parent jaring.OfficeID // empty at the top
	Kind   string
	Name   string
	Zone   string
}

// NewOffice is what an office is made of.
type NewOffice struct {
	Parent jaring.OfficeID // empty for a top
	Kind   string
	Name   string
	Zone   string   // IANA name
	Areas  []string // dotted codes served from today on; "" is the whole country
}

// Check judges all fields at once. Errors: field.required, field.too_long,
// field.choice, office.zone.
func (n NewOffice) Check() error {
	es := checkText("name", strings.TrimSpace(n.Name), maxName)
	if !slices.Contains(jaring.OfficeKinds, n.Kind) {
		es = append(es, choice("kind", n.Kind, jaring.OfficeKinds))
	}
	if _, err := jaring.Zone(n.Zone); err != nil {
		es = append(es, err.(*jaring.Error))
	}
	return es.OrNil()
}

// AddOffice makes an office. Errors: those of NewOffice.Check, office.not_found for
// its parent, error.forbidden, error.out_of_area.
func (s *Service) AddOffice(ctx context.Context, by jaring.Actor, n NewOffice) (jaring.OfficeID, error) {
	if err := n.Check(); err != nil {
		return "", err
	}
	// Only Jaring itself founds a top: nobody's reach contains one that is not there yet.
	if err := by.May(jaring.ActManageOffice, jaring.Scope{Office: n.Parent}); err != nil {
		return "", err
	}
	if n.Parent == "" && by.Role != jaring.RoleSystem {
		return "", jaring.NewError(jaring.Forbidden, "error.forbidden")
	}
	now := s.instant()
	zone, err := jaring.Zone(n.Zone)
	if err != nil {
		return "", err
	}
	o := &store.OfficeRecord{ID: jaring.OfficeID(newID()), Parent: n.Parent, Kind: n.Kind, Name: strings.TrimSpace(n.Name), Zone: n.Zone, AddedAt: now}
	e := s.event(jaring.OfficeAdded, string(o.ID), by, jaring.Facts{Other: string(o.Parent)})
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if n.Parent != "" {
			if _, err := tx.GetOffice(n.Parent); err != nil {
				return err
			}
		}
		if err := tx.AddOffice(o); err != nil {
			return err
		}
		for _, area := range n.Areas {
			if err := tx.AddOfficeArea(store.OfficeArea{Office: o.ID, Area: area, From: jaring.DayIn(now, zone)}); err != nil {
				return err
			}
		}
		return tx.AddEvent(e)
	})
	s.forgetAll() // what the offices above reach has grown
	return o.ID, err
}

func (s *Service) forgetAll() {
	s.sessions.forgetIf(func(caller) bool { return true })
	s.devices.forgetIf(func(signer) bool { return true })
}

// FindOffices gives the offices that by reaches, each before those below it; all for
// Jaring itself. Error: error.unauthenticated.
func (s *Service) FindOffices(ctx context.Context, by jaring.Actor) (out []Office, err error) {
	if by.Account == "" && by.Role != jaring.RoleSystem {
		return nil, unauthenticated()
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		records, err := tx.FindOffices()
		out = nil
		for _, o := range records {
			if by.Role == jaring.RoleSystem || slices.Contains(by.Offices, o.ID) {
				out = append(out, Office{o.ID, o.Parent, o.Kind, o.Name, o.Zone})
			}
		}
		return err
	})
	return out, err
}

func allOffices(tx *store.Tx) (ids []jaring.OfficeID, err error) {
	records, err := tx.FindOffices()
	for _, o := range records {
		ids = append(ids, o.ID)
	}
	return ids, err
}
