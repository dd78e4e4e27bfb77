// Package archtest holds the house to its own plan. Each file is one kind of rule
// and gives findings, a sentence each with the place it speaks of:
//
//	imports.go   which room may call which; what a pure room may use
//	sql.go       SQL stands in store alone, and values never become part of it
//	privacy.go   which rooms may see a whole NIK
//	texts.go     every text in both languages
//	keys.go      every error key with its text, and every value that the text needs
//	size.go      files and functions that can be read at one sitting; package names
//	docs.go      links that lead somewhere, short decisions, whose product this is not
//	words.go     nothing left open, nothing of the machine it was written on
//	lint.go      the same import rule for a linter, written from the same table
//
// The rules read source text only; nothing is built and nothing is fetched. Each
// is tried on a bad sample of its own, because a rule that cannot fail guards
// nothing.
package archtest
