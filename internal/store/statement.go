package store

import (
	"time"

	"jaring/internal/jaring"
)

// StatementRecord is what a bank wrote of an account of ours for some days.
type StatementRecord struct {
	Office   jaring.OfficeID
	ID       string
	Channel  string
	Bank     string // our name for it
	From, To jaring.Day
	Lines    int
	Amount   jaring.Rupiah // of all lines
	MadeBy   jaring.AccountID
	MadeAt   time.Time
}

// StatementLine is one line of it.
type StatementLine struct {
	Place     int // the line of the file, from 1
	Day       jaring.Day
	Reference string
	Amount    jaring.Rupiah // what went out is negative
	Said      string
}

const statementColumns = `office_id, statement_id, channel, bank, from_day, to_day, lines, amount, made_by, made_at`

// AddStatement keeps a statement with its lines.
func (tx *Tx) AddStatement(s *StatementRecord, lines []StatementLine) error {
	err := tx.queue(`INSERT INTO bank_statement (`+statementColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(s.Office), s.ID, s.Channel, s.Bank, s.From.String(), s.To.String(), int64(s.Lines), int64(s.Amount), string(s.MadeBy), millis(s.MadeAt))
	for _, l := range lines {
		if err != nil {
			return err
		}
		err = tx.queue(`INSERT INTO bank_statement_line (office_id, statement_id, place, day, reference, amount, said) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			string(s.Office), s.ID, int64(l.Place), l.Day.String(), l.Reference, int64(l.Amount), l.Said)
	}
	return err
}

func (tx *Tx) statements(where string, args ...any) (out []*StatementRecord, err error) {
	err = tx.each(`SELECT `+statementColumns+` FROM bank_statement `+where, args, func(r rows) error {
		s := &StatementRecord{}
		var from, to string
		var made int64
		if err := r.Scan(&s.Office, &s.ID, &s.Channel, &s.Bank, &from, &to, &s.Lines, &s.Amount, &s.MadeBy, &made); err != nil {
			return err
		}
		s.MadeAt = moment(made)
		out = append(out, s)
		if err := s.From.UnmarshalText([]byte(from)); err != nil {
			return err
		}
		return s.To.UnmarshalText([]byte(to))
	})
	return out, err
}

// FindStatements gives the newest statements of offices, the newest first, before the one of that id.
func (tx *Tx) FindStatements(offices []jaring.OfficeID, before string, limit int) ([]*StatementRecord, error) {
	if before == "" {
		before = lastUUID
	}
	return tx.statements(`WHERE statement_id < $1 AND office_id IN (`+marks(3, len(offices))+`) ORDER BY statement_id DESC LIMIT $2`,
		append([]any{before, int64(limit)}, texts(offices)...)...)
}

// GetStatement gives a statement of one of the offices with its lines. Error: statement.unknown.
func (tx *Tx) GetStatement(offices []jaring.OfficeID, id string) (*StatementRecord, []StatementLine, error) {
	found, err := tx.statements(`WHERE statement_id = $1 AND office_id IN (`+marks(2, len(offices))+`)`, append([]any{id}, texts(offices)...)...)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "statement.unknown")
	}
	if err != nil {
		return nil, nil, err
	}
	var lines []StatementLine
	err = tx.each(`SELECT place, day, reference, amount, said FROM bank_statement_line WHERE office_id = $1 AND statement_id = $2 ORDER BY place`,
		[]any{string(found[0].Office), id}, func(r rows) error {
			var l StatementLine
			var day string
			if err := r.Scan(&l.Place, &day, &l.Reference, &l.Amount, &l.Said); err != nil {
				return err
			}
			err := l.Day.UnmarshalText([]byte(day))
			lines = append(lines, l)
			return err
		})
	return found[0], lines, err
}

// PartnersOfEntries gives by entry which bank told of it, of payments heard of from a moment on.
func (tx *Tx) PartnersOfEntries(from time.Time) (map[string]string, error) {
	out := map[string]string{}
	err := tx.each(`SELECT entry_id, partner FROM bank_payment WHERE at >= $1 AND entry_id <> ''`, []any{millis(from)}, func(r rows) error {
		var entry, partner string
		err := r.Scan(&entry, &partner)
		out[entry] = partner
		return err
	})
	return out, err
}
