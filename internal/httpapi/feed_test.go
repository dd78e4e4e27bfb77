package httpapi_test

import (
	"bufio"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

func discard() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// tallies reads a feed: each call gives the next number of registered, -1 at its end.
func tallies(a *http.Response) func(testing.TB) int {
	lines := bufio.NewScanner(a.Body)
	return func(t testing.TB) int {
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var tally struct{ Registered int }
				if err := json.Unmarshal([]byte(text), &tally); err != nil {
					t.Fatal(err)
				}
				return tally.Registered
			}
		}
		return -1
	}
}
