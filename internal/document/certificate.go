package document

import (
	"strings"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Certificate is what an agent's certificate says on paper.
type Certificate struct {
	Number  string
	Name    string
	Office  string
	Fund    string
	Powers  []jaring.Power
	From    jaring.Day
	Until   jaring.Day
	KeyID   string     // of the key that signed it
	AsOf    jaring.Day // of the list of stopped certificates
	Address string     // the public page, and behind # what verifies it without a network
}

const (
	netSide          = 78 // millimetres
	certificateCode  = 50
	certificateSpace = 9
)

// AgentCertificate is a certificate on one sheet: who may do what until when, and a code that
// proves it, with a network and without. No NIK stands on it.
func AgentCertificate(c Certificate, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4Landscape, lang, at)
	d.Net(netSide)
	d.Space(certificateSpace)
	d.Title(d.Say("document.certificate.title", nil))
	d.Text(d.Say("document.certificate.of", jaring.Args{"fund": c.Fund, "office": c.Office}))
	d.Big(c.Name)
	d.Lead(d.Say("document.certificate.may", jaring.Args{"powers": d.powers(c.Powers)}))
	d.Space(certificateSpace / 2)
	d.Pairs(
		Pair{d.Say("document.certificate.number", nil), c.Number},
		Pair{d.Say("document.certificate.valid", nil), d.Say("document.certificate.span", jaring.Args{"from": c.From, "until": c.Until})},
	)
	d.Space(certificateSpace / 2)
	d.QR(c.Address, certificateCode, d.Say("document.certificate.scan", nil), d.Say("document.certificate.offline", nil),
		d.Say("document.certificate.key", jaring.Args{"key": c.KeyID, "date": c.AsOf}))
	return d
}

// powers says powers in one phrase: registers workers and takes cash.
func (d *Doc) powers(powers []jaring.Power) string {
	words := make([]string, len(powers))
	for i, p := range powers {
		words[i] = d.Say("power."+string(p), nil)
	}
	return strings.Join(words, d.Say("document.and", nil))
}
