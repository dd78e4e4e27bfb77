package area

import "strings"

// wanted is what a leading word such as "kec." says about the area meant.
type wanted struct {
	level Level
	kind  Kind // for regencies: with or without the rank of a city
}

func (w wanted) accepts(l Level, k Kind) bool {
	return (w.level == NoLevel || w.level == l) && (w.kind == NoKind || w.kind == k)
}

// hints are the words that name a level, folded.
var hints = map[string]wanted{
	"desa": {level: Village}, "ds": {level: Village}, "kelurahan": {level: Village}, "kel": {level: Village},
	"kecamatan": {level: District}, "kec": {level: District},
	"kabupaten": {level: Regency, kind: KindRegency}, "kab": {level: Regency, kind: KindRegency},
	"kota": {level: Regency, kind: KindCity}, "kotamadja": {level: Regency, kind: KindCity},
	"provinsi": {level: Province}, "propinsi": {level: Province}, "prov": {level: Province}, "prop": {level: Province},
	"administrasi": {}, "adm": {},
}

// longHint is the length from which a hint is recognised with one slip.
const longHint = 8

func hint(word string) (wanted, bool) {
	if w, ok := hints[word]; ok {
		return w, true
	}
	if len(word) < longHint-1 {
		return wanted{}, false
	}
	var r ruler
	for h, w := range hints {
		if len(h) >= longHint && r.cost([]byte(word), []byte(h), false) <= slipLetter {
			return w, true
		}
	}
	return wanted{}, false
}

// readings gives the ways to understand what was typed. "Kec." only ever names a
// level and is left out; "Kota Baru" may be a district of that name or a city
// called Baru, and a word that is nearly "kecamatan" may be a name, so these
// are read both ways. See appendFold for wide.
func readings(text string, wide bool) []*pattern {
	folded := string(appendFold(nil, text, wide))
	if folded == "" {
		return nil
	}
	var names, all []string // without the sure hints; without any hint
	var want wanted
	for word := range strings.SplitSeq(folded, " ") {
		w, ok := hint(word)
		if ok && len(all) == 0 && want.level == NoLevel {
			want = w
		}
		if !ok {
			all = append(all, word)
		}
		if _, known := hints[word]; !ok || !known || word == "kota" || word == "desa" {
			names = append(names, word)
		}
	}
	if len(all) == 0 {
		return []*pattern{newPattern(folded, wide)}
	}
	out := []*pattern{newPattern(strings.Join(names, " "), wide)}
	if h := hints[names[0]]; h.level == NoLevel {
		out[0].want = want // a sure hint stood first
	}
	if len(all) < len(names) {
		p := newPattern(strings.Join(all, " "), wide)
		p.want, p.left = want, true
		out = append(out, p)
	}
	return out
}

// bareName leaves out the words of a name that only tell its kind.
func bareName(name string, l Level) string {
	switch l {
	case Province:
		name = strings.TrimPrefix(name, "Daerah Khusus Ibukota ")
		name = strings.TrimPrefix(name, "Daerah Istimewa ")
	case Regency:
		name = strings.TrimPrefix(name, "Kabupaten ")
		name = strings.TrimPrefix(name, "Kota ")
		name = strings.TrimPrefix(name, "Administrasi ")
	}
	return name
}

// shortNames are what people write for some provinces and cities.
var shortNames = map[Code][]string{
	"12": {"sumut"}, "13": {"sumbar"}, "16": {"sumsel"}, "19": {"babel", "bangka belitung"}, "21": {"kepri"},
	"31": {"dki", "dki jakarta"}, "31.71": {"jakpus"}, "31.72": {"jakut"}, "31.73": {"jakbar"}, "31.74": {"jaksel"}, "31.75": {"jaktim"},
	"32": {"jabar"}, "33": {"jateng"}, "34": {"diy", "di yogyakarta"}, "35": {"jatim"}, "52": {"ntb"}, "53": {"ntt"},
	"61": {"kalbar"}, "62": {"kalteng"}, "63": {"kalsel"}, "64": {"kaltim"}, "65": {"kaltara"},
	"71": {"sulut"}, "72": {"sulteng"}, "73": {"sulsel"}, "74": {"sultra"}, "76": {"sulbar"}, "82": {"malut"},
}
