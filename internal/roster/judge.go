package roster

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// Judge judges the rows of one list, in their order: who stands in it twice, and how many
// places a village has left, depend on the rows before. It is for one goroutine, but for Prepare.
type Judge struct {
	agreement   Agreement
	programs    []string
	areas       *area.Tree
	today       jaring.Day
	on          jaring.Day // on which ages are counted
	villages    *villages
	occupations map[string]bool
	taken       map[area.Code]int
	list        list
	mends       map[int]Mend
	sum         Sum
}

// NewJudge prepares the judging of one list under an agreement that has been checked. today is
// the day in the office's zone.
func NewJudge(a Agreement, areas *area.Tree, today jaring.Day) *Judge {
	if len(a.Programs) == 0 {
		a.Programs = jaring.RequiredPrograms(jaring.SelfEmployed)
	}
	return &Judge{agreement: a, programs: programNames(a.Programs), areas: areas, today: today, on: max(today, a.Start), villages: newVillages(areas, a.Area),
		occupations: map[string]bool{}, taken: map[area.Code]int{}, list: newList()}
}

// Sum is what has been judged so far.
func (j *Judge) Sum() Sum { return j.sum }

// Judge judges a row by the rules of a single registration and by what only lists need.
//
// Findings besides those of jaring.NewWorker and NIK.Check: cell.fault (args text),
// cell.unknown, cell.merged (args row), the errors of readDate; roster.duplicate, roster.maybe_same
// (args row), income.small (args sum), roster.left_out, roster.mended, roster.accepted, roster.row_hidden, roster.sex_missing, nik.area_old (args area), those of villages.find
// and of terms.
func (j *Judge) Judge(row Row) Entry {
	p := j.Prepare(row)
	e := j.Finish(&p)
	j.Count(&e)
	return e
}

// Prepared is a row of which is judged what does not depend on other rows.
type Prepared struct {
	entry      Entry
	row        Row
	who        uint64 // name and birth date as they sound; 0 without them
	monthFirst bool
}

// Prepare judges a row by itself. It may be called by many goroutines at once, in any order.
func (j *Judge) Prepare(row Row) Prepared {
	p := Prepared{entry: Entry{Row: row.Number}, row: row}
	e := &p.entry
	j.mends[row.Number].Overlay(&p.row)
	e.Registration = jaring.Registration{Programs: j.programs, Months: 1, Consent: sponsored}
	j.cells(e, &p.row)
	j.read(&p)
	j.asRegistration(e, &p.row)
	if e.Registration.BirthDate != "" && e.Registration.Name != "" {
		p.who = personKey(e.Registration.Name, e.Registration.BirthDate)
	}
	return p
}

// Count adds a row to the sum, once all is said of it.
func (j *Judge) Count(e *Entry) { j.sum.add(e) }

// Finish judges a row among the others. Rows come one by one, in their order.
func (j *Judge) Finish(p *Prepared) Entry {
	e := p.entry
	e.Source = &p.row
	m, mended := j.mends[e.Row]
	if m.LeftOut {
		j.leave(&e, m)
		return e
	}
	j.inList(&e, p)
	if p.row.Hidden {
		e.find(jaring.Warn, NoField, "roster.row_hidden")
	}
	if mended {
		m.Settle(e.Findings)
		j.tell(&e, m)
	}
	j.terms(&e, &p.row)
	e.Verdict = worst(e.Findings)
	e.Registration.Consent = jaring.Consent{}
	slices.SortStableFunc(e.Findings, func(a, b Finding) int { return cmp.Compare(fieldOf(a.Field), fieldOf(b.Field)) })
	return e
}

// Aside is what to say of a line that is nobody's. Finding: roster.row_skipped (warn).
func (j *Judge) Aside(line Line) Finding {
	e := Entry{Row: line.Number}
	e.find(jaring.Warn, NoField, "roster.row_skipped")
	j.sum.Findings++
	return e.Findings[0]
}

// sponsored stands for the consent that a sponsor brings for its people, so that rows are judged
// by all the other rules; it is never kept.
var sponsored = jaring.Consent{NoticeVersion: "sponsor", Channel: "signature", At: time.Unix(0, 0)}

func programNames(ps jaring.Programs) []string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = string(p)
	}
	return names
}

// worst is the worst verdict of a row; what a person at a stall would have to confirm waits for a second look.
func worst(findings []Finding) jaring.Verdict {
	worst := jaring.Pass
	for _, f := range findings {
		v := f.Verdict
		if f.Confirm {
			v = max(v, jaring.Hold)
		}
		worst = max(worst, v)
	}
	return worst
}

