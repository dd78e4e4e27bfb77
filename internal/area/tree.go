package area

import (
	_ "embed"
	"slices"
	"sync"
)

// Source names the origin and the state of the table; licence in NOTICE.
const Source = "idn-area-data 4.0.1 (Kepmendagri 300.2.2-2430/2025), ODbL-1.0"

//go:embed areas.bin.gz
var table []byte

// Tree is the table of all official areas. It does not change once loaded.
type Tree struct {
	keys    []key    // sorted, so that an area stands before what it contains
	starts  []uint32 // where the name of each area starts in names; one more at the end
	names   string
	levels  []Level
	counts  [Village + 1]int
	aliases []alias
	index   func() *index // built at the first search
}

// Load gives the table that is embedded in the program. The first call unpacks
// it; all calls give the same tree.
var Load = sync.OnceValue(func() *Tree {
	t, err := decode(table)
	if err != nil {
		panic("area: the embedded table is damaged: " + err.Error()) // a fault of the build, shown by every test
	}
	t.aliases = readAliases(aliasTable)
	t.index = sync.OnceValue(func() *index { return newIndex(t) })
	return t
})

// Count says how many areas of a level there are.
func (t *Tree) Count(l Level) int {
	if l > Village {
		return 0
	}
	return t.counts[l]
}

// Get gives the area with this code.
func (t *Tree) Get(c Code) (Area, bool) {
	i, ok := t.find(c)
	if !ok {
		return Area{}, false
	}
	return t.at(i), true
}

// Path lists the areas from the province down to the one with this code,
// itself included; nil if there is none.
func (t *Tree) Path(c Code) []Area {
	i, ok := t.find(c)
	if !ok {
		return nil
	}
	return t.path(i)
}

// Parent gives the area around the one with this code; a province has none.
func (t *Tree) Parent(c Code) (Area, bool) { return t.Get(c.Parent()) }

// Children lists what lies directly under an area, in the order of codes; the
// empty code lists the provinces.
func (t *Tree) Children(c Code) []Area {
	if c != "" {
		if _, ok := t.find(c); !ok {
			return nil
		}
	}
	lo, hi := t.within(c)
	want := c.Level() + 1
	var out []Area
	for i := lo; i < hi; i++ {
		if t.levels[i] == want {
			out = append(out, t.at(i))
		}
	}
	return out
}

func (t *Tree) find(c Code) (int, bool) {
	k, ok := keyOf(c)
	if !ok {
		return 0, false
	}
	return slices.BinarySearch(t.keys, k)
}

// within gives the half-open range of positions of an area and all it contains;
// everything for the empty code, nothing for a malformed one.
func (t *Tree) within(c Code) (lo, hi int) {
	if c == "" {
		return 0, len(t.keys)
	}
	k, ok := keyOf(c)
	if !ok {
		return 0, 0
	}
	lo, _ = slices.BinarySearch(t.keys, k)
	hi, _ = slices.BinarySearch(t.keys, k+span[c.Level()])
	return lo, hi
}

func (t *Tree) name(i int) string { return t.names[t.starts[i] : t.starts[i+1]-1] }

func (t *Tree) at(i int) Area {
	k, l := t.keys[i], t.levels[i]
	return Area{Code: k.code(), Name: t.name(i), Level: l, Kind: kindOf(k, l)}
}

// up gives the position of the area around position i.
func (t *Tree) up(i int) int {
	p, _ := slices.BinarySearch(t.keys, t.keys[i].parent())
	return p
}

func (t *Tree) path(i int) []Area {
	out := make([]Area, t.levels[i])
	for n := len(out) - 1; n >= 0; n-- {
		out[n] = t.at(i)
		if n > 0 {
			i = t.up(i)
		}
	}
	return out
}
