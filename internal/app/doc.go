// Package app is every act that an actor may do. One method, one transaction, no law
// of its own: prices come from scheme, who may do what from jaring.Actor, sameness from
// match, and all SQL from store.
//
// Acts that change something are operations (jaring.Operation) and go one way, Apply,
// whether they come one at a time from a screen or a hundred at once from a phone:
//
//	PREPARE  many at once, no lock: decode, judge, price, encrypt, look for the same person
//	APPLY    inside the writer, short: claim the operation and the NIK, insert, write the event
//	COMMIT   and only then the outcome: accepted, same, review, held, refused, conflict
//
// A refusal by rule is an outcome and is stored; only our own faults roll back. When the
// world moves between PREPARE and APPLY the operation is prepared again.
package app
