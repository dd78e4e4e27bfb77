package store

import (
	"time"

	"jaring/internal/jaring"
)

// AwareRecord is the programme of a village or a market.
type AwareRecord struct {
	ID jaring.AwareID
	jaring.Aware
	Employer  string // whose officials they are; empty for none yet
	Step      jaring.AwareStep
	Colour    jaring.AwareColour
	JudgedOn  jaring.Day // 0 for never
	TokenNo   int64
	TokenHash []byte
	Version   int64
	MadeBy    jaring.AccountID
	MadeAt    time.Time
}

const awareColumns = `aware_id, office_id, kind, area, place_id, officials, potential, potential_source, potential_on, note, employer_id, step, colour, judged_on, token_no, token_hash, version, made_by, made_at`

// AddAware inserts a programme; added is false when the village or the market has one.
func (tx *Tx) AddAware(a *AwareRecord) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO aware (`+awareColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) ON CONFLICT (area, kind, place_id) DO NOTHING`,
		string(a.ID), string(a.Office), string(a.Kind), a.Area, string(a.Place), int64(a.Officials), int64(a.Potential.People), a.Potential.Source, a.Potential.On.String(), a.Note,
		a.Employer, string(a.Step), string(a.Colour), a.JudgedOn.String(), a.TokenNo, a.TokenHash, a.Version, string(a.MadeBy), millis(a.MadeAt))
	return n == 1, err
}

// UpdateAware writes a programme whose Version is one above the one that was read.
// Error: aware.changed_meanwhile when somebody else was first.
func (tx *Tx) UpdateAware(a *AwareRecord) error {
	n, err := tx.exec(`UPDATE aware SET officials = $3, potential = $4, potential_source = $5, potential_on = $6, employer_id = $7, step = $8, token_no = $9, token_hash = $10,
		version = $2 WHERE aware_id = $1 AND version = $11`, string(a.ID), a.Version, int64(a.Officials), int64(a.Potential.People), a.Potential.Source, a.Potential.On.String(),
		a.Employer, string(a.Step), a.TokenNo, a.TokenHash, a.Version-1)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "aware.changed_meanwhile")
	}
	return err
}

// SetAwareColour keeps what a look on a day came to. It is no change of the programme: its version stays.
func (tx *Tx) SetAwareColour(id jaring.AwareID, colour jaring.AwareColour, on jaring.Day) error {
	return tx.queue(`UPDATE aware SET colour = $2, judged_on = $3 WHERE aware_id = $1`, string(id), string(colour), on.String())
}

func (tx *Tx) awares(where string, args ...any) (out []*AwareRecord, err error) {
	err = tx.each(`SELECT `+awareColumns+` FROM aware `+where, args, func(r rows) error {
		a := &AwareRecord{}
		var on, judged string
		var made int64
		if err := r.Scan(&a.ID, &a.Office, &a.Kind, &a.Area, &a.Place, &a.Officials, &a.Potential.People, &a.Potential.Source, &on, &a.Note, &a.Employer, &a.Step, &a.Colour,
			&judged, &a.TokenNo, &a.TokenHash, &a.Version, &a.MadeBy, &made); err != nil {
			return err
		}
		a.MadeAt = moment(made)
		if err := a.Potential.On.UnmarshalText([]byte(on)); err != nil {
			return err
		}
		out = append(out, a)
		return a.JudgedOn.UnmarshalText([]byte(judged))
	})
	return out, err
}

func (tx *Tx) oneAware(where string, arg any) (*AwareRecord, error) {
	found, err := tx.awares(where, arg)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "aware.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// GetAware gives one programme. Error: aware.unknown.
func (tx *Tx) GetAware(id string) (*AwareRecord, error) {
	return tx.oneAware(`WHERE aware_id = $1`, id)
}

// GetAwareOfToken gives the programme whose public page a token opens. Error: aware.unknown.
func (tx *Tx) GetAwareOfToken(hash []byte) (*AwareRecord, error) {
	return tx.oneAware(`WHERE token_hash = $1`, hash)
}

// AwareCursor is a place in the list of programmes.
type AwareCursor struct {
	Area string         `json:"a"`
	ID   jaring.AwareID `json:"i"`
}

// FindAware gives the programmes of offices whose area begins with a dotted code, by area, behind a place.
func (tx *Tx) FindAware(offices []jaring.OfficeID, area string, after AwareCursor, limit int) ([]*AwareRecord, error) {
	if len(offices) == 0 {
		return nil, nil
	}
	if after.ID == "" {
		after.ID = firstUUID
	}
	args := append([]any{area, area + ".", area + "/", after.Area, string(after.ID), int64(limit)}, texts(offices)...)
	return tx.awares(`WHERE ($1 = '' OR area = $1 OR area >= $2 AND area < $3) AND (area, aware_id) > ($4, $5) AND office_id IN (`+marks(7, len(offices))+`) ORDER BY area, aware_id LIMIT $6`, args...)
}

// FindAwareDue gives programmes at which nobody has looked on a day or later.
func (tx *Tx) FindAwareDue(on jaring.Day, limit int) ([]*AwareRecord, error) {
	return tx.awares(`WHERE judged_on < $1 ORDER BY judged_on, aware_id LIMIT $2`, on.String(), int64(limit))
}

// FindAwareLaunched gives programmes that have been launched, by area.
func (tx *Tx) FindAwareLaunched(limit int) ([]*AwareRecord, error) {
	return tx.awares(`WHERE step IN ($1, $2) ORDER BY area, aware_id LIMIT $3`, string(jaring.StepLaunched), string(jaring.StepKept), int64(limit))
}

// AddAwareStep writes a line about a step.
func (tx *Tx) AddAwareStep(id jaring.AwareID, seq int, s *jaring.AwareTaken) error {
	back := int64(0)
	if s.Back {
		back = 1
	}
	return tx.queue(`INSERT INTO aware_step (aware_id, seq, step, day, reference, note, back, why, made_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(id), int64(seq), string(s.Step), s.Day.String(), s.Reference, s.Note, back, s.Why, string(s.By), millis(s.At))
}

// FindAwareSteps gives the lines about the steps of a programme in the order in which they were written.
func (tx *Tx) FindAwareSteps(id jaring.AwareID) (out []jaring.AwareTaken, err error) {
	err = tx.each(`SELECT step, day, reference, note, back, why, made_by, made_at FROM aware_step WHERE aware_id = $1 ORDER BY seq`, []any{string(id)}, func(r rows) error {
		var s jaring.AwareTaken
		var day string
		var back, made int64
		if err := r.Scan(&s.Step, &day, &s.Reference, &s.Note, &back, &s.Why, &s.By, &made); err != nil {
			return err
		}
		s.Back, s.At = back == 1, moment(made)
		err := s.Day.UnmarshalText([]byte(day))
		out = append(out, s)
		return err
	})
	return out, err
}
