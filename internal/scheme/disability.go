package scheme

import "jaring/internal/jaring"

// TotalDisability is the lump sum and the periodic sum of JKK for total permanent
// disability. Errors as BenefitBase.
func (b *Book) TotalDisability(p Person, on jaring.Day) (Benefit, error) {
	base, err := b.BenefitBase(p, on)
	if err != nil {
		return Benefit{}, err
	}
	l := b.at(on)
	rate, wages, periodic := l.rule("jkk.total"), l.rule("jkk.wages"), l.rule("jkk.periodic")
	var x Benefit
	x.add("benefit.lump_sum", b.wages(base, *wages.Count, *rate.Ratio), Step{Program: jaring.JKK, Rule: rate, Base: base, Factor: *rate.Ratio, Count: *wages.Count})
	x.add("benefit.periodic", *periodic.Amount, Step{Program: jaring.JKK, Rule: periodic})
	x.Steps[1].Key = "step.benefit.periodic.once"
	return x, l.err
}

// PartialDisability is the lump sum of JKK for a lasting partial loss: table is
// the row of the table, function what part of the function is lost (1/1 when
// the part itself is lost). Errors as BenefitBase; loss.range for a share above one.
func (b *Book) PartialDisability(p Person, on jaring.Day, table, function Ratio) (Benefit, error) {
	base, err := b.BenefitBase(p, on)
	if err != nil {
		return Benefit{}, err
	}
	if bad := func(r Ratio) bool { return r.Den <= 0 || !r.atMostOne() || r.Den > 1_000_000 }; bad(table) || bad(function) {
		return Benefit{}, jaring.NewError(jaring.Invalid, "loss.range")
	}
	l := b.at(on)
	wages, loss := l.rule("jkk.wages"), l.rule("jkk.loss")
	rate := function.times(table)
	var x Benefit
	x.add("benefit.lump_sum", b.wages(base, *wages.Count, rate), Step{Program: jaring.JKK, Rule: loss, Base: base, Factor: rate, Count: *wages.Count})
	return x, l.err
}

// Loss is a row of the table of losses, as far as the book has it. Error:
// loss.unknown.
func (b *Book) Loss(name string, on jaring.Day) (Ratio, error) {
	rule, err := b.on("jkk.loss", on)
	if err != nil {
		return Ratio{}, err
	}
	rate, ok := rule.Rates[name]
	if !ok {
		return Ratio{}, jaring.NewError(jaring.Invalid, "loss.unknown", "text", name)
	}
	return rate, nil
}

// Losses are the names of the rows of the table of losses, sorted.
func (b *Book) Losses(on jaring.Day) ([]string, error) {
	rule, err := b.on("jkk.loss", on)
	if err != nil {
		return nil, err
	}
	return sortedKeys(rule.Rates), nil
}

// TemporaryDisability is STMB: the wage while one cannot work, for months full
// months. Errors as BenefitBase; months.range.
func (b *Book) TemporaryDisability(p Person, on jaring.Day, months int) (Benefit, error) {
	base, err := b.BenefitBase(p, on)
	if err != nil {
		return Benefit{}, err
	}
	if months < 0 || months > 1200 {
		return Benefit{}, jaring.NewError(jaring.Invalid, "months.range", "min", 0, "max", 1200)
	}
	l := b.at(on)
	limit, first, later := l.rule("jkk.stmb.months"), l.rule("jkk.stmb.first"), l.rule("jkk.stmb.later")
	var x Benefit
	early := min(months, *limit.Count)
	x.add("benefit.stmb", b.wages(base, early, *first.Ratio), Step{Program: jaring.JKK, Rule: first, Base: base, Factor: *first.Ratio, Count: early})
	if months > early {
		x.add("benefit.stmb", b.wages(base, months-early, *later.Ratio), Step{Program: jaring.JKK, Rule: later, Base: base, Factor: *later.Ratio, Count: months - early})
	}
	return x, l.err
}

// Ride is what was paid for bringing the injured person to care: Mode is land
// (rivers and lakes too), sea or air.
type Ride struct {
	Mode    string
	Claimed jaring.Rupiah
}

