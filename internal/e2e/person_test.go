package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	trade "jaring/internal/jaring"
)

// newKey makes the id of an operation.
func newKey() string { return uuid.Must(uuid.NewV7()).String() }

var (
	occupations = []string{"pedagang sayur", "tukang ojek", "nelayan", "petani", "penjahit", "buruh bangunan"}
	districts   = []string{"157101", "157102", "157103", "157104", "157105", "150401", "150402", "150501", "150502", "150601"}
	villages    = []string{"15.01.01.1004", "15.02.01.2001", "15.03.01.2001", "15.05.01.1003", "15.06.01.1005", "15.71.04.1002"}
	onsets      = []string{"b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y"}
	vowels      = []string{"a", "i", "u", "e", "o"}
)

// Numbers of the invented people: as many birth days as there are, both sexes, ten
// districts, then the next serial number of a NIK. No real NIK has these.
const (
	births      = 44 * 12 * 28
	firstSerial = 9001
	serials     = 499 // a twin takes the serial so many behind
	twinEvery   = 25
)

var consentAt = time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)

func word(r *rand.Rand, syllables int) string {
	out := ""
	for range syllables {
		out += onsets[r.IntN(len(onsets))] + vowels[r.IntN(len(vowels))]
	}
	return out
}

// registration is the body for person n, the same bytes each time. Some are so like the
// one before, with another NIK, that a second look is due.
func registration(n int) []byte {
	like, twin := n, 0
	if n%twinEvery == twinEvery-1 {
		like, twin = n-1, serials
	}
	birth := trade.NewDay(1963+like%44, 1+like/44%12, 1+like/528%28)
	k := like / births
	sex, day := "M", birth.DayNumber()
	if k%2 == 1 {
		sex, day = "F", day+40
	}
	nik := fmt.Sprintf("%s%02d%02d%02d%04d", districts[k/2%len(districts)], day, birth.MonthNumber(), birth.Year()%100,
		firstSerial+k/(2*len(districts))%serials+twin)
	r := rand.New(rand.NewPCG(uint64(like), 15))
	body, _ := json.Marshal(map[string]any{
		"nik": nik, "name": word(r, 3) + " " + word(r, 4), "birth_date": birth.String(), "sex": sex, "occupation": occupations[r.IntN(len(occupations))],
		"monthly_income": 1_000_000 + 100_000*r.IntN(20), "programs": []string{"JKK", "JKM"}, "months": 1 + r.IntN(3),
		"village": villages[r.IntN(len(villages))], "phone": fmt.Sprintf("0812%08d", like), "mother_name": "siti " + word(r, 3),
		"consent": map[string]any{"notice_version": "2026-11", "channel": "tap", "at": consentAt},
	})
	return body
}
