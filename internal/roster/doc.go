// Package roster judges a sponsor's list: may these people be protected, and what must
// be mended first?
//
// A sponsor – a regency, a village, a company – sends a spreadsheet of two thousand or forty
// thousand people. It was typed by many hands, pasted together, sorted and saved by
// programs that turn a NIK into a number and a birth date into an American one. Each
// row is judged by the rules of a single registration, [jaring.NewWorker] itself, so that a
// person has the same chance on a list as at a stall. What stands around it is only
// what lists need and stalls do not:
//
//	lines → FindHeading → Reading → Row → Judge → Entry with its Findings
//
//	heading   columns in any order, case and language, over one line or two
//	cells     a date in any sane form, an amount, a sex, as they are written
//	villages  by code or by name, with the district where a name is not enough
//	list      the same NIK or the same person twice
//	terms     what the agreement asks for: income, occupation, domicile, decile, quota
//
// Nothing is guessed. A cell that may mean two things is a finding with a suggestion,
// never a value: a NIK that went through a number is lost, "26" is no year, and a village
// whose name two districts share needs its district. What may be left out (a phone number) and
// cannot be read is left out and said so.
//
// The room is pure: no file, no clock, no database. Room sheet brings the lines, from
// XLSX or CSV, and takes the findings back into a spreadsheet. Findings name a row as the
// spreadsheet numbers it; they never hold a NIK or a mother's name.
package roster
