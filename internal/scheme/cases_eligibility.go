package scheme

import "jaring/internal/jaring"

// workEligibility answers a case of kind eligibility. What it asks is told by the
// keys that it has.
func (b *Book) workEligibility(in *inputs) (string, error) {
	var got string
	var err error
	switch output := in.values["output"]; {
	case output == "status":
		got, err = workStatus(in)
	case output == "mandatory_programs":
		got, err = b.workMandatory(in)
	case output == "due_date":
		segment, month := in.text("segment"), in.month("contribution_month")
		if in.missing == nil {
			var due jaring.Day
			due, err = b.DueDate(jaring.Segment(segment), month)
			got = due.String()
		}
	case in.has("nik"):
		got, err = b.workNIK(in)
	case in.has("action"):
		got, err = workAction(in)
	case in.values["program"] == string(jaring.JKP):
		got, err = b.workJobLoss(in)
	case in.values["program"] == string(jaring.JKK):
		got, err = b.workClaim(in)
	default:
		got, err = b.workPrograms(in)
	}
	if in.missing != nil {
		return "", in.err()
	}
	return got, err
}

// verdict is yes or no in the words that a question wants.
func verdict(ok bool, yes, no string) string {
	if ok {
		return yes
	}
	return no
}

// onlyBPU is the error of a question that the sources answer for BPU alone.
func onlyBPU(in *inputs) error {
	if segment := in.text("segment"); in.missing == nil && segment != string(jaring.BPU) {
		return caseError("case.value", "text", segment, "choices", string(jaring.BPU))
	}
	return nil
}

func workStatus(in *inputs) (string, error) {
	unpaid := in.count("unpaid_months")
	switch {
	case unpaid == 0:
		return "ACTIVE", onlyBPU(in)
	case jaring.MayPayArrears(unpaid):
		return "ARREARS", onlyBPU(in)
	}
	return "ENDED_OR_INACTIVE", onlyBPU(in)
}

func workAction(in *inputs) (string, error) {
	if err := onlyBPU(in); err != nil {
		return "", err
	}
	switch in.text("action") {
	case "register":
		age := in.count("age_years")
		return verdict(len(jaring.EntryAgeYears(age)) == 0, "ELIGIBLE", "NOT_ELIGIBLE"), nil
	case "continue":
		return verdict(jaring.MayContinue(in.count("registered_age")), "ELIGIBLE", "NOT_ELIGIBLE"), nil
	}
	return verdict(jaring.MayPayArrears(in.count("unpaid_months")), "ALLOWED", "NOT_ALLOWED"), nil
}

// workMandatory lists the programmes that must be taken.
func (b *Book) workMandatory(in *inputs) (string, error) {
	if in.text("segment") == string(jaring.BPU) {
		kind := jaring.SelfEmployed
		if in.has("kind") {
			kind = jaring.WorkerKind(in.text("kind"))
		}
		return jaring.RequiredPrograms(kind).String(), nil
	}
	size := in.text("employer_size")
	if in.missing != nil {
		return "", in.err()
	}
	ps, _, err := b.MandatoryPrograms(EmployerSize(size), in.monthOr("contribution_month", b.AsOf.Month()))
	return ps.String(), err
}

// workPrograms judges a set of programmes for a segment.
func (b *Book) workPrograms(in *inputs) (string, error) {
	segment, list := in.text("segment"), in.text("programs")
	if in.missing != nil || list == "mandatory" {
		return "", firstOf(in.err(), caseError("case.value", "text", list, "choices", "JKK+JKM"))
	}
	wanted, err := parseProgramList(list)
	if err != nil {
		return "", err
	}
	if segment == string(jaring.BPU) {
		kind := jaring.SelfEmployed
		if in.has("kind") {
			kind = jaring.WorkerKind(in.text("kind"))
		}
		return verdict(len(jaring.CheckPrograms(kind, wanted)) == 0, "VALID", "INVALID"), nil
	}
	size := in.text("employer_size")
	if in.missing != nil {
		return "", in.err()
	}
	needed, _, err := b.MandatoryPrograms(EmployerSize(size), in.monthOr("contribution_month", b.AsOf.Month()))
	return verdict(hasAll(wanted, needed), "VALID", "INVALID"), err
}

func hasAll(wanted, needed jaring.Programs) bool {
	for _, p := range needed {
		if !wanted.Has(p) {
			return false
		}
	}
	return true
}

// workJobLoss judges who may have JKP.
func (b *Book) workJobLoss(in *inputs) (string, error) {
	size, list, jkn, age, citizen := in.text("employer_size"), in.text("programs"), in.text("jkn"), in.count("age"), in.text("citizen")
	if in.missing != nil {
		return "", in.err()
	}
	has, err := parseProgramList(list)
	if err != nil {
		return "", err
	}
	needed, _, err := b.JobLossPrograms(EmployerSize(size), in.monthOr("contribution_month", b.AsOf.Month()))
	ok := hasAll(has, needed) && jkn == "yes" && citizen == "yes" && age < jaring.JobLossAgeLimit
	return verdict(ok && in.values["segment"] != string(jaring.BPU), "ELIGIBLE", "NOT_ELIGIBLE"), err
}

// workClaim judges whether a claim for a work accident comes in time.
func (b *Book) workClaim(in *inputs) (string, error) {
	accident, claim := in.day("accident"), in.day("claim")
	if in.missing != nil {
		return "", in.err()
	}
	if claim < accident {
		return "", caseError("case.order", "a", accident, "b", claim)
	}
	until, _, err := b.ClaimUntil(accident)
	return verdict(claim <= until, "IN_TIME", "EXPIRED"), err
}

// workNIK judges a NIK against birth date and sex; a second look is a warning in
// this language.
func (b *Book) workNIK(in *inputs) (string, error) {
	nik, fault := jaring.ParseNIK(in.text("nik"))
	if fault != nil {
		return "REJECT", nil
	}
	today := in.dayOr("today", b.AsOf)
	birth := in.dayOr("dob", 0)
	known := in.areaKnown == nil || in.areaKnown(nik.Issuance())
	worst := jaring.Worst(nik.Check(birth, jaring.Sex(in.values["sex"]), known, today))
	if birth != 0 && birth.AgeOn(today) < jaring.EntryAgeMinimum {
		worst = max(worst, jaring.Hold)
	}
	switch worst {
	case jaring.Pass:
		return "OK", nil
	case jaring.Reject:
		return "REJECT", nil
	}
	return "WARN", nil
}
