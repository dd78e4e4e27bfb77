package area

// The cost of slips, in tenths of a foreign letter.
const (
	slipLetter   = 10 // another letter
	slipKey      = 7  // the key beside the right one
	slipSound    = 7  // a letter of like sound
	slipSwap     = 7  // two letters in the wrong order
	slipMissing  = 8  // a letter left out
	slipExtra    = 9  // a letter too many
	slipSilent   = 5  // an h, which many leave out
	slipFirst    = 3  // on top, in the first letter: there people look
	keyboardRows = "qwertyuiop asdfghjkl  zxcvbnm   "
	rowLength    = 11
)

// costs has the price of typing the one letter for the other, both folded.
var costs = func() (table [128][128]uint8) {
	for a := range table {
		for b := range table[a] {
			if a != b {
				table[a][b] = slipLetter
			}
		}
	}
	both := func(a, b byte, cost uint8) {
		table[a][b], table[b][a] = min(table[a][b], cost), min(table[b][a], cost)
	}
	for i := range len(keyboardRows) {
		for _, d := range [...]int{1, rowLength, rowLength - 1} {
			if i+d < len(keyboardRows) && keyboardRows[i] != ' ' && keyboardRows[i+d] != ' ' {
				both(folded(keyboardRows[i]), folded(keyboardRows[i+d]), slipKey)
			}
		}
	}
	for _, like := range [...]string{"ae", "ai", "ao", "ei", "ou", "ui", "eo", "bp", "dt", "gk", "fp", "fv", "pv", "vw", "bw", "sz", "jz", "cs", "kq"} {
		both(like[0], like[1], slipSound)
	}
	return table
}()

// folded is the letter that Fold makes of a key.
func folded(c byte) byte {
	if c == 'y' {
		return 'j'
	}
	return c
}

// ruler measures the cost of slips; it keeps its rows between measurements.
type ruler struct{ rows [3][]int }

// cost is the price of having typed query when text was meant, both squeezed.
// With open, text may go on after what was typed.
func (r *ruler) cost(query, text []byte, open bool) int {
	n := len(query)
	for i := range r.rows {
		if cap(r.rows[i]) <= n {
			r.rows[i] = make([]int, n+1, 2*n+32)
		}
		r.rows[i] = r.rows[i][:n+1]
	}
	two, one, row := r.rows[0], r.rows[1], r.rows[2]
	one[0] = 0
	for i, c := range query {
		one[i+1] = one[i] + extra(c)
	}
	best := one[n]
	for j, b := range text {
		row[0] = one[0] + missing(b)
		for i, c := range query {
			here := one[i] + int(costs[c&127][b&127])
			if i == 0 && j == 0 && c != b {
				here += slipFirst
			}
			here = min(here, one[i+1]+missing(b), row[i]+extra(c))
			if i > 0 && j > 0 && c == text[j-1] && query[i-1] == b {
				here = min(here, two[i-1]+slipSwap)
			}
			row[i+1] = here
		}
		best = min(best, row[n])
		two, one, row = one, row, two
	}
	if open {
		return best
	}
	return one[n]
}

func missing(c byte) int {
	if c == 'h' {
		return slipSilent
	}
	return slipMissing
}

func extra(c byte) int {
	if c == 'h' {
		return slipSilent
	}
	return slipExtra
}

// longestText is how many bytes of a text are read; no name comes near it, and
// the time that a text takes grows with its square.
const longestText = 200

func cut(s string) string { return s[:min(len(s), longestText)] }

// Similarity says how alike two names sound and look: 1 for the same, 0 for
// nothing in common. It does not matter which comes first.
func Similarity(a, b string) float64 {
	x, _ := squeeze(Fold(cut(a)), false)
	y, _ := squeeze(Fold(cut(b)), false)
	longest := max(len(x), len(y))
	if longest == 0 {
		return 0
	}
	var r ruler
	cost := min(r.cost(x, y, false), r.cost(y, x, false))
	return max(0, 1-float64(cost)/float64(slipLetter*longest))
}

// Match says how well what somebody types, perhaps unfinished and with slips,
// fits a name: 1 for the name itself, less for a beginning of it or of one of
// its words, still less for a misspelling, 0 for a name not worth offering. It is
// the measure of Search for short lists of other names.
func Match(query, name string) float64 {
	folded := Fold(cut(query))
	if folded == "" {
		return 0
	}
	p := newPattern(folded, false)
	text := []byte(Fold(cut(name)))
	best := candidate{cost: misfit}
	for start := 0; start < len(text); start = nextWord(text, start) {
		best = best.or(p.fit(text, start))
	}
	if best.cost == misfit {
		return 0
	}
	var r ruler
	meant, _ := squeeze(string(text[best.start:]), false)
	return score(best.sums+scale*r.cost(p.text, meant, best.open), len(p.text))
}
