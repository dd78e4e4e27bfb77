package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// certificateNames and tagNames are what kept documents are called.
var (
	certificateNames = map[i18n.Lang]string{i18n.ID: "sertifikat-", i18n.EN: "certificate-"}
	tagNames         = map[i18n.Lang]string{i18n.ID: "tanda-pengenal", i18n.EN: "name-tags"}
)

// certificateDocument is a certificate as it is hung on a wall or laminated.
func (s *server) certificateDocument(c *call, in *ByNumber) (*documentOut, error) {
	v, err := s.App.GetCertificate(c, c.actor, in.Number)
	if err != nil {
		return nil, err
	}
	token, _, _, err := jaring.ParseCertificateToken(v.Token)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	sheet := document.Certificate{Number: v.Number, Name: v.Name, Office: v.OfficeName, Fund: s.Fund, Powers: v.Powers, From: v.From, Until: v.Until,
		KeyID: token.KeyID, AsOf: token.AsOf, Address: s.address(c.request) + badgePath(v.Number, v.Token)}
	return pdf(document.AgentCertificate(sheet, c.lang, s.Now().In(app.Zone(c.actor.Zone))), certificateNames[c.lang]+v.Number)
}

// classBadges are the name tags of a class, as far as the caller reaches its seats: in class
// those by which people are seen, afterwards those that agents wear.
func (s *server) classBadges(c *call, in *ByID) (*documentOut, error) {
	v, err := s.App.GetClass(c, c.actor, jaring.ClassID(in.ID))
	if err != nil {
		return nil, err
	}
	tags := make([]document.Tag, len(v.SeatList))
	for i, seat := range v.SeatList {
		tags[i] = document.Tag{Name: seat.Name, Office: s.App.OfficeName(c, seat.Office), Badge: seat.Badge}
		if held := v.Certificates[seat.Account]; held != nil && jaring.CertificateStateOn(held.State, held.From, held.Until, v.Today) == jaring.CertificateValid {
			tags[i].Number, tags[i].Address = held.Number, s.address(c.request)+badgePath(held.Number, held.Token)
		}
	}
	return pdf(document.Tags(v.Name, v.From, v.To, tags, c.lang, s.Now().In(app.Zone(c.actor.Zone))), tagNames[c.lang])
}
