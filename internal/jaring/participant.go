package jaring

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParticipantID is a UUIDv7.
type ParticipantID string

// ParticipantKind is as what somebody comes to a hall.
type ParticipantKind string

// Kinds of participants.
const (
	ComesAsWorker   ParticipantKind = "worker"
	ComesAsUMKM     ParticipantKind = "umkm"
	ComesAsBank     ParticipantKind = "bank"
	ComesAsPerisai  ParticipantKind = "perisai"
	ComesAsOfficial ParticipantKind = "official"
	ComesAsGuest    ParticipantKind = "guest"
)

// ParticipantKinds lists all kinds. Phones carry a kind as its place in this list, so it only grows.
var ParticipantKinds = []ParticipantKind{ComesAsWorker, ComesAsUMKM, ComesAsBank, ComesAsPerisai, ComesAsOfficial, ComesAsGuest}

// Need is what somebody needs to take part.
type Need string

// Needs lists all needs. Phones carry them as bits in this order, so it only grows.
var Needs = []Need{"wheelchair", "sign", "guide", "seat", "companion"}

// NeedBits are needs as bits in the order of Needs.
func NeedBits(needs []Need) (bits byte) {
	for i, n := range Needs {
		if slices.Contains(needs, n) {
			bits |= 1 << i
		}
	}
	return bits
}

// Participant is somebody who is invited to a hall, or has signed up. He is nobody's worker record.
type Participant struct {
	Campaign     CampaignID
	ID           ParticipantID
	Kind         ParticipantKind
	Name         string
	Phone        string // +62…; may be empty
	Organisation string
	Needs        []Need
	Stand        StandID   // to which he belongs; empty for none
	ConsentAt    time.Time // to keep the above for the event; zero when it stands on a list of somebody else's
	Via          string    // office, list, self
	AddedAt      time.Time
	PrizeAt      time.Time // when the prize of the stamp rally was handed out
	CancelledAt  time.Time
}

// Ways in which a participant came on the list.
const (
	ViaOffice = "office"
	ViaList   = "list"
	ViaSelf   = "self"
)

// ParticipantForm is a participant as somebody writes him down.
type ParticipantForm struct {
	Kind         string
	Name         string
	Phone        string
	Organisation string
	Needs        []string
	Consent      bool
	Stand        string // number of the stand to which he belongs; empty for none
}

// HallMonths is how long names, phones and needs of those who were on the list of an event are kept, in months
// after its end. Own rule, by the aim of the list: UU 27/2022 art 16(2)(g) lets data go that no aim needs; no law
// names the span.
const HallMonths = 3

// Bounds of participants.
const (
	MaxParticipants     = 10_000 // of one event
	MaxParticipantBatch = 3_000  // added at once
	MaxPersonName       = 100    // characters
)

// NewParticipant judges a form whole. where stands before the names of the fields.
// Errors: participant.kind_unknown, participant.need_unknown, field.required, field.too_long, phone.malformed.
func NewParticipant(f ParticipantForm, where, via string, now time.Time) (Participant, Errors) {
	p := Participant{Kind: ParticipantKind(strings.ToLower(strings.TrimSpace(f.Kind))), Name: squeeze(f.Name), Organisation: squeeze(f.Organisation), Via: via, AddedAt: now}
	var es Errors
	if !slices.Contains(ParticipantKinds, p.Kind) {
		es = append(es, NewError(Invalid, "participant.kind_unknown").At(where+"kind"))
	}
	es = append(es, lengthOf(where+"name", p.Name, 1, MaxPersonName)...)
	es = append(es, lengthOf(where+"organisation", p.Organisation, 0, MaxPersonName)...)
	var fault *Error
	if p.Phone, fault = phoneOrNone(f.Phone); fault != nil {
		es = append(es, fault.At(where+"phone"))
	}
	for _, n := range f.Needs {
		need := Need(strings.ToLower(strings.TrimSpace(n)))
		if !slices.Contains(Needs, need) {
			es = append(es, NewError(Invalid, "participant.need_unknown").At(where+"needs"))
		} else if !slices.Contains(p.Needs, need) {
			p.Needs = append(p.Needs, need)
		}
	}
	if f.Consent {
		p.ConsentAt = now
	}
	return p, es
}

