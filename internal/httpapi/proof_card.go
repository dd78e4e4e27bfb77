package httpapi

import (
	"strings"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// proofCards are the cards of an agreement's people on sheets to be cut.
func (s *server) proofCards(c *call, in *AgreementOf) (*documentOut, error) {
	cards, err := s.App.PrintCards(c, c.actor, in.ID, strings.ToLower(in.Agreement))
	if err != nil {
		return nil, err
	}
	page := s.address(c.request) + "/kartu"
	proofs := make([]document.Proof, len(cards.Cards))
	for i, p := range cards.Cards {
		proofs[i] = document.Proof{Name: p.Name, Number: string(p.RegistrationNo), Code: p.Code.Text(), Address: page + "#" + string(p.Code), From: p.From, To: p.To}
	}
	help := i18n.Text(c.lang, "document.proof.help", jaring.Args{"address": page, "office": cards.OfficeName})
	return pdf(document.Proofs(cards.Sponsor, help, proofs, c.lang, s.Now().In(app.Zone(c.actor.Zone))), "bukti-perlindungan")
}

type cardCheckBody struct {
	Code      string     `json:"code" doc:"13 letters, as on the card"`
	BirthDate jaring.Day `json:"birth_date" format:"date" doc:"of the bearer"`
}

type checkedCardOut struct {
	Body struct {
		Protected  bool            `json:"protected" doc:"confirmed and covered today"`
		Standing   jaring.Standing `json:"standing"`
		Until      jaring.Day      `json:"until,omitzero" format:"date" doc:"the last day of the present cover"`
		Programs   []string        `json:"programs"`
		Payer      string          `json:"payer,omitempty" doc:"who pays this month, when a sponsor does"`
		OfficeName string          `json:"office_name" doc:"whom to ask"`
	}
}

// checkCard answers a wrong code and a wrong date alike.
func (s *server) checkCard(c *call, in *bodyOnly) (*checkedCardOut, error) {
	var body cardCheckBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.allowReceipt(c, body.Code); err != nil {
		return nil, err
	}
	card, err := s.App.CheckCard(c, body.Code, body.BirthDate)
	if err != nil {
		return nil, err
	}
	out := &checkedCardOut{}
	b := &out.Body
	b.Protected, b.Standing, b.Until, b.Payer, b.OfficeName, b.Programs = card.Protected, card.Standing, card.Until, card.Payer, card.OfficeName, []string{}
	for _, p := range card.Programs {
		b.Programs = append(b.Programs, string(p))
	}
	return out, nil
}
