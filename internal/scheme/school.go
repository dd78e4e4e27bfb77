package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// Pupil is a child of a member. Age 0 = not said; Year is the year in the level,
// 0 = the first.
type Pupil struct {
	Level   string
	Year    int
	Age     int
	Married bool
}

// SchoolYear is a year's scholarship for pupils: at most so many children, up to
// an age, unmarried, each level for its years. JKM asks for months of
// contribution (paid), JKK does not. Errors: level.unknown, child.range,
// program.no_rule, scheme.no_rule.
func (b *Book) SchoolYear(on jaring.Day, program jaring.Program, paid int, pupils []Pupil) (Benefit, error) {
	var x Benefit
	levels, ok, err := b.mayStudy(&x, on, program, paid)
	if err != nil || !ok {
		return x, err
	}
	l := b.at(on)
	most, oldest := l.rule("school.children"), l.rule("school.age")
	given := 0
	for _, p := range pupils {
		level, err := levelOf(levels, p.Level)
		if err != nil {
			return x, err
		}
		if p.Age < 0 || p.Age > 150 || p.Year < 0 || p.Year > 100 {
			return x, jaring.NewError(jaring.Invalid, "child.range")
		}
		s := Step{Program: program, Rule: levels, Word: "school." + level.Name, Count: max(1, p.Year), Limit: level.Years}
		switch {
		case p.Age >= *oldest.Count:
			s.Rule, s.Count, s.Limit = oldest, p.Age, *oldest.Count
			x.refuse("step.school.age", s)
		case p.Married:
			s.Rule = oldest
			x.refuse("step.school.married", s)
		case p.Year > level.Years:
			x.refuse("step.school.years", s)
		case given == *most.Count:
			s.Rule, s.Limit = most, *most.Count
			x.refuse("step.school.children", s)
		default:
			given++
			x.add("benefit.school", level.Amount, s)
		}
	}
	return x, l.err
}

// SchoolPath is what children children get in all from level from to level to,
// both included; empty words mean the first and the last. Errors as SchoolYear.
func (b *Book) SchoolPath(on jaring.Day, program jaring.Program, paid, children int, from, to string) (Benefit, error) {
	var x Benefit
	levels, ok, err := b.mayStudy(&x, on, program, paid)
	if err != nil || !ok {
		return x, err
	}
	l := b.at(on)
	most := l.rule("school.children")
	path, err := pathOf(levels, from, to)
	if err != nil {
		return x, err
	}
	if children < 0 || children > 100 {
		return x, jaring.NewError(jaring.Invalid, "child.range")
	}
	n := min(children, *most.Count)
	for _, level := range path {
		amount := level.Amount * jaring.Rupiah(level.Years*n)
		x.add("benefit.school.path", amount, Step{Program: program, Rule: levels, Word: "school." + level.Name, Base: level.Amount, Count: level.Years, Limit: n})
	}
	return x, l.err
}

func (x *Benefit) refuse(key string, s Step) {
	s.Key = key
	x.Steps = append(x.Steps, s)
}

// mayStudy gives the table of levels, and whether program pays scholarships to
// somebody who has paid so many months.
func (b *Book) mayStudy(x *Benefit, on jaring.Day, program jaring.Program, paid int) (*Rule, bool, error) {
	if program != jaring.JKK && program != jaring.JKM {
		return nil, false, jaring.NewError(jaring.Invalid, "program.no_rule", "program", string(program))
	}
	l := b.at(on)
	levels, months := l.rule("school.levels"), l.rule("school.jkm.months")
	if program == jaring.JKM && paid < *months.Count {
		x.refuse("step.school.months", Step{Program: program, Rule: months, Count: paid, Limit: *months.Count})
		return levels, false, l.err
	}
	return levels, true, l.err
}

func levelOf(levels *Rule, name string) (Level, error) {
	i := slices.IndexFunc(levels.Levels, func(l Level) bool { return l.Name == name })
	if i < 0 {
		return Level{}, jaring.NewError(jaring.Invalid, "level.unknown", "text", name)
	}
	return levels.Levels[i], nil
}

func pathOf(levels *Rule, from, to string) ([]Level, error) {
	first, last := 0, len(levels.Levels)-1
	for i, l := range levels.Levels {
		if l.Name == from {
			first = i
		}
		if l.Name == to {
			last = i
		}
	}
	for _, name := range []string{from, to} {
		if _, err := levelOf(levels, name); name != "" && err != nil {
			return nil, err
		}
	}
	if last < first {
		return nil, jaring.NewError(jaring.Invalid, "level.order", "from", from, "to", to)
	}
	return levels.Levels[first : last+1], nil
}
