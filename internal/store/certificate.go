package store

import (
	"time"

	"jaring/internal/jaring"
)

// CertificateRecord is a certificate of an agent, as it was issued and what became of it.
type CertificateRecord struct {
	ID         jaring.CertificateID
	Number     string
	Account    jaring.AccountID
	Office     jaring.OfficeID
	Class      jaring.ClassID // empty when it came from no class
	Powers     []jaring.Power
	From       jaring.Day
	Until      jaring.Day // last day
	State      jaring.CertificateState
	StateAt    time.Time // since when it is so
	Reason     string
	IssuedAt   time.Time
	IssuedBy   jaring.AccountID // empty for Jaring itself
	Token      string
	CodeSecret []byte // sealed
	CodeKeyID  string
}

const certificateColumns = `certificate_id, number, account_id, office_id, class_id, powers, from_day, until_day, state, state_at, reason,
	issued_at, issued_by, token, code_secret, code_key_id`

// AddCertificate inserts a certificate. Error: certificate.number_taken.
func (tx *Tx) AddCertificate(c *CertificateRecord) error {
	return tx.queue(`INSERT INTO certificate (`+certificateColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		string(c.ID), c.Number, string(c.Account), string(c.Office), string(c.Class), jaring.PowersText(c.Powers), c.From.String(), c.Until.String(),
		string(c.State), millis(c.StateAt), c.Reason, millis(c.IssuedAt), string(c.IssuedBy), c.Token, c.CodeSecret, c.CodeKeyID)
}

func (tx *Tx) certificates(where string, args ...any) (out []*CertificateRecord, err error) {
	err = tx.each(`SELECT `+certificateColumns+` FROM certificate `+where, args, func(r rows) error {
		c := &CertificateRecord{}
		var powers, from, until string
		var since, issued int64
		if err := r.Scan(&c.ID, &c.Number, &c.Account, &c.Office, &c.Class, &powers, &from, &until, &c.State, &since, &c.Reason,
			&issued, &c.IssuedBy, &c.Token, &c.CodeSecret, &c.CodeKeyID); err != nil {
			return err
		}
		c.Powers, c.StateAt, c.IssuedAt = jaring.ParsePowers(powers), moment(since), moment(issued)
		out = append(out, c)
		return days(&c.From, from, &c.Until, until)
	})
	return out, err
}

// days reads two days as they are kept.
func days(first *jaring.Day, one string, second *jaring.Day, other string) error {
	if err := first.UnmarshalText([]byte(one)); err != nil {
		return err
	}
	return second.UnmarshalText([]byte(other))
}

// GetCertificate gives a certificate by its number. Error: certificate.unknown.
func (tx *Tx) GetCertificate(number string) (*CertificateRecord, error) {
	cs, err := tx.certificates(`WHERE number = $1`, number)
	if err == nil && len(cs) == 0 {
		err = jaring.NewError(jaring.NotFound, "certificate.unknown")
	}
	if err != nil {
		return nil, err
	}
	return cs[0], nil
}

// FindCertificates gives the certificates of agents, the newest first; of two of one moment
// the one that replaced the other.
func (tx *Tx) FindCertificates(accounts []jaring.AccountID) ([]*CertificateRecord, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	return tx.certificates(`WHERE account_id IN (`+marks(1, len(accounts))+`) 
		ORDER BY issued_at DESC, CASE WHEN state = 'revoked' THEN 1 ELSE 0 END, certificate_id DESC`, texts(accounts)...)
}

// FindStoppedCertificates gives the numbers of the certificates that somebody stopped and
// that would be valid on a day or later, by their state. That of a disabled account counts
// as suspended.
func (tx *Tx) FindStoppedCertificates(on jaring.Day) (map[jaring.CertificateState][]string, error) {
	out := map[jaring.CertificateState][]string{}
	err := tx.each(`SELECT c.number, CASE WHEN c.state = 'valid' THEN 'suspended' ELSE c.state END FROM certificate c
		JOIN account a ON a.account_id = c.account_id WHERE (c.state <> 'valid' OR a.disabled = 1) AND c.until_day >= $1 ORDER BY c.number`,
		[]any{on.String()}, func(r rows) error {
			var number string
			var state jaring.CertificateState
			err := r.Scan(&number, &state)
			out[state] = append(out[state], number)
			return err
		})
	return out, err
}

// FindLicences gives what an agent's certificates let him do, the newest first.
func (tx *Tx) FindLicences(account jaring.AccountID) (out []jaring.Licence, err error) {
	err = tx.each(`SELECT number, powers, from_day, until_day, state, state_at FROM certificate WHERE account_id = $1
		ORDER BY issued_at DESC, CASE WHEN state = 'revoked' THEN 1 ELSE 0 END, certificate_id DESC`, []any{string(account)}, func(r rows) error {
		var l jaring.Licence
		var powers, from, until string
		var state jaring.CertificateState
		var since int64
		if err := r.Scan(&l.Number, &powers, &from, &until, &state, &since); err != nil {
			return err
		}
		if l.Powers = jaring.ParsePowers(powers); state != jaring.CertificateValid {
			l.Stopped = moment(since)
		}
		err := days(&l.From, from, &l.Until, until)
		out = append(out, l)
		return err
	})
	return out, err
}

// SetCertificateState changes the state of a certificate that is in state was; changed is
// false when it is in another one by now.
func (tx *Tx) SetCertificateState(id jaring.CertificateID, was, is jaring.CertificateState, at time.Time, reason string) (changed bool, err error) {
	n, err := tx.exec(`UPDATE certificate SET state = $3, state_at = $4, reason = $5 WHERE certificate_id = $1 AND state = $2`,
		string(id), string(was), string(is), millis(at), reason)
	return n == 1, err
}

// EachCodeSecret walks the sealed secrets of codes that stand under other keys than this one.
func (tx *Tx) EachCodeSecret(otherThan string, f func(id jaring.CertificateID, sealed []byte, keyID string) error) error {
	return tx.each(`SELECT certificate_id, code_secret, code_key_id FROM certificate WHERE code_key_id <> $1`, []any{otherThan}, func(r rows) error {
		var id jaring.CertificateID
		var sealed []byte
		var keyID string
		if err := r.Scan(&id, &sealed, &keyID); err != nil {
			return err
		}
		return f(id, sealed, keyID)
	})
}

// ResealCode puts the secret of codes under another key, when it is under oldKeyID still.
func (tx *Tx) ResealCode(id jaring.CertificateID, oldKeyID string, sealed []byte, keyID string) (bool, error) {
	n, err := tx.exec(`UPDATE certificate SET code_secret = $3, code_key_id = $4 WHERE certificate_id = $1 AND code_key_id = $2`,
		string(id), oldKeyID, sealed, keyID)
	return n == 1, err
}
