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

	"pu.jkk": isRates, "pu.jkm.employer": isRatio,
	"pu.jht.employer": isRatio, "pu.jht.employee": isRatio,
	"pu.jp.employer": isRatio, "pu.jp.employee": isRatio, "pu.jp.cap": isAmount,
	"pu.wage.days": isCount, "pu.due": isDue, "pu.penalty": isRatio,
	"pu.programs.micro": isWords, "pu.programs.small": isWords, "pu.programs.medium": isWords,
	"pu.programs.large": isWords, "pu.programs.construction": isWords,
	"jkp.state": isRatio, "jkp.jkk": isRatio, "jkp.jkm": isRatio, "jkp.wage.cap": isAmount,
	"jkp.programs.micro": isWords, "jkp.programs.small": isWords, "jkp.programs.medium": isWords, "jkp.programs.large": isWords,

	"jkm.death": isAmount, "jkm.periodic.month": isAmount, "jkm.periodic.months": isCount, "jkm.funeral": isAmount,
	"jkm.wait.months": isCount, "jkm.wait.amount": isAmount, "jkm.heirs": isWords,
	"jkm.pay.days": isCount, "jkm.pay.late": isRatio,
	"school.levels": isLevels, "school.children": isCount, "school.age": isCount, "school.jkm.months": isCount,
	"jkk.wages": isCount, "jkk.death": isRatio, "jkk.total": isRatio, "jkk.loss": isRates,
	"jkk.funeral": isAmount, "jkk.periodic": isAmount,
	"jkk.stmb.months": isCount, "jkk.stmb.first": isRatio, "jkk.stmb.later": isRatio,
	"jkk.transport.land": isAmount, "jkk.transport.sea": isAmount, "jkk.transport.air": isAmount,
	"jkk.care": isWords, "jkk.homecare.amount": isAmount, "jkk.homecare.months": isCount, "jkk.prosthesis.extra": isRatio,
	"jkk.claim.years": isCount, "jkk.report.hours": isCount, "jkk.conclude.days": isCount,
	"jkk.pay.days": isCount, "jkk.pay.late": isRatio,
	"jht.age": isCount, "jht.part.years": isCount, "jht.part.housing": isRatio, "jht.part.other": isRatio,
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
