package httpapi

import (
	"net/http"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jaring/internal/jaring"
)

// QuickBoards makes the streams of boards quick for a test.
func QuickBoards(t testing.TB, beat, alive time.Duration) {
	t.Helper()
	wasBeat, wasAlive := boardBeat, boardAlive
	boardBeat, boardAlive = beat, alive
	t.Cleanup(func() { boardBeat, boardAlive = wasBeat, wasAlive })
}

// ListedRoute is a line of the list of routes, as tests of all routes need it.
type ListedRoute struct {
	Method, Path string
	Act          jaring.Act
	Public       bool
	Status       int
	Answers      []int
}

// ListedRoutes is the list of all routes.
func ListedRoutes() (out []ListedRoute) {
	s := &server{api: humago.New(http.NewServeMux(), openAPI("test"))}
	s.routes()
	for _, r := range s.listed {
		status := r.status
		if status == 0 {
			status = http.StatusOK
		}
		out = append(out, ListedRoute{r.method, r.path, r.act, r.who == public, status, r.answers})
	}
	return out
}
