package store

import (
	"math"
	"time"

	"jaring/internal/jaring"
)

// FigureRecord is a figure's row.
type FigureRecord struct {
	jaring.Figure
	ID      jaring.FigureID
	Version int64
	MadeBy  jaring.AccountID
	MadeAt  time.Time // of this version
}

// FigureLine is a version of a figure with who wrote it.
type FigureLine struct {
	jaring.FigureLine
	MadeBy jaring.AccountID
	MadeAt time.Time
}

const figureColumns = `figure_id, office_id, area, year, kind, unit, part, value, source, as_of, version, made_by, made_at`

// AddFigure inserts a figure; added is false when there is one that speaks of the same.
func (tx *Tx) AddFigure(f *FigureRecord) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO figure (`+figureColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) ON CONFLICT (office_id, area, year, kind, unit, part) DO NOTHING`,
		string(f.ID), string(f.Office), f.Area, int64(f.Year), string(f.Kind), string(f.Unit), string(f.Part), f.Value, f.Source, f.AsOf.String(), f.Version, string(f.MadeBy), millis(f.MadeAt))
	return n == 1, err
}

// UpdateFigure writes a figure whose Version is the one that was read; the stored one becomes one more.
// Error: figure.changed_meanwhile.
func (tx *Tx) UpdateFigure(f *FigureRecord) error {
	n, err := tx.exec(`UPDATE figure SET value = $3, source = $4, as_of = $5, made_by = $6, made_at = $7, version = version + 1 WHERE figure_id = $1 AND version = $2`,
		string(f.ID), f.Version, f.Value, f.Source, f.AsOf.String(), string(f.MadeBy), millis(f.MadeAt))
	return f.next(n, err)
}

// RemoveFigure takes away a figure whose Version is the one that was read; its lines stay.
// Error: figure.changed_meanwhile.
func (tx *Tx) RemoveFigure(f *FigureRecord) error {
	n, err := tx.exec(`DELETE FROM figure WHERE figure_id = $1 AND version = $2`, string(f.ID), f.Version)
	return f.next(n, err)
}

func (f *FigureRecord) next(changed int64, err error) error {
	if err == nil && changed == 0 {
		err = jaring.NewError(jaring.Conflict, "figure.changed_meanwhile")
	}
	if err == nil {
		f.Version++
	}
	return err
}

