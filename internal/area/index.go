package area

// index holds what the search compares with: the folded name of every area in
// one long text, and the set of its letters, which rules most names out at once.
type index struct {
	text   []byte
	starts []uint32 // one more at the end
	sets   []uint32
	others []other
}

// other is a further name of a province, regency or city.
type other struct {
	area  int
	text  []byte
	short bool // too short to forgive slips
}

func newIndex(t *Tree) *index {
	n := len(t.keys)
	x := &index{
		text:   make([]byte, 0, len(t.names)),
		starts: make([]uint32, 1, n+1),
		sets:   make([]uint32, 0, n),
	}
	for i := range n {
		from := len(x.text)
		name, level := t.name(i), t.levels[i]
		short := bareName(name, level)
		x.text = foldOnto(x.text, short)
		x.starts = append(x.starts, uint32(len(x.text)))
		x.sets = append(x.sets, letters(x.text[from:]))
		if level > Regency {
			continue
		}
		if short != name {
			x.others = append(x.others, other{area: i, text: []byte(Fold(name))})
		}
		for _, s := range shortNames[t.keys[i].code()] {
			x.others = append(x.others, other{area: i, text: []byte(Fold(s)), short: len(s) <= 6})
		}
	}
	return x
}

// foldOnto appends a folded name without a space before it.
func foldOnto(text []byte, name string) []byte {
	return append(text, appendFold(text[len(text):], name, false)...)
}

func (x *index) name(i int) []byte { return x.text[x.starts[i]:x.starts[i+1]] }

// nextWord gives the start of the word after the one at start, or the end.
func nextWord(text []byte, start int) int {
	for i := start; i < len(text); i++ {
		if text[i] == ' ' {
			return i + 1
		}
	}
	return len(text)
}
