package scheme

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// Ratio is an exact fraction num/den with den > 0; rates and discounts are kept
// so because money must not pass through a float.
type Ratio struct{ Num, Den int64 }

// whole is the ratio that changes nothing.
var whole = Ratio{1, 1}

// maxTerm bounds numerator and denominator, so that products of two ratios fit.
const maxTerm = 1_000_000_000

// ParseRatio reads "1/100". Error: scheme.rule.ratio.
func ParseRatio(text string) (Ratio, error) {
	n, d, ok := strings.Cut(text, "/")
	num, err1 := strconv.ParseInt(n, 10, 64)
	den, err2 := strconv.ParseInt(d, 10, 64)
	if !ok || err1 != nil || err2 != nil || num < 0 || den <= 0 || num > maxTerm || den > maxTerm {
		return Ratio{}, jaring.NewError(jaring.Invalid, "scheme.rule.ratio", "text", text)
	}
	return Ratio{num, den}, nil
}

// String is num/den, as rule files write it.
func (r Ratio) String() string { return fmt.Sprintf("%d/%d", r.Num, r.Den) }

// MarshalText writes num/den.
func (r Ratio) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads num/den.
func (r *Ratio) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRatio(string(text))
	return err
}

// IsZero reports whether the ratio is nothing.
func (r Ratio) IsZero() bool { return r.Num == 0 }

// atMostOne reports whether r takes no more than everything.
func (r Ratio) atMostOne() bool { return r.Num <= r.Den }

// Percent is r as a percentage with as many decimals as it needs, at most four:
// "0.24%" with point '.', "0,24%" with ','.
func (r Ratio) Percent(point byte) string {
	if r.Den == 0 {
		return ""
	}
	tenThousandths := r.Num * 1_000_000 / r.Den
	text := fmt.Sprintf("%d.%04d", tenThousandths/10_000, tenThousandths%10_000)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	return strings.Replace(text, ".", string(point), 1) + "%"
}

// times is the product of two ratios, not reduced.
func (r Ratio) times(o Ratio) Ratio { return Ratio{r.Num * o.Num, r.Den * o.Den} }

// Rounding says what becomes of a fraction of a rupiah.
type Rounding string

// Roundings. The law is silent; see setting pu.rounding.
const (
	HalfUp Rounding = "half_up"
	Down   Rounding = "down"
	Up     Rounding = "up"
)

// of is r of amount in whole rupiah, exact in between. Questions keep amount
// below 10^17 and the result with it.
func (r Ratio) of(amount jaring.Rupiah, how Rounding) jaring.Rupiah {
	if r.Num == r.Den {
		return amount
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(r.Num))
	den := uint64(r.Den)
	if hi >= den {
		panic("scheme: an amount beyond 64 bits; the bounds of questions and rules keep it away")
	}
	quotient, rest := bits.Div64(hi, lo, den)
	if how == Up && rest > 0 || how == HalfUp && rest >= den-rest {
		quotient++
	}
	return jaring.Rupiah(quotient)
}

// maxMoney is the largest monthly income, wage or balance that a question may
// name, in rupiah: a guard of the arithmetic, no rule of the law.
const maxMoney jaring.Rupiah = 1_000_000_000_000