// cells finds what a spreadsheet did to a cell before anybody reads what stands in it.
func (j *Judge) cells(e *Entry, row *Row) {
	for f := NIK; f < fieldCount; f++ {
		switch c := row.Cells[f]; {
		case c.faulty():
			e.find(jaring.Reject, f, "cell.fault", "text", short(c.Text))
		case c.Kind == Unknown:
			e.find(jaring.Reject, f, "cell.unknown")
		case c.Kind == Long:
			e.find(jaring.Reject, f, "field.too_long", "max", mostText)
		case c.Anchor > 0 && c.Anchor != row.Number && c.Empty():
			e.find(jaring.Reject, f, "cell.merged", "row", c.Anchor)
		case f == NIK && c.Kind == Number || c.Kind == Date && f != BirthDate:
			j.madeNumber(e, f)
		}
	}
}

// mostText is the longest text of any field, in characters; see jaring.NewWorker.
const mostText = 250

func (j *Judge) madeNumber(e *Entry, f Field) {
	if f == NIK {
		e.find(jaring.Reject, f, "nik.damaged")
		return
	}
	e.find(jaring.Reject, f, "cell.date")
}

// read fills the registration from the cells that can be read.
func (j *Judge) read(p *Prepared) {
	e, row := &p.entry, &p.row
	r := &e.Registration
	r.NIK, r.Name, r.MotherName = row.text(NIK), row.Cells[Name].Text, row.text(Mother)
	r.Occupation, r.Address, r.BirthPlace = row.text(Occupation), row.text(Address), row.text(BirthPlace)
	if row.Cells[NIK].Kind == Text {
		if nik, err := jaring.ParseNIK(r.NIK); err == nil {
			e.NIK = nik
		}
	}
	p.monthFirst = j.readBirth(e, row)
	j.readSex(e, row)
	j.readIncome(e, row)
	if phone := row.text(Phone); phone != "" && phone != "0" && !has(e, Phone) {
		if _, err := jaring.ParsePhone(phone); err != nil {
			e.find(jaring.Warn, Phone, "phone.malformed")
		} else {
			r.Phone = phone
		}
	}
	if village := row.text(Village); village != "" && !has(e, Village) {
		found := j.villages.find(village, row.text(District), row.text(Regency))
		if found.err != nil {
			e.add(jaring.Reject, found.err.At(Village.String())).suggest(found.suggestion)
		}
		r.Village = string(found.code)
	}
}

// readBirth reports whether the date only makes sense with the month first.
func (j *Judge) readBirth(e *Entry, row *Row) (monthFirst bool) {
	c := row.Cells[BirthDate]
	if row.text(BirthDate) == "" || has(e, BirthDate) {
		return false
	}
	day, place, suggestion, err := readDate(c.Text, j.on)
	if err != nil {
		e.add(jaring.Reject, err.At(BirthDate.String())).suggest(suggestion)
		return err.Key == "date.month_first"
	}
	if day > j.today {
		e.find(jaring.Reject, BirthDate, "date.future")
		return false
	}
	e.Registration.BirthDate = day.String()
	if place != "" && e.Registration.BirthPlace == "" {
		e.Registration.BirthPlace = place
	}
	return false
}

// readSex reads the sex; a list may leave it out, and then what the NIK says is offered.
func (j *Judge) readSex(e *Entry, row *Row) {
	text := row.text(Sex)
	if has(e, Sex) {
		return
	}
	sex, ok := readSex(text)
	e.Registration.Sex = string(sex)
	if ok {
		return
	}
	f := e.find(jaring.Reject, Sex, "sex.unknown", "text", short(text))
	if text == "" {
		f.Key, f.Verdict, f.Args = "roster.sex_missing", jaring.Warn, nil
	}
	if day, _, _, told := e.NIK.Birth(); day >= 1 && day <= 31 {
		f.Suggestion = sexSuggestion(told)
	}
}

func sexSuggestion(s jaring.Sex) Suggestion {
	return Suggestion{Key: "sex." + strings.ToLower(string(s))}
}

// A smaller income a month, in rupiah, is more likely one in thousands.
const (
	leastIncome = 100_000
	thousand    = 1000
)

func (j *Judge) readIncome(e *Entry, row *Row) {
	c := row.Cells[Income]
	if row.text(Income) == "" || has(e, Income) {
		return
	}
	amount, suggestion, err := readIncome(c)
	if e2, ok := err.(*jaring.Error); ok {
		f := e.find(jaring.Reject, Income, e2.Key, "text", short(c.Text))
		if f.suggest(suggestion); strings.ContainsRune(short(c.Text), '•') { // two sums: figures that are hidden say nothing
			f.Args = nil
		}
		return
	}
	if amount > 0 && amount < leastIncome {
		e.find(jaring.Warn, Income, "income.small", "sum", amount).suggest((amount * thousand).String())
	}
	e.Registration.MonthlyIncome = &amount
}

