package scheme

import (
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// longEnough stands for months of cover or contribution of which a case says
// nothing: no wait holds it back.
const longEnough = 1_000_000

// workBenefit answers a case of kind benefit on the day of death, or on the day
// of the book when the case names none.
func (b *Book) workBenefit(in *inputs) (string, error) {
	program, output := jaring.Program(in.text("program")), in.text("output")
	if in.missing != nil {
		return "", in.err()
	}
	work, known := benefitOutputs[output]
	if !known {
		return "", caseError("case.output", "text", output)
	}
	c := benefitCase{inputs: in, book: b, program: program, on: in.dayOr("death", b.AsOf)}
	amount, err := work(&c)
	if in.missing != nil {
		return "", in.err()
	}
	return rupiahText(amount), err
}

type benefitCase struct {
	*inputs
	book    *Book
	program jaring.Program
	on      jaring.Day
}

var benefitOutputs = map[string]func(*benefitCase) (jaring.Rupiah, error){
	"cash":                  (*benefitCase).cash,
	"death_cash":            (*benefitCase).deathCash,
	"lump_sum":              (*benefitCase).lumpSum,
	"berkala_lump_sum":      (*benefitCase).periodic,
	"death+funeral+berkala": (*benefitCase).deathAll,
	"maximum_package":       (*benefitCase).maximum,
	"stmb_total":            (*benefitCase).temporary,
	"reimbursed":            (*benefitCase).transport,
	"covered":               (*benefitCase).homeCare,
	"scholarship_year":      (*benefitCase).schoolYear,
	"scholarship_max":       (*benefitCase).schoolMax,
	"max_partial":           (*benefitCase).oldAgePart,
	"compensation":          (*benefitCase).late,
}

// unfit is the error of an output that the case's programme or cause has not.
func (c *benefitCase) unfit() (jaring.Rupiah, error) {
	return 0, caseError("case.output", "text", c.values["output"])
}

// person reads the person of the case. needWage: the benefit hangs on the wage.
func (c *benefitCase) person(needWage bool) Person {
	p := Person{Segment: jaring.PU, Covered: c.countOr("months_covered", longEnough), Paid: c.countOr("months_contributed", longEnough)}
	if c.has("segment") {
		p.Segment = jaring.Segment(c.text("segment"))
	}
	if needWage {
		p.Income = c.rupiah("wage")
	}
	return p
}

// death is the benefit on death: JKM, or JKK when work caused it.
func (c *benefitCase) death() (Benefit, error) {
	switch {
	case c.program == jaring.JKM && !c.has("cause"):
		p := c.person(false)
		if !c.has("segment") && c.has("months_covered") {
			p.Segment = jaring.BPU // the wait is a rule for BPU alone
		}
		return c.book.Death(p, c.on)
	case c.program == jaring.JKK && c.text("cause") == "work_death":
		return c.book.WorkDeath(c.person(true), c.on)
	}
	_, err := c.unfit()
	return Benefit{}, err
}

func (c *benefitCase) cash() (jaring.Rupiah, error) {
	if c.program == jaring.JHT {
		x, err := c.book.OldAge(c.on, c.rupiah("balance"))
		return x.Amount, err
	}
	x, err := c.death()
	return x.Amount, err
}

func (c *benefitCase) deathAll() (jaring.Rupiah, error) {
	if c.program == jaring.JHT {
		return c.unfit()
	}
	x, err := c.death()
	return x.Amount, err
}

func (c *benefitCase) deathCash() (jaring.Rupiah, error) {
	x, err := c.death()
	return x.Part("benefit.death"), err
}

// injury is the benefit of JKK for a lasting disability.
func (c *benefitCase) injury() (Benefit, error) {
	cause := c.text("cause")
	function := Ratio{1, 1}
	switch cause {
	case "total_permanent_disability":
		return c.book.TotalDisability(c.person(true), c.on)
	case "partial_function":
		function, _ = parsePercent(c.text("function_loss_pct")) // checked before
	case "partial_anatomical":
	default:
		_, err := c.unfit()
		return Benefit{}, err
	}
	table, err := c.table()
	if c.missing != nil || err != nil {
		return Benefit{}, firstOf(c.err(), err)
	}
	return c.book.PartialDisability(c.person(true), c.on, table, function)
}

// table is the percentage of the table that the case states, else the book's row.
func (c *benefitCase) table() (Ratio, error) {
	if c.has("table_pct") {
		return parsePercent(c.text("table_pct"))
	}
	name := c.text("loss")
	if c.missing != nil {
		return Ratio{}, c.err()
	}
	return c.book.Loss(name, c.on)
}

func (c *benefitCase) lumpSum() (jaring.Rupiah, error) {
	if c.program != jaring.JKK {
		return c.unfit()
	}
	x, err := c.injury()
	return x.Part("benefit.lump_sum"), err
}

// periodic is the periodic sum, paid at once: of the stated sum and months, else
// of the rules.
func (c *benefitCase) periodic() (jaring.Rupiah, error) {
	if c.has("monthly") || c.has("months") {
		monthly, months := c.rupiah("monthly"), c.count("months")
		if monthly > maxMoney || months > 1200 {
			return 0, caseError("case.number", "text", c.values["monthly"])
		}
		return monthly * jaring.Rupiah(months), nil
	}
	var x Benefit
	var err error
	switch {
	case c.program == jaring.JKM:
		x, err = c.death()
	case c.program == jaring.JKK && c.values["cause"] == "total_permanent_disability":
		x, err = c.book.TotalDisability(Person{Segment: jaring.PU, Income: 1}, c.on) // the sum does not hang on the wage
	case c.program == jaring.JKK:
		x, err = c.book.WorkDeath(Person{Segment: jaring.PU, Income: 1}, c.on)
	default:
		return c.unfit()
	}
	return x.Part("benefit.periodic"), err
}

// maximum is everything that the event pays, the whole path of schooling included.
func (c *benefitCase) maximum() (jaring.Rupiah, error) {
	var x Benefit
	var err error
	switch {
	case c.program == jaring.JHT:
		return c.unfit()
	case c.program == jaring.JKK && c.text("cause") == "total_permanent_disability":
		x, err = c.book.TotalDisability(c.person(true), c.on)
	default:
		x, err = c.death()
	}
	if err != nil {
		return 0, err
	}
	school, err := c.path(c.countOr("children", 0))
	return x.Amount + school, err
}

func (c *benefitCase) temporary() (jaring.Rupiah, error) {
	if c.program != jaring.JKK {
		return c.unfit()
	}
	x, err := c.book.TemporaryDisability(c.person(true), c.on, c.count("stmb_months"))
	return x.Amount, err
}

func (c *benefitCase) transport() (jaring.Rupiah, error) {
	if c.program != jaring.JKK {
		return c.unfit()
	}
	modes, claimed := strings.Split(c.text("transport"), "+"), strings.Split(c.text("claimed"), "+")
	if c.missing != nil {
		return 0, c.err()
	}
	if len(modes) != len(claimed) {
		return 0, caseError("case.pairs", "n", len(modes), "m", len(claimed))
	}
	var rides []Ride
	for i, mode := range modes {
		n, _ := strconv.ParseInt(claimed[i], 10, 64) // checked before
		rides = append(rides, Ride{mode, jaring.Rupiah(n)})
	}
	x, err := c.book.Transport(c.on, rides)
	return x.Amount, err
}

func (c *benefitCase) homeCare() (jaring.Rupiah, error) {
	if c.program != jaring.JKK {
		return c.unfit()
	}
	x, err := c.book.HomeCare(c.on, c.countOr("months", 1), c.rupiah("homecare_claimed"))
	return x.Amount, err
}

func (c *benefitCase) schoolYear() (jaring.Rupiah, error) {
	pupil := Pupil{Level: c.text("child_level"), Year: c.countOr("year_in_level", 0), Age: c.countOr("child_age", 0), Married: c.values["married"] == "yes"}
	if c.missing != nil {
		return 0, c.err()
	}
	pupils := make([]Pupil, 0, 3)
	for range min(c.countOr("children", 1), 100) {
		pupils = append(pupils, pupil)
	}
	x, err := c.book.SchoolYear(c.on, c.program, c.person(false).Paid, pupils)
	return x.Amount, err
}

func (c *benefitCase) schoolMax() (jaring.Rupiah, error) {
	if c.program == jaring.JHT {
		return c.unfit()
	}
	return c.path(c.countOr("children", 1))
}

// path is the scholarships of the whole path that the case names; nothing for
// children who are too old or married.
func (c *benefitCase) path(children int) (jaring.Rupiah, error) {
	from, to, _ := strings.Cut(c.values["full_path"], "..")
	oldest := c.book.at(c.on).rule("school.age")
	if c.countOr("child_age", 0) >= *oldest.Count && c.has("child_age") || c.values["married"] == "yes" {
		children = 0
	}
	x, err := c.book.SchoolPath(c.on, c.program, c.person(false).Paid, min(children, 100), from, to)
	return x.Amount, err
}

func (c *benefitCase) oldAgePart() (jaring.Rupiah, error) {
	if c.program != jaring.JHT {
		return c.unfit()
	}
	balance, years, purpose := c.rupiah("balance"), c.count("years"), c.text("purpose")
	if c.missing != nil {
		return 0, c.err()
	}
	x, err := c.book.OldAgePart(c.on, balance, min(years, 150), purpose)
	return x.Amount, err
}

func (c *benefitCase) late() (jaring.Rupiah, error) {
	x, err := c.book.Late(c.on, c.program, c.rupiah("due"), c.count("days_late"))
	return x.Amount, err
}
