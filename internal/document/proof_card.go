package document

import (
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Proof is a printed proof of cover for somebody without a phone. It is no card of the fund and looks like none.
type Proof struct {
	Name     string // short
	Number   string // registration number
	Code     string // as it is typed
	Address  string // that the QR code says
	From, To jaring.Month
}

// Ten proofs stand on a sheet, two beside each other.
const (
	proofHigh = 46.0
	proofGap  = 2.0
	proofPad  = 3.5
	proofCode = 27.0
)

// Proofs are sheets of proofs to be cut out. payer is who pays, help where to ask.
func Proofs(payer, help string, proofs []Proof, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	help = strings.NewReplacer("https://", "", "http://", "").Replace(help) // browsers know
	d.name = d.Say("document.proof.sheet", jaring.Args{"n": len(proofs)})
	if len(proofs) == 0 {
		d.Text(d.Say("document.proof.none", nil))
	}
	for i := 0; i < len(proofs); i += 2 {
		row := proofs[i:min(i+2, len(proofs))]
		d.add(func(p *page) {
			p.need(proofHigh)
			wide := (p.room() - proofGap) / 2
			for n, one := range row {
				p.proof(one, payer, help, p.left()+float64(n)*(wide+proofGap), wide)
			}
			p.y += proofHigh + proofGap
		})
	}
	return d
}

// proof sets one proof with its left at x: what it says beside the code, and below both how it is checked.
func (p *page) proof(one Proof, payer, help string, x, wide float64) {
	say := p.doc.Say
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Rect(x, p.y, wide, proofHigh, "D")
	left, note := x+proofPad, p.high(faceNote)
	qrLeft := x + wide - proofCode - proofPad/2
	p.tagQR(one.Address, qr.M, qrLeft, p.y+proofPad/2, proofCode)
	room, y, below := qrLeft-left-1, p.y+proofPad/2+1, p.y+proofHigh-proofPad/2-3*note
	for _, part := range []struct {
		face face
		text string
	}{{faceHeading, say("document.proof.title", nil)}, {faceStrong, one.Name}, {faceNote, one.Number},
		{faceNote, say("document.proof.months", jaring.Args{"from": one.From, "to": one.To})}} {
		y = p.column(part.face, left, y, firstLines(p.lines(part.face, part.text, room), 1))
	}
	rest := int((below - y) / note) // whoever pays has the room that is left
	p.column(faceNote, left, y, firstLines(p.lines(faceNote, say("document.proof.payer", jaring.Args{"name": payer}), room), rest))
	p.write(faceNote, qrLeft+(proofCode-p.wide(faceNote, one.Code))/2, p.y+proofPad/2+proofCode-1, one.Code)
	p.column(faceNote, left, below, firstLines(p.lines(faceNote, help, wide-2*proofPad), 2))
	p.column(faceNote, left, below+2*note, firstLines(p.lines(faceNote, say("document.proof.not", nil), wide-2*proofPad), 1))
}
