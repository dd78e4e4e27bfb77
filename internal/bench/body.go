package bench

import (
	"encoding/json"
	"fmt"
	"time"

	"jaring/internal/jaring"
)

var occupations = []string{"pedagang sayur", "tukang ojek", "nelayan", "petani", "penjahit", "buruh bangunan"}

// district codes of Jambi, for synthetic NIK.
var districts = []string{"157101", "157102", "157103", "157104", "157105", "150401", "150402", "150501", "150502", "150601"}

// body is the n-th registration, all different. NIK are synthetic: the serial number tells.
func body(n int) []byte {
	birth := jaring.NewDay(1963+n%44, 1+n/44%12, 1+n/528%28)
	k := n / 14784
	sex, day := "M", birth.DayNumber()
	if k%2 == 1 {
		sex, day = "F", day+40
	}
	nik := fmt.Sprintf("%s%02d%02d%02d%04d", districts[k/2%10], day, birth.MonthNumber(), birth.Year()%100, 9001+k/20%999)
	h := uint32(n) * 2654435761
	name := word(int(h>>8)%2744) + " " + word(int(h>>4)%200+300)
	b, _ := json.Marshal(map[string]any{
		"nik": nik, "name": name, "birth_date": birth.String(), "sex": sex, "occupation": occupations[h%6], "monthly_income": 1_000_000 + 100_000*(n%20),
		"programs": []string{"JKK", "JKM"}, "months": 1 + n%3, "village": villages[int(h)%len(villages)], "phone": fmt.Sprintf("0812%08d", n),
		"mother_name": "siti " + word(int(h>>12)%2744), "consent": map[string]any{"notice_version": "2026-11", "channel": "tap", "at": consentAt},
	})
	return b
}

// villages of the eleven regencies of Jambi: a million people there live as dense as the nation.
var villages = []string{"15.01.01.1004", "15.02.01.2001", "15.03.01.2001", "15.04.01.1001", "15.05.01.1003", "15.06.01.1005", "15.07.01.1010", "15.08.01.2001",
	"15.09.01.1001", "15.71.04.1002", "15.72.01.1001"}

var consentAt = time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC).Format(time.RFC3339)
