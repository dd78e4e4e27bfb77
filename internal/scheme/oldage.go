package scheme

import "jaring/internal/jaring"

// OldAgePart is the largest part of a JHT balance that may be taken before old
// age, once, after years years of membership: purpose housing or other. Errors:
// claim.range, years.range, purpose.unknown, scheme.no_rule.
func (b *Book) OldAgePart(on jaring.Day, balance jaring.Rupiah, years int, purpose string) (Benefit, error) {
	switch {
	case balance < 0 || balance > maxMoney:
		return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
	case years < 0 || years > 150:
		return Benefit{}, jaring.NewError(jaring.Invalid, "years.range", "min", 0, "max", 150)
	case purpose != "housing" && purpose != "other":
		return Benefit{}, jaring.NewError(jaring.Invalid, "purpose.unknown", "text", purpose)
	}
	l := b.at(on)
	needed, rate := l.rule("jht.part.years"), l.rule("jht.part."+purpose)
	var x Benefit
	if years < *needed.Count {
		x.refuse("step.jht.years", Step{Program: jaring.JHT, Rule: needed, Count: years, Limit: *needed.Count})
		return x, l.err
	}
	x.add("benefit.jht.part", rate.Ratio.of(balance, b.Settings.Rounding), Step{Program: jaring.JHT, Rule: rate, Base: balance, Factor: *rate.Ratio, Word: "purpose." + purpose})
	return x, l.err
}

// OldAge is the whole balance of JHT, paid at the age of the rule, on death, or
// on total permanent disability. Errors: claim.range, scheme.no_rule.
func (b *Book) OldAge(on jaring.Day, balance jaring.Rupiah) (Benefit, error) {
	if balance < 0 || balance > maxMoney {
		return Benefit{}, jaring.NewError(jaring.Invalid, "claim.range", "max", maxMoney)
	}
	rule, err := b.on("jht.age", on)
	if err != nil {
		return Benefit{}, err
	}
	var x Benefit
	x.add("benefit.jht", balance, Step{Program: jaring.JHT, Rule: rule, Base: balance, Count: *rule.Count})
	return x, nil
}
