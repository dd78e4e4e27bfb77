package httpapi

import (
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// lapseRoutes are the part of the list of routes that is about the end of cover, who is kept and who helps.
func (s *server) lapseRoutes() {
	add(s, route{method: "GET", path: "/lapses", act: jaring.ActFindWorker, summary: "Who lapses next, the nearest first; or who can be made up"}, s.findLapses)
	add(s, route{method: "POST", path: "/workers/{id}/reminder", act: jaring.ActRemind, summary: "Remind a worker: once a day", body: emptyBody{}, answers: []int{404, 409}}, s.remind)
	add(s, route{method: "GET", path: "/workers/{id}/reminders", act: jaring.ActGetWorker, summary: "What a worker was told about the end of cover", answers: []int{404}}, s.findReminders)
	add(s, route{method: "GET", path: "/workers/{id}/outlook", act: jaring.ActGetWorker, summary: "What a payment on a day would do, told before it", answers: []int{404}}, s.outlook)
	add(s, route{method: "POST", path: "/workers/{id}/messages", act: jaring.ActRemind, summary: "A worker does not want to be written to, or does again", body: messagesBody{}, answers: []int{404, 409}}, s.chooseMessages)
	add(s, route{method: "POST", path: "/workers/{id}/rescue", act: jaring.ActRescue, summary: "A code and a page for somebody else to pay", body: rescueBody{}, answers: []int{404, 409}}, s.rescue)
	add(s, route{method: "GET", path: "/public/rescues/{token}", who: public, summary: "What somebody is asked to pay for somebody else", answers: []int{404, 429}}, s.getRescue)
	add(s, route{method: "GET", path: "/cohorts", act: jaring.ActReadHome, summary: "Of those who joined in a month, how many are kept", answers: []int{404}}, s.cohorts)
	add(s, route{method: "GET", path: "/rankings", act: jaring.ActReadHome, summary: "Agents by who was kept, or registered"}, s.ranking)
}

// rescueBody is wire.Rescue without the worker, whom the address names.
type rescueBody struct {
	Months int        `json:"months" doc:"months paid ahead"`
	Payer  wire.Payer `json:"payer"`
}
