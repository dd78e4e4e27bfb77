// Package jobs does what nobody asks for: it folds events into the counters, tells the
// fund's core of paid memberships and hears its answers, does operations that were
// held, and lets the calendar act – cover that lapses, hours that are sealed, sessions
// that are over.
//
// Every job has one shape (task): it waits for the bell (something was committed) or
// for its turn, asks cheaply whether there is anything to do, takes a lease so that of
// several processes one works, and works. A job that fails is told to the log and
// tried again, later each time.
//
// A lease saves double work and guards nothing. What makes each job right is that it
// can be stopped between any two of its steps and begun again, also by another process
// at the same moment: an event is counted by whoever deletes its mark, a message to
// the core has one id for ever, an answer that came twice changes nothing, the cursor
// of answers moves only behind answers that are kept, a root is made from what its
// hour holds.
//
// Two processes on one SQLite file is not how Jaring is run, but it does no harm.
package jobs
