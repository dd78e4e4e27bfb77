package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AwareTurn is a programme that other criteria would turn.
type AwareTurn struct {
	AwareRow
	From, To jaring.AwareColour
	Reasons  []jaring.AwareReason // by the other criteria
}

// AwareTrial is what other criteria would do to today's statuses.
type AwareTrial struct {
	Now    jaring.AwareCriteria // that hold
	Looked int                  // programmes that were launched
	More   bool                 // there are others, at which this trial did not look
	From   map[jaring.AwareColour]int
	To     map[jaring.AwareColour]int
	Turns  []AwareTurn
}

// maxTrial is how many launched programmes one trial looks at: each is judged as it stands now, twice.
const maxTrial = 500

// TryCriteria judges every launched programme by other criteria as well, and writes nothing. Errors: those of
// jaring.NewAwareCriteria; error.forbidden.
func (o *Outreach) TryCriteria(ctx context.Context, actor jaring.Actor, c jaring.AwareCriteria) (*AwareTrial, error) {
	if err := actor.May(jaring.ActSetAware, jaring.Scope{}); err != nil {
		return nil, err
	}
	c, err := jaring.NewAwareCriteria(c)
	if err != nil {
		return nil, err
	}
	t := &AwareTrial{}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		*t = AwareTrial{From: map[jaring.AwareColour]int{}, To: map[jaring.AwareColour]int{}}
		launched, err := tx.FindAwareLaunched(maxTrial + 1)
		if err != nil {
			return err
		}
		if t.Now, _, err = criteriaOf(tx); err != nil {
			return err
		}
		t.More = len(launched) > maxTrial
		for _, a := range launched[:min(len(launched), maxTrial)] {
			if err := o.try(tx, t, a, c); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range t.Turns {
		t.Turns[i].OfficeName = o.OfficeName(ctx, t.Turns[i].Office)
	}
	return t, err
}

// try judges one programme by the criteria that hold and by others, both as the book stands now.
func (o *Outreach) try(tx *store.Tx, t *AwareTrial, a *Aware, c jaring.AwareCriteria) error {
	today := jaring.DayIn(o.Now(), app.Zone(""))
	is, err := o.look(tx, a, t.Now, today)
	if err != nil {
		return err
	}
	would, err := o.look(tx, a, c, today)
	if err != nil {
		return err
	}
	t.Looked++
	t.From[is.Colour]++
	t.To[would.Colour]++
	if is.Colour == would.Colour {
		return nil
	}
	turn := AwareTurn{AwareRow: AwareRow{Aware: a, Month: would.AwareMonth}, From: is.Colour, To: would.Colour, Reasons: would.Reasons}
	if err := o.nameAware(tx, &turn.AwareRow); err != nil {
		return err
	}
	t.Turns = append(t.Turns, turn)
	return nil
}
