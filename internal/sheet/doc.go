// Package sheet reads lists of people from spreadsheets and writes findings back.
//
// XLSX is a zip of XML, CSV a text of unknown encoding; both are read as a stream, a line at a
// time, so that a million rows need no more memory than their repeated texts. The reader is
// our own, because what a list of NIK needs is what libraries hide: whether a cell was
// a number (then digits are lost), whether a number is shown as a date and from which year
// it counts, whether a formula's result is in the file, which rows are hidden and which
// cells are merged. What is written is written by excelize.
//
//	Open       → what is it really? .xls, PDF or HTML under another name are refused with a
//	             sentence that says what to do
//	OpenRoster → the sheet that holds the list, and its heading
//	Each       → a row, or a line that is nobody's
//	WriteFindings, WriteTemplate → XLSX out
//
// Files come from strangers. Of a zip only the parts that are needed are unpacked, and no more than
// the limits say, in sum and in proportion; texts, columns and parts are bounded; XML entities
// do not expand. Nothing in a file makes the reader crash or guess: what cannot be read
// for certain ends the reading with a *jaring.Error, or becomes a finding of its cell.
//
// On the way out every cell is a value. Formulas, links and macros of the file that came in do
// not come along, and a text that begins like a formula stays a text.
package sheet
