package scheme

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"jaring/internal/jaring"
)

const (
	gridFile    = "testdata/price_grid.json"
	strangeFile = "testdata/strange_pack.json"

	gridBlocks = 40
	gridBlock  = 500 // questions of a block
)

// strangeRules are invented: they change all that a table, a relief and a due date can change, so that the phone is
// held against the method of the pack and not against the figures of one year.
const strangeRules = `{"name": "Invented", "as_of": "2026-11-21", "rules": [
  {"id": "x.jkm", "key": "bpu.jkm", "from": "2027-03", "replaces": ["bpu.jkm.2015"], "article": "none", "source": "invented", "mark": "L", "amount": 8001},
  {"id": "x.jkk", "key": "bpu.jkk", "from": "2026-05-02", "replaces": ["bpu.jkk.2015"], "article": "none", "source": "invented", "mark": "L", "ratio": "7/300"},
  {"id": "x.floor", "key": "bpu.floor.jht", "from": "2028-02", "replaces": ["bpu.floor.jht.2015"], "article": "none", "source": "invented", "mark": "L", "amount": 31001},
  {"id": "x.bands", "key": "bpu.bands", "from": "2028-06", "replaces": ["bpu.bands.2015"], "article": "none", "source": "invented", "mark": "L",
   "bands": [{"from": 0, "to": 1499000, "base": 1234567}, {"from": 1500000, "to": 2999000, "base": 2222222}, {"from": 3000000, "base": 7654321}]},
  {"id": "x.due", "key": "bpu.due", "from": "2026-06", "replaces": ["bpu.due.2015"], "article": "none", "source": "invented", "mark": "L", "due": {"day": 31, "offset": 1}},
  {"id": "x.relief", "key": "relief", "from": "2028-01", "to": "2028-09-15", "article": "none", "source": "invented", "mark": "L",
   "relief": {"segments": ["BPU"], "programs": ["JKK", "JHT"], "factor": "2/7", "exclude_funding": ["csr"], "require_paid_up_to": "2027-06", "grace_member_months": 3,
    "due": {"day": 29, "offset": 2}}},
  {"id": "x.trade", "key": "relief", "from": "2029-01", "to": "2029-06", "article": "none", "source": "invented", "mark": "L",
   "relief": {"segments": ["BPU", "PU"], "programs": ["JKK"], "factor": "1/4", "industries": ["food"], "min_workers": 50, "sizes": ["large"]}}]}`

// strange is a book in which every setting is another than the default.
func strange(t testing.TB) *Book {
	t.Helper()
	s := DefaultSettings()
	for _, x := range settings {
		*x.of(&s) = x.words[1]
	}
	b, err := New(s, []byte(strangeRules))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// dice are numbers that every language rolls alike: xorshift over 32 bits.
type dice uint32

func (d *dice) below(n uint32) uint32 {
	*d ^= *d << 13
	*d ^= *d >> 17
	*d ^= *d << 5
	return uint32(*d) % n
}

// question rolls one; web/src/lib/price/grid.test.ts rolls the same. Months before the law, incomes of nothing, incomes
// on both sides of each edge and in the gaps between rows are among them.
func (d *dice) question() Question {
	pick := func(words ...string) string { return words[d.below(uint32(len(words)))] }
	q := Question{Segment: jaring.BPU, FirstMonth: jaring.NewMonth(2015, 5).Add(int(d.below(190))), Months: int(d.below(14))}
	mask := 1 + d.below(7)
	for i, p := range []jaring.Program{jaring.JKK, jaring.JKM, jaring.JHT} {
		if mask>>i&1 == 1 {
			q.Programs = append(q.Programs, p)
		}
	}
	switch d.below(4) {
	case 0:
		q.LowestBand = true
	case 1:
		q.Income = jaring.Rupiah(d.below(40_000_000))
	default:
		q.Income = 100_000 * jaring.Rupiah(d.below(230))
		q.Income += [...]jaring.Rupiah{0, -1, 1, -1000, -999, -1001, 999, 50_000}[d.below(8)]
		q.Income = max(0, q.Income)
	}
	q.Sector = jaring.Sector(pick("transport", "other"))
	q.Funding = jaring.Funding(pick("self", "csr", "apbd", "apbn", "apbdes"))
	q.Kind = jaring.WorkerKind(pick("self_employed", "employer_owner"))
	if back := d.below(20); back < 10 {
		q.Registered = q.FirstMonth.Add(-int(back))
	}
	if back := d.below(20); back < 10 {
		q.PaidUpTo = q.FirstMonth.Add(-int(back))
	}
	return q
}

// digest is a block of questions and answers in one number: each line's month by month, then due date, full and total
// price; 7 for what has no price.
func (b *Book) digest(d *dice) (sum uint32, priced int) {
	add := func(n int64) { sum = sum*31 + uint32(n) }
	for range gridBlock {
		q := d.question()
		quote, err := b.Price(q)
		if err != nil || q.Months == 0 { // the office takes no number of months for one, a phone has always chosen
			add(7)
			continue
		}
		priced++
		for _, l := range quote.Lines {
			add(int64(l.Amount))
		}
		due, _ := b.DueDate(jaring.BPU, q.FirstMonth)
		add(int64(due))
		add(int64(quote.Full))
		add(int64(quote.Total))
	}
	return sum, priced
}

// TestGrid_ThePhonePricesLikeTheBook writes what twenty thousand questions come to by the shipped book and by an
// invented one; the phone answers the same questions from the packs alone. Run with -update after a change.
func TestGrid_ThePhonePricesLikeTheBook(t *testing.T) {
	grid := map[string][]uint32{}
	for name, b := range map[string]*Book{"shipped": Load(), "strange": strange(t)} {
		d, all := dice(2026), 0
		for range gridBlocks {
			sum, priced := b.digest(&d)
			grid[name] = append(grid[name], sum)
			all += priced
		}
		if all < gridBlocks*gridBlock/2 {
			t.Errorf("%s: only %d questions have a price", name, all)
		}
	}
	text, err := json.Marshal(grid)
	if err != nil {
		t.Fatal(err)
	}
	sameFile(t, gridFile, append(text, '\n'))
	sameFile(t, strangeFile, append(strange(t).Pack(), '\n'))
}

func sameFile(t *testing.T, file string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the book says: go test ./internal/scheme -run Grid -update (%v)", file, err)
	}
}
