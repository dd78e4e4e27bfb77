package jaring

import (
	"slices"
	"strconv"
)

// KitKind is what agents wear or carry so that people know them.
type KitKind string

// Kinds of kit.
const (
	NameTag  KitKind = "name_tag"
	Jacket   KitKind = "jacket"
	Backpack KitKind = "backpack"
)

// KitKinds lists all kinds.
var KitKinds = []KitKind{NameTag, Jacket, Backpack}

// KitState is where a thing is.
type KitState string

// States of kit.
const (
	KitInStore   KitState = "in_store"
	KitIsHanded  KitState = "handed_out"
	KitIsLost    KitState = "lost"
	KitIsWornOut KitState = "worn_out"
)

// KitStates lists all states.
var KitStates = []KitState{KitInStore, KitIsHanded, KitIsLost, KitIsWornOut}

// Known judges a state that a list is asked for; none is all. Error: kit.state_unknown.
func (s KitState) Known() error {
	if s != "" && !slices.Contains(KitStates, s) {
		return NewError(Invalid, "kit.state_unknown").At("state")
	}
	return nil
}

// Bounds of what is added at once.
const (
	maxSerial  = 40 // characters
	maxSerials = 500
)

// NewKit judges things of one kind that are added and gives their serial numbers as they
// are kept. Errors: kit.kind_unknown, office.not_found, field.required, field.too_long,
// field.unreadable, number.range, kit.serial_twice.
func NewKit(kind KitKind, office OfficeID, serials []string) ([]string, error) {
	j := judge{}
	if !slices.Contains(KitKinds, kind) {
		j.reject("kind", "kit.kind_unknown")
	}
	if !IsUUID(string(office)) {
		j.reject("office_id", "office.not_found")
	}
	if len(serials) == 0 || len(serials) > maxSerials {
		j.reject("serials", "number.range", "min", 1, "max", maxSerials)
		return nil, j.errs
	}
	seen, out := map[string]bool{}, slices.Clone(serials)
	for i, s := range serials {
		at := "serials/" + strconv.Itoa(i)
		out[i] = j.text(at, s, maxSerial, true)
		if out[i] != "" && seen[out[i]] {
			j.reject(at, "kit.serial_twice", "serial", out[i])
		}
		seen[out[i]] = true
	}
	return out, j.errs.OrNil()
}

// Return judges what becomes of a thing that somebody has. Errors: kit.not_handed_out,
// kit.state_unknown.
func (s KitState) Return(to KitState) error {
	switch {
	case to != KitInStore && to != KitIsLost && to != KitIsWornOut:
		return NewError(Invalid, "kit.state_unknown").At("state")
	case s == KitIsLost && to == KitInStore: // found again
		return nil
	case s != KitIsHanded:
		return NewError(Conflict, "kit.not_handed_out")
	}
	return nil
}

// TerritoryKind is what an agent's territory is made of.
type TerritoryKind string

// Kinds of territory.
const (
	TerritoryVillage TerritoryKind = "village"
	TerritoryPlace   TerritoryKind = "place"
)

const maxTerritory = 200 // villages and places of one agent

// NewTerritory judges where an agent shall work. Errors: number.range, village.unknown,
// id.malformed.
func NewTerritory(villages []string, places []PlaceID, villageKnown func(code string) bool) error {
	j := judge{}
	if len(villages) > maxTerritory {
		j.reject("villages", "number.range", "min", 0, "max", maxTerritory)
		return j.errs
	}
	if len(places) > maxTerritory {
		j.reject("places", "number.range", "min", 0, "max", maxTerritory)
		return j.errs
	}
	for i, v := range villages {
		if !villageKnown(v) {
			j.reject("villages/"+strconv.Itoa(i), "village.unknown")
		}
	}
	for i, p := range places {
		if !IsUUID(string(p)) {
			j.reject("places/"+strconv.Itoa(i), "id.malformed")
		}
	}
	return j.errs.OrNil()
}
