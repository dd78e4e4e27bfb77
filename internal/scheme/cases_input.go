package scheme

import (
	"slices"
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// check judges the text of one input; it gives an error or nil.
type check func(text string) error

// word accepts the words of a list.
func word(allowed ...string) check {
	return func(text string) error {
		if !slices.Contains(allowed, text) {
			return caseError("case.value", "text", text, "choices", strings.Join(allowed, ", "))
		}
		return nil
	}
}

func checkNumber(text string) error {
	if !isWholeNumber(text) {
		return caseError("case.number", "text", text)
	}
	return nil
}

func checkNumbers(text string) error {
	for _, one := range strings.Split(text, "+") {
		if err := checkNumber(one); err != nil {
			return err
		}
	}
	return nil
}

// checkPercent accepts 35 and 12.5.
func checkPercent(text string) error {
	_, err := parsePercent(text)
	return err
}

func checkMonth(text string) error {
	_, err := jaring.ParseMonth(text)
	return err
}

func checkMonths(text string) error {
	_, _, err := parseMonths(text)
	return err
}

func checkDay(text string) error {
	_, err := jaring.ParseDay(text)
	return err
}

func checkPrograms(text string) error {
	if text == "mandatory" {
		return nil
	}
	_, err := parseProgramList(text)
	return err
}

func checkTransport(text string) error {
	for _, mode := range strings.Split(text, "+") {
		if err := word(RideModes...)(mode); err != nil {
			return err
		}
	}
	return nil
}

func checkPath(text string) error {
	from, to, ok := strings.Cut(text, "..")
	if !ok {
		return caseError("case.value", "text", text, "choices", "TK..S1")
	}
	if err := word(schoolLevels...)(from); err != nil {
		return err
	}
	return word(schoolLevels...)(to)
}

// checkName accepts a word in small letters, as the rows of the table of losses
// have: the book holds samples of that table alone.
func checkName(text string) error {
	if text == "" || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return caseError("case.value", "text", text, "choices", "a_row_of_the_table")
	}
	return nil
}

// checkAny leaves the judging to the rule itself: a broken NIK is a case.
func checkAny(string) error { return nil }

var (
	schoolLevels = []string{"TK", "SD", "SMP", "SMA", "S1"}
	yesNo        = word("yes", "no")
	oneProgram   = word("JKK", "JKM", "JHT", "JP", "JKP")
	segments     = word("BPU", "PU")
	sizeWords    = word("micro", "small", "medium", "large")
)

var contributionKeys = map[string]check{
	"segment": segments, "month": checkMonth, "income": checkNumber, "wage": checkNumber, "pay": word("daily"), "daily_wage": checkNumber,
	"risk_class": word("I", "II", "III", "IV", "V"), "employer_size": sizeWords, "program": oneProgram, "programs": checkPrograms,
	"contribution_due": checkNumber, "months_late": checkNumber,
	"output": word("jkk", "jkm", "jht", "total", "employer", "employee", "monthly_wage_base", "penalty"),
}

var caseKeys = map[string]map[string]check{
	"contribution": contributionKeys,
	"adjustment": with(contributionKeys, map[string]check{
		"sector": word("transport", "other"), "funding": word("self", "csr", "apbd", "apbn"), "first_month": checkMonth, "months": checkNumber,
		"paid_up_to": checkMonth, "registered": checkMonth, "workers": checkNumber, "paid": checkNumber, "paid_months": checkMonths,
		"industry": word("food", "textile", "leather", "footwear", "toys", "furniture", "other"),
		"output":   word("jkk", "jkm", "jht", "total", "employer", "employee", "monthly_wage_base", "penalty", "credit_carried_forward"),
	}),
	"benefit": {
		"program": word("JKM", "JKK", "JHT"), "segment": segments, "death": checkDay, "months_covered": checkNumber, "months_contributed": checkNumber,
		"wage": checkNumber, "cause": word("work_death", "total_permanent_disability", "partial_anatomical", "partial_function"),
		"loss": checkName, "table_pct": checkPercent, "function_loss_pct": checkPercent, "stmb_months": checkNumber,
		"transport": checkTransport, "claimed": checkNumbers, "homecare_claimed": checkNumber, "children": checkNumber,
		"child_level": word(schoolLevels...), "year_in_level": checkNumber, "child_age": checkNumber, "married": yesNo, "full_path": checkPath,
		"monthly": checkNumber, "months": checkNumber, "balance": checkNumber, "years": checkNumber, "purpose": word("housing", "other"),
		"due": checkNumber, "days_late": checkNumber,
		"output": word("cash", "death_cash", "lump_sum", "berkala_lump_sum", "death+funeral+berkala", "maximum_package", "stmb_total",
			"reimbursed", "covered", "scholarship_year", "scholarship_max", "max_partial", "compensation"),
	},
	"eligibility": {
		"segment": segments, "action": word("register", "continue", "pay_arrears"), "age_years": checkNumber, "registered_age": checkNumber,
		"unpaid_months": checkNumber, "kind": word("self_employed", "employer_owner"), "programs": checkPrograms, "employer_size": sizeWords,
		"program": word("JKP", "JKK"), "jkn": yesNo, "age": checkNumber, "citizen": yesNo, "accident": checkDay, "claim": checkDay,
		"contribution_month": checkMonth, "nik": checkAny, "dob": checkDay, "sex": word("M", "F"), "today": checkDay,
		"output": word("status", "mandatory_programs", "due_date"),
	},
}

