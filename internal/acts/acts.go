package acts

import (
	"jaring/internal/app"
	"jaring/internal/outreach"
	"jaring/internal/sponsor"
)

// Acts are the acts of all rooms.
type Acts struct {
	*app.App
	*sponsor.Sponsors
	*outreach.Outreach
}

// New puts the rooms together.
func New(c app.Config) *Acts {
	a := app.New(c)
	s := sponsor.New(a)
	return &Acts{a, s, outreach.New(s)}
}
