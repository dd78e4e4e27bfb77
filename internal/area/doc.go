// Package area knows the official areas of Indonesia – 38 provinces, 514
// regencies and cities, 7,285 districts and 83,762 villages – and finds the one
// that a person means.
//
// # The table
//
// The areas are embedded in the program as one compressed table (areas.bin.gz),
// because a registration in a market without signal needs its village just as
// much as one in the office, and because a look-up must never wait for a
// database. The table holds a sorted list of codes and one long string of
// names; nothing is turned into objects until somebody asks. [Load] unpacks it
// once, in a few milliseconds and about two megabytes.
//
// A [Code] is the dotted code of the Ministry of Home Affairs: "15" is a
// province, "15.71" a city in it, "15.71.01" a district and "15.71.01.1001" a
// village. An area contains another one exactly if its code is the head of the
// other's code, so [Contains] needs no table. The codes of the statistics office
// look alike and mean other areas; they have no place here.
//
// # Numbers that were issued long ago
//
// The first six digits of a NIK name the district where a person was first
// registered, by the code that was in force on that day. A NIK never follows a
// move or a split of an area. [Tree.Issuance] therefore answers in degrees and
// never with a refusal: a code that is not on today's list may be an old one
// (data/aliases.csv has the 26 regencies of Papua that were recoded) or one
// that this table has not heard of.
//
// # Search
//
// People write "angsoduo", "Djambi", "kec muara bulain" and "sungai baung muara
// bulian". [Tree.Search] forgives all of this in one way: it strips a name to
// its sound ([Fold]) and measures how many slips of the finger lie between what
// was typed and each name. The measure runs over all names that share enough
// letters with the text; 64 cells of the usual table are computed in one machine
// word, so a whole country takes a few milliseconds without an index on disk.
// The few best are then measured again with the cost of each slip: a neighbour
// key, a swapped pair or a vowel is a smaller slip than a foreign letter.
//
// Further words are read as the surroundings. The measure simply continues from
// the end of a village's name into the name of its district, its regency and
// its province, each of which may be left out. Words such as "kec." or "Kota"
// say which level is meant, unless they are part of a name.
//
// A whole name stands before a beginning, a beginning before a misspelling;
// among equals come areas near the person who asks, then the larger ones.
// [Similarity] and [Match] give the same tolerance to short lists of other
// names, such as markets and halls.
//
// # Pure
//
// The package imports the standard library only and knows no clock, file,
// network or database. All its values are safe for use by many goroutines.
//
// The data are derived from idn-area-data and stand under the Open Database
// License; see NOTICE at the root of the repository.
package area

//go:generate go run jaring/tools/areagen -out .
