package app

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Bounds of a bank's file.
const (
	maxStatementLines  = 20_000
	maxStatementFaults = 20 // told at once
	maxSaid            = 200
	maxLineAmount      = 1_000_000_000_000 // rupiah, of one line: more is a slip of the hand, or of a separator
)

// statementColumns are the headings that a column may have, folded, in the two languages of our banks.
var statementColumns = map[string][]string{
	"date":      {"date", "tanggal", "tgl", "tanggal transaksi", "transaction date", "posting date", "value date", "tanggal efektif"},
	"reference": {"reference", "referensi", "ref", "no referensi", "nomor referensi", "no ref", "reference no", "reference number", "no bukti", "nomor bukti", "bukti"},
	"amount":    {"amount", "jumlah", "nominal", "kredit", "credit", "nilai", "masuk"},
	"debit":     {"debit", "debet", "keluar"},
	"text":      {"text", "keterangan", "uraian", "description", "deskripsi", "berita", "remarks", "catatan", "narrative"},
}

// readStatement reads a bank's file: columns in any order under Indonesian or English headings, parted by
// semicolon, comma or tab; days as 2026-11-21 or 21/11/2026; amounts as Rp16.800, 16800,00 or 16,800.00. A row of
// totals at the end is left out. Errors, at csv: statement.heading, statement.unreadable, statement.empty,
// statement.too_long; statement.day, statement.amount with the line (args row), up to twenty at once.
func readStatement(text string) ([]store.StatementLine, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = separatorOf(text), -1, true, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, badStatement("statement.unreadable")
	}
	columns, body := headingOf(rows)
	if columns == nil {
		return nil, badStatement("statement.heading")
	}
	var lines []store.StatementLine
	var faults jaring.Errors
	for i, row := range body {
		cells := cellsOf{columns, row}
		if cells.blank() || cells.total() {
			continue
		}
		l, err := cells.line(len(rows) - len(body) + i + 1)
		if err != nil {
			faults = append(faults, err.At("csv"))
		}
		lines = append(lines, l)
		if len(lines) > maxStatementLines {
			return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "statement.too_long", "max", maxStatementLines).At("csv")}
		}
	}
	switch {
	case len(faults) > 0:
		return nil, faults[:min(len(faults), maxStatementFaults)]
	case len(lines) == 0:
		return nil, badStatement("statement.empty")
	}
	return lines, nil
}

func badStatement(key string) error {
	return jaring.Errors{jaring.NewError(jaring.Invalid, key).At("csv")}
}

// separatorOf is what parts the columns: the one that the heading has most of.
func separatorOf(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(head, string(c)) > strings.Count(head, string(best)) {
			best = c
		}
	}
	return best
}

// headingOf finds the row of headings, which a bank may put below lines of its own, and the rows after it.
func headingOf(rows [][]string) (map[string]int, [][]string) {
	for n, row := range rows[:min(len(rows), 15)] {
		columns := map[string]int{}
		for i, cell := range row {
			for name, known := range statementColumns {
				if _, taken := columns[name]; !taken && slices.Contains(known, foldHeading(cell)) {
					columns[name] = i
				}
			}
		}
		_, dated := columns["date"]
		_, sums := columns["amount"]
		if dated && sums {
			return columns, rows[n+1:]
		}
	}
	return nil, nil
}

func foldHeading(cell string) string {
	return Trim(strings.NewReplacer(".", " ", "_", " ", ":", " ", "(rp)", "", "(idr)", "").Replace(strings.ToLower(cell)))
}

// cellsOf is a row by the names of its columns.
type cellsOf struct {
	columns map[string]int
	row     []string
}

func (c cellsOf) get(name string) string {
	if i, ok := c.columns[name]; ok && i < len(c.row) {
		return Trim(c.row[i])
	}
	return ""
}

func (c cellsOf) blank() bool {
	return !slices.ContainsFunc(c.row, func(cell string) bool { return Trim(cell) != "" })
}

// total tells a row that sums up: it has no day and says so.
func (c cellsOf) total() bool {
	first := slices.IndexFunc(c.row, func(cell string) bool { return Trim(cell) != "" })
	word, _, _ := strings.Cut(strings.ToLower(Trim(c.row[first])), " ")
	return slices.Contains([]string{"total", "jumlah", "saldo", "balance", "sum"}, word)
}

func (c cellsOf) line(row int) (l store.StatementLine, fault *jaring.Error) {
	l = store.StatementLine{Place: row, Reference: c.get("reference"), Said: c.get("text")}
	l.Reference, l.Said = Clip(l.Reference, maxReference), Clip(l.Said, maxSaid)
	day, ok := statementDay(c.get("date"))
	if !ok {
		return l, jaring.NewError(jaring.Invalid, "statement.day", "row", row)
	}
	l.Day = day
	in, out := c.get("amount"), c.get("debit")
	amount, ok := jaring.Rupiah(0), true
	if in != "" || out == "" {
		amount, ok = statementAmount(in)
	}
	if debit, known := statementAmount(out); out != "" && ok {
		amount, ok = amount-max(debit, -debit), known
	}
	if !ok {
		return l, jaring.NewError(jaring.Invalid, "statement.amount", "row", row)
	}
	l.Amount = amount
	return l, nil
}

// Clip cuts a text to so many bytes, between letters.
func Clip(text string, most int) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	for len(text) > most {
		runes := []rune(text)
		text = string(runes[:len(runes)-1])
	}
	return text
}

// statementDay reads 2026-11-21, 21/11/2026, 21-11-2026 or 21.11.2026, whatever time stands behind it.
func statementDay(text string) (jaring.Day, bool) {
	text, _, _ = strings.Cut(strings.ReplaceAll(text, "T", " "), " ")
	for _, form := range []string{"2006-01-02", "02/01/2006", "02-01-2006", "02.01.2006", "2006/01/02", "02/01/06"} {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= 2000 {
			return jaring.DayIn(t, time.UTC), true
		}
	}
	return 0, false
}

var (
	moneyWords = regexp.MustCompile(`(?i)^(rp\.?|idr)\s*|\s*(cr|k|db|d)$`)
	pointCents = regexp.MustCompile(`\.\d{2}$`)
	commaCents = regexp.MustCompile(`,\d{2}$`)
)

// statementAmount reads whole rupiah as banks write them; what has cents is refused.
func statementAmount(text string) (jaring.Rupiah, bool) {
	s := strings.TrimSpace(text)
	out := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s, out = s[1:len(s)-1], true
	}
	if low := strings.ToLower(s); strings.HasSuffix(low, "db") || strings.HasSuffix(low, " d") {
		out = true
	}
	sign := false
	for mark, minus := range map[string]bool{"-": true, "−": true, "+": false} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			s, sign = strings.TrimSpace(rest), minus
			break
		}
	}
	s = moneyWords.ReplaceAllString(s, "")
	s = moneyWords.ReplaceAllString(s, "") // a word in front and one behind
	switch {
	case pointCents.MatchString(s):
		s = strings.ReplaceAll(strings.TrimSuffix(s, ".00"), ",", ".")
	case !commaCents.MatchString(s):
		s = strings.ReplaceAll(s, ",", ".")
	}
	amount, err := jaring.ParseRupiah(s)
	twice := amount < 0 && (sign || out)
	if sign || out {
		amount = -amount
	}
	return amount, err == nil && !twice && max(amount, -amount) <= maxLineAmount
}
