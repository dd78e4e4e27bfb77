package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// phone is an agent's phone. It holds the key with which it signs what it sends.
type phone struct {
	owner  jaring.AccountID
	device jaring.DeviceID
	key    *ecdsa.PrivateKey
	seq    int64

	counter int64  // of receipts
	synced  string // when it last sent, by its own clock
}

// newPhone makes a phone that is to be enrolled, and the public key to do so.
func newPhone(owner jaring.AccountID) (p *phone, spki []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	spki, err = x509.MarshalPKIXPublicKey(&key.PublicKey)
	return &phone{owner: owner, key: key}, spki, err
}

// record is what a phone kept: an operation as it travels.
type record struct {
	ID      jaring.OperationID   `json:"id"`
	Seq     int64                `json:"seq"`
	After   []jaring.OperationID `json:"after,omitempty"`
	Kind    jaring.Act           `json:"kind"`
	Agent   jaring.AccountID     `json:"agent_id"`
	TakenAt time.Time            `json:"taken_at"`
	Body    json.RawMessage      `json:"body"`
}

// keep writes down what its owner did at a moment of the phone's clock.
func (p *phone) keep(kind jaring.Act, at time.Time, body any, after ...jaring.OperationID) (record, error) {
	text, err := json.Marshal(body)
	p.seq++
	return record{ID: jaring.OperationID(app.NewID()), Seq: p.seq, After: after, Kind: kind, Agent: p.owner, TakenAt: at.UTC(), Body: text}, err
}

// record is what a phone whose clock is off keeps of a stop.
func (at *stop) record(p *phone, notice string, taken time.Time, off time.Duration, campaign jaring.CampaignID, lane jaring.LaneID) (record, error) {
	if at.entry == nil {
		return p.keep(jaring.ActRecordLot, taken.Add(off), wire.LotVisit{Campaign: string(campaign), Lane: string(lane), Number: at.number, Outcome: string(at.outcome),
			Reason: at.reason, BackAt: at.backAt})
	}
	at.entry.campaign = campaign
	if at.entry.lot = nil; lane != "" {
		at.entry.lot = &wire.Lot{Lane: string(lane), Number: at.number}
	}
	return p.keep(jaring.ActRegisterWorker, taken.Add(off), at.entry.form(notice, taken))
}

// photograph keeps the photo of a card beside a registration.
func (p *phone) photograph(of record, picture []byte) (record, error) {
	return p.keep(jaring.ActAddPhoto, of.TakenAt, wire.Photo{RegisteredBy: string(of.ID), Kind: string(jaring.PhotoKTP), JPEG: picture, TakenAt: of.TakenAt}, of.ID)
}

// parcel is a batch that a phone has signed.
type parcel struct {
	auth.Batch
	Signature string
	Records   []record
}

const appVersion = "demo"

// sign packs records at a moment of the phone's clock.
func (p *phone) sign(now time.Time, records []record) (*parcel, error) {
	out := &parcel{Batch: auth.Batch{Device: p.device, AppVersion: appVersion, Now: now.UTC().Format(time.RFC3339Nano), LastSync: p.synced}, Records: records}
	for _, r := range records {
		text, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		out.Operations = append(out.Operations, text)
	}
	sum := sha256.Sum256(auth.SignedText(out.Batch))
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	if err != nil {
		return nil, err
	}
	var raw [64]byte
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	out.Signature, p.synced = base64.StdEncoding.EncodeToString(raw[:]), out.Now
	return out, nil
}

// operations are the records of a parcel as the acts take them.
func (p *parcel) operations() (ops []jaring.Operation, agents []jaring.AccountID) {
	for _, r := range p.Records {
		ops = append(ops, jaring.Operation{ID: r.ID, Seq: r.Seq, After: r.After, Kind: r.Kind, TakenAt: r.TakenAt, Body: r.Body})
		agents = append(agents, r.Agent)
	}
	return ops, agents
}
