package document

import (
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// A3 is the paper of what hangs on a wall.
var A3 = Paper{Width: 297, Height: 420, Margin: 20}

// Board is what hangs in the hall of an aware village or market.
type Board struct {
	Kind     string
	Name     string
	District string
	Regency  string
	Steps    []BoardStep // that stand
	Criteria jaring.AwareCriteria
	Default  bool   // nobody has set others than Jaring's own
	Address  string // of the public page
}

// BoardStep is a step with its day.
type BoardStep struct {
	Step      jaring.AwareStep
	Day       jaring.Day
	Reference string
}

// shareOfCode is how much of a board's width its code takes.
const shareOfCode = 0.38

// VillageBoard is a board for a wall: what the place is called, how it came so far, and a code that shows how it
// stands today. No number that can go stale is printed on it.
func VillageBoard(b Board, paper Paper, lang i18n.Lang, at time.Time) *Doc {
	d := New(paper, lang, at)
	scale := paper.Width / A4.Width
	d.Net(netSide * scale)
	d.Space(certificateSpace * scale)
	d.Title(d.Say("document.board.kind."+b.Kind, nil))
	d.Big(b.Name)
	d.Lead(d.Say("document.board.where", jaring.Args{"district": b.District, "regency": b.Regency}))
	d.Space(certificateSpace * scale)
	d.QR(b.Address, paper.Width*shareOfCode, d.Say("document.board.scan", nil), d.Say("document.board.scan.sub", nil))
	d.Space(certificateSpace * scale)
	d.Table(d.boardSteps(b.Steps))
	d.Space(certificateSpace / 2 * scale)
	c := b.Criteria
	d.Note(d.Say("document.board.criteria", jaring.Args{"officials": c.OfficialsPercent, "dialogues": c.Dialogues, "percent": c.CoveragePercent, "months": c.Months}))
	if b.Default {
		d.Note(d.Say("document.board.criteria.default", nil))
	}
	return d
}

func (d *Doc) boardSteps(steps []BoardStep) Table {
	t := Table{Columns: []Column{{Head: d.Say("document.board.step", nil), Wide: 3}, {Head: d.Say("document.board.day", nil), Wide: 3}, {Head: d.Say("document.board.reference", nil), Wide: 4}}}
	for _, s := range steps {
		t.Rows = append(t.Rows, []string{d.Say("document.board.step."+string(s.Step), nil), d.Say("document.board.on", jaring.Args{"date": s.Day}), s.Reference})
	}
	return t
}
