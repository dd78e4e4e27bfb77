package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jaring/internal/jaring"
)

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
