package area

import "encoding/json"

// pack is what a phone holds for the search of villages without signal.
type pack struct {
	Code   Code        `json:"code"`
	Name   string      `json:"name"`
	Source string      `json:"source"`
	Areas  [][2]string `json:"areas"`
}

// Pack gives the districts and villages of one regency as JSON:
//
//	{"code":"15.71","name":"Kota Jambi","source":"…","areas":[["15.71.01","Telanaipura"],["15.71.01.1001","…"],…]}
//
// in the order of codes, each district before its villages. The source names
// version and licence. It is nil if the code is not that of a regency.
func (t *Tree) Pack(regency Code) []byte {
	i, ok := t.find(regency)
	if !ok || t.levels[i] != Regency {
		return nil
	}
	lo, hi := t.within(regency)
	p := pack{Code: regency, Name: t.name(i), Source: Source, Areas: make([][2]string, 0, hi-lo)}
	for i := lo + 1; i < hi; i++ {
		p.Areas = append(p.Areas, [2]string{string(t.keys[i].code()), t.name(i)})
	}
	out, err := json.Marshal(p)
	if err != nil {
		panic("area: " + err.Error()) // strings always marshal
	}
	return out
}
