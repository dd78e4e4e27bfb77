package wire

import (
	"time"

	"jaring/internal/jaring"
)

// Registration is the body of worker.register.
type Registration struct {
	NIK           string         `json:"nik" doc:"16 digits" example:"1571025405849017"`
	Name          string         `json:"name" doc:"as on the KTP"`
	BirthDate     string         `json:"birth_date" format:"date"`
	Sex           string         `json:"sex" enum:"M,F"`
	Occupation    string         `json:"occupation"`
	MonthlyIncome *jaring.Rupiah `json:"monthly_income,omitempty" doc:"rupiah a month; or lowest_band"`
	LowestBand    bool           `json:"lowest_band,omitempty"`
	Programs      []string       `json:"programs" example:"[\"JKK\",\"JKM\"]"`
	Months        int            `json:"months" doc:"months paid ahead, from the month of registration"`
	Consent       *Consent       `json:"consent"`

	MotherName string   `json:"mother_name,omitempty"`
	BirthPlace string   `json:"birth_place,omitempty"`
	Phone      string   `json:"phone,omitempty"`
	Village    string   `json:"village,omitempty" doc:"dotted code of the home village"`
	Address    string   `json:"address,omitempty"`
	Sector     string   `json:"sector,omitempty" enum:"transport,other"`
	Kind       string   `json:"kind,omitempty" enum:"self_employed,employer_owner"`
	Workplace  string   `json:"workplace_id,omitempty"`
	Campaign   string   `json:"campaign_id,omitempty"`
	Lot        *Lot     `json:"lot,omitempty" doc:"the stall, in a sweep"`
	Lead       string   `json:"lead_id,omitempty" doc:"the contact note from which the form was opened"`
	Heirs      []Heir   `json:"heirs,omitempty"`
	Payer      string   `json:"payer,omitempty"`
	Confirmed  []string `json:"confirmed,omitempty" doc:"keys of findings that were compared with the KTP at the stall"`
}

// Lot names a stall by its lane and number.
type Lot struct {
	Lane   string `json:"lane_id" format:"uuid"`
	Number string `json:"number" example:"C-14"`
}

// Consent is the proof of consent in a registration.
type Consent struct {
	NoticeVersion string    `json:"notice_version"`
	Channel       string    `json:"channel" enum:"signature,voice,tap,whatsapp"`
	At            time.Time `json:"at"`
}

// Heir is somebody the worker names.
type Heir struct {
	Name      string     `json:"name"`
	Relation  string     `json:"relation" enum:"spouse,child,parent,sibling,other"`
	BirthDate jaring.Day `json:"birth_date,omitempty" format:"date"`
}

// Domain is the registration as the law reads it.
func (r Registration) Domain() jaring.Registration {
	d := jaring.Registration{
		NIK: r.NIK, Name: r.Name, BirthDate: r.BirthDate, Sex: r.Sex, Occupation: r.Occupation, MonthlyIncome: r.MonthlyIncome,
		LowestBand: r.LowestBand, Programs: r.Programs, Months: r.Months, MotherName: r.MotherName, BirthPlace: r.BirthPlace,
		Phone: r.Phone, Village: r.Village, Address: r.Address, Sector: r.Sector, Kind: r.Kind, Workplace: jaring.PlaceID(r.Workplace),
		Campaign: jaring.CampaignID(r.Campaign), Payer: r.Payer, Confirmed: r.Confirmed,
	}
	if r.Consent != nil {
		d.Consent = jaring.Consent{NoticeVersion: r.Consent.NoticeVersion, Channel: r.Consent.Channel, At: r.Consent.At}
	}
	for _, h := range r.Heirs {
		d.Heirs = append(d.Heirs, jaring.Heir(h))
	}
	return d
}

// Correction is the body of worker.correct. A field that is left out stays.
type Correction struct {
	Worker       string      `json:"worker_id,omitempty"`
	RegisteredBy string      `json:"registered_by,omitempty" doc:"id of the operation that registered the person"`
	Fields       FieldsToSet `json:"fields"`
	Reason       string      `json:"reason"`
}

// FieldsToSet are the fields a correction may change.
type FieldsToSet struct {
	NIK        *string  `json:"nik,omitempty"`
	Name       *string  `json:"name,omitempty"`
	BirthDate  *string  `json:"birth_date,omitempty" format:"date"`
	Sex        *string  `json:"sex,omitempty" enum:"M,F"`
	MotherName *string  `json:"mother_name,omitempty"`
	BirthPlace *string  `json:"birth_place,omitempty"`
	Phone      *string  `json:"phone,omitempty"`
	Village    *string  `json:"village,omitempty"`
	Address    *string  `json:"address,omitempty"`
	Occupation *string  `json:"occupation,omitempty"`
	Confirmed  []string `json:"confirmed,omitempty"`
}

// Withdrawal is the body of consent.withdraw.
type Withdrawal struct {
	Worker       string `json:"worker_id,omitempty"`
	RegisteredBy string `json:"registered_by,omitempty"`
	Reason       string `json:"reason,omitempty"`
}

// Merge is the body of worker.merge: the worker becomes part of another record.
type Merge struct {
	Worker string `json:"worker_id"`
	Into   string `json:"into"`
	Reason string `json:"reason"`
}

// Settlement is the body of contribution.settle: the money is with the fund.
type Settlement struct {
	Worker    string        `json:"worker_id"`
	Amount    jaring.Rupiah `json:"amount" doc:"rupiah"`
	Channel   string        `json:"channel" enum:"bank,qris,counter"`
	Reference string        `json:"reference"`
	PaidOn    jaring.Day    `json:"paid_on" format:"date"`
	// AsReceived: the money is there, whatever it should have been. Whole months are paid with it, and
	// what is left stays the worker's.
	AsReceived bool `json:"as_received,omitempty"`
}

// Decision is the body of review.decide.
type Decision struct {
	Review   string `json:"review_id"`
	Decision string `json:"decision" enum:"accept,reject,same"`
	Reason   string `json:"reason"`
}

// LotVisit is the body of lot.record: what was found at a stall. Who registers somebody there
// says so with the registration.
type LotVisit struct {
	Campaign string `json:"campaign_id" format:"uuid"`
	Lane     string `json:"lane_id" format:"uuid"`
	Number   string `json:"number"`
	Outcome  string `json:"outcome" enum:"visited,closed,refused,member,back"`
	Reason   string `json:"reason,omitempty"`
	BackAt   string `json:"back_at,omitempty" doc:"04:00, or a day and an hour"`
}

// Photo is the body of photo.add.
type Photo struct {
	Worker       string    `json:"worker_id,omitempty"`
	RegisteredBy string    `json:"registered_by,omitempty" doc:"id of the operation that registered the person"`
	Kind         string    `json:"kind" enum:"ktp,stall"`
	JPEG         []byte    `json:"jpeg" doc:"base64, at most 150 kB, without EXIF"`
	TakenAt      time.Time `json:"taken_at"`
}

// Sealed is a body that a phone sealed to the office's key: it stands in an operation in the
// place of the body.
type Sealed struct {
	KeyID string `json:"k" doc:"id of the office's key"`
	Point []byte `json:"e" doc:"base64 of the raw P-256 point of a key pair used once, 65 bytes"`
	IV    []byte `json:"i" doc:"base64, 12 bytes"`
	Text  []byte `json:"d" doc:"base64 of the AES-256-GCM ciphertext with its tag"`
}
