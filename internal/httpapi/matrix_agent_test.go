package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// agency is what an office has for agents: somebody who applied, a class with a seat, an
// agent with a certificate, a thing.
type agency struct {
	office      jaring.OfficeID
	applicant   jaring.ApplicationID // came to the office, not decided
	class       jaring.ClassID
	seated      jaring.ApplicationID // sits in the class and has passed
	accepted    jaring.ApplicationID // waits for a seat
	badge       string
	agent       jaring.AccountID
	certificate string
	kit         jaring.KitID // in store
	handed      jaring.KitID // with the agent
}

func newOp() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }

// agency makes one of an office, by Jaring itself.
func (p *plan) agency(office jaring.OfficeID) agency {
	p.t.Helper()
	p.n++
	ctx, a, by := p.t.Context(), p.App, jaring.System
	day := jaring.DayIn(p.Now(), app.Zone(""))
	must := func(err error) {
		p.t.Helper()
		if err != nil {
			p.t.Fatal(err)
		}
	}
	out := agency{office: office}
	apply := func(state jaring.ApplicationState) jaring.ApplicationID {
		id := newOp()
		_, err := a.AddApplication(ctx, id, jaring.Application{Office: office, Name: fmt.Sprintf("Calon %s", strings.Repeat("a", 1+p.n%20)), Phone: "081234567890",
			Background: "other", Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: p.Now()}})
		must(err)
		must(a.PresentApplicant(ctx, by, newOp(), jaring.ApplicationID(id)))
		if state != jaring.ApplicationIsPresented {
			must(a.DecideApplication(ctx, by, newOp(), jaring.ApplicationID(id), state, ""))
		}
		return jaring.ApplicationID(id)
	}
	out.applicant, out.seated, out.accepted = apply(jaring.ApplicationIsPresented), apply(jaring.ApplicationIsAccepted), apply(jaring.ApplicationIsAccepted)
	var err error
	out.class, err = a.AddClass(ctx, by, newOp(), jaring.Class{Name: "Kelas", Office: office, From: day, To: day, Quotas: []jaring.Quota{{Office: office, Seats: 2}}})
	must(err)
	must(a.TakeSeat(ctx, by, newOp(), out.class, out.seated, office))
	v, err := a.GetClass(ctx, by, out.class)
	must(err)
	out.badge = v.SeatList[0].Badge
	_, err = a.Attend(ctx, by, newOp(), out.class, out.badge)
	must(err)
	must(a.JudgeClass(ctx, by, newOp(), out.class, []jaring.Judged{{Application: out.seated, TestScore: 90, Practice: jaring.PracticeDone}}))
	actor := p.Hire(fmt.Sprintf("agen%d", p.n), "Agen Matriks", jaring.RoleAgent, office)
	out.agent = actor.Account
	out.certificate, err = a.Certify(ctx, by, out.agent, day, day.Add(30), jaring.Powers)
	must(err)
	must(a.AddKit(ctx, by, newOp(), jaring.NameTag, []string{fmt.Sprintf("N-%d", p.n), fmt.Sprintf("N-%d b", p.n)}, office))
	things, _, err := a.FindKit(ctx, by, jaring.KitInStore, office, "")
	must(err)
	for _, k := range things {
		switch k.Serial {
		case fmt.Sprintf("N-%d", p.n):
			out.kit = k.ID
		case fmt.Sprintf("N-%d b", p.n):
			out.handed = k.ID
		}
	}
	must(a.HandOutKit(ctx, by, newOp(), out.handed, out.agent))
	return out
}

