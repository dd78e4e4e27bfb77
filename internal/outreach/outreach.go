package outreach

import (
	"jaring/internal/jaring"
	"jaring/internal/sponsor"
)

// Outreach does the acts of this room.
type Outreach struct {
	*sponsor.Sponsors // a ceremony hands over what a sponsor's agreement came to
}

// New makes the room beside the acts that it stands on, and teaches them what phones send from here.
func New(s *sponsor.Sponsors) *Outreach {
	o := &Outreach{Sponsors: s}
	o.teach()
	return o
}

// teach tells app of each kind of operation that a phone may send from here.
func (o *Outreach) teach() {
	o.Learn(jaring.ActNoteLead, o.noteLead)
	o.Learn(jaring.ActCheckTicket, o.checkTicket)
	o.Learn(jaring.ActGiveStamp, o.giveStamp)
}
