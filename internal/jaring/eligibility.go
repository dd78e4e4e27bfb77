package jaring

// Who may join, go on and come back. The ages and spans of the law stand here
// and nowhere else; docs/rules says how well each is sourced.
const (
	// EntryAgeLimit: a new BPU must be younger, in years. Source: Perdir
	// 22/PERDIR.02/072022 (handbook p59); star.grid.id 453707682. Mark H.
	EntryAgeLimit = 65
	// EntryAgeMinimum: below it a second person looks before it counts, in
	// years. The law's minimum is unknown; own rule, against child labour.
	EntryAgeMinimum = 15
	// ArrearsMonths: so many unpaid months in a row may still be made up; one
	// more ends the membership. Source: Perdir 22/PERDIR.02/072022 item 12. Mark H.
	ArrearsMonths = 3
	// JobLossAgeLimit: JKP takes whoever is younger at registration, in years.
	// Source: PP 6/2025 Pasal 4. Mark H.
	JobLossAgeLimit = 54
)

// EntryAge judges the age of a new BPU born on birth who joins on today.
// Findings: worker.age_limit (reject; args n, max), worker.age_minimum (hold;
// args n, min).
func EntryAge(birth, today Day) []Finding {
	return entryAge(birth.AgeOn(today))
}

// EntryAgeYears is EntryAge for an age already known in years.
func EntryAgeYears(years int) []Finding { return entryAge(years) }

func entryAge(years int) []Finding {
	switch {
	case years >= EntryAgeLimit:
		return []Finding{{Verdict: Reject, Key: "worker.age_limit", Field: "birth_date", Args: Args{"n": years, "max": EntryAgeLimit}}}
	case years < EntryAgeMinimum:
		return []Finding{{Verdict: Hold, Key: "worker.age_minimum", Field: "birth_date", Args: Args{"n": years, "min": EntryAgeMinimum}}}
	}
	return nil
}

// MayContinue reports whether somebody who joined at entryYears may go on paying:
// whoever was under the limit at the first payment may, at any age. Source:
// Perdir 22/PERDIR.02/072022. Mark M.
func MayContinue(entryYears int) bool { return entryYears < EntryAgeLimit }

// MayPayArrears reports whether unpaid months in a row may still be made up.
func MayPayArrears(unpaid int) bool { return unpaid <= ArrearsMonths }

// RequiredPrograms are the programmes that a BPU of kind cannot leave out: JKK
// and JKM, and JHT too for one who employs others. Source: Permenaker 5/2021
// Pasal 31–32, through one reading. Mark M.
func RequiredPrograms(kind WorkerKind) Programs {
	if kind == EmployerOwner {
		return Programs{JKK, JKM, JHT}
	}
	return Programs{JKK, JKM}
}

// CheckPrograms judges the programmes that a BPU of kind wants. Findings, all
// reject: program.mandatory (args program), program.not_for_segment (args
// program, segment): JP and JKP are for wage workers.
func CheckPrograms(kind WorkerKind, wanted Programs) []Finding {
	var found []Finding
	for _, p := range RequiredPrograms(kind) {
		if !wanted.Has(p) {
			found = append(found, Finding{Verdict: Reject, Key: "program.mandatory", Field: "programs", Args: Args{"program": string(p)}})
		}
	}
	for _, p := range wanted {
		if p == JP || p == JKP {
			found = append(found, Finding{Verdict: Reject, Key: "program.not_for_segment", Field: "programs", Args: Args{"program": string(p), "segment": string(BPU)}})
		}
	}
	return found
}
