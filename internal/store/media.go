package store

import (
	"time"

	"jaring/internal/jaring"
)

// MediaRecord is a picture or a film of a hall, without its content.
type MediaRecord struct {
	Campaign jaring.CampaignID
	ID       jaring.MediaID
	Kind     jaring.MediaKind
	Size     int64 // bytes
	PartSize int64 // bytes of each part but the last
	AddedAt  time.Time
}

// mediaPart is how much of a film is read at once, in bytes.
const mediaPart = 256 << 10

// AddMedia inserts a picture or a film in parts.
func (tx *Tx) AddMedia(m MediaRecord, content []byte) error {
	err := tx.queue(`INSERT INTO hall_media (campaign_id, media_id, kind, size, part_size, added_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		string(m.Campaign), string(m.ID), string(m.Kind), int64(len(content)), int64(mediaPart), millis(m.AddedAt))
	for part := 0; err == nil && part*mediaPart < len(content); part++ {
		err = tx.queue(`INSERT INTO hall_media_part (campaign_id, media_id, part, content) VALUES ($1,$2,$3,$4)`,
			string(m.Campaign), string(m.ID), int64(part), content[part*mediaPart:min(len(content), (part+1)*mediaPart)])
	}
	return err
}

// FindMedia gives the pictures and films of a hall, the oldest first.
func (tx *Tx) FindMedia(id jaring.CampaignID) (out []MediaRecord, err error) {
	err = tx.each(`SELECT media_id, kind, size, part_size, added_at FROM hall_media WHERE campaign_id = $1 ORDER BY added_at, media_id`, []any{string(id)}, func(r rows) error {
		m := MediaRecord{Campaign: id}
		var added int64
		err := r.Scan(&m.ID, &m.Kind, &m.Size, &m.PartSize, &added)
		m.AddedAt = moment(added)
		out = append(out, m)
		return err
	})
	return out, err
}

// GetMedia gives one of them. Error: media.not_found.
func (tx *Tx) GetMedia(campaign jaring.CampaignID, id jaring.MediaID) (MediaRecord, error) {
	m := MediaRecord{Campaign: campaign, ID: id}
	var added int64
	found, err := tx.one(`SELECT kind, size, part_size, added_at FROM hall_media WHERE campaign_id = $1 AND media_id = $2`, []any{string(campaign), string(id)}, &m.Kind, &m.Size, &m.PartSize, &added)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "media.not_found")
	}
	m.AddedAt = moment(added)
	return m, err
}

// GetMediaPart gives a part of a picture or a film. Error: media.not_found.
func (tx *Tx) GetMediaPart(campaign jaring.CampaignID, id jaring.MediaID, part int64) (content []byte, err error) {
	found, err := tx.one(`SELECT content FROM hall_media_part WHERE campaign_id = $1 AND media_id = $2 AND part = $3`, []any{string(campaign), string(id), part}, &content)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "media.not_found")
	}
	return content, err
}

// RemoveMedia takes a picture or a film out of a hall.
func (tx *Tx) RemoveMedia(campaign jaring.CampaignID, id jaring.MediaID) error {
	err := tx.queue(`DELETE FROM hall_media_part WHERE campaign_id = $1 AND media_id = $2`, string(campaign), string(id))
	if err == nil {
		err = tx.queue(`DELETE FROM hall_media WHERE campaign_id = $1 AND media_id = $2`, string(campaign), string(id))
	}
	return err
}
