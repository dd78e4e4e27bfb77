package jaring

import "strings"

// Segment is the kind of participant the law knows.
type Segment string

// Segments in use.
const (
	BPU Segment = "BPU" // bukan penerima upah: own-account worker
	PU  Segment = "PU"  // penerima upah: wage worker
)

// Program is one of the employment social-security programmes.
type Program string

// The programmes. Order of declaration is the order in which they are shown.
const (
	JKK Program = "JKK" // work accident
	JKM Program = "JKM" // death
	JHT Program = "JHT" // old age
	JP  Program = "JP"  // pension, PU only
	JKP Program = "JKP" // job loss, PU only
)

var programOrder = []Program{JKK, JKM, JHT, JP, JKP}

// Programs is a set of programmes, kept in the order of the law.
type Programs []Program

// NewPrograms sorts names and drops repeats. Error: program.unknown.
func NewPrograms(names ...string) (Programs, error) {
	given := map[Program]bool{}
	for _, n := range names {
		given[Program(strings.ToUpper(strings.TrimSpace(n)))] = true
	}
	var ps Programs
	for _, p := range programOrder {
		if given[p] {
			ps = append(ps, p)
			delete(given, p)
		}
	}
	for p := range given {
		return nil, NewError(Invalid, "program.unknown", "program", string(p))
	}
	return ps, nil
}

// ParsePrograms reads "JKK+JKM" or "JKK,JKM". Error: program.unknown.
func ParsePrograms(s string) (Programs, error) {
	return NewPrograms(strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == ',' })...)
}

// Has reports whether p is in the set.
func (ps Programs) Has(p Program) bool {
	for _, q := range ps {
		if q == p {
			return true
		}
	}
	return false
}

// String is the set as one word: JKK+JKM.
func (ps Programs) String() string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = string(p)
	}
	return strings.Join(names, "+")
}

// Sector is what PP 50/2025 tells apart: transport and everything else.
type Sector string

// Sectors.
const (
	SectorTransport Sector = "transport"
	SectorOther     Sector = "other"
)

// Funding is where the money of a contribution comes from; PP 50/2025 art 3
// leaves out what a public budget pays.
type Funding string

// Fundings.
const (
	FundingSelf   Funding = "self"
	FundingCSR    Funding = "csr"
	FundingAPBD   Funding = "apbd"
	FundingAPBN   Funding = "apbn"
	FundingAPBDes Funding = "apbdes"
)

// Sex as the KTP states it.
type Sex string

// Sexes.
const (
	Male   Sex = "M"
	Female Sex = "F"
)
