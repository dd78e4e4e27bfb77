package httpapi_test

import (
	"net/http"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
)

// reachedAsk is a question about a record of a house.
type reachedAsk struct {
	ask
	unknown string // what who does not reach the record is told
	missing string // what is not there for who does; empty: the act is judged
}

// onReach asks each role each route about records of the own house, below and far away: whoever has no power there is
// refused, whoever does not reach them does not know of them, and everybody else is let in to be judged. there makes
// the records of a house and gives what is asked of a route; nil for a route that is none of theirs. n is how many routes there are.
func (p *plan) onReach(t *testing.T, n int, there func(record string, office jaring.OfficeID) func(httpapi.ListedRoute) *reachedAsk) {
	t.Helper()
	asked := 0
	for record, office := range map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang} {
		question := there(record, office)
		for _, r := range httpapi.ListedRoutes() {
			q := question(r)
			if q == nil {
				continue
			}
			q.method, q.key, q.headers = r.Method, "new", ifMatch("9")
			if q.method == http.MethodPost && q.body == nil {
				q.body = map[string]any{}
			}
			for name, actor := range p.actors {
				q.actor = actor
				got := p.send(q.ask)
				asked++
				switch {
				case !may(name, string(r.Act)):
					got.want(t, http.StatusForbidden, "error.forbidden")
				case !reaches(name, record):
					got.want(t, http.StatusNotFound, q.unknown)
				case q.missing != "":
					got.want(t, http.StatusNotFound, q.missing)
				case got.StatusCode == http.StatusForbidden || got.StatusCode == http.StatusNotFound || got.StatusCode >= 500:
					t.Errorf("%s %s on %s by %s: %d %.200s", r.Method, r.Path, record, name, got.StatusCode, got.text)
				}
			}
		}
	}
	if want := n * 3 * len(p.actors); asked != want {
		t.Errorf("%d questions, want %d", asked, want)
	}
}
