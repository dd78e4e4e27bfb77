// Package demo builds a branch that looks alive. It does so by acting: offices and
// accounts are made as an administrator makes them, workers are registered by agents
// whose phones sign what they send, payments are settled by officers, the core is
// told and answers. Nothing is put into the database in any other way, so every
// figure of the demo comes out of the system.
//
// What the demo tells stands in stories.go: each story plans, acts and is counted by itself, and changes nothing in
// another's figures. Story A is one class and one market sweep. cadre.go and script.go say what people do:
// who applies, who meets whom at which stall, whose clock is wrong. class.go and sweep.go
// do it with the demo's clock; play.go does the second day again with the real one,
// against a server that is running, through its API alone. story_a.go counts.
//
// The clock is the demo's own. It starts thirteen months ago and moves forward day by
// day to the present, so that some cover has lapsed, some has ended and most lasts.
// The same seed on the same day gives the same people and figures; ids, keys and
// passwords are random all the same.
//
// Every person is invented. A NIK has the code of a real district, as it must to be
// read, and a serial of 9001–9999, which is given to nobody.
package demo