// ofAgency is how each route about what an office has for agents is asked; ok is false for
// other routes.
func (a agency) ofAgency(r httpapi.ListedRoute) (q ask, ok bool) {
	id := ""
	q = ask{method: r.Method, key: "new", body: map[string]any{}}
	head, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/")
	switch head {
	case "applications":
		id = string(a.applicant)
	case "classes":
		id = string(a.class)
	case "agents":
		id = string(a.agent)
	case "certificates":
		id = a.certificate
	case "kit":
		id = string(a.kit)
	default:
		return q, false
	}
	switch r.Method + " " + r.Path {
	case "POST /applications/{id}/presentation":
		return q, false // asked in the walk: there is one such moment
	case "POST /applications/{id}/decision":
		q.body = map[string]any{"decision": "accepted"}
	case "POST /applications/{id}/withdrawal":
		q.body = map[string]any{"reason": "pindah kota"}
	case "POST /classes/{id}/seats":
		q.body = map[string]any{"application_id": a.accepted, "office_id": a.office}
	case "POST /classes/{id}/attendance":
		q.body = map[string]any{"badge": a.badge}
	case "POST /classes/{id}/results":
		q.body = map[string]any{"items": []any{map[string]any{"application_id": a.seated, "test_score": 80, "practice": "done"}}}
	case "POST /classes/{id}/certificates":
		q.body = map[string]any{"until": "2027-01-31", "powers": []string{"register"}}
	case "POST /agents/{id}/certificates":
		q.body = map[string]any{"from": "2026-11-21", "until": "2027-01-31", "powers": []string{"register"}}
	case "PUT /agents/{id}/photo":
		q.headers = map[string]string{"Content-Type": "image/jpeg"}
	case "PUT /agents/{id}/territory":
		q.body = map[string]any{"villages": []string{jaringtest.Legok}, "places": []string{}}
	case "POST /certificates/{number}/stop":
		q.body = map[string]any{"state": "suspended", "reason": "diperiksa dulu"}
	case "POST /kit/{id}/handing-out":
		q.body = map[string]any{"account_id": a.agent}
	case "POST /kit/{id}/return":
		id, q.body = string(a.handed), map[string]any{"state": "in_store"}
	}
	q.path = strings.NewReplacer("{id}", id, "{number}", id, "{application_id}", string(a.accepted)).Replace(r.Path)
	return q, strings.Contains(r.Path, "{")
}

func TestMatrixOfActsOnAgents(t *testing.T) {
	p := newPlan(t)
	offices := map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang}
	photo := picture(t)
	asked := 0
	for _, r := range httpapi.ListedRoutes() {
		for record, office := range offices {
			if _, ours := (agency{}).ofAgency(r); !ours || r.Act == "" {
				continue
			}
			there := p.agency(office)
			for name, actor := range p.actors {
				q, _ := there.ofAgency(r)
				if q.actor = actor; strings.HasSuffix(r.Path, "/photo") {
					q.body = photo
				}
				want := []int{r.Status}
				switch {
				case !may(name, string(r.Act)):
					want = []int{http.StatusForbidden}
				case reaches(name, record):
					if r.Method == http.MethodPost {
						want = append(want, http.StatusConflict) // somebody before did it
					}
				case r.Method == http.MethodGet:
					want = []int{http.StatusNotFound}
				default:
					want = []int{http.StatusForbidden}
				}
				asked++
				if got := p.send(q); !slices.Contains(want, got.StatusCode) {
					t.Errorf("%s %s on %s by %s: %d, want %v: %.200s", r.Method, r.Path, record, name, got.StatusCode, want, got.text)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("nothing was asked")
	}
}

func TestListsOfAgentsShowWhatIsReachedAndNoMore(t *testing.T) {
	p := newPlan(t)
	there := map[string]agency{"own": p.agency(p.Branch), "below": p.agency(p.Batanghari), "far": p.agency(p.Palembang)}
	for name, actor := range p.actors {
		for path, act := range map[string]string{"/applications": "application.decide", "/classes": "class.manage", "/agents": "agent.find", "/kit": "kit.manage"} {
			if !may(name, act) {
				continue
			}
			list := string(p.get(actor, path).want(t, http.StatusOK, "").text)
			for record, a := range there {
				id := map[string]string{"/applications": string(a.applicant), "/classes": string(a.class), "/agents": string(a.agent), "/kit": string(a.kit)}[path]
				if strings.Contains(list, id) != reaches(name, record) {
					t.Errorf("%s of %s and %s: %t", path, name, record, !reaches(name, record))
				}
			}
		}
	}
}
