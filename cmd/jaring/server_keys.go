package main

import (
	"context"
)

// keepHouse does the jobs of the present house until ctx ends.
func (srv *server) keepHouse(ctx context.Context) {
	srv.house.Load().runner.Run(ctx)
}
