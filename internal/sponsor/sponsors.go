package sponsor

import "jaring/internal/app"

// Sponsors does the acts of this room.
type Sponsors struct {
	*app.App
	judging locks // of lists
}

// New makes the room beside the acts that it stands on, and teaches them to take a list's money and to move its keys.
func New(a *app.App) *Sponsors {
	s := &Sponsors{App: a}
	a.PaidBy(rosterKind, s.rosterBill)
	a.AlsoRekey(s.rekeyRosters)
	return s
}
