package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// minReason is how short a reason may be: a word that somebody else can understand.
const minReason = 5

func NeedReason(text string) (string, error) {
	text = Trim(text)
	if len([]rune(text)) < minReason {
		return "", jaring.Errors{jaring.NewError(jaring.Invalid, "reason.too_short", "min", minReason).At("reason")}
	}
	if len([]rune(text)) > 500 {
		return "", jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_long", "max", 500).At("reason")}
	}
	return text, nil
}

// prepareCorrect judges a correction by the same rules as a registration: the record
// as it would be is a registration again.
func (a *App) prepareCorrect(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Correction
	unread := wire.Decode(op.Body, &body)
	if wire.Unreadable(unread) {
		return nil, unread
	}
	reason, reasonErr := NeedReason(body.Reason)
	r, err := a.subject(ctx, actor, jaring.ActCorrectWorker, body.Worker, body.RegisteredBy)
	if err != nil {
		return nil, err
	}
	parallel := op.BaseVersion != 0 && op.BaseVersion != r.Worker.Version
	if parallel && op.Device == "" {
		return nil, jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
	}
	c, err := a.judgeCorrection(r, body, Today(actor, r.Worker.RegisteredAt))
	if err := JoinFindings(unread, err, reasonErr); err != nil {
		return nil, err
	}
	rec.Outcome.Worker, rec.Outcome.Findings = r.Worker.ID, c.person.Findings
	if parallel {
		// From a phone it is applied in the order of arrival, as told, and marked.
		rec.Outcome.Findings = append(rec.Outcome.Findings, jaring.Finding{Verdict: jaring.Warn, Key: "worker.changed_meanwhile"})
	}
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applyCorrection(tx, actor, r, c, reason, rec.Outcome.Findings)
	}}, nil
}

// correction is a judged correction.
type correction struct {
	person jaring.Person
	fields []string // names of what changes
	claim  *store.NIKClaim
	old    [][]byte           // hashes of the NIK that goes; others that lead here by a merge stay
	sealed store.WorkerRecord // NIK, mother's name and keys sealed anew
}

func (a *App) judgeCorrection(r *Record, body wire.Correction, registered jaring.Day) (*correction, error) {
	if r.Worker.State != jaring.WorkerActive && r.Worker.State != jaring.WorkerReview {
		return nil, jaring.NewError(jaring.Conflict, "worker.closed")
	}
	key, err := a.Vault.OpenPerson(r.Worker.ID, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return nil, err
	}
	reg, err := registrationOf(r, key)
	if err != nil {
		return nil, err
	}
	old, oldErr := jaring.ParseNIK(reg.NIK)
	c := &correction{fields: overlay(&reg, body.Fields)}
	if len(c.fields) == 0 {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "correction.empty").At("fields")}
	}
	reg.Confirmed = body.Fields.Confirmed
	if c.person, err = jaring.NewWorker(reg, registered, a.AreaKnown, a.VillageKnown); err != nil {
		return nil, under("fields/", err)
	}
	c.sealed = *r.Worker
	w := &c.sealed
	w.Name, w.BirthDate, w.Sex, w.BirthPlace, w.Phone = c.person.Worker.Name, c.person.Worker.BirthDate, c.person.Worker.Sex, c.person.Worker.BirthPlace, c.person.Worker.Phone
	w.Village, w.Address, w.Occupation = c.person.Worker.Village, c.person.Worker.Address, c.person.Worker.Occupation
	w.Province, w.Findings = c.person.Worker.Province, c.person.Findings
	if err := a.SealIdentity(w, key, c.person); err != nil {
		return nil, err
	}
	if slices.Contains(c.fields, "nik") {
		if oldErr != nil {
			return nil, jaring.InternalError(oldErr)
		}
		c.old = a.Vault.IndexHashes(old)
		hash, keyID := a.Vault.IndexHash(c.person.NIK)
		c.claim = &store.NIKClaim{Hashes: [][]byte{hash}, KeyID: keyID, Worker: w.ID}
		if len(a.Vault.Index) > 1 {
			c.claim.Hashes = a.Vault.IndexHashes(c.person.NIK)
		}
	}
	return c, nil
}

func (a *App) applyCorrection(tx *store.Tx, actor jaring.Actor, r *Record, c *correction, reason string, findings []jaring.Finding) error {
	now, err := still(tx, r)
	if err != nil {
		return err
	}
	if c.claim != nil {
		if err := tx.ReplaceNIK(c.old, *c.claim); err != nil {
			return err
		}
	}
	changed, before := c.sealed, now.Worker
	now.Worker = &changed
	return a.Alter(tx, actor, now, changed.Standing, jaring.WorkerCorrected, func(f *jaring.Facts) {
		f.Fields, f.Reason, f.Reasons = c.fields, reason, KeysOf(findings)
		a.recount(f, before, &changed)
	})
}

// recount tells the counters that a person who stays where he stands is another sex or age.
func (a *App) recount(f *jaring.Facts, before, after *store.WorkerRecord) {
	day := jaring.DayIn(after.RegisteredAt, Zone(""))
	was, is := before.BirthDate.AgeOn(day), after.BirthDate.AgeOn(day)
	if before.Sex == after.Sex && was == is {
		return
	}
	f.Was, f.Is, f.WasSex, f.WasAge = before.Standing, after.Standing, before.Sex, was
}

// under puts findings below a field of the body.
func under(prefix string, err error) error {
	many, ok := err.(jaring.Errors)
	if !ok {
		return err
	}
	out := make(jaring.Errors, len(many))
	for i, e := range many {
		out[i] = e.At(prefix + e.Field)
	}
	return out
}

// registrationOf is a record as the registration that would make it.
func registrationOf(r *Record, key vault.PersonKey) (jaring.Registration, error) {
	w := r.Worker
	nik, err := key.Open(w.NIKSealed, purposeNIK)
	if err != nil {
		return jaring.Registration{}, err
	}
	reg := jaring.Registration{NIK: string(nik), Name: w.Name, BirthDate: w.BirthDate.String(), Sex: string(w.Sex), Occupation: w.Occupation,
		LowestBand: true, Programs: []string{string(jaring.JKK), string(jaring.JKM)}, Months: 1, Consent: w.Consent, BirthPlace: w.BirthPlace,
		Phone: w.Phone, Village: w.Village, Address: w.Address, Sector: string(w.Sector), Kind: string(w.Kind), Heirs: w.Heirs}
	if len(w.MotherSealed) > 0 {
		mother, err := key.Open(w.MotherSealed, purposeMother)
		if err != nil {
			return reg, err
		}
		reg.MotherName = string(mother)
	}
	return reg, nil
}

// overlay sets the fields that a correction names and tells which really change.
func overlay(reg *jaring.Registration, f wire.FieldsToSet) (changed []string) {
	for _, field := range []struct {
		name string
		old  *string
		new  *string
	}{
		{"nik", &reg.NIK, f.NIK}, {"name", &reg.Name, f.Name}, {"birth_date", &reg.BirthDate, f.BirthDate}, {"sex", &reg.Sex, f.Sex},
		{"mother_name", &reg.MotherName, f.MotherName}, {"birth_place", &reg.BirthPlace, f.BirthPlace}, {"phone", &reg.Phone, f.Phone},
		{"village", &reg.Village, f.Village}, {"address", &reg.Address, f.Address}, {"occupation", &reg.Occupation, f.Occupation},
	} {
		if field.new != nil && *field.new != *field.old {
			*field.old = *field.new
			changed = append(changed, field.name)
		}
	}
	return changed
}
