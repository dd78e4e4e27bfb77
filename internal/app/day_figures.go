package app

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// figuresOf adds up a day of an office's book: the entries that touch its accounts or its agents'. Those of which no
// line stood when the accounts ended at heads are given apart; nil heads: all stand. Lines in shared accounts have been posted.
func (a *App) figuresOf(tx *store.Tx, office jaring.OfficeID, day jaring.Day, heads map[ledger.Key]int64) (f DayFigures, after []*ledger.Entry, err error) {
	f = DayFigures{Office: office, Day: day, SumsZero: true, Heads: map[ledger.Key]int64{}}
	keys, err := f.accounts(tx)
	if err != nil {
		return f, nil, err
	}
	var lines []ledger.Line
	stood := map[string]bool{}
	for _, k := range keys {
		found, err := tx.FindLinesOfDays(k, day, day)
		if err != nil {
			return f, nil, err
		}
		head, err := tx.LineHead(k)
		if err != nil {
			return f, nil, err
		}
		if head.Seq > 0 {
			f.Heads[k] = head.Seq
		}
		for _, l := range found {
			if heads == nil || l.Seq <= heads[k] {
				stood[string(l.Entry)] = true
			}
		}
		lines = append(lines, found...)
	}
	entries, err := tx.EntriesOfLines(lines)
	slices.SortFunc(entries, func(x, y *ledger.Entry) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	for _, e := range entries {
		if stood[string(e.Hash)] {
			f.add(e)
		} else {
			after = append(after, e)
		}
	}
	return f, after, err
}

// accounts are those of the office and its agents. It notes what the agents hold at the end of the day.
func (f *DayFigures) accounts(tx *store.Tx) (keys []ledger.Key, err error) {
	for _, channel := range dayChannels {
		f.Channels = append(f.Channels, ChannelDay{Channel: channel})
		keys = append(keys, ledger.KeyOf(ledger.Clearing(channel), f.Office), ledger.KeyOf(ledger.Suspense(channel), f.Office))
	}
	keys = append(keys, ledger.KeyOf(ledger.Fund, f.Office), ledger.KeyOf(ledger.Adjustment, f.Office), ledger.KeyOf(ledger.Penalty, f.Office))
	for _, account := range PassingAccounts {
		k := ledger.KeyOf(account, f.Office)
		waits, err := tx.BalanceUpTo(k, f.Day)
		if err != nil {
			return nil, err
		}
		keys, f.Waits = append(keys, k), f.Waits-waits
	}
	agents, err := tx.FindAgentNames([]jaring.OfficeID{f.Office})
	for _, g := range agents {
		custody, float := ledger.Key(ledger.Custody(g.ID)), ledger.Key(ledger.Float(g.ID))
		keys = append(keys, custody, float)
		held, err := tx.BalanceUpTo(custody, f.Day)
		if err != nil {
			return nil, err
		}
		ahead, err := tx.BalanceUpTo(float, f.Day)
		if err != nil {
			return nil, err
		}
		f.Cash.Open, f.Float = f.Cash.Open+held, f.Float-ahead
	}
	return keys, err
}

// add brings an entry into the figures. What it does at another office is that one's.
func (f *DayFigures) add(e *ledger.Entry) {
	digest := sha256.Sum256(append([]byte(f.Digest), e.Hash...))
	f.Digest = hex.EncodeToString(digest[:])
	f.Entries++
	f.SumsZero = f.SumsZero && e.Sum() == 0 && slices.Equal(e.Hash, e.Digest())
	for _, l := range e.Lines() {
		account := l.Account.Account()
		if account.Shared() && l.Account.Office() != f.Office {
			continue
		}
		switch account.Book() {
		case ledger.BookFund:
			f.Fund -= l.Amount
			if e.On(ledger.Payer(e.Owner)) != 0 { // an employer's bill is the fund's at once
				f.Billed -= l.Amount
			}
		case ledger.BookAdjustment:
			f.Adjustments += l.Amount
		case ledger.BookPenalty:
			f.Penalties -= l.Amount
		case ledger.BookClearing:
			f.cleared(account, e, l.Amount)
		case ledger.BookSuspense:
			f.channel(account).Suspense -= l.Amount
		case ledger.BookCustody:
			f.Cash.Taken += max(l.Amount, 0)
			f.Cash.Deposited -= min(l.Amount, 0)
		}
	}
}

// cleared notes what an entry did to a clearing account: money of a channel, or a bill on its way to people's months.
func (f *DayFigures) cleared(account ledger.Account, e *ledger.Entry, amount jaring.Rupiah) {
	switch {
	case !slices.Contains(PassingAccounts, account):
		f.channel(account).came(e, amount)
	case e.On(ledger.Payer(e.Owner)) != 0:
		f.Billed -= amount
	}
}

// channel is that of an account.
func (f *DayFigures) channel(account ledger.Account) *ChannelDay {
	at := slices.IndexFunc(f.Channels, func(c ChannelDay) bool { return c.Channel == account.Name() })
	if at < 0 {
		at, f.Channels = len(f.Channels), append(f.Channels, ChannelDay{Channel: account.Name()})
	}
	return &f.Channels[at]
}

// came notes what an entry did to the clearing account of the channel.
func (c *ChannelDay) came(e *ledger.Entry, amount jaring.Rupiah) {
	switch {
	case e.Kind == ledger.KindReverse && e.On(ledger.Suspense(c.Channel)) != 0: // its owner was found: it is booked once more
		c.N, c.Amount = c.N-1, c.Amount+amount
	case e.Kind == ledger.KindReverse:
		c.N, c.Reversed = c.N-1, c.Reversed-amount
	case e.Kind == ledger.KindRefund:
		c.Refunded -= amount
	default:
		c.N, c.Amount = c.N+1, c.Amount+amount
	}
}

// openPoints are what speaks against closing a day now.
func (a *App) openPoints(tx *store.Tx, office jaring.OfficeID, day jaring.Day, d *Day) (points []OpenPoint, err error) {
	cases, err := tx.SuspenseUpTo(office, day)
	if err != nil {
		return nil, err
	}
	var sum jaring.Rupiah
	for _, s := range cases {
		sum += s.Amount
	}
	if len(cases) > 0 {
		points = append(points, OpenPoint{"day.open.suspense", len(cases), sum})
	}
	if d.Cash.Open > 0 {
		points = append(points, OpenPoint{"day.open.cash", 0, d.Cash.Open})
	}
	if !d.SumsZero {
		points = append(points, OpenPoint{"day.open.sums", d.Entries, 0})
	}
	if day >= jaring.DayIn(a.Now(), Zone("")) {
		points = append(points, OpenPoint{"day.open.not_over", 0, 0})
	}
	return points, nil
}
