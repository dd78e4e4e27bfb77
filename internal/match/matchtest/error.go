package matchtest

import (
	"strings"

	"jaring/internal/jaring"
)

// mutation is one way in which the second writing of a person differs.
type mutation func(r *random, h *human)

// shortMuhammad writes Muhammad as offices do.
func shortMuhammad(r *random, h *human) {
	forms := strings.Fields("Muh. Moh. M. Muhamad Mohammad Mochamad Mohamad Muhammed Moch. Mhd. Mohd. M Muh")
	for i, w := range h.name {
		if w == "Muhammad" {
			h.name[i] = forms[r.intn(len(forms))]
			if i > 0 && strings.HasPrefix(h.name[i], "M.") {
				h.name[i] = "Muh."
			}
			return
		}
	}
	h.name = append([]string{"Muhammad"}, h.name...) // some drop it altogether
}

func withTitle(r *random, h *human) {
	before := strings.Fields("H. Haji Drs. Ir. Ust. KH. H.")
	if h.female {
		before = strings.Fields("Hj. Hajjah Dra. Ir. Hj. Ibu Nyai")
	}
	after := []string{", S.Pd.", ", S.E.", " SE", ", SH", ", S.Pd.I", " S.Ag", ", M.M.", ", A.Md."}
	switch r.intn(3) {
	case 0:
		h.name = append([]string{before[r.intn(len(before))]}, h.name...)
	case 1:
		h.name[len(h.name)-1] += after[r.intn(len(after))]
	default:
		h.name = append([]string{before[r.intn(len(before))]}, h.name...)
		h.name[len(h.name)-1] += after[r.intn(len(after))]
	}
}

// oldSpelling writes as before 1972: everything, or only oe.
func oldSpelling(r *random, h *human) {
	all := strings.NewReplacer("y", "j", "Y", "J", "j", "dj", "J", "Dj", "c", "tj", "C", "Tj", "u", "oe", "U", "Oe")
	if r.chance(0.4) {
		all = strings.NewReplacer("u", "oe", "U", "Oe")
	}
	for i, w := range h.name {
		h.name[i] = all.Replace(w)
	}
}

// otherEar writes what somebody else hears.
func otherEar(r *random, h *human) {
	pairs := [][2]string{
		{"f", "p"}, {"F", "P"}, {"v", "f"}, {"z", "s"}, {"Z", "S"}, {"kh", "h"}, {"Kh", "H"}, {"kh", "k"}, {"Kh", "Ch"}, {"sy", "s"}, {"Sy", "S"},
		{"iya", "ia"}, {"ia", "iya"}, {"dd", "d"}, {"nn", "n"}, {"ai", "ae"}, {"i", "y"}, {"Ro", "Ra"}, {"th", "t"}, {"k", "q"}, {"ah", "a"}, {"u", "o"},
		{"ss", "s"}, {"m", "mm"}, {"dh", "d"}, {"Ah", "Ach"}, {"yo", "io"}, {"in", "ien"},
	}
	for start, n := r.intn(len(pairs)), 0; n < len(pairs); n++ {
		pair := pairs[(start+n)%len(pairs)]
		for i, w := range h.name {
			if strings.Contains(w, pair[0]) {
				h.name[i] = strings.Replace(w, pair[0], pair[1], 1)
				return
			}
		}
	}
}

var keyboard = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// mistype slips once: a neighbouring key, a letter lost, doubled or two swapped.
func mistype(r *random, h *human) {
	i := r.intn(len(h.name))
	w := []byte(h.name[i])
	at := r.intn(len(w))
	switch r.intn(4) {
	case 0:
		w[at] = neighbour(r, w[at])
	case 1:
		w = append(w[:at], w[at+1:]...)
	case 2:
		w = append(w[:at+1], w[at:]...)
		w[at] = neighbour(r, w[at])
	default:
		if at+1 < len(w) {
			w[at], w[at+1] = w[at+1], w[at]
		}
	}
	if len(w) > 0 {
		h.name[i] = string(w)
	}
}

func neighbour(r *random, c byte) byte {
	for _, row := range keyboard {
		if at := strings.IndexByte(row, c|0x20); at >= 0 {
			at = max(0, min(len(row)-1, at+1-2*r.intn(2)))
			return row[at]
		}
	}
	return 'a'
}

// dropWord leaves a word out, or shortens it to its letter.
func dropWord(r *random, h *human) {
	last := len(h.name) - 1
	switch {
	case last == 0:
		mistype(r, h)
	case r.chance(0.3):
		h.name[last] = h.name[last][:1] + "."
	case r.chance(0.8):
		h.name = h.name[:last]
	default:
		h.name = h.name[1:]
	}
}

// joinWords writes two words as one: Nurhayati, Abdulrahman.
func joinWords(_ *random, h *human) {
	if last := len(h.name) - 1; last > 0 {
		h.name[last-1] += strings.ToLower(h.name[last])
		h.name = h.name[:last]
	}
}

// wrongBirth: one digit off, day and month changed, or 1 January of the year.
func wrongBirth(r *random, h *human) {
	y, m, d := h.birth.Year(), h.birth.MonthNumber(), h.birth.DayNumber()
	for range 50 {
		a, b, c := y, m, d
		switch p := r.float(); {
		case p < 0.35:
			c = replaceDigit(r, d)
		case p < 0.5:
			b = replaceDigit(r, m)
		case p < 0.7:
			a = y - y%100 + replaceDigit(r, y%100)
		case p < 0.85:
			b, c = d, m
		default:
			b, c = 1, 1
		}
		if a >= 1950 && a <= 2011 && b >= 1 && b <= 12 && c >= 1 && c <= jaring.DaysIn(jaring.NewMonth(a, b)) && jaring.NewDay(a, b, c) != h.birth {
			h.birth = jaring.NewDay(a, b, c)
			return
		}
	}
}

func replaceDigit(r *random, n int) int {
	if r.chance(0.3) {
		return n%10 + 10*r.intn(10)
	}
	return n - n%10 + r.intn(10)
}

// move: six in ten within the regency, a quarter within the province.
func move(r *random, h *human) {
	switch p := r.float(); {
	case p < 0.6:
		h.village = r.village(h.village[:5])
	case p < 0.85:
		h.village = r.village(h.village[:2])
	default:
		h.village = r.village("")
	}
}
