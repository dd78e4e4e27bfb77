package outreach

import (
	"context"
	"slices"
	"strconv"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// StandView is a stand with the code on its sign.
type StandView struct {
	*store.StandRecord
	Code jaring.TicketCode
}

// FindStands gives the stands of an event whose name, owner or number holds a text. Contacts are for those who
// manage the event. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) FindStands(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, text string) (out []StandView, err error) {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	var found []*store.StandRecord
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		if found, err = tx.FindStands(id, match.FoldName(text)); err != nil {
			return err
		}
		return tx.CountAtStands(id, found)
	})
	manages := actor.May(jaring.ActManageCampaign, jaring.Scope{Office: c.Office}) == nil
	for _, s := range found {
		v := StandView{s, ""}
		if manages {
			v.Code = o.codeOf(store.CodeStand, string(s.ID))
		} else {
			v.ContactName, v.ContactPhone = "", ""
		}
		out = append(out, v)
	}
	return out, err
}

// stand reads one stand. Error: stand.not_found.
func (o *Outreach) stand(ctx context.Context, campaign jaring.CampaignID, id jaring.StandID) (s *store.StandRecord, err error) {
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "stand.not_found")
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		s, err = tx.GetStand(campaign, id)
		return err
	})
	return s, err
}

// StandForm is a stand as somebody writes it down, with new photos of products by their place.
type StandForm struct {
	jaring.Stand
	Photos map[int][]byte
}

// SetStand adds a stand, or with an id writes it anew; products keep their photos by their ids. It gives the
// stand's id. Errors: those of jaring.NewStand and jaring.CleanJPEG; stand.not_found, field.too_many,
// campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) SetStand(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, f StandForm) (jaring.StandID, error) {
	said := []any{id, f}
	s, faults := jaring.NewStand(f.Stand)
	photos, fault := cleanPhotos(f.Photos, len(s.Products))
	if fault != nil {
		faults = withFaults(faults, fault)
	}
	s.Campaign, s.AddedAt = id, o.Now()
	fresh := s.ID == ""
	if fresh {
		s.ID = jaring.StandID(op)
	}
	if !jaring.IsUUID(string(s.ID)) {
		faults = jaring.NewError(jaring.NotFound, "stand.not_found")
	}
	err := o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, said, faults, jaring.StandSet, string(s.ID), func(tx *store.Tx) error {
		return o.putStand(tx, op, s, photos, fresh)
	})
	return s.ID, err
}

func withFaults(faults, more error) error {
	if many, ok := faults.(jaring.Errors); ok {
		if others, ok := more.(jaring.Errors); ok {
			return append(many, others...)
		}
	}
	return more
}

// cleanPhotos takes what cameras wrote beside pictures out of them.
func cleanPhotos(photos map[int][]byte, products int) (map[int][]byte, error) {
	var es jaring.Errors
	out := map[int][]byte{}
	for i := range products {
		if len(photos[i]) == 0 {
			continue
		}
		clean, err := jaring.CleanJPEG(photos[i], jaring.MaxPhoto)
		if err != nil {
			es = append(es, jaring.NewError(jaring.Invalid, jaring.KeyOf(err), "max", jaring.MaxPhoto/1000).At("products/"+strconv.Itoa(i)+"/photo"))
		}
		out[i] = clean
	}
	return out, es.OrNil()
}

// putStand writes a stand inside the writer, products with ids and photos of their own.
func (o *Outreach) putStand(tx *store.Tx, op jaring.OperationID, s jaring.Stand, photos map[int][]byte, fresh bool) error {
	var before []jaring.Product
	if fresh {
		all, err := tx.FindStands(s.Campaign, "")
		if err == nil && len(all) >= jaring.MaxStands {
			err = jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxStands).At("number")}
		}
		if err == nil {
			err = tx.AddHallItem(codeHash(o.codeOf(store.CodeStand, string(s.ID))), store.HallItem{Campaign: s.Campaign, Kind: store.CodeStand, ID: string(s.ID)})
		}
		if err != nil {
			return err
		}
	} else {
		known, err := tx.GetStand(s.Campaign, s.ID)
		if err != nil {
			return err
		}
		before, s.AddedAt = known.Products, known.AddedAt
	}
	products := slices.Clone(s.Products)
	for i := range products {
		at := slices.IndexFunc(before, func(p jaring.Product) bool { return p.ID == products[i].ID })
		products[i].Photo = at >= 0 && before[at].Photo
		if at < 0 {
			products[i].ID = partOf(op, i)
		}
		if picture := photos[i]; picture != nil {
			products[i].Photo = true
			if err := tx.PutStandPhoto(s.Campaign, s.ID, products[i].ID, picture); err != nil {
				return err
			}
		}
	}
	s.Products = products
	return tx.PutStand(&store.StandRecord{Stand: s, Ord: jaring.StandOrd(s.Number), NameFold: match.FoldName(s.Number + " " + s.Name + " " + s.Owner)})
}