func with(base, more map[string]check) map[string]check {
	all := map[string]check{}
	for k, c := range base {
		all[k] = c
	}
	for k, c := range more {
		all[k] = c
	}
	return all
}

// inputs are the checked inputs of one case. Reading a key that is not there is
// remembered in missing, so that a formula can be written without branches.
type inputs struct {
	kind      string
	values    map[string]string
	missing   *jaring.Error
	areaKnown func(string) bool
}

// parseInputs reads key=value;… of a kind. Errors: case.kind, case.pair, case.key,
// case.twice, case.value, case.number and those of months, days and programmes.
func parseInputs(kind, text string) (*inputs, error) {
	keys, ok := caseKeys[kind]
	if !ok {
		return nil, caseError("case.kind", "text", kind)
	}
	in := &inputs{kind: kind, values: map[string]string{}}
	for _, pair := range strings.Split(text, ";") {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, caseError("case.pair", "n", len(in.values)+1)
		}
		judge, known := keys[key]
		if !known {
			return nil, caseError("case.key", "key", key)
		}
		if in.has(key) {
			return nil, caseError("case.twice", "key", key)
		}
		if err := judge(value); err != nil {
			return nil, asError(err).At(key)
		}
		in.values[key] = value
	}
	return in, nil
}

func (in *inputs) has(key string) bool {
	_, ok := in.values[key]
	return ok
}

// text is the value of a key that the case must have. Error: case.missing.
func (in *inputs) text(key string) string {
	v, ok := in.values[key]
	if !ok && in.missing == nil {
		in.missing = caseError("case.missing", "key", key)
	}
	return v
}

// number is the value of a key that the case must have, as a whole number.
func (in *inputs) number(key string) int64 {
	n, _ := strconv.ParseInt(in.text(key), 10, 64) // checked before; 0 when missing
	return n
}

func (in *inputs) rupiah(key string) jaring.Rupiah { return jaring.Rupiah(in.number(key)) }

// count is number within what counts can be, so that it fits an int.
func (in *inputs) count(key string) int { return int(min(in.number(key), 1_000_000_000)) }

// countOr is count, or what holds when the case does not say.
func (in *inputs) countOr(key string, unsaid int) int {
	if !in.has(key) {
		return unsaid
	}
	return in.count(key)
}

func (in *inputs) month(key string) jaring.Month {
	m, _ := jaring.ParseMonth(in.text(key))
	return m
}

func (in *inputs) monthOr(key string, unsaid jaring.Month) jaring.Month {
	if !in.has(key) {
		return unsaid
	}
	return in.month(key)
}

func (in *inputs) day(key string) jaring.Day {
	d, _ := jaring.ParseDay(in.text(key))
	return d
}

func (in *inputs) dayOr(key string, unsaid jaring.Day) jaring.Day {
	if !in.has(key) {
		return unsaid
	}
	return in.day(key)
}

// err is what the case lacks, or nil.
func (in *inputs) err() error {
	if in.missing == nil {
		return nil
	}
	return in.missing
}

// parseMonths reads 2026-01..2026-03. Errors: case.months, month.malformed.
func parseMonths(text string) (from, to jaring.Month, err error) {
	a, b, ok := strings.Cut(text, "..")
	if !ok {
		return 0, 0, caseError("case.months", "text", text)
	}
	if from, err = jaring.ParseMonth(a); err != nil {
		return 0, 0, err
	}
	if to, err = jaring.ParseMonth(b); err != nil {
		return 0, 0, err
	}
	if to < from {
		return 0, 0, caseError("case.months", "text", text)
	}
	return from, to, nil
}

// parsePercent reads a percentage with at most four decimals. Error: case.number.
func parsePercent(text string) (Ratio, error) {
	whole, decimals, dotted := strings.Cut(text, ".")
	if !isWholeNumber(whole) || len(whole) > 3 || dotted && (decimals == "" || len(decimals) > 4 || strings.Trim(decimals, "0123456789") != "") {
		return Ratio{}, caseError("case.number", "text", text)
	}
	num, err := strconv.ParseInt(whole+decimals, 10, 64)
	den := int64(100)
	for range decimals {
		den *= 10
	}
	if err != nil || num > den {
		return Ratio{}, caseError("case.number", "text", text)
	}
	return Ratio{num, den}, nil
}

// parseProgramList reads JKK+JKM, each once, in any order. Error: program.unknown.
func parseProgramList(text string) (jaring.Programs, error) {
	names := strings.Split(text, "+")
	for _, name := range names {
		if err := oneProgram(name); err != nil {
			return nil, jaring.NewError(jaring.Invalid, "program.unknown", "program", name)
		}
	}
	return jaring.NewPrograms(names...)
}
