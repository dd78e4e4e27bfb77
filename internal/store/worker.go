package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// WorkerRecord is a person's row: the worker, what is sealed, and the keys that
// searching and matching use.
type WorkerRecord struct {
	jaring.Worker
	Standing     jaring.Standing
	CoveredUntil jaring.Day
	PaidTo       jaring.Month // last month paid in the present stay, while the record stands; 0 for none
	NameFold     string
	MatchN       string // blocking keys of the room match
	MatchR       string
	MatchY       string
	PersonKey    []byte // wrapped; nil once erased
	PersonKeyID  string
	NIKSealed    []byte
	MotherSealed []byte
	MotherKey    []byte
}

const workerColumns = `worker_id, registration_no, state, status, version, name, name_fold, birth_date, sex, match_n, match_r, match_y,
	person_key, person_key_id, nik_sealed, mother_sealed, mother_key, province, check_letters, birth_place, phone,
	village, address, occupation, sector, kind, workplace_id, area, campaign_id, office_id, agent_id, consent, heirs,
	findings, taken_at, registered_at, merged_into, kpj, covered_until`

// AddWorker inserts a person, for whom nothing is paid yet. The caller has claimed the NIK (see Claim).
func (tx *Tx) AddWorker(w *WorkerRecord) error {
	err := tx.queue(`INSERT INTO worker (`+workerColumns+`) VALUES
		($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39)`,
		workerArgs(w)...)
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO registration_index (registration_no, worker_id) VALUES ($1, $2)`, string(w.RegistrationNo), string(w.ID))
}

func scanWorker(r rows) (*WorkerRecord, error) {
	w := &WorkerRecord{}
	var birth, covered, consent, heirs, findings string
	var taken, registered int64
	err := r.Scan(&w.ID, &w.RegistrationNo, &w.State, &w.Standing, &w.Version, &w.Name, &w.NameFold, &birth, &w.Sex, &w.MatchN, &w.MatchR, &w.MatchY,
		&w.PersonKey, &w.PersonKeyID, &w.NIKSealed, &w.MotherSealed, &w.MotherKey, &w.Province, &w.CheckLetters, &w.BirthPlace, &w.Phone,
		&w.Village, &w.Address, &w.Occupation, &w.Sector, &w.Kind, &w.Workplace, &w.Area, &w.Campaign, &w.Office, &w.Agent,
		&consent, &heirs, &findings, &taken, &registered, &w.MergedInto, &w.KPJ, &covered, &w.PaidTo)
	if err != nil {
		return nil, err
	}
	if err := w.BirthDate.UnmarshalText([]byte(birth)); err != nil {
		return nil, err
	}
	if err := w.CoveredUntil.UnmarshalText([]byte(covered)); err != nil {
		return nil, err
	}
	w.TakenAt, w.RegisteredAt = moment(taken), moment(registered)
	w.MotherKnown = len(w.MotherSealed) > 0
	if w.Consent, err = parseConsent(consent); err != nil {
		return nil, err
	}
	if w.Heirs, err = parseHeirs(heirs); err != nil {
		return nil, err
	}
	w.Findings, err = ParseFindings(findings)
	return w, err
}

// GetWorker gives one person. Error: worker.not_found.
func (tx *Tx) GetWorker(id jaring.WorkerID) (*WorkerRecord, error) {
	ws, err := tx.GetWorkers([]jaring.WorkerID{id})
	if err == nil && len(ws) == 0 {
		err = jaring.NewError(jaring.NotFound, "worker.not_found")
	}
	if err != nil {
		return nil, err
	}
	return ws[0], nil
}

// GetWorkers gives those of ids that exist.
func (tx *Tx) GetWorkers(ids []jaring.WorkerID) ([]*WorkerRecord, error) {
	return tx.workers(`WHERE worker_id IN (`+marks(1, len(ids))+`)`, texts(ids)...)
}

func (tx *Tx) workers(where string, args ...any) (out []*WorkerRecord, err error) {
	if len(args) == 0 {
		return nil, nil
	}
	err = tx.each(`SELECT `+workerColumns+`, paid_to FROM worker `+where, args, func(r rows) error {
		w, err := scanWorker(r)
		out = append(out, w)
		return err
	})
	return out, err
}

// UpdateWorker writes what a correction, a decision or a merge may change, if nobody
// changed the row since version w.Version; the stored version becomes w.Version+1.
// Error: worker.changed_meanwhile.
func (tx *Tx) UpdateWorker(w *WorkerRecord) error {
	n, err := tx.exec(`UPDATE worker SET version = version + 1, state = $3, status = $4, name = $5, name_fold = $6, birth_date = $7, sex = $8,
		match_n = $9, match_r = $10, match_y = $11, nik_sealed = $12, mother_sealed = $13, mother_key = $14, province = $15, check_letters = $16,
		birth_place = $17, phone = $18, village = $19, address = $20, occupation = $21, sector = $22, heirs = $23, findings = $24, merged_into = $25,
		kpj = $26, covered_until = $27, paid_to = $28
		WHERE worker_id = $1 AND version = $2`,
		string(w.ID), w.Version, string(w.State), string(w.Standing), w.Name, w.NameFold, w.BirthDate.String(), string(w.Sex), w.MatchN, w.MatchR, w.MatchY, w.NIKSealed, w.MotherSealed, w.MotherKey,
		w.Province, w.CheckLetters, w.BirthPlace, w.Phone, w.Village, w.Address, w.Occupation, string(w.Sector), heirsText(w.Heirs), findingsText(w.Findings),
		string(w.MergedInto), w.KPJ, w.CoveredUntil.String(), int64(w.PaidTo))
	if err != nil {
		return err
	}
	if n == 0 {
		return jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
	}
	w.Version++
	return nil
}

// UpdateStanding is UpdateWorker for an act that changes where a person stands and what is paid, and
// nothing that is searched for: indexes of names are not touched.
func (tx *Tx) UpdateStanding(w *WorkerRecord) error {
	n, err := tx.exec(`UPDATE worker SET version = version + 1, status = $3, paid_to = $4 WHERE worker_id = $1 AND version = $2`,
		string(w.ID), w.Version, string(w.Standing), int64(w.PaidTo))
	if err != nil {
		return err
	}
	if n == 0 {
		return jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
	}
	w.Version++
	return nil
}

// millis and moment are how the store keeps times: whole milliseconds UTC, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// The JSON of columns is the store's own; wire types live at the doors.
type consentJSON struct {
	Notice  string `json:"notice"`
	Channel string `json:"channel"`
	At      int64  `json:"at"`
}

func consentText(c jaring.Consent) string {
	b, _ := json.Marshal(consentJSON{c.NoticeVersion, c.Channel, millis(c.At)})
	return string(b)
}

func parseConsent(s string) (jaring.Consent, error) {
	var c consentJSON
	err := json.Unmarshal([]byte(s), &c)
	return jaring.Consent{NoticeVersion: c.Notice, Channel: c.Channel, At: moment(c.At)}, err
}

type heirJSON struct {
	Name      string     `json:"name"`
	Relation  string     `json:"relation"`
	BirthDate jaring.Day `json:"birth,omitempty"`
}

func heirsText(hs []jaring.Heir) string {
	if len(hs) == 0 {
		return ""
	}
	out := make([]heirJSON, len(hs))
	for i, h := range hs {
		out[i] = heirJSON(h)
	}
	b, _ := json.Marshal(out)
	return string(b)
}

func parseHeirs(s string) ([]jaring.Heir, error) {
	if s == "" {
		return nil, nil
	}
	var in []heirJSON
	err := json.Unmarshal([]byte(s), &in)
	out := make([]jaring.Heir, len(in))
	for i, h := range in {
		out[i] = jaring.Heir(h)
	}
	return out, err
}

type findingJSON struct {
	Verdict uint8       `json:"v"`
	Key     string      `json:"key"`
	Field   string      `json:"field,omitempty"`
	Args    jaring.Args `json:"args,omitempty"`
	Confirm bool        `json:"confirm,omitempty"`
}

func findingsText(fs []jaring.Finding) string {
	if len(fs) == 0 {
		return ""
	}
	out := make([]findingJSON, len(fs))
	for i, f := range fs {
		out[i] = findingJSON{uint8(f.Verdict), f.Key, f.Field, f.Args, f.Confirm}
	}
	b, _ := json.Marshal(out)
	return string(b)
}

// ParseFindings reads findings as the store keeps them.
func ParseFindings(s string) ([]jaring.Finding, error) {
	if s == "" {
		return nil, nil
	}
	var in []findingJSON
	err := json.Unmarshal([]byte(s), &in)
	out := make([]jaring.Finding, len(in))
	for i, f := range in {
		out[i] = jaring.Finding{Verdict: jaring.Verdict(f.Verdict), Key: f.Key, Field: f.Field, Args: f.Args, Confirm: f.Confirm}
	}
	return out, err
}
