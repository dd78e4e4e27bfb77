package bench

import (
	"os"
	"testing"

	"jaring/internal/auth"
)

// The book is grown with many accounts; the strength of the hash is auth's own test.
func TestMain(m *testing.M) {
	auth.DefaultParameters = auth.Parameters{Memory: 64, Time: 1, Threads: 1}
	os.Exit(m.Run())
}
