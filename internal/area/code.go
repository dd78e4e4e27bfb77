package area

import "strings"

// Code is the dotted official code of an area as the Ministry of Home Affairs
// gives it: two digits for the province, two for the regency or city, two for
// the district and four for the village, e.g. "15", "15.71", "15.71.01" and
// "15.71.01.1001". It is text, not a number, and sorts in the order of the tree:
// every area directly before what it contains.
type Code string

// Level is the rank of an area in the tree.
type Level uint8

// The levels, from the largest area to the smallest.
const (
	NoLevel Level = iota
	Province
	Regency
	District
	Village
)

var levelNames = [...]string{"", "province", "regency", "district", "village"}

// String gives the English name of the level, "" for none.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return ""
}

// lengths of a code and of its digits, by level.
var (
	codeLength  = [...]int{0, 2, 5, 8, 13}
	digitLength = [...]int{0, 2, 4, 6, 10}
)

// key is a code as a number of ten digits, padded with zeros; since no segment
// of an official code is 00, keys sort like codes and carry their level.
type key uint64

// span says how many keys lie under one area of a level.
var span = [...]key{1e10, 1e8, 1e6, 1e4, 1}

func (k key) level() Level {
	switch {
	case k%1e8 == 0:
		return Province
	case k%1e6 == 0:
		return Regency
	case k%1e4 == 0:
		return District
	}
	return Village
}

func (k key) parent() key {
	s := span[k.level()-1]
	return k / s * s
}

func (k key) code() Code {
	var d [10]byte
	for i := 9; i >= 0; i-- {
		d[i] = byte('0' + k%10)
		k /= 10
	}
	c := []byte{d[0], d[1], '.', d[2], d[3], '.', d[4], d[5], '.', d[6], d[7], d[8], d[9]}
	switch {
	case string(d[6:]) != "0000":
		return Code(c)
	case string(d[4:6]) != "00":
		return Code(c[:8])
	case string(d[2:4]) != "00":
		return Code(c[:5])
	}
	return Code(c[:2])
}

// keyOf reads a dotted code; ok is false if it does not have the official form.
func keyOf(c Code) (k key, ok bool) {
	level := c.Level()
	if level == NoLevel {
		return 0, false
	}
	for i := range len(c) {
		if c[i] != '.' {
			k = k*10 + key(c[i]-'0')
		}
	}
	return k * span[level], true
}

// Level says what kind of area the code names, NoLevel if it has not the
// official form. A code of the right form need not exist.
func (c Code) Level() Level {
	level := NoLevel
	for l := Province; l <= Village; l++ {
		if len(c) == codeLength[l] {
			level = l
		}
	}
	for i := range len(c) {
		if dot := i == 2 || i == 5 || i == 8; dot != (c[i] == '.') || !dot && (c[i] < '0' || c[i] > '9') {
			return NoLevel
		}
	}
	for l := Province; l <= level; l++ {
		if head := string(c[:codeLength[l]]); strings.HasSuffix(head, "00") && (l < Village || strings.HasSuffix(head, ".0000")) {
			return NoLevel
		}
	}
	return level
}

// Parent is the code of the area around this one; "" for a province.
func (c Code) Parent() Code {
	if i := strings.LastIndexByte(string(c), '.'); i > 0 {
		return c[:i]
	}
	return ""
}

// At cuts the code to an upper level: the regency of a village, for instance.
// It is "" if the code does not reach that far down.
func (c Code) At(l Level) Code {
	if l < Province || l > Village || len(c) < codeLength[l] {
		return ""
	}
	return c[:codeLength[l]]
}

// ParseCode reads a code with or without its dots, as lists and sheets have it.
// It checks the form only.
func ParseCode(s string) (Code, bool) {
	s = strings.TrimSpace(s)
	if c := Code(s); c.Level() != NoLevel {
		return c, true
	}
	for l := Regency; l <= Village; l++ {
		if len(s) != digitLength[l] || strings.Contains(s, ".") {
			continue
		}
		c := s[:2] + "." + s[2:4]
		if l >= District {
			c += "." + s[4:6]
		}
		if l == Village {
			c += "." + s[6:]
		}
		return Code(c), Code(c).Level() == l
	}
	return "", false
}

// Contains says whether inner is outer or lies in it. An empty or malformed
// outer contains nothing, so that a forgotten scope grants nothing.
func Contains(outer, inner Code) bool {
	return outer.Level() != NoLevel && inner.Level() != NoLevel &&
		strings.HasPrefix(string(inner), string(outer))
}
