package area

// Kind tells areas of one level apart as the law does.
type Kind uint8

// The kinds of areas. A village is a Kelurahan (urban, led by an official), a
// Desa (with its own elected head) or a DesaAdat (governed by custom).
const (
	NoKind Kind = iota
	KindProvince
	KindRegency
	KindCity
	KindDistrict
	Kelurahan
	Desa
	DesaAdat
)

var kindNames = [...]string{"", "provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa", "desa adat"}

// String gives the Indonesian word for the kind, "" for none.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// Area is one official area. Names of regencies and cities carry their kind,
// e.g. "Kabupaten Batanghari" and "Kota Jambi"; the others do not.
type Area struct {
	Code  Code
	Name  string
	Level Level
	Kind  Kind
}

// kindOf reads the kind off the code: cities are numbered from 71 within their
// province, villages by a first digit of 1 (kelurahan), 2 (desa) or 3 (desa adat).
func kindOf(k key, l Level) Kind {
	switch l {
	case Province:
		return KindProvince
	case Regency:
		if k/1e6%100 > 70 {
			return KindCity
		}
		return KindRegency
	case District:
		return KindDistrict
	}
	switch k / 1000 % 10 {
	case 1:
		return Kelurahan
	case 2:
		return Desa
	case 3:
		return DesaAdat
	}
	return NoKind
}
