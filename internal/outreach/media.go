package outreach

import (
	"context"
	"io"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Media is a picture or a film of a hall, with its content: it is read part by part, so that a film is not held whole.
type Media struct {
	store.MediaRecord
	Content io.ReadSeeker
}

// drawing lets one picture or film at a time be read into memory and drawn.
var drawing = make(chan struct{}, 1)

// AddMedia takes a picture or a film for the slides of a hall and gives its id: told again under the same id it is
// the same one. A picture is drawn anew. It is gone with the next plan that does not name it.
// Errors: field.required, field.too_many, media.kind_unknown, media.too_large, media.too_wide, media.broken,
// media.hall_full, campaign.not_found, campaign.is_cancelled, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) AddMedia(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, file io.Reader) (jaring.MediaID, error) {
	if _, err := o.hallFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return "", err
	}
	select {
	case drawing <- struct{}{}:
		defer func() { <-drawing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	sent, err := io.ReadAll(io.LimitReader(file, jaring.MaxMediaSent+1))
	if err != nil {
		return "", err
	}
	m := store.MediaRecord{Campaign: id, ID: jaring.MediaID(op), AddedAt: o.Now()}
	content, fault := judgeMedia(&m, sent)
	if fault != nil {
		fault = jaring.Errors{fault.(*jaring.Error).At("file")}
	}
	err = o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{"media", id, codeHash(jaring.TicketCode(sent))}, fault, jaring.HallPlanned, "", func(tx *store.Tx) error {
		known, err := tx.FindMedia(id)
		if err != nil {
			return err
		}
		all := int64(len(content))
		for _, k := range known {
			all += k.Size
		}
		switch {
		case len(known) >= jaring.MaxHallMedia:
			return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxHallMedia).At("file")}
		case all > jaring.MaxHallBytes:
			return jaring.Errors{jaring.NewError(jaring.Invalid, "media.hall_full", "max", jaring.MaxHallBytes>>20).At("file")}
		}
		return tx.AddMedia(m, content)
	})
	return m.ID, err
}

// judgeMedia tells what a file is and gives it as it is kept.
func judgeMedia(m *store.MediaRecord, sent []byte) (content []byte, err error) {
	if m.Kind, err = jaring.KindOfMedia(sent); err != nil {
		return nil, err
	}
	if m.Kind == jaring.MediaIsFilm {
		return sent, jaring.JudgeMP4(sent)
	}
	return redraw(sent)
}

// GetMedia gives a picture or a film of a hall to who may see the hall. Errors: media.not_found, campaign.not_found, error.forbidden.
func (o *Outreach) GetMedia(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, media jaring.MediaID) (*Media, error) {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	return o.openMedia(ctx, c.ID, media)
}

// GetLoopMedia gives a picture or a film of the loop to a screen. Errors: media.not_found, kiosk.unknown, kiosk.over.
func (o *Outreach) GetLoopMedia(ctx context.Context, token string, media jaring.MediaID) (*Media, error) {
	c, err := o.KioskCampaign(ctx, token)
	if err != nil {
		return nil, err
	}
	return o.openMedia(ctx, c.ID, media)
}

func (o *Outreach) openMedia(ctx context.Context, id jaring.CampaignID, media jaring.MediaID) (*Media, error) {
	if !jaring.IsUUID(string(media)) {
		return nil, jaring.NewError(jaring.NotFound, "media.not_found")
	}
	m := &Media{}
	err := o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		m.MediaRecord, err = tx.GetMedia(id, media)
		return err
	})
	m.Content = &mediaReader{ctx: ctx, o: o, m: &m.MediaRecord, part: -1}
	return m, err
}

// mediaReader reads a picture or a film part by part.
type mediaReader struct {
	ctx  context.Context
	o    *Outreach
	m    *store.MediaRecord
	at   int64
	part int64 // that is held
	held []byte
}

// Seek says where the next Read begins.
func (r *mediaReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.m.Size
	}
	if offset < 0 {
		return 0, io.ErrNoProgress
	}
	r.at = offset
	return r.at, nil
}

// Read gives what is left of the part in which it stands.
func (r *mediaReader) Read(to []byte) (n int, err error) {
	if r.at >= r.m.Size {
		return 0, io.EOF
	}
	part := r.at / r.m.PartSize
	if part != r.part {
		err := r.o.DB.Read(r.ctx, func(tx *store.Tx) (err error) {
			r.held, err = tx.GetMediaPart(r.m.Campaign, r.m.ID, part)
			return err
		})
		if err != nil {
			return 0, err
		}
		r.part = part
	}
	within := r.at - part*r.m.PartSize
	if within >= int64(len(r.held)) {
		return 0, io.ErrUnexpectedEOF
	}
	n = copy(to, r.held[within:])
	r.at += int64(n)
	return n, nil
}

// keepMedia holds the media of a hall against a plan of it: each slide's is there, and what no slide names goes.
// Error: media.not_found at the slide.
func keepMedia(tx *store.Tx, id jaring.CampaignID, plan jaring.HallPlan) error {
	known, err := tx.FindMedia(id)
	if err != nil {
		return err
	}
	var es jaring.Errors
	for i, s := range plan.Slides {
		if s.Media != "" && !slices.ContainsFunc(known, func(m store.MediaRecord) bool { return m.ID == s.Media }) {
			es = append(es, jaring.NewError(jaring.Invalid, "media.not_found").At(jaring.SlidePlace(i)+"media_id"))
		}
	}
	for _, m := range known {
		if err == nil && len(es) == 0 && !slices.ContainsFunc(plan.Slides, func(s jaring.Slide) bool { return s.Media == m.ID }) {
			err = tx.RemoveMedia(id, m.ID)
		}
	}
	if err != nil {
		return err
	}
	return es.OrNil()
}