// RideModes are the modes that have a cap of their own.
var RideModes = []string{"land", "sea", "air"}

// Transport is the refund for rides: each mode up to its own cap, several modes
// add up. Errors: transport.unknown, claim.range, scheme.no_rule.
func (b *Book) Transport(on jaring.Day, rides []Ride) (Benefit, error) {
	claimed := map[string]jaring.Rupiah{}
	for _, r := range rides {
		if _, known := shapes["jkk.transport."+r.Mode]; !known {
			return Benefit{}, jaring.NewError(jaring.Invalid, "transport.unknown", "text", r.Mode)
		}
		if r.Claimed < 0 || r.Claimed > maxMoney {
			return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
		}
		claimed[r.Mode] = min(claimed[r.Mode]+r.Claimed, maxMoney)
	}
	l := b.at(on)
	var x Benefit
	for _, mode := range RideModes {
		if sum, rode := claimed[mode]; rode {
			limit := l.rule("jkk.transport." + mode)
			x.add("benefit.transport", min(sum, *limit.Amount), Step{Program: jaring.JKK, Rule: limit, Input: sum, Base: *limit.Amount, Word: "transport." + mode})
		}
	}
	return x, l.err
}

// HomeCare is what JKK pays of claimed rupiah of care at home over months months:
// up to a year and up to the cap. Of a longer care the share of the first year
// counts, evenly spread (a reading). Errors: claim.range, months.range, scheme.no_rule.
func (b *Book) HomeCare(on jaring.Day, months int, claimed jaring.Rupiah) (Benefit, error) {
	if claimed < 0 || claimed > maxMoney {
		return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
	}
	if months < 0 || months > 1200 {
		return Benefit{}, jaring.NewError(jaring.Invalid, "months.range", "min", 0, "max", 1200)
	}
	l := b.at(on)
	limit, longest := l.rule("jkk.homecare.amount"), l.rule("jkk.homecare.months")
	counted := claimed
	if months > *longest.Count {
		counted = Ratio{int64(*longest.Count), int64(months)}.of(claimed, Down)
	}
	var x Benefit
	x.add("benefit.homecare", min(counted, *limit.Amount), Step{Program: jaring.JKK, Rule: limit, Input: claimed, Base: *limit.Amount, Count: months, Limit: *longest.Count})
	return x, l.err
}

// Late is what the fund owes on top when it pays due rupiah of program days days
// late. Errors: claim.range, days.range, program.no_rule, scheme.no_rule.
func (b *Book) Late(on jaring.Day, program jaring.Program, due jaring.Rupiah, days int) (Benefit, error) {
	key := map[jaring.Program]string{jaring.JKK: "jkk.pay.late", jaring.JKM: "jkm.pay.late"}[program]
	switch {
	case key == "":
		return Benefit{}, jaring.NewError(jaring.Invalid, "program.no_rule", "program", string(program))
	case due < 0 || due > maxMoney:
		return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
	case days < 0 || days > 36500:
		return Benefit{}, jaring.NewError(jaring.Invalid, "days.range", "min", 0, "max", 36500)
	}
	rule, err := b.on(key, on)
	if err != nil {
		return Benefit{}, err
	}
	var x Benefit
	x.add("benefit.late", b.wages(due, days, *rule.Ratio), Step{Program: program, Rule: rule, Base: due, Factor: *rule.Ratio, Count: days})
	return x, nil
}

// Prosthesis is the most that JKK pays for a prosthesis or orthosis which the
// government's rehabilitation centre sells for price. Errors: claim.range,
// scheme.no_rule.
func (b *Book) Prosthesis(on jaring.Day, price jaring.Rupiah) (Benefit, error) {
	if price < 0 || price > maxMoney {
		return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
	}
	rule, err := b.on("jkk.prosthesis.extra", on)
	if err != nil {
		return Benefit{}, err
	}
	var x Benefit
	x.add("benefit.prosthesis", price+rule.Ratio.of(price, b.Settings.Rounding), Step{Program: jaring.JKK, Rule: rule, Base: price, Factor: *rule.Ratio})
	return x, nil
}
