package demo

import (
	"context"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// What the reports behind the stories tell of potentials, gaps and targets. They are inputs with a source; what was
// reached beside them is counted. Targets of years that are over stand for the demo's own year, and say so.

// province is what the reports of Jambi speak of; a branch is not a province.
const province = "15"

// reported is one figure of a story.
type reported struct {
	office string
	figure jaring.Figure
}

var reportedA = []reported{
	{home, jaring.Figure{Kind: jaring.FigureGap, Unit: jaring.UnitPerson, Part: jaring.PartPU, Area: province, Value: 380_000, AsOf: 20161112, Source: "Laporan publik dari Jambi, November 2016"}},
	{home, jaring.Figure{Kind: jaring.FigureGap, Unit: jaring.UnitPerson, Part: jaring.PartBPU, Area: province, Value: 430_000, AsOf: 20161112, Source: "Laporan publik dari Jambi, November 2016"}},
}

var reportedB = []reported{
	{home, jaring.Figure{Kind: jaring.FigureTarget, Unit: jaring.UnitPerson, Part: jaring.PartBPU, Area: province, Value: 36_000, AsOf: 20180301,
		Source: "Laporan publik dari Batanghari: sasaran provinsi 2018, dipakai demo untuk tahun ini"}},
}

var reportedD = []reported{
	{"palembang", jaring.Figure{Kind: jaring.FigureTarget, Unit: jaring.UnitEmployer, Part: jaring.PartAll, Value: 1_441, AsOf: 20210922,
		Source: "Laporan publik dari Palembang: sasaran 2021, dipakai demo untuk tahun ini"}},
	{"palembang", jaring.Figure{Kind: jaring.FigurePotential, Unit: jaring.UnitPerson, Part: jaring.PartMicroSmall, Value: 60_000, AsOf: 20210922, Source: "Laporan publik dari Palembang, September 2021"}},
}

// planFigures brings the figures of a story in on the first working day of the year, or of the demo when that is later.
func (b *builder) planFigures(all []reported) {
	d := jaring.NewDay(b.today.Year(), 1, 5)
	if first := b.today.Month().Add(1 - months).First(); d < first || d > b.today {
		d = b.today
	}
	b.on(d).at(hourDesk, func(ctx context.Context) error {
		for _, t := range all {
			f := t.figure
			if f.Office = b.office[t.office]; f.Kind == jaring.FigureTarget {
				f.Year = b.today.Year()
			}
			if _, err := b.app.AddFigure(ctx, jaring.System, newOperation(), f); err != nil {
				return err
			}
		}
		return nil
	})
}

// ToldFigure is a figure of a story as the system has it, with what it counts beside.
type ToldFigure struct {
	Kind       jaring.FigureKind `json:"kind"`
	Unit       jaring.FigureUnit `json:"unit"`
	Part       jaring.FigurePart `json:"part"`
	Year       int               `json:"year"`
	Value      int64             `json:"value"` // an input
	Source     string            `json:"source"`
	AsOf       jaring.Day        `json:"as_of"`
	Reached    *int64            `json:"reached,omitempty"` // of a target: counted
	Expected   int64             `json:"expected,omitempty"`
	Low        int64             `json:"expected_low,omitempty"`
	High       int64             `json:"expected_high,omitempty"`
	Registered *int64            `json:"registered,omitempty"` // beside a potential or a gap: ever, counted
}

// readFigures finds the figures of a story by what they speak of, and what is counted beside them.
func readFigures(ctx context.Context, acts *acts.Acts, h House, all []reported) (out []ToldFigure, err error) {
	offices, err := h.Auth.FindOffices(ctx, jaring.System)
	if err != nil {
		return nil, err
	}
	everywhere := jaring.System
	for _, o := range offices {
		everywhere.Offices = append(everywhere.Offices, o.ID)
	}
	list, err := acts.FindFigures(ctx, everywhere, 0)
	if err != nil {
		return nil, err
	}
	for _, r := range list.Rows {
		for _, t := range all {
			if f := t.figure; f.Kind == r.Kind && f.Unit == r.Unit && f.Part == r.Part && f.Area == r.Area {
				out = append(out, toldFigure(r))
			}
		}
	}
	return out, nil
}

func toldFigure(r outreach.FigureRow) ToldFigure {
	t := ToldFigure{Kind: r.Kind, Unit: r.Unit, Part: r.Part, Year: r.Year, Value: r.Value, Source: r.Source, AsOf: r.AsOf}
	if c := r.Course; c != nil {
		t.Reached = &c.Reached
		if c.Paced {
			t.Expected, t.Low, t.High = c.Expected.Mid, c.Expected.Low, c.Expected.High
		}
	}
	if r.Known != nil {
		t.Registered = &r.Known.Registered
	}
	return t
}
