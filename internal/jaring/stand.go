package jaring

import (
	"slices"
	"strconv"
	"time"
)

// StandID is a UUIDv7.
type StandID string

// StandKind is whose stand it is.
type StandKind string

// Kinds of stands.
const (
	StandUMKM   StandKind = "umkm"
	StandBank   StandKind = "bank"
	StandOffice StandKind = "office" // of the fund's own people
	StandSchool StandKind = "school" // its team are pupils: a number, never records
	StandOther  StandKind = "other"
)

// StandKinds lists all kinds.
var StandKinds = []StandKind{StandUMKM, StandBank, StandOffice, StandSchool, StandOther}

// Stand is a stand in a hall. Of a team of minors only its number is kept, and a teacher to ask; they
// are nobody's worker records.
type Stand struct {
	Campaign     CampaignID
	ID           StandID
	Number       string
	Name         string
	Kind         StandKind
	Owner        string // of the business; of a school the school
	ContactName  string // of a school the teacher
	ContactPhone string
	Team         int // people, not named
	Minors       bool
	About        string
	Public       bool // its page and photos are anybody's to see
	Products     []Product
	AddedAt      time.Time
}

// Product is what a stand shows.
type Product struct {
	ID    string
	Name  string
	Price Rupiah // 0: not told
	About string
	Photo bool
}

// Bounds of stands.
const (
	MaxStands     = 500 // of one event
	MaxProducts   = 20  // of one stand
	MaxStandAbout = 600 // characters
	MaxTeam       = 200
	MaxPrice      = 1_000_000_000 // rupiah
)

// NewStand judges a stand whole. A school's team are minors, whatever the form says.
// Errors: stand.kind_unknown, field.required, field.too_long, field.too_many, field.range, phone.malformed.
func NewStand(s Stand) (Stand, error) {
	var es Errors
	s.Number, s.Name, s.Owner, s.ContactName, s.About = squeeze(s.Number), squeeze(s.Name), squeeze(s.Owner), squeeze(s.ContactName), squeeze(s.About)
	if !slices.Contains(StandKinds, s.Kind) {
		es = append(es, NewError(Invalid, "stand.kind_unknown").At("kind"))
	}
	s.Minors = s.Minors || s.Kind == StandSchool
	es = append(es, lengthOf("number", s.Number, 1, MaxLotNumber)...)
	es = append(es, lengthOf("name", s.Name, 1, MaxCampaignName)...)
	es = append(es, lengthOf("owner", s.Owner, 0, MaxPersonName)...)
	least := 0
	if s.Minors {
		least = 1 // somebody grown up answers for them
	}
	es = append(es, lengthOf("contact_name", s.ContactName, least, MaxPersonName)...)
	es = append(es, lengthOf("about", s.About, 0, MaxStandAbout)...)
	es = append(es, rangeOf("team", s.Team, 0, MaxTeam)...)
	var fault *Error
	if s.ContactPhone, fault = phoneOrNone(s.ContactPhone); fault != nil {
		es = append(es, fault.At("contact_phone"))
	}
	if len(s.Products) > MaxProducts {
		es = append(es, NewError(Invalid, "field.too_many", "max", MaxProducts).At("products"))
	}
	products := slices.Clone(s.Products)
	for i := range products {
		es = append(es, products[i].judge("products/"+strconv.Itoa(i)+"/")...)
	}
	s.Products = products
	return s, es.OrNil()
}

func (p *Product) judge(where string) Errors {
	p.Name, p.About = squeeze(p.Name), squeeze(p.About)
	es := lengthOf(where+"name", p.Name, 1, MaxPersonName)
	es = append(es, lengthOf(where+"about", p.About, 0, MaxSlideText)...)
	return append(es, rangeOf(where+"price", int(p.Price), 0, MaxPrice)...)
}

// StandOrd orders stands by the first figure in their number.
func StandOrd(number string) int { return ordOf(FoldLotNumber(number)) }
