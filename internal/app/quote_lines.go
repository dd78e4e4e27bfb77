package app

import (
	"encoding/json"
	"slices"
	"strconv"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// QuoteLine is what a bill remembers of a price: enough to show it without the rules.
type QuoteLine struct {
	Month   jaring.Month
	Program jaring.Program
	Amount  jaring.Rupiah
	Full    jaring.Rupiah // 0 unless relief made it less
}

// keptLine is a line as it is kept: with how many months running it is the same. A year of two programmes is two lines
// instead of 24, which is a third of all that is kept of a sponsored person.
type keptLine struct {
	Month   jaring.Month   `json:"m"`
	Months  int            `json:"n,omitempty"` // 0 is one
	Program jaring.Program `json:"p"`
	Amount  jaring.Rupiah  `json:"a"`
	Full    jaring.Rupiah  `json:"f,omitempty"`
}

// QuoteLines writes the lines of a price as JSON.
func QuoteLines(q scheme.Quote) string {
	lines := make([]QuoteLine, len(q.Lines))
	for i, l := range q.Lines {
		lines[i] = QuoteLine{Month: l.Month, Program: l.Program, Amount: l.Amount}
		if l.Full != l.Amount {
			lines[i].Full = l.Full
		}
	}
	return writeQuoteLines(lines)
}

// writeQuoteLines writes lines, month after month, as JSON; by hand: a list of many incomes has thousands of prices.
func writeQuoteLines(lines []QuoteLine) string {
	b := append(make([]byte, 0, 160), '[')
	for len(lines) > 0 {
		block := lines[:monthOf(lines)]
		months := 1
		for lines = lines[len(block):]; monthOf(lines) == len(block) && goesOn(block, lines[:len(block)], months); lines = lines[len(block):] {
			months++
		}
		for _, l := range block {
			b = l.append(b, months)
		}
	}
	if len(b) > 1 {
		b = b[:len(b)-1]
	}
	return string(append(b, ']'))
}

// monthOf is how many of the lines are of the first one's month.
func monthOf(lines []QuoteLine) int {
	n := slices.IndexFunc(lines, func(l QuoteLine) bool { return l.Month != lines[0].Month })
	if n < 0 {
		return len(lines)
	}
	return n
}

// goesOn tells whether a month costs what a block of lines says, so many months after it.
func goesOn(block, month []QuoteLine, after int) bool {
	for i, l := range block {
		if l.Month = l.Month.Add(after); l != month[i] {
			return false
		}
	}
	return true
}

func (l QuoteLine) append(b []byte, months int) []byte {
	b, _ = l.Month.AppendText(append(b, `{"m":"`...))
	b = append(b, '"')
	if months > 1 {
		b = strconv.AppendInt(append(b, `,"n":`...), int64(months), 10)
	}
	b = append(append(b, `,"p":"`...), l.Program...)
	b = strconv.AppendInt(append(b, `","a":`...), int64(l.Amount), 10)
	if l.Full != 0 {
		b = strconv.AppendInt(append(b, `,"f":`...), int64(l.Full), 10)
	}
	return append(b, '}', ',')
}

// ParseQuoteLines reads what a bill remembers of a price, month after month.
func ParseQuoteLines(text string) (lines []QuoteLine, err error) {
	var kept []keptLine
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, jaring.InternalError(err)
	}
	for len(kept) > 0 {
		first := kept[0]
		n := slices.IndexFunc(kept, func(k keptLine) bool { return k.Month != first.Month })
		if n < 0 {
			n = len(kept)
		}
		for i := range max(1, first.Months) {
			for _, k := range kept[:n] {
				lines = append(lines, QuoteLine{k.Month.Add(i), k.Program, k.Amount, k.Full})
			}
		}
		kept = kept[n:]
	}
	return lines, nil
}
