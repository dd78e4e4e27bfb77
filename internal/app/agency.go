package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Records about agents as the doors read them.
type (
	ApplicationRecord = store.ApplicationRecord
	ClassRecord       = store.ClassRecord
	SeatRecord        = store.SeatRecord
	CertificateRecord = store.CertificateRecord
)

// OfficeName is the name of an office, empty when there is none.
func (a *App) OfficeName(ctx context.Context, id jaring.OfficeID) string {
	if id == "" {
		return ""
	}
	return a.offices.name(ctx, id, a.Now())
}

// PlaceName is the name of a place, empty when there is none.
func (a *App) PlaceName(ctx context.Context, id jaring.PlaceID) (name string) {
	if id == "" {
		return ""
	}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		place, err := tx.GetPlace(id)
		if err == nil {
			name = place.Name
		}
		return err
	})
	if err != nil {
		return ""
	}
	return name
}

// GetApplication gives an application. Errors: application.not_found, error.forbidden,
// error.out_of_area.
func (a *App) GetApplication(ctx context.Context, actor jaring.Actor, id jaring.ApplicationID) (*store.ApplicationRecord, error) {
	return a.applicant(ctx, actor, id)
}

// GetKit gives a thing with the name of who has it. Errors: kit.not_found, error.forbidden,
// error.out_of_area.
func (a *App) GetKit(ctx context.Context, actor jaring.Actor, id jaring.KitID) (KitItem, error) {
	k, err := a.kit(ctx, actor, id)
	if err != nil {
		return KitItem{}, err
	}
	item := KitItem{KitRecord: k}
	if k.Account != "" {
		item.AgentName = a.AccountName(ctx, k.Account)
	}
	return item, nil
}