// asRegistration judges what was read as one registration. What has a finding of its own by now
// is passed over.
func (j *Judge) asRegistration(e *Entry, row *Row) {
	r := e.Registration
	r.LowestBand = r.MonthlyIncome == nil
	if r.Sex == "" {
		r.Sex = string(jaring.Male) // a place holder; see readSex
	}
	judge := jaring.NewWorker
	if j.agreement.Employer {
		judge = jaring.NewEmployee
	}
	person, err := judge(r, j.on, j.areaKnown, func(string) bool { return true })
	found := len(e.Findings)
	if errs, ok := err.(jaring.Errors); ok {
		for _, one := range errs {
			if f := fieldOf(one.Field); f != NoField && hasAmong(e.Findings[:found], one.Field) {
				continue
			}
			rejected := e.add(jaring.Reject, j.atStart(one, r.BirthDate))
			j.mend(e, rejected, row)
		}
	}
	birth := person.Worker.BirthDate
	if birth == 0 {
		birth, _ = jaring.ParseDay(r.BirthDate)
	}
	if birth > j.on {
		birth = 0
	}
	sex := jaring.Sex(e.Registration.Sex)
	for _, f := range j.oddities(e, birth, sex) {
		e.Findings = append(e.Findings, Finding{Row: e.Row, Finding: f, Mendable: true})
		j.repair(e, &e.Findings[len(e.Findings)-1], birth, sex)
	}
	if has(e, BirthDate) && slices.ContainsFunc(e.Findings, func(f Finding) bool { return f.Key == "nik.birth_differs" }) {
		j.doubtAge(e)
	}
}

// atStart says the day where somebody is too old only when cover begins: worker.age_limit (args n, max, on).
func (j *Judge) atStart(err *jaring.Error, birth string) *jaring.Error {
	born, bad := jaring.ParseDay(birth)
	if err.Key != "worker.age_limit" || bad != nil || born.AgeOn(j.today) >= jaring.EntryAgeLimit {
		return err
	}
	return jaring.NewError(err.Code, err.Key, "n", err.Args["n"], "max", err.Args["max"], "on", j.on).At(err.Field)
}

// doubtAge lets an age be corrected where the NIK tells another birth date.
func (j *Judge) doubtAge(e *Entry) {
	for i := range e.Findings {
		if e.Findings[i].Key == "worker.age_limit" {
			e.Findings[i].Mendable = true
		}
	}
}

func hasAmong(findings []Finding, field string) bool {
	for _, f := range findings {
		if f.Field == field {
			return true
		}
	}
	return false
}

// oddities is what is odd and may pass: of the age, of the NIK, and that it was given elsewhere.
func (j *Judge) oddities(e *Entry, birth jaring.Day, sex jaring.Sex) (found []jaring.Finding) {
	if birth > 0 && birth <= j.on {
		for _, f := range jaring.EntryAge(birth, j.on) {
			if f.Verdict != jaring.Reject { // NewWorker said so
				found = append(found, f)
			}
		}
	}
	if e.NIK.IsZero() || has(e, NIK) {
		return found
	}
	place, known := j.areas.Issuance(e.NIK.Issuance())
	found = append(found, e.NIK.Check(birth, sex, known != area.Unknown, j.on)...)
	home := area.Code(e.Registration.Village).At(area.Regency)
	from := place.Code.At(area.Regency)
	switch {
	case home == "":
	case from != "" && from != home:
		found = append(found, jaring.Finding{Verdict: jaring.Warn, Key: "nik.area_old", Field: "nik", Args: jaring.Args{"area": j.villages.name(from)}})
	case known == area.ProvinceOnly:
		if _, ok := e.NIK.RepairSwap(birth, sex, j.issuedIn(home)); ok { // no such regency, and a slip explains it
			found = append(found, jaring.Finding{Verdict: jaring.Warn, Key: "roster.nik_area_slip", Field: "nik"})
		}
	}
	return found
}

// issuedIn reports of an issuance code whether it is a district of regency.
func (j *Judge) issuedIn(regency area.Code) func(string) bool {
	return func(issuance string) bool {
		place, known := j.areas.Issuance(issuance)
		return known == area.DistrictNow && place.Code.At(area.Regency) == regency
	}
}

func (j *Judge) areaKnown(issuance string) bool {
	_, known := j.areas.Issuance(issuance)
	return known != area.Unknown
}
