// Package scheme is the law of contributions and benefits as data, and the
// arithmetic that applies it.
//
// A rule is one effective-dated value of one key: from 2015-07 the flat JKM
// contribution of a BPU is Rp6.800, by this article, read in that source, with
// this confidence. The values stand in rules/*.json, never in code; the code
// knows only the keys, what shape each has, and how they work together. The
// loader refuses a file in which a key overlaps itself or leaves a gap, names an
// unknown programme or lacks its source, so a wrong rule stops the program and
// never prices anybody.
//
// What the law leaves open, or what the sources tell in two ways, is a setting
// with a stated default (Settings); docs/rules lists them all.
//
// A Book is a loaded set of rules. It never changes, is safe for many
// goroutines, and names itself by a Version that every bill remembers. A coming
// regulation is one more file: a rule there that names another in "replaces"
// ends it on the day before it begins.
//
// A contribution month is priced by the rules of that month, whenever it is
// paid. All money is whole rupiah, all factors are fractions of whole numbers.
// Amounts explain themselves: with Question.Explain each one arrives with the
// steps that led to it, as keys and values that any renderer can say in any
// language.
//
// The room is pure: no clock, no random, no file, no net.
package scheme
