package store

import (
	"time"

	"jaring/internal/jaring"
)

// SelfSourceRecord is where a QR code of self-registration hangs. Its token is not kept.
type SelfSourceRecord struct {
	jaring.SelfSource
	ID      string
	Hash    []byte // SHA-256 of the token
	AddedAt time.Time
	AddedBy jaring.AccountID
	Orders  int64 // forms that came by it; filled by FindSelfSources
	Paid    int64
}

const selfSourceColumns = `token_hash, source_id, campaign_id, office_id, stand, added_at, added_by, until_at`

// AddSelfSource lets a token open the form.
func (tx *Tx) AddSelfSource(s *SelfSourceRecord) error {
	return tx.queue(`INSERT INTO self_source (`+selfSourceColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		s.Hash, s.ID, string(s.Campaign), string(s.Office), s.Stand, millis(s.AddedAt), string(s.AddedBy), millis(s.Until))
}

func scanSelfSource(r rows, more ...any) (*SelfSourceRecord, error) {
	s := &SelfSourceRecord{}
	var added, until int64
	err := r.Scan(append([]any{&s.Hash, &s.ID, &s.Campaign, &s.Office, &s.Stand, &added, &s.AddedBy, &until}, more...)...)
	s.AddedAt, s.Until = moment(added), moment(until)
	return s, err
}

// GetSelfSource gives the source of a token that was not revoked. Error: self.unknown.
func (tx *Tx) GetSelfSource(hash []byte) (found *SelfSourceRecord, err error) {
	err = tx.each(`SELECT `+selfSourceColumns+` FROM self_source WHERE token_hash = $1 AND revoked_at = 0`, []any{hash}, func(r rows) error {
		found, err = scanSelfSource(r)
		return err
	})
	if err == nil && found == nil {
		err = jaring.NewError(jaring.NotFound, "self.unknown")
	}
	return found, err
}

