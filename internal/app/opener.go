package app

import (
	"io"

	"jaring/internal/roster"
)

// RosterFile is a list in an opened spreadsheet. Check judges its rows in order: entry gets each, tell what there is
// to say of them and of the file. Errors: that the file cannot be read, and those of either.
type RosterFile interface {
	Check(j *roster.Judge, tell func(roster.Finding) error, entry func(*roster.Entry) error) error
}

// RosterOpener opens a spreadsheet and finds the list in it.
type RosterOpener func(r io.ReaderAt, size int64) (RosterFile, error)
