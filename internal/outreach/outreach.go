package outreach

import (
	"jaring/internal/app"
	"jaring/internal/jaring"
)

// Outreach does the acts of this room.
type Outreach struct {
	*app.App
}

// New makes the room beside the acts that it stands on, and teaches them what phones send from here.
func New(a *app.App) *Outreach {
	o := &Outreach{App: a}
	o.teach()
	return o
}

// teach tells app of each kind of operation that a phone may send from here.
func (o *Outreach) teach() {
	o.Learn(jaring.ActNoteLead, o.noteLead)
	o.Learn(jaring.ActCheckTicket, o.checkTicket)
	o.Learn(jaring.ActGiveStamp, o.giveStamp)
}