// AddFigureLine keeps a version of a figure.
func (tx *Tx) AddFigureLine(f *FigureRecord, reason string, gone bool) error {
	went := int64(0)
	if gone {
		went = 1
	}
	return tx.queue(`INSERT INTO figure_line (figure_id, version, value, source, as_of, reason, gone, made_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		string(f.ID), f.Version, f.Value, f.Source, f.AsOf.String(), reason, went, string(f.MadeBy), millis(f.MadeAt))
}

// FindFigureLines gives all versions of a figure, the newest first.
func (tx *Tx) FindFigureLines(id jaring.FigureID) (out []FigureLine, err error) {
	err = tx.each(`SELECT version, value, source, as_of, reason, gone, made_by, made_at FROM figure_line WHERE figure_id = $1 ORDER BY version DESC`, []any{string(id)}, func(r rows) error {
		var l FigureLine
		var day string
		var gone, made int64
		if err := r.Scan(&l.Version, &l.Value, &l.Source, &day, &l.Reason, &gone, &l.MadeBy, &made); err != nil {
			return err
		}
		l.Gone, l.MadeAt = gone == 1, moment(made)
		err := l.AsOf.UnmarshalText([]byte(day))
		out = append(out, l)
		return err
	})
	return out, err
}

func (tx *Tx) figures(where string, args ...any) (out []*FigureRecord, err error) {
	err = tx.each(`SELECT `+figureColumns+` FROM figure `+where, args, func(r rows) error {
		f := &FigureRecord{}
		var day string
		var made int64
		if err := r.Scan(&f.ID, &f.Office, &f.Area, &f.Year, &f.Kind, &f.Unit, &f.Part, &f.Value, &f.Source, &day, &f.Version, &f.MadeBy, &made); err != nil {
			return err
		}
		f.MadeAt = moment(made)
		out = append(out, f)
		return f.AsOf.UnmarshalText([]byte(day))
	})
	return out, err
}

// GetFigure gives a figure. Error: figure.unknown.
func (tx *Tx) GetFigure(id string) (*FigureRecord, error) {
	return oneFigure(tx.figures(`WHERE figure_id = $1`, id))
}

// GetFigureOf gives the figure that speaks of the same as f. Error: figure.unknown.
func (tx *Tx) GetFigureOf(f jaring.Figure) (*FigureRecord, error) {
	return oneFigure(tx.figures(`WHERE office_id = $1 AND area = $2 AND year = $3 AND kind = $4 AND unit = $5 AND part = $6`,
		string(f.Office), f.Area, int64(f.Year), string(f.Kind), string(f.Unit), string(f.Part)))
}

func oneFigure(found []*FigureRecord, err error) (*FigureRecord, error) {
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "figure.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindFigures gives the figures of offices: the targets of a year, and all potentials and gaps, the newest first.
func (tx *Tx) FindFigures(offices []jaring.OfficeID, year, limit int) ([]*FigureRecord, error) {
	if len(offices) == 0 {
		return nil, nil
	}
	args := append([]any{int64(year), string(jaring.FigureTarget), int64(limit)}, texts(offices)...)
	return tx.figures(`WHERE (kind <> $2 OR year = $1) AND office_id IN (`+marks(4, len(offices))+`) ORDER BY year DESC, office_id, area, unit, part, figure_id LIMIT $3`, args...)
}

// FindFigureYears gives the years of which offices have targets, the newest first.
func (tx *Tx) FindFigureYears(offices []jaring.OfficeID) (years []int, err error) {
	if len(offices) == 0 {
		return nil, nil
	}
	err = tx.each(`SELECT DISTINCT year FROM figure WHERE kind = $1 AND office_id IN (`+marks(2, len(offices))+`) ORDER BY year DESC`, append([]any{string(jaring.FigureTarget)}, texts(offices)...), func(r rows) error {
		var year int
		err := r.Scan(&year)
		years = append(years, year)
		return err
	})
	return years, err
}

// EmployersBy asks for employers of sizes: of an area by its dotted code, or, when that is empty, of offices.
type EmployersBy struct {
	Offices []jaring.OfficeID
	Area    string
	Sizes   []jaring.SizeClass
}

// CountEmployers counts employers by the span of time in which they were registered: n[i] from bounds[i] to the next
// bound, the last one without an end.
func (tx *Tx) CountEmployers(by EmployersBy, bounds []time.Time) ([]int64, error) {
	n := make([]int64, len(bounds))
	if len(by.Sizes) == 0 || by.Area == "" && len(by.Offices) == 0 {
		return n, nil
	}
	for i, from := range bounds {
		until := int64(math.MaxInt64)
		if i+1 < len(bounds) {
			until = millis(bounds[i+1])
		}
		if err := tx.countEmployers(by, []any{millis(from), until}, &n[i]); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (tx *Tx) countEmployers(by EmployersBy, span []any, n *int64) error {
	if by.Area != "" {
		args := append(append(span, by.Area, by.Area+".", by.Area+"/"), texts(by.Sizes)...)
		_, err := tx.one(`SELECT count(*) FROM employer WHERE made_at >= $1 AND made_at < $2 AND (area = $3 OR area >= $4 AND area < $5)
			AND size_class IN (`+marks(6, len(by.Sizes))+`)`, args, n)
		return err
	}
	args := append(append(span, texts(by.Sizes)...), texts(by.Offices)...)
	_, err := tx.one(`SELECT count(*) FROM employer WHERE made_at >= $1 AND made_at < $2 AND size_class IN (`+marks(3, len(by.Sizes))+`)
		AND office_id IN (`+marks(3+len(by.Sizes), len(by.Offices))+`)`, args, n)
	return err
}
