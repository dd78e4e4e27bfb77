package document

import (
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
	proofHigh = 47.0
	proofGap  = 3.0
	proofPad  = 3.5
	proofCode = 30.0
)

// Proofs are sheets of proofs to be cut out. payer is who pays, help where to ask.
func Proofs(payer, help string, proofs []Proof, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.name = d.Say("document.proof.sheet", jaring.Args{"n": len(proofs)})
	if len(proofs) == 0 {
		d.Text(d.Say("document.proof.none", nil))
	}
	for i := 0; i < len(proofs); i += 2 {
		row := proofs[i:min(i+2, len(proofs))]
		d.add(func(p *page) {
			p.need(proofHigh + proofGap)
			wide := (p.room() - proofGap) / 2
			for n, one := range row {
				p.proof(one, payer, help, p.left()+float64(n)*(wide+proofGap), wide)
			}
			p.y += proofHigh + proofGap
		})
	}
	return d
}

// proof sets one proof with its left at x.
func (p *page) proof(one Proof, payer, help string, x, wide float64) {
	say := p.doc.Say
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Rect(x, p.y, wide, proofHigh, "D")
	qrLeft := x + wide - proofCode - proofPad/2
	room := qrLeft - x - proofPad
	p.tagQR(one.Address, qr.M, qrLeft, p.y+proofPad/2, proofCode)
	y := p.column(faceHeading, x+proofPad, p.y+proofPad, firstLines(p.lines(faceHeading, say("document.proof.title", nil), room), 1))
	y = p.column(faceStrong, x+proofPad, y+1, firstLines(p.lines(faceStrong, one.Name, room), 1))
	y = p.column(faceText, x+proofPad, y, firstLines(p.lines(faceText, one.Number, room), 1))
	y = p.column(faceNote, x+proofPad, y+1, firstLines(p.lines(faceNote, say("document.proof.months", jaring.Args{"from": one.From, "to": one.To}), room), 2))
	p.column(faceNote, x+proofPad, y, firstLines(p.lines(faceNote, say("document.proof.payer", jaring.Args{"name": payer}), room), 2))
	below := p.y + proofHigh - proofPad - 3*p.high(faceNote)
	p.write(faceNote, qrLeft+2, p.y+proofPad/2+proofCode, one.Code)
	p.column(faceNote, x+proofPad, below, firstLines(p.lines(faceNote, help, wide-2*proofPad), 2))
	p.write(faceNote, x+proofPad, p.y+proofHigh-proofPad-p.high(faceNote)+1, firstLines(p.lines(faceNote, say("document.proof.not", nil), wide-2*proofPad), 1)[0])
}
