package store

import (
	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// The arguments of a row, in the order of its columns.

func workerArgs(w *WorkerRecord) []any {
	return []any{string(w.ID), string(w.RegistrationNo), string(w.State), string(w.Standing), w.Version, w.Name, w.NameFold, w.BirthDate.String(), string(w.Sex), w.MatchN, w.MatchR, w.MatchY,
		w.PersonKey, w.PersonKeyID, w.NIKSealed, w.MotherSealed, w.MotherKey, w.Province, w.CheckLetters, w.BirthPlace, w.Phone,
		w.Village, w.Address, w.Occupation, string(w.Sector), string(w.Kind), string(w.Workplace), w.Area, string(w.Campaign), string(w.Office), string(w.Agent),
		consentText(w.Consent), heirsText(w.Heirs), findingsText(w.Findings), millis(w.TakenAt), millis(w.RegisteredAt), string(w.MergedInto), w.KPJ, w.CoveredUntil.String()}
}

func membershipArgs(m *MembershipRecord) []any {
	return []any{string(m.Worker), string(m.ID), string(m.Segment), m.Programs.String(), int64(m.Income), bit(m.LowestBand), string(m.Sector), string(m.Funding), string(m.State),
		int64(m.FirstMonth), int64(m.Months), millis(m.RegisteredAt), m.PaidOn.String(), millis(m.PaidAt), millis(m.ConfirmedAt), string(m.CoreState), m.CoreReason,
		string(m.Quote.ID), int64(m.Quote.Total), m.Quote.Version, m.Quote.Lines, m.Quote.Due.String()}
}

func paymentArgs(p *PaymentRecord) []any {
	return []any{string(p.Worker), string(p.ID), string(p.Membership), p.Code, p.State, p.Programs.String(), int64(p.FirstMonth), int64(p.Months), int64(p.Total),
		int64(p.Credit), int64(p.Amount), p.Channel, p.Reference, p.SettledOn.String(), millis(p.SettledAt), millis(p.ConfirmedAt), p.Entry, string(p.Quote.ID), p.Quote.Version,
		p.Quote.Lines, p.Due.String(), p.Holds.String()}
}

func entryArgs(e *ledger.Entry) []any {
	return []any{e.Owner, e.Seq, string(e.ID), string(e.Kind), e.Day.String(), millis(e.At), string(e.Actor), string(e.Office), string(e.Contribution),
		e.Reference, string(e.Reverses), ledger.PostingsText(e.Postings), int64(e.Balance), int64(e.Credit), e.PrevHash, e.Hash}
}

func eventArgs(e *jaring.Event) []any {
	return []any{e.Subject, e.Seq, string(e.ID), string(e.Kind), millis(e.At), string(e.Actor), string(e.Office), string(e.Facts), e.PrevHash, e.Hash}
}
