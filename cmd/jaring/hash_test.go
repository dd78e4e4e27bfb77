package main

import (
	"os"
	"testing"

	"jaring/internal/auth"
)

// Tests log in and hire often; the strength of the hash is auth's own test.
func TestMain(m *testing.M) {
	auth.DefaultParameters = auth.Parameters{Memory: 64, Time: 1, Threads: 1}
	os.Exit(m.Run())
}
