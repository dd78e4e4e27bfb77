package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// EntryID is a UUIDv7, made before the first try.
type EntryID string

// Kind is what happened.
type Kind string

// Kinds of entries.
const (
	KindBill      Kind = "bill"       // an employer or sponsor owes; never a BPU
	KindPenalty   Kind = "penalty"    // and pays late
	KindSettle    Kind = "settle"     // money is with the fund, for months
	KindCredit    Kind = "credit"     // money is with the fund and makes no whole month yet
	KindTakeCash  Kind = "take_cash"  // an agent has taken cash
	KindDeposit   Kind = "deposit"    // and brought it to the fund
	KindTopUp     Kind = "top_up"     // an agent has deposited ahead
	KindCarryOver Kind = "carry_over" // paid months became cheaper afterwards
	KindAdjust    Kind = "adjust"     // a difference that nobody is asked for
	KindSuspend   Kind = "suspend"    // money came and nobody could be found for it
	KindRefund    Kind = "refund"     // credit was paid back
	KindReverse   Kind = "reverse"    // an entry is undone
)

// Kinds lists every kind of entry.
var Kinds = []Kind{KindBill, KindPenalty, KindSettle, KindCredit, KindTakeCash, KindDeposit, KindTopUp, KindCarryOver, KindAdjust, KindSuspend, KindRefund, KindReverse}

// Posting is one side of an entry, in whole rupiah: debit positive, credit negative.
// Month is the month of contribution that it is about, 0 for none.
type Posting struct {
	Account Account
	Amount  jaring.Rupiah
	Month   jaring.Month
}

// Head is the end of an owner's chain: where the next entry stands, and what the owner's
// accounts hold by then. Its zero value is a chain without entries.
type Head struct {
	Seq     int64
	Hash    []byte
	Balance jaring.Rupiah // of the owner's Worker or Payer account: positive is owed by the owner
	Credit  jaring.Rupiah // of the owner's Credit account, as money that the owner has: never negative
}

// Entry is one thing that happened to money.
type Entry struct {
	ID           EntryID
	Owner        string // whose chain it stands in: a worker, a payer or an agent
	Seq          int64  // 1, 2, 3 … in it
	Kind         Kind
	Day          jaring.Day // when the money moved
	At           time.Time  // when it was written, UTC, whole milliseconds
	Actor        jaring.AccountID
	Office       jaring.OfficeID // that keeps the shared accounts it touches
	Contribution jaring.ContributionID
	Reference    string  // of the channel, or the number of a receipt
	Reverses     EntryID // for KindReverse
	Postings     []Posting
	Balance      jaring.Rupiah // of the owner's accounts after it; see Head
	Credit       jaring.Rupiah
	PrevHash     []byte
	Hash         []byte
}

// Head is the end of the chain after e.
func (e *Entry) Head() Head { return Head{e.Seq, e.Hash, e.Balance, e.Credit} }

// Key names the account of a posting in the whole book.
func (e *Entry) Key(a Account) Key { return KeyOf(a, e.Office) }

// Sum is what the postings add up to: nothing, in an entry that is right.
func (e *Entry) Sum() (sum jaring.Rupiah) {
	for _, p := range e.Postings {
		sum += p.Amount
	}
	return sum
}

// On is what e does to account a, all its months together.
func (e *Entry) On(a Account) (sum jaring.Rupiah) {
	for _, p := range e.Postings {
		if p.Account == a {
			sum += p.Amount
		}
	}
	return sum
}

// Months are the months that e pays for at the fund (or gives back, for a reversal),
// in order.
func (e *Entry) Months() (months []jaring.Month) {
	for _, p := range e.Postings {
		if p.Account == Fund && p.Month != 0 && !slices.Contains(months, p.Month) {
			months = append(months, p.Month)
		}
	}
	slices.Sort(months)
	return months
}

// Seal sets e's place behind head, the balances after it, and its hash.
func (e *Entry) Seal(head Head) {
	e.Seq, e.PrevHash = head.Seq+1, head.Hash
	e.Balance = head.Balance + e.On(of(BookWorker, e.Owner)) + e.On(of(BookPayer, e.Owner))
	e.Credit = head.Credit - e.On(Credit(e.Owner))
	e.Hash = e.Digest()
}

// Digest is SHA-256 over all that e says and the hash before it, each part preceded by
// its length, so that no two entries share a text.
func (e *Entry) Digest() []byte {
	var d digest
	d.bytes(e.PrevHash)
	for _, s := range []string{string(e.ID), e.Owner, string(e.Kind), string(e.Actor), string(e.Office), string(e.Contribution),
		e.Reference, string(e.Reverses), PostingsText(e.Postings)} {
		d.bytes([]byte(s))
	}
	for _, n := range []int64{e.Seq, int64(e.Day), e.At.UnixMilli(), int64(e.Balance), int64(e.Credit)} {
		d.number(n)
	}
	return d.sum()
}

// digest gathers the parts of a hash.
type digest struct{ text []byte }

func (d *digest) number(n int64) { d.text = binary.BigEndian.AppendUint64(d.text, uint64(n)) }

func (d *digest) bytes(part []byte) {
	d.number(int64(len(part)))
	d.text = append(d.text, part...)
}

func (d *digest) sum() []byte {
	sum := sha256.Sum256(d.text)
	return sum[:]
}

// PostingsText is how postings are kept, one a line: "fund -15200 2026-11".
func PostingsText(ps []Posting) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(string(p.Account))
		b.WriteByte(' ')
		b.WriteString(strconv.FormatInt(int64(p.Amount), 10))
		if p.Month != 0 {
			b.WriteByte(' ')
			b.WriteString(p.Month.String())
		}
	}
	return b.String()
}

// ParsePostings reads what PostingsText wrote, and nothing else. Error: ledger.damaged.
func ParsePostings(text string) ([]Posting, error) {
	lines := strings.Split(text, "\n")
	out := make([]Posting, len(lines))
	for i, line := range lines {
		account, rest, _ := strings.Cut(line, " ")
		amount, month, dated := strings.Cut(rest, " ")
		n, err := strconv.ParseInt(amount, 10, 64)
		out[i] = Posting{Account: Account(account), Amount: jaring.Rupiah(n)}
		if err == nil && dated {
			out[i].Month, err = jaring.ParseMonth(month)
		}
		if err != nil || !out[i].Account.Known() {
			return nil, jaring.NewError(jaring.Internal, "ledger.damaged")
		}
	}
	if PostingsText(out) != text {
		return nil, jaring.NewError(jaring.Internal, "ledger.damaged")
	}
	return out, nil
}
