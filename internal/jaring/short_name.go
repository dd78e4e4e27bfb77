package jaring

import (
	"strings"
	"unicode/utf8"
)

// ShortName is what a board in a hall shows of an agent: the given name and the initial of the
// next, "Rahma Dewi" as "Rahma D." Titles before the name stay, degrees behind it go.
func ShortName(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.Fields(name)
	given := 0
	for given < len(words)-1 && strings.HasSuffix(words[given], ".") {
		given++
	}
	if len(words) == 0 || given == len(words)-1 {
		return strings.Join(words, " ")
	}
	initial, _ := utf8.DecodeRuneInString(words[given+1])
	return strings.Join(words[:given+1], " ") + " " + strings.ToUpper(string(initial)) + "."
}

// ShortOffice is an office's name without what sort of office it is: "KCP Batang Hari" as
// "Batang Hari".
func ShortOffice(name string) string {
	for _, kind := range []string{"Kantor Cabang Perintis ", "Kantor Cabang ", "Kantor ", "Cabang ", "KCP "} {
		if rest, ok := strings.CutPrefix(name, kind); ok && rest != "" {
			return rest
		}
	}
	return name
}

// LotLabel is how a lot is named where its lane is not told: "C-14". A number that has letters
// already says where it is.
func LotLabel(lane, number string) string {
	switch {
	case lane == "" || strings.Trim(number, "0123456789") != "":
		return number
	case utf8.RuneCountInString(lane) <= shortLane:
		return lane + "-" + number
	}
	return lane + " " + number
}

// shortLane is how long a lane's name may be to stand with a hyphen before a number.
const shortLane = 3
