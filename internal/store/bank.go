package store

import (
	"time"

	"jaring/internal/jaring"
)

// BankEntry is what a bank said of a payment and what it was answered.
type BankEntry struct {
	Partner    string
	Day        jaring.Day // of sending, in WIB
	ExternalID string     // with Partner and Day unique
	RequestID  string     // with Partner: entries share it that speak of one payment
	Digest     []byte
	Code       string // what was paid
	Amount     jaring.Rupiah
	Refused    string      // key of the refusal; empty when it was booked
	RefusedAs  jaring.Code // its code
	Worker     jaring.WorkerID
	Entry      string // of the ledger; empty when nothing was booked
	At         time.Time
}

// FindBankEntries gives the entry of a partner, day and external id, and the first one of the partner
// and request id; nil where there is none.
func (tx *Tx) FindBankEntries(partner string, day jaring.Day, external, request string) (byExternal, byRequest *BankEntry, err error) {
	said, found := &BankEntry{Partner: partner, Day: day, ExternalID: external}, false
	err = tx.together(
		ask{`SELECT request_id, digest FROM bank_notice WHERE external_id = $1 AND partner = $2 AND day = $3`, []any{external, partner, day.String()}, func(r rows) error {
			found = true
			return r.Scan(&said.RequestID, &said.Digest)
		}},
		bankPayment(partner, request, &byRequest))
	if err != nil || !found {
		return nil, byRequest, err
	}
	answered := byRequest
	if said.RequestID != request {
		answered = nil
		if err := tx.together(bankPayment(partner, said.RequestID, &answered)); err != nil {
			return nil, nil, err
		}
	}
	if answered != nil {
		first := *answered
		first.Day, first.ExternalID, first.Digest = said.Day, said.ExternalID, said.Digest
		said = &first
	}
	return said, byRequest, nil
}

// FindNotice gives whose payment code it is, as PaymentOfCode, and whether nothing was told yet of what FindBankEntries
// looks for.
func (tx *Tx) FindNotice(code, partner string, day jaring.Day, external, request string) (worker jaring.WorkerID, fresh bool, err error) {
	var known *BankEntry
	said := ""
	err = tx.together(
		ask{workerOfCode, []any{code}, func(r rows) error { return r.Scan(&worker) }},
		ask{`SELECT request_id FROM bank_notice WHERE external_id = $1 AND partner = $2 AND day = $3`, []any{external, partner, day.String()}, func(r rows) error { return r.Scan(&said) }},
		bankPayment(partner, request, &known))
	return worker, said == "" && known == nil, err
}

// bankPayment asks for the answer to a bank's payment, which stays as it is when there is none.
func bankPayment(partner, request string, into **BankEntry) ask {
	return ask{`SELECT code, amount, refused, refused_as, worker_id, entry_id, at FROM bank_payment WHERE request_id = $1 AND partner = $2`, []any{request, partner}, func(r rows) error {
		e := &BankEntry{Partner: partner, RequestID: request}
		var at int64
		err := r.Scan(&e.Code, &e.Amount, &e.Refused, &e.RefusedAs, &e.Worker, &e.Entry, &at)
		e.At, *into = moment(at), e
		return err
	}}
}

// AddBankEntry keeps e; first tells that nothing was said of its payment before. Of two who are
// first at one moment the second is done again.
func (tx *Tx) AddBankEntry(e *BankEntry, first bool) error {
	err := tx.queue(`INSERT INTO bank_notice (external_id, partner, day, request_id, digest) VALUES ($1,$2,$3,$4,$5)`,
		e.ExternalID, e.Partner, e.Day.String(), e.RequestID, e.Digest)
	if err != nil || !first {
		return err
	}
	return tx.queue(`INSERT INTO bank_payment (request_id, partner, code, amount, refused, refused_as, worker_id, entry_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		e.RequestID, e.Partner, e.Code, int64(e.Amount), e.Refused, string(e.RefusedAs), string(e.Worker), e.Entry, millis(e.At))
}

// SuspenseRecord is money that came and paid nothing, until somebody has found out whose it is.
type SuspenseRecord struct {
	Office    jaring.OfficeID
	ID        string // of the ledger's entry
	Code      string // that was paid
	Channel   string
	Bank      string // our name for it
	Reference string
	Amount    jaring.Rupiah
	PaidOn    jaring.Day
	Why       string // key of what speaks against it
	At        time.Time
}

// AddSuspense opens a case for the desk.
func (tx *Tx) AddSuspense(s *SuspenseRecord) error {
	return tx.queue(`INSERT INTO suspense (office_id, suspense_id, code, channel, bank, reference, amount, paid_on, why, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(s.Office), s.ID, s.Code, s.Channel, s.Bank, s.Reference, int64(s.Amount), s.PaidOn.String(), s.Why, millis(s.At))
}

// FindSuspense gives the open cases of offices, oldest first, behind the one of that id.
func (tx *Tx) FindSuspense(offices []jaring.OfficeID, after string, limit int) (out []*SuspenseRecord, err error) {
	if after == "" {
		after = firstUUID
	}
	args := append([]any{after, int64(limit)}, texts(offices)...)
	err = tx.each(`SELECT office_id, suspense_id, code, channel, bank, reference, amount, paid_on, why, at FROM suspense
		WHERE state = 'open' AND suspense_id > $1 AND office_id IN (`+marks(3, len(offices))+`) ORDER BY suspense_id LIMIT $2`, args, func(r rows) error {
		s := &SuspenseRecord{}
		var day string
		var at int64
		if err := r.Scan(&s.Office, &s.ID, &s.Code, &s.Channel, &s.Bank, &s.Reference, &s.Amount, &day, &s.Why, &at); err != nil {
			return err
		}
		s.At = moment(at)
		out = append(out, s)
		return s.PaidOn.UnmarshalText([]byte(day))
	})
	return out, err
}

// CountSuspense counts the open cases of offices.
func (tx *Tx) CountSuspense(offices []jaring.OfficeID) (n int64, err error) {
	_, err = tx.one(`SELECT COUNT(*) FROM suspense WHERE state = 'open' AND office_id IN (`+marks(1, len(offices))+`)`, texts(offices), &n)
	return n, err
}