// squeeze takes blanks at the ends and doubled ones out of a text.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// phoneOrNone reads a phone number that may be left out.
func phoneOrNone(text string) (string, *Error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	phone, err := ParsePhone(text)
	if err != nil {
		return "", NewError(Invalid, "phone.malformed")
	}
	return phone, nil
}

// Words of the columns, kinds and needs of a list as people write them.
var (
	participantColumns = map[string]string{"nama": "name", "name": "name", "jenis": "kind", "kind": "kind", "sebagai": "kind", "telepon": "phone", "hp": "phone", "no hp": "phone",
		"phone": "phone", "lembaga": "organisation", "organisasi": "organisation", "usaha": "organisation", "organisation": "organisation", "kebutuhan": "needs", "needs": "needs",
		"setuju": "consent", "consent": "consent", "stan": "stand", "stand": "stand"}
	participantKindWords = map[string]ParticipantKind{"pekerja": ComesAsWorker, "bank": ComesAsBank, "perbankan": ComesAsBank, "agen": ComesAsPerisai, "agen perisai": ComesAsPerisai,
		"pejabat": ComesAsOfficial, "tamu": ComesAsGuest, "pelaku umkm": ComesAsUMKM, "pemilik usaha": ComesAsUMKM}
	needWords = map[string]Need{"kursi roda": "wheelchair", "juru bahasa isyarat": "sign", "isyarat": "sign", "pemandu": "guide", "tempat duduk": "seat", "pendamping": "companion"}
	yesWords  = []string{"ya", "y", "yes", "1", "true", "setuju"}
)

// ParseParticipants reads a list as text: a head with the names of the columns, then a line for each
// person; comma, semicolon or tab between the cells, as a spreadsheet gives them.
// Errors: participant.list_malformed, participant.list_head, field.too_many.
func ParseParticipants(text string) ([]ParticipantForm, error) {
	bad := func(key string, pairs ...any) error { return Errors{NewError(Invalid, key, pairs...).At("csv")} }
	text = strings.TrimPrefix(strings.TrimSpace(text), "\ufeff")
	first, _, _ := strings.Cut(text, "\n")
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord, in.TrimLeadingSpace, in.LazyQuotes = -1, true, true
	for _, c := range ";\t" {
		if strings.ContainsRune(first, c) {
			in.Comma = c
		}
	}
	rows, err := in.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, bad("participant.list_malformed")
	}
	if len(rows)-1 > MaxParticipantBatch {
		return nil, bad("field.too_many", "max", MaxParticipantBatch)
	}
	columns := make([]string, len(rows[0]))
	for i, name := range rows[0] {
		columns[i] = participantColumns[strings.ToLower(squeeze(name))]
	}
	if !slices.Contains(columns, "name") || !slices.Contains(columns, "kind") {
		return nil, bad("participant.list_head")
	}
	forms := make([]ParticipantForm, 0, len(rows)-1)
	for _, row := range rows[1:] {
		forms = append(forms, participantOf(columns, row))
	}
	return forms, nil
}

func participantOf(columns, row []string) (f ParticipantForm) {
	for i, cell := range row[:min(len(row), len(columns))] {
		folded := strings.ToLower(squeeze(cell))
		switch columns[i] {
		case "name":
			f.Name = cell
		case "phone":
			f.Phone = cell
		case "organisation":
			f.Organisation = cell
		case "stand":
			f.Stand = cell
		case "consent":
			f.Consent = slices.Contains(yesWords, folded)
		case "kind":
			f.Kind = folded
			if kind, ok := participantKindWords[folded]; ok {
				f.Kind = string(kind)
			}
		case "needs":
			for part := range strings.FieldsFuncSeq(folded, func(r rune) bool { return strings.ContainsRune(",;/+", r) }) {
				part = squeeze(part)
				if need, ok := needWords[part]; ok {
					part = string(need)
				}
				f.Needs = append(f.Needs, part)
			}
		}
	}
	return f
}

// ListPlace is where the n-th person of a form stands in a list.
func ListPlace(n int) string { return "participants/" + strconv.Itoa(n) + "/" }
