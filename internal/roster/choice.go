package roster

import (
	"slices"
	"strings"

	"jaring/internal/area"
)

// mostChoices is how many villages an empty list offers: beyond a province nobody scrolls.
const mostChoices = 4000

// Choices are what an empty list offers to be picked.
type Choices struct {
	Places      []string // villages with their districts, as a list may write them
	Occupations []string
	Wages       bool // an employer's list: the income is what somebody earns there
	Decile      bool // the agreement asks for it
}

// Fields are the columns of an empty list, in order.
func (c Choices) Fields() []Field {
	if c.Decile {
		return append(slices.Clone(Template), Decile)
	}
	return Template
}

// Choices are the villages and occupations that an agreement lets come along.
func (a *Agreement) Choices(areas *area.Tree) Choices {
	c := Choices{Occupations: a.Occupations, Decile: a.MaxDecile > 0}
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
		return append(all, fullName(areas, a))
	}
	for _, child := range areas.Children(within) {
		all = gatherVillages(all, areas, child.Code)
	}
	return all
}

// fullName is a village with its district, so that it reads back as what it is; of two with one name in a district, with its kind.
func fullName(areas *area.Tree, a area.Area) string {
	district, _ := areas.Parent(a.Code)
	name := a.Name + ", Kec. " + district.Name
	for _, other := range areas.Children(district.Code) {
		if other.Code == a.Code || area.Fold(other.Name) != area.Fold(a.Name) {
			continue
		}
		if other.Kind == a.Kind {
			return name + " (" + string(a.Code) + ")"
		}
		for _, k := range kinds[:2] {
			if k.kind == a.Kind {
				return strings.ToUpper(k.word[:1]) + k.word[1:] + name
			}
		}
	}
	return name
}
