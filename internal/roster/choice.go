package roster

import "jaring/internal/area"

// mostChoices is how many villages an empty list offers: beyond a province nobody scrolls.
const mostChoices = 4000

// Choices are what an empty list offers to be picked.
type Choices struct {
	Places      []string // villages with their districts, as a list may write them
	Occupations []string
	Wages       bool // an employer's list: the income is what somebody earns there
}

// Choices are the villages and occupations that an agreement lets come along.
func (a *Agreement) Choices(areas *area.Tree) Choices {
	c := Choices{Occupations: a.Occupations}
	within := a.Domicile
	if len(within) == 0 && a.Area != "" {
		within = []area.Code{a.Area}
	}
	for _, code := range within {
		c.Places = gatherVillages(c.Places, areas, code)
	}
	return c
}

func gatherVillages(all []string, areas *area.Tree, within area.Code) []string {
	if a, ok := areas.Get(within); ok && a.Level == area.Village && len(all) < mostChoices {
		district, _ := areas.Parent(within)
		return append(all, a.Name+", Kec. "+district.Name)
	}
	for _, child := range areas.Children(within) {
		all = gatherVillages(all, areas, child.Code)
	}
	return all
}
