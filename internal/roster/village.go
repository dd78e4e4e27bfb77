package roster

import (
	"strings"
	"sync"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// mostKept bounds what is remembered of texts already looked up: a list repeats its villages,
// an attack does not.
const mostKept = 100_000

// villages finds the village that a list means. Exact names are looked up; what is misspelled
// costs a search and is remembered.
type villages struct {
	mu     sync.Mutex // of what is remembered
	areas  *area.Tree
	within area.Code
	byName map[string][]area.Code // folded; built from all villages within
	byKey  map[string][]area.Code // the same with numbers as figures
	known  map[[3]string]found
	places map[[2]string]area.Code
	left   int // searches that may still be made
}

// How many texts are searched for, in the whole country and in a part of it: a search of the country takes
// milliseconds. A list that asks for more is told which village is unknown, and nothing more.
const (
	searchesFar  = 5_000
	searchesNear = 50_000
)

// found is the answer for one text.
type found struct {
	code       area.Code
	err        *jaring.Error
	suggestion string
}

func newVillages(areas *area.Tree, within area.Code) *villages {
	v := &villages{areas: areas, within: within, byName: map[string][]area.Code{}, byKey: map[string][]area.Code{}, known: map[[3]string]found{}, places: map[[2]string]area.Code{}, left: searchesNear}
	if within == "" {
		v.left = searchesFar
	}
	v.gather(within)
	return v
}

func (v *villages) gather(code area.Code) {
	if a, ok := v.areas.Get(code); ok && a.Level == area.Village {
		folded := area.Fold(a.Name)
		v.byName[folded] = append(v.byName[folded], code)
		v.byKey[figures(folded)] = append(v.byKey[figures(folded)], code)
		return
	}
	for _, child := range v.areas.Children(code) {
		v.gather(child.Code)
	}
}

// name is the name of an area with the word for its level where names alone do not tell.
func (v *villages) name(code area.Code) string {
	a, ok := v.areas.Get(code)
	switch {
	case !ok:
		return "Indonesia"
	case a.Level == area.District:
		return "Kecamatan " + a.Name
	case a.Level == area.Province:
		return "Provinsi " + a.Name
	}
	return a.Name
}

// full is a village with its district, so that it reads back as what it is.
func (v *villages) full(code area.Code) string {
	a, _ := v.areas.Get(code)
	return fullName(v.areas, a)
}

// numbers are the words for numbers in names of villages: "Tungkal IV Kota" is Tungkal Empat Kota.
var numbers = map[string]string{"satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7", "delapan": "8",
	"sembilan": "9", "sepuluh": "10"}

// figures writes the number words of a folded name as figures.
func figures(folded string) string {
	words := strings.Split(folded, " ")
	for i, w := range words {
		if n, ok := numbers[w]; ok {
			words[i] = n
		}
	}
	return strings.Join(words, " ")
}

// find reads a village by code or name. Errors: area.not_found (args text, parent, best),
// roster.village_unknown (args text, parent), roster.village_ambiguous (args text, n),
// village.unknown for a code.
func (v *villages) find(text, district, regency string) found {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := [3]string{text, district, regency}
	if f, ok := v.known[key]; ok {
		return f
	}
	f := v.look(text, district, regency)
	if len(v.known) < mostKept {
		v.known[key] = f
	}
	return f
}

func (v *villages) look(text, district, regency string) found {
	if code, ok := codeIn(text); ok {
		if a, ok := v.areas.Get(code); ok && a.Level == area.Village {
			return found{code: code}
		}
		return found{err: jaring.NewError(jaring.Invalid, "village.unknown")}
	}
	name, kind, rest := cutVillage(text)
	if district == "" {
		district = rest
	}
	within := v.around(district, regency)
	exact := v.named(name, kind, within)
	switch len(exact) {
	case 1:
		return found{code: exact[0]}
	case 0:
		if elsewhere := v.named(name, kind, v.within); len(elsewhere) > 0 {
			return v.notThere(text, within, elsewhere[0])
		}
		return v.search(text, name, within)
	}
	return v.ambiguous(text, exact)
}

// named are the villages of a name within an area; of several, those of the kind that was written.
func (v *villages) named(name string, kind area.Kind, within area.Code) (all []area.Code) {
	var alike []area.Code
	folded := area.Fold(name)
	called := v.byName[folded]
	if len(called) == 0 {
		called = v.byKey[figures(folded)]
	}
	for _, code := range called {
		if within != "" && !area.Contains(within, code) {
			continue
		}
		all = append(all, code)
		if a, _ := v.areas.Get(code); a.Kind == kind {
			alike = append(alike, code)
		}
	}
	if len(alike) > 0 {
		return alike
	}
	return all
}

func (v *villages) notThere(text string, within, best area.Code) found {
	name := v.full(best)
	return found{suggestion: name, err: jaring.NewError(jaring.Invalid, "area.not_found", "text", short(text), "parent", v.name(within), "best", name)}
}

// around is the smallest area that district and regency name for certain, within the list's own.
func (v *villages) around(district, regency string) area.Code {
	within := v.within
	if c := v.place(regency, within, area.Regency); c != "" {
		within = c
	}
	if c := v.place(district, within, area.District); c != "" {
		within = c
	}
	return within
}

// place finds a district or regency by name, empty when it is not certain.
func (v *villages) place(text string, within area.Code, level area.Level) area.Code {
	if text == "" || within.Level() >= level {
		return ""
	}
	key := [2]string{text, string(within)}
	if c, ok := v.places[key]; ok {
		return c
	}
	hits := v.ask(text, within, level)
	code := area.Code("")
	if len(hits) > 0 && hits[0].Fit == area.Same && (len(hits) == 1 || hits[1].Fit != area.Same) {
		code = hits[0].Code
	}
	if len(v.places) < mostKept {
		v.places[key] = code
	}
	return code
}

// far reports whether a village is too unlike a name to be offered for it: such offers mislead.
func far(name, offered string) bool {
	a, b := area.Fold(name), area.Fold(offered)
	return numbersOf(name) != numbersOf(offered) || slips(a, b) > max(2, len(a)/3) && !within(a, b) && !within(b, a)
}

// numbersOf are the numbers in a name: what has other ones is another village.
func numbersOf(name string) (all string) {
	for word := range strings.SplitSeq(figures(area.Fold(name)), " ") {
		if strings.Trim(word, "0123456789") == "" {
			all += word + " "
		}
	}
	return all
}

// leastName is how long a name must be that a village is offered for.
const leastName = 4

// ask searches, as long as searches are left.
func (v *villages) ask(text string, within area.Code, level area.Level) []area.Hit {
	if v.left--; v.left < 0 {
		return nil
	}
	return v.areas.Search(area.Query{Text: text, Within: within, Levels: []area.Level{level}, Limit: 3})
}

// search finds what was misspelled or stands with its surroundings in one text. Only a name that
// sounds the same, and only once, is taken.
func (v *villages) search(text, name string, within area.Code) found {
	hits := v.ask(text, within, area.Village)
	if len(hits) == 0 && name != text {
		hits = v.ask(name, within, area.Village)
	}
	switch {
	case len(hits) == 0 && within != v.within: // the name may be right and its district wrong
		hits = v.ask(name, v.within, area.Village)
	case len(hits) > 0 && hits[0].Fit == area.Same && (len(hits) == 1 || hits[1].Fit != area.Same):
		return found{code: hits[0].Code}
	case len(hits) > 0 && hits[0].Fit == area.Same:
		return v.ambiguous(text, []area.Code{hits[0].Code, hits[1].Code})
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(name), "s. "); ok && len(hits) == 0 {
		name = "Sungai " + rest
		hits = v.ask(name, within, area.Village)
	}
	if len(hits) == 0 || len(name) < leastName || far(name, hits[0].Name) {
		return found{err: jaring.NewError(jaring.Invalid, "roster.village_unknown", "text", short(text), "parent", v.name(within))}
	}
	return v.notThere(text, within, hits[0].Code)
}

// ambiguous names the villages of one name, where they are few enough to be read.
func (v *villages) ambiguous(text string, codes []area.Code) found {
	const most = 4
	f := found{err: jaring.NewError(jaring.Invalid, "roster.village_ambiguous", "text", short(text), "n", len(codes))}
	if len(codes) <= most {
		names := make([]string, len(codes))
		for i, c := range codes {
			if names[i] = v.full(c); !strings.HasSuffix(names[i], ")") {
				names[i] += " (" + string(c) + ")"
			}
		}
		f.suggestion = strings.Join(names, " / ")
	}
	return f
}

// kinds are the words before a name that say what it is.
var kinds = []struct {
	word string
	kind area.Kind
}{{"desa ", area.Desa}, {"kelurahan ", area.Kelurahan}, {"kel. ", area.Kelurahan}, {"kel ", area.Kelurahan}, {"ds. ", area.Desa}, {"ds ", area.Desa}}

// cutVillage parts "Desa Sungai Baung, Kec. Muara Bulian" into the village, its kind and its surroundings.
func cutVillage(text string) (name string, kind area.Kind, rest string) {
	name = text
	if i := strings.IndexAny(text, ",;/("); i > 0 {
		name, rest = text[:i], strings.Trim(text[i+1:], " )")
	} else if i := strings.Index(strings.ToLower(text), " kec"); i > 0 {
		name, rest = text[:i], text[i+1:]
	}
	name = cutStreet(strings.TrimSpace(name))
	for _, k := range kinds {
		if len(name) > len(k.word) && strings.EqualFold(name[:len(k.word)], k.word) {
			return strings.TrimSpace(name[len(k.word):]), k.kind, rest
		}
	}
	return name, area.NoKind, rest
}

// cutStreet cuts off the neighbourhood of "Sriwijaya RT 05".
func cutStreet(name string) string {
	for _, word := range []string{" rt", " rw"} {
		if i := strings.Index(strings.ToLower(name), word); i > 0 && strings.ContainsAny(name[i:], "0123456789") && strings.Trim(name[i+len(word):], "0123456789 .:/rtwRTW") == "" {
			return strings.TrimSpace(name[:i])
		}
	}
	return name
}

// codeIn reads a code that stands alone or, as our own suggestions have it, in brackets at the end.
func codeIn(text string) (area.Code, bool) {
	if i := strings.LastIndexByte(text, '('); i >= 0 && strings.HasSuffix(text, ")") {
		if code, ok := area.ParseCode(text[i+1 : len(text)-1]); ok {
			return code, true
		}
	}
	return area.ParseCode(text)
}
