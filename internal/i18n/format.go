package i18n

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// format writes value as lang writes its type. An unknown form is ignored.
func format(lang Lang, value any, form string) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case jaring.Rupiah:
		return formatRupiah(lang, v, form)
	case jaring.Day:
		if form == "tight" {
			return DayTight(lang, v)
		}
		return Day(lang, v)
	case jaring.Month:
		return formatMonth(lang, v, form)
	case time.Time:
		return formatTime(lang, v, form)
	case jaring.Programs:
		return strings.ReplaceAll(v.String(), "+", ", ")
	case jaring.Sector:
		return Text(lang, "sector."+string(v), nil)
	case jaring.Funding:
		return Text(lang, "funding."+string(v), nil)
	case jaring.Sex:
		return Text(lang, "sex."+strings.ToLower(string(v)), nil)
	case fmt.Stringer:
		return stringOf(v)
	}
	if n, ok := whole(value); ok {
		return formatWhole(lang, n, form)
	}
	return fmt.Sprint(value)
}

// stringOf survives a Stringer that does not survive its own nil.
func stringOf(v fmt.Stringer) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return ""
	}
	return v.String()
}

// whole is value as an int64, for every whole number type whatever its name.
func whole(value any) (int64, bool) {
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return 0, false
	case v.CanInt():
		return v.Int(), true
	case v.CanUint() && v.Uint() <= math.MaxInt64:
		return int64(v.Uint()), true
	}
	return 0, false
}

func formatWhole(lang Lang, n int64, form string) string {
	switch form {
	case "plain":
		return strconv.FormatInt(n, 10)
	case "words":
		return Words(lang, n)
	}
	return Number(lang, n)
}

func formatRupiah(lang Lang, r jaring.Rupiah, form string) string {
	switch form {
	case "document":
		return r.String()
	case "words":
		return RupiahWords(lang, r)
	}
	return Rupiah(lang, r)
}

func formatMonth(lang Lang, m jaring.Month, form string) string {
	if m == 0 {
		return ""
	}
	name := MonthName(lang, m.Number())
	if form == "tight" {
		name = shortMonth(lang, m.Number())
	}
	return fmt.Sprintf("%s %d", name, m.Year())
}

// Rupiah is an amount in running text: id Rp16.800, en Rp16,800. Documents write
// r.String() in both languages.
func Rupiah(lang Lang, r jaring.Rupiah) string {
	if lang == EN {
		return strings.ReplaceAll(r.String(), ".", ",")
	}
	return r.String()
}

// Number is a whole number with its thousands parted: id 2.011, en 2,011.
func Number(lang Lang, n int64) string {
	digits, sign := strconv.FormatInt(n, 10), ""
	if n < 0 {
		digits, sign = digits[1:], "−"
	}
	return sign + jaring.GroupDigits(digits, separator(lang, '.', ','))
}

// Percent is a share of one with one decimal: 0.509 is id 50,9%, en 50.9%.
func Percent(lang Lang, share float64) string {
	s := strconv.FormatFloat(share*100, 'f', 1, 64)
	return strings.Replace(s, ".", string(separator(lang, ',', '.')), 1) + "%"
}

func separator(lang Lang, id, en byte) byte {
	if lang == EN {
		return en
	}
	return id
}
