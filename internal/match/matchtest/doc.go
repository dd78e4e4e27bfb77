// Package matchtest makes labelled pairs of invented people and measures package
// match with them. It knows how people are written down wrongly and nothing of how
// match weighs: the lists, shares and errors here come from thinking about a
// registration desk. All is decided by a seed, so a figure can be had again.
//
// The names are those that people bear, drawn by an invented frequency; the people are not
// people.
package matchtest
