package store

// RejoinWorker is UpdateWorker for a person who is registered again: besides it writes who
// took it, where, for which campaign, and the new consent; what was paid lies in what has ended.
// Error: worker.changed_meanwhile.
func (tx *Tx) RejoinWorker(w *WorkerRecord) error {
	if err := tx.UpdateWorker(w); err != nil {
		return err
	}
	return tx.queue(`UPDATE worker SET office_id = $2, agent_id = $3, campaign_id = $4, area = $5, workplace_id = $6, kind = $7, consent = $8, taken_at = $9, paid_to = 0
		WHERE worker_id = $1`,
		string(w.ID), string(w.Office), string(w.Agent), string(w.Campaign), w.Area, string(w.Workplace), string(w.Kind), consentText(w.Consent), millis(w.TakenAt))
}
