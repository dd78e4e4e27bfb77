package outreach

import (
	"cmp"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AwareOfficial is an official of a village, or somebody who runs a market: a wage worker there.
type AwareOfficial struct {
	Worker   *store.WorkerRecord
	Position string
}

// officials are those who work for the village today.
type officials struct {
	employer  jaring.EmployerID // empty while there is none
	people    []AwareOfficial   // by name
	protected int
}

// employerOf finds whose wage workers the officials are: the one that the programme names, else the government of
// the village, registered by whomever. Empty for none.
func employerOf(tx *store.Tx, a *Aware) (jaring.EmployerID, error) {
	if a.Employer != "" || a.Kind != jaring.AwareVillage {
		return jaring.EmployerID(a.Employer), nil
	}
	found, err := tx.EmployersOfArea(a.Area, jaring.EmployerVillage)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].ID, nil
}

// officialsOf reads the officials of a programme. Somebody who left is none.
func officialsOf(tx *store.Tx, a *Aware) (o officials, err error) {
	if o.employer, err = employerOf(tx, a); err != nil || o.employer == "" {
		return o, err
	}
	stays, err := tx.FindEmployments(o.employer)
	if err != nil {
		return o, err
	}
	position := map[jaring.WorkerID]string{}
	var ids []jaring.WorkerID
	for _, s := range stays {
		if _, twice := position[s.Worker]; s.To == 0 && !twice {
			position[s.Worker], ids = s.Position, append(ids, s.Worker)
		}
	}
	for some := range slices.Chunk(ids, 200) {
		found, err := tx.GetWorkers(some)
		if err != nil {
			return o, err
		}
		for _, w := range found {
			o.people = append(o.people, AwareOfficial{w, position[w.ID]})
			if w.Standing == jaring.StandingProtected {
				o.protected++
			}
		}
	}
	slices.SortFunc(o.people, func(x, y AwareOfficial) int {
		return cmp.Or(cmp.Compare(x.Worker.NameFold, y.Worker.NameFold), cmp.Compare(x.Worker.ID, y.Worker.ID))
	})
	return o, nil
}
