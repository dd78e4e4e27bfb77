package roster

import (
	"slices"
	"strings"

	"jaring/internal/area"
)

// slipShare is one slip in so many letters: "Nelyan" is Nelayan, "Petani" is not Peternak.
const slipShare = 5

// nearest is the one of the occupations agreed on that a text may mean: misspelled, or with a word more or less ("Nelayan
// kecil"). Empty when none is near, or two are.
func nearest(agreed []string, text string) (found string) {
	folded := area.Fold(text)
	for _, o := range agreed {
		known := area.Fold(o)
		if within(known, folded) || within(folded, known) || slips(known, folded) <= len(known)/slipShare {
			if found != "" {
				return ""
			}
			found = o
		}
	}
	return found
}

// within reports whether all words of part are words of whole.
func within(part, whole string) bool {
	words := strings.Fields(whole)
	for word := range strings.FieldsSeq(part) {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return part != ""
}

// slips is how many letters of a must be changed, added or left out to get b.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost = min(last, row[j], row[j+1]) + 1
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
