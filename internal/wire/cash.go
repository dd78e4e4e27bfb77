package wire

import "jaring/internal/jaring"

// Cash is the body of cash.take: a receipt that a device signed when an agent took cash.
type Cash struct {
	Worker       string        `json:"worker_id,omitempty"`
	RegisteredBy string        `json:"registered_by,omitempty" doc:"id of the operation that registered the person"`
	Months       int           `json:"months"`
	Amount       jaring.Rupiah `json:"amount" doc:"rupiah that were taken"`
	Code         string        `json:"code" doc:"13 letters of 23456789ABCDEFGHJKLMNPQRSTUVWXYZ; 4-4-5 is forgiven"`
	Counter      int64         `json:"counter" doc:"of the device: one more for each receipt"`
	TakenAt      string        `json:"taken_at,omitempty" doc:"as it was signed; the operation's when left out"`
	Signature    string        `json:"signature" doc:"base64 of r and s by the device's key over the receipt's text"`
}