// FindSelfSources gives the sources of a campaign that were not revoked, by stand, with what came by them.
func (tx *Tx) FindSelfSources(id jaring.CampaignID) (out []*SelfSourceRecord, err error) {
	byID := map[string]*SelfSourceRecord{}
	err = tx.each(`SELECT `+selfSourceColumns+` FROM self_source WHERE campaign_id = $1 AND revoked_at = 0 ORDER BY stand, added_at`, []any{string(id)}, func(r rows) error {
		s, err := scanSelfSource(r)
		out, byID[s.ID] = append(out, s), s
		return err
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	err = tx.each(`SELECT source_id, COUNT(*), COUNT(*) FILTER (WHERE state = 'settled') FROM self_order WHERE campaign_id = $1 GROUP BY source_id`, []any{string(id)}, func(r rows) error {
		var source string
		var all, paid int64
		err := r.Scan(&source, &all, &paid)
		if s := byID[source]; s != nil {
			s.Orders, s.Paid = all, paid
		}
		return err
	})
	return out, err
}

// RevokeSelfSource makes a token open nothing any more.
func (tx *Tx) RevokeSelfSource(hash []byte, at time.Time) error {
	return tx.queue(`UPDATE self_source SET revoked_at = $2 WHERE token_hash = $1`, hash, millis(at))
}

// OneTimeCode is a code that went to a phone. The code itself is made of the id when it is needed.
type OneTimeCode struct {
	ID     string
	Phone  string
	MadeAt time.Time
	Until  time.Time
	Tries  int
	UsedAt time.Time
}

// AddOneTimeCode keeps that a phone was sent a code; older ones of the phone that are of no use are forgotten.
func (tx *Tx) AddOneTimeCode(c *OneTimeCode) error {
	if err := tx.queue(`DELETE FROM one_time_code WHERE phone = $1 AND until_at < $2`, c.Phone, millis(c.MadeAt.Add(-24*time.Hour))); err != nil {
		return err
	}
	return tx.queue(`INSERT INTO one_time_code (phone, code_id, made_at, until_at) VALUES ($1,$2,$3,$4)`, c.Phone, c.ID, millis(c.MadeAt), millis(c.Until))
}

// LastOneTimeCode gives the code that a phone was sent last, nil when none is known.
func (tx *Tx) LastOneTimeCode(phone string) (*OneTimeCode, error) {
	c := &OneTimeCode{Phone: phone}
	var made, until, used int64
	found, err := tx.one(`SELECT code_id, made_at, until_at, tries, used_at FROM one_time_code WHERE phone = $1 ORDER BY made_at DESC, code_id DESC LIMIT 1`, []any{phone},
		&c.ID, &made, &until, &c.Tries, &used)
	if err != nil || !found {
		return nil, err
	}
	c.MadeAt, c.Until, c.UsedAt = moment(made), moment(until), moment(used)
	return c, nil
}

// TryOneTimeCode counts a try of a code, and its use when it was right. It tells whether the try was the
// caller's to have: not when another used it meanwhile, or tries are used up.
func (tx *Tx) TryOneTimeCode(c *OneTimeCode, right bool, at time.Time) (bool, error) {
	used := int64(0)
	if right {
		used = millis(at)
	}
	n, err := tx.exec(`UPDATE one_time_code SET tries = tries + 1, used_at = $3 WHERE phone = $1 AND code_id = $2 AND used_at = 0 AND tries < $4`,
		c.Phone, c.ID, used, int64(jaring.OneTimeTries))
	return n == 1, err
}

// SelfOrder is what somebody ordered for himself on the own phone.
type SelfOrder struct {
	ID        string
	Source    string
	Campaign  jaring.CampaignID
	Office    jaring.OfficeID
	Stand     string
	Kind      jaring.SelfKind
	Phone     string
	Worker    jaring.WorkerID // empty when nobody could be made of the form
	Fresh     bool            // made by this form
	Business  string          // JSON
	Employer  string
	Code      string
	Amount    jaring.Rupiah
	Months    int
	State     string
	MadeAt    time.Time
	Channel   string
	Reference string
	PaidOn    jaring.Day
	SettledAt time.Time
}

const selfOrderColumns = `order_id, source_id, campaign_id, office_id, stand, kind, phone, worker_id, fresh, business, employer_id, code, amount, months, state, made_at, channel, reference, paid_on, settled_at`

// AddSelfOrder keeps an order.
func (tx *Tx) AddSelfOrder(o *SelfOrder) error {
	return tx.queue(`INSERT INTO self_order (`+selfOrderColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`,
		o.ID, o.Source, string(o.Campaign), string(o.Office), o.Stand, string(o.Kind), o.Phone, string(o.Worker), flag(o.Fresh), o.Business, o.Employer, o.Code,
		int64(o.Amount), int64(o.Months), o.State, millis(o.MadeAt), o.Channel, o.Reference, o.PaidOn.String(), millis(o.SettledAt))
}

func (tx *Tx) selfOrders(where string, args ...any) (out []*SelfOrder, err error) {
	err = tx.each(`SELECT `+selfOrderColumns+` FROM self_order `+where, args, func(r rows) error {
		o := &SelfOrder{}
		var fresh, made, settled int64
		var paid string
		err := r.Scan(&o.ID, &o.Source, &o.Campaign, &o.Office, &o.Stand, &o.Kind, &o.Phone, &o.Worker, &fresh, &o.Business, &o.Employer, &o.Code, &o.Amount, &o.Months,
			&o.State, &made, &o.Channel, &o.Reference, &paid, &settled)
		if err != nil {
			return err
		}
		o.Fresh, o.MadeAt, o.SettledAt = fresh == 1, moment(made), moment(settled)
		out = append(out, o)
		return o.PaidOn.UnmarshalText([]byte(paid))
	})
	return out, err
}

// GetSelfOrder gives an order. Error: payment.code_unknown.
func (tx *Tx) GetSelfOrder(id string) (*SelfOrder, error) {
	found, err := tx.selfOrders(`WHERE order_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "payment.code_unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindSelfOrders gives up to limit orders of a campaign after a place in the list, the oldest first.
func (tx *Tx) FindSelfOrders(id jaring.CampaignID, after time.Time, afterID string, limit int) ([]*SelfOrder, error) {
	return tx.selfOrders(`WHERE campaign_id = $1 AND (made_at, order_id) > ($2, $3) ORDER BY made_at, order_id LIMIT $4`,
		string(id), millis(after), afterID, int64(limit))
}

// SettleSelfOrder records an order's money; false when it is there already.
func (tx *Tx) SettleSelfOrder(o *SelfOrder) (bool, error) {
	n, err := tx.exec(`UPDATE self_order SET state = 'settled', channel = $2, reference = $3, paid_on = $4, settled_at = $5 WHERE order_id = $1 AND state = 'waiting'`,
		o.ID, o.Channel, o.Reference, o.PaidOn.String(), millis(o.SettledAt))
	return n == 1, err
}

// SelfLetter is a letter about self-registration on its way.
type SelfLetter struct {
	ID        string
	Template  string
	Phone     string
	About     string // the code, or the order
	NotBefore time.Time
	Until     time.Time
}

// AddSelfLetter lets a letter wait for its sending.
func (tx *Tx) AddSelfLetter(l *SelfLetter) error {
	return tx.queue(`INSERT INTO self_letter (letter_id, template, phone, about, state, not_before, until_at) VALUES ($1,$2,$3,$4,'waiting',$5,$6)`,
		l.ID, l.Template, l.Phone, l.About, millis(l.NotBefore), millis(l.Until))
}

// FindWaitingSelfLetters gives those that may go at a moment, the first due first.
func (tx *Tx) FindWaitingSelfLetters(at time.Time, limit int) (out []*SelfLetter, err error) {
	err = tx.each(`SELECT letter_id, template, phone, about, not_before, until_at FROM self_letter WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, letter_id LIMIT $2`,
		[]any{millis(at), int64(limit)}, func(r rows) error {
			l := &SelfLetter{}
			var before, until int64
			err := r.Scan(&l.ID, &l.Template, &l.Phone, &l.About, &before, &until)
			l.NotBefore, l.Until = moment(before), moment(until)
			out = append(out, l)
			return err
		})
	return out, err
}

// MoveSelfLetter writes where a letter stands, if it stood where it was thought to.
func (tx *Tx) MoveSelfLetter(l *SelfLetter, was, is jaring.ReminderState, taken time.Time) (bool, error) {
	n, err := tx.exec(`UPDATE self_letter SET state = $3, not_before = $4, taken_at = $5 WHERE letter_id = $1 AND state = $2`,
		l.ID, string(was), string(is), millis(l.NotBefore), millis(taken))
	return n == 1, err
}

// DropSelfLetter forgets a letter that has gone, or never will.
func (tx *Tx) DropSelfLetter(id string) error {
	return tx.queue(`DELETE FROM self_letter WHERE letter_id = $1`, id)
}

// LoseSelfLetters forgets those that were taken before a moment and never heard of again.
func (tx *Tx) LoseSelfLetters(before time.Time) (int64, error) {
	return tx.exec(`DELETE FROM self_letter WHERE state = 'under_way' AND taken_at < $1`, millis(before))
}
