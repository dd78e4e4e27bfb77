package area

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// near has for each letter its neighbours on the keyboard of a phone.
var near = map[byte]string{
	'a': "qsz", 'b': "vgn", 'c': "xdv", 'd': "sef", 'e': "wrd", 'f': "dgr", 'g': "fht", 'h': "gjy", 'i': "uok",
	'j': "hku", 'k': "jli", 'l': "ko", 'm': "nk", 'n': "bm", 'o': "ipl", 'p': "ol", 'q': "wa", 'r': "etf",
	's': "adw", 't': "ryg", 'u': "yij", 'v': "cbf", 'w': "qes", 'x': "zcs", 'y': "tuh", 'z': "xas",
}

// misspellings are the ways in which a name goes wrong; each gives "" if it
// does not apply to the name.
var misspellings = []struct {
	name string
	do   func(r *rand.Rand, s string) string
}{
	{"letter left out", func(r *rand.Rand, s string) string {
		i := anyLetter(r, s)
		return s[:i] + s[i+1:]
	}},
	{"letters swapped", func(r *rand.Rand, s string) string {
		for range 20 {
			if i := anyLetter(r, s); i+1 < len(s) && s[i+1] != ' ' && s[i] != s[i+1] {
				return s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:]
			}
		}
		return ""
	}},
	{"letter doubled", func(r *rand.Rand, s string) string {
		i := anyLetter(r, s)
		return s[:i] + string(s[i]) + s[i:]
	}},
	{"neighbour key", func(r *rand.Rand, s string) string {
		i := anyLetter(r, s)
		keys := near[s[i]]
		if keys == "" {
			return ""
		}
		return s[:i] + string(keys[r.IntN(len(keys))]) + s[i+1:]
	}},
	{"old spelling", func(_ *rand.Rand, s string) string {
		old := strings.NewReplacer("u", "oe", "j", "dj", "c", "tj", "y", "j").Replace(s)
		if old == s {
			return ""
		}
		return old
	}},
	{"space left out", func(r *rand.Rand, s string) string {
		if i := strings.LastIndexByte(s, ' '); i > 0 {
			return s[:i] + s[i+1:]
		}
		return ""
	}},
}

func anyLetter(r *rand.Rand, s string) int {
	for {
		if i := r.IntN(len(s)); s[i] != ' ' {
			return i
		}
	}
}

// drawn says how many names of a level are misspelled, and in what area the
// person who types has said to look ("" for the whole country).
var drawn = []struct {
	level, within Level
	count         int
}{
	{Regency, NoLevel, 90},
	{District, NoLevel, 90},
	{Regency, Province, 40},
	{District, Regency, 80},
	{Village, Regency, 120},
	{Village, District, 80},
}

// slip is one misspelled name.
type slip struct {
	typed, how string
	meant      Area
	within     Code
}

// someSlips draws names that nothing else in the scope bears and misspells them.
func someSlips(r *rand.Rand) (out []slip) {
	tree := Load()
	for _, d := range drawn {
		for n := 0; n < d.count; {
			a := tree.at(r.IntN(len(tree.keys)))
			name := strings.ToLower(bareName(a.Name, a.Level))
			within := a.Code.At(d.within)
			if a.Level != d.level || len(name) < 4 || ambiguous(tree, a, within) {
				continue
			}
			m := misspellings[r.IntN(len(misspellings))]
			if typed := m.do(r, name); typed != "" {
				out = append(out, slip{typed: typed, how: m.name, meant: a, within: within})
				n++
			}
		}
	}
	return out
}

func TestSearchPutsTheRightAreaFirstForNinetyOfAHundredMisspellings(t *testing.T) {
	tree := Load()
	tried, first, firstFive := map[string]int{}, map[string]int{}, 0
	slips := someSlips(rand.New(rand.NewPCG(15, 71)))
	for _, s := range slips {
		hits := tree.Search(Query{Text: s.typed, Within: s.within, Limit: 5})
		right := slices.IndexFunc(hits, func(h Hit) bool { return h.Code == s.meant.Code })
		scope := fmt.Sprintf("%s within %q", s.meant.Level, s.within.Level())
		for _, group := range []string{"all", s.how, scope} {
			tried[group]++
			if right == 0 {
				first[group]++
			}
		}
		if right >= 0 {
			firstFive++
		}
		if right != 0 {
			t.Logf("%-16s %-25q %s in %q: %v", s.how, s.typed, s.meant.Name, s.within, names(hits))
		}
	}
	for _, group := range slices.Sorted(maps.Keys(tried)) {
		t.Logf("%s: the right area first for %d of %d (%.1f %%)", group, first[group], tried[group], 100*float64(first[group])/float64(tried[group]))
	}
	t.Logf("among the first five: %d of %d", firstFive, len(slips))
	if len(slips) != 500 || first["all"]*10 < len(slips)*9 {
		t.Errorf("only %d of %d first, want 90 %% of 500", first["all"], len(slips))
	}
}

// Whoever has no regency set writes it, or the district, behind the village.
func TestSearchUnderstandsMisspelledVillagesWithTheirSurroundings(t *testing.T) {
	const count = 300
	tree := Load()
	r := rand.New(rand.NewPCG(3, 4))
	first := 0
	for n := 0; n < count; {
		a := tree.at(r.IntN(len(tree.keys)))
		around, _ := tree.Get(a.Code.At(Level(2 + r.IntN(2))))
		if a.Level != Village || len(a.Name) < 4 || ambiguous(tree, a, around.Code) {
			continue
		}
		name := strings.ToLower(a.Name + " " + bareName(around.Name, around.Level))
		typed := misspellings[r.IntN(len(misspellings))].do(r, name)
		if typed == "" {
			continue
		}
		n++
		if hits := tree.Search(Query{Text: typed, Limit: 5}); len(hits) > 0 && hits[0].Code == a.Code {
			first++
		} else {
			t.Logf("%q for %s in %s: %v", typed, a.Name, around.Name, names(hits))
		}
	}
	t.Logf("the right village first for %d of %d (%.1f %%)", first, count, 100*float64(first)/count)
	if first*10 < count*9 {
		t.Errorf("only %d of %d first, want 90 %%", first, count)
	}
}

func names(hits []Hit) (out []string) {
	for _, h := range hits {
		out = append(out, string(h.Code)+" "+h.Name)
	}
	return out
}

// ambiguous says whether another area of the scope, as large or larger, has the
// same name, so that the name alone, however spelled, cannot tell them apart.
func ambiguous(t *Tree, a Area, within Code) bool {
	same := 0
	for _, i := range byName()[squeezed(t, a.Code)] {
		if t.levels[i] <= a.Level && (within == "" || Contains(within, t.keys[i].code())) {
			same++
		}
	}
	return same > 1
}

// byName groups the positions of all areas by their folded name.
var byName = sync.OnceValue(func() map[string][]int {
	t, groups := Load(), map[string][]int{}
	for i := range t.keys {
		name := squeezed(t, t.keys[i].code())
		groups[name] = append(groups[name], i)
	}
	return groups
})

func squeezed(t *Tree, c Code) string {
	i, _ := t.find(c)
	text, _ := squeeze(string(t.index().name(i)), false)
	return string(text)
}
