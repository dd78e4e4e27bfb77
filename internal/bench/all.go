package bench

import "context"

// Run is one benchmark by name.
type Run struct {
	Name string
	Run  func(context.Context, Options) (Result, error)
}

// All are the benchmarks that run on a database.
var All = []Run{{"register", Register}, {"sync", Sync}, {"lookup", LookUp}, {"page", Page}, {"home", Home}}
