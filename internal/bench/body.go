package bench

import (
	"encoding/json"
	"fmt"
	"time"

	"jaring/internal/jaring"
)

// people are parts of invented names. Together with dates they make people who are
// not taken for one another.
var given = []string{"Sumarni", "Mardi", "Halimah", "Zulkifli", "Rosnah", "Burhan", "Nurjanah", "Effendi", "Kartini", "Samsul", "Yuliana", "Hendra", "Maimunah", "Ridwan", "Aisyah", "Taufik", "Winarti", "Jumadi", "Sulastri", "Bahrun"}
var family = []string{"Lestari", "Siregar", "Hasibuan", "Wulandari", "Gunawan", "Pratama", "Oktaviani", "Ramadhan", "Kusuma", "Anggraini", "Saputra", "Melati", "Harahap", "Utami", "Wijaya", "Permata", "Situmorang", "Nainggolan", "Purnama", "Setiawan"}
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
	name := given[h%20] + " " + family[h/20%20] + " " + given[h/400%20] + string(rune('a'+h/8000%26))
	b, _ := json.Marshal(map[string]any{
		"nik": nik, "name": name, "birth_date": birth.String(), "sex": sex, "occupation": occupations[h%6], "monthly_income": 1_000_000 + 100_000*(n%20),
		"programs": []string{"JKK", "JKM"}, "months": 1 + n%3, "village": villages[int(h)%len(villages)], "phone": fmt.Sprintf("0812%08d", n),
		"mother_name": "Siti " + family[h/7%20], "consent": map[string]any{"notice_version": "2026-11", "channel": "tap", "at": consentAt},
	})
	return b
}

var villages = []string{"15.71.04.1002", "15.71.04.1003", "15.71.04.1004", "15.71.01.1001", "15.71.01.1002", "15.04.01.1001", "15.04.01.2002", "15.05.01.1003"}

var consentAt = time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC).Format(time.RFC3339)
