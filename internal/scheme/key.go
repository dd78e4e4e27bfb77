package scheme

// shape is which value field of a Rule a key uses.
type shape string

const (
	isAmount shape = "amount"
	isRatio  shape = "ratio"
	isCount  shape = "count"
	isWords  shape = "words"
	isBands  shape = "bands"
	isRates  shape = "rates"
	isLevels shape = "levels"
	isDue    shape = "due"
	isRelief shape = "relief"
	isDays   shape = "days"
)

// keyRelief and keyHoliday are the keys whose rules add up; of every other key
// exactly one rule holds on a day.
const (
	keyRelief  = "relief"
	keyHoliday = "holiday"
)

// shapes is every key that the code asks for. A file may name no other, since a
// misspelt key would be a rule that nobody applies.
var shapes = map[string]shape{
	keyRelief:  isRelief,
	keyHoliday: isDays,

	"bpu.bands": isBands, "bpu.jkk": isRatio, "bpu.jkm": isAmount, "bpu.jht": isRatio,
	"bpu.floor.jkk": isAmount, "bpu.floor.jkm": isAmount, "bpu.floor.jht": isAmount,
	"bpu.due": isDue, "bpu.penalty": isRatio,
}

// shapeOf finds the one value field that r uses; ok is false for none or several.
func shapeOf(r *Rule) (found shape, ok bool) {
	n := 0
	see := func(set bool, s shape) {
		if set {
			found = s
			n++
		}
	}
	see(r.Amount != nil, isAmount)
	see(r.Ratio != nil, isRatio)
	see(r.Count != nil, isCount)
	see(r.Words != nil, isWords)
	see(r.Bands != nil, isBands)
	see(r.Rates != nil, isRates)
	see(r.Levels != nil, isLevels)
	see(r.Due != nil, isDue)
	see(r.Relief != nil, isRelief)
	see(r.Days != nil, isDays)
	return found, n == 1
}
