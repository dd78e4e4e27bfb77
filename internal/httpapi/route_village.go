package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// villageRoutes are the part of the list of routes that is about aware villages and markets.
func (s *server) villageRoutes() {
	add(s, route{method: "GET", path: "/villages", act: jaring.ActFindAware, summary: "Aware villages and markets, and how far a regency has come"}, s.findVillages)
	add(s, route{method: "POST", path: "/villages", act: jaring.ActManageAware, summary: "Propose a village or a market", status: http.StatusCreated, body: villageBody{}, answers: []int{409}}, s.proposeVillage)
	add(s, route{method: "GET", path: "/villages/criteria", act: jaring.ActFindAware, summary: "What is asked of villages and markets"}, s.getCriteria)
	add(s, route{method: "GET", path: "/villages/criteria/trial", act: jaring.ActSetAware, summary: "What other criteria would do to today's statuses; nothing is written"}, s.tryCriteria)
	add(s, route{method: "PUT", path: "/villages/criteria", act: jaring.ActSetAware, summary: "Set what is asked of villages and markets", body: jaring.AwareCriteria{}, answers: []int{409}}, s.setCriteria)
	add(s, route{method: "GET", path: "/villages/{id}", act: jaring.ActFindAware, summary: "A village or a market as it stands now", answers: []int{404}}, s.getVillage)
	add(s, route{method: "GET", path: "/villages/{id}/board.pdf", act: jaring.ActFindAware, summary: "The board for the village hall as PDF; its code shows today's numbers", answers: []int{404}}, s.villageBoard)
	add(s, route{method: "POST", path: "/villages/{id}/change", act: jaring.ActManageAware, summary: "Set how many officials and working people there are", body: villageChangeBody{}, answers: []int{404, 409, 428}}, s.changeVillage)
	add(s, route{method: "POST", path: "/villages/{id}/steps", act: jaring.ActManageAware, summary: "Take the next step", body: villageStepBody{}, answers: []int{404, 409}}, s.takeVillageStep)
	add(s, route{method: "POST", path: "/villages/{id}/steps/{step}/correction", act: jaring.ActManageAware, summary: "Put a step right, or take the last one back", body: villageCorrectionBody{}, answers: []int{404, 409}}, s.correctVillageStep)
	add(s, route{method: "POST", path: "/villages/{id}/dialogues", act: jaring.ActManageAware, summary: "Take a dialogue into the programme", body: villageDialogueBody{}, answers: []int{404, 409}}, s.addVillageDialogue)
	add(s, route{method: "POST", path: "/villages/{id}/judgement", act: jaring.ActManageAware, summary: "Look at it now, and keep what is found", body: emptyBody{}, answers: []int{404}}, s.judgeVillage)
	add(s, route{method: "POST", path: "/villages/{id}/address", act: jaring.ActManageAware, summary: "Give the public page another address; boards that hang show nothing any more", body: emptyBody{}, answers: []int{404}}, s.renewVillageAddress)
	add(s, route{method: "GET", path: "/public/villages/{token}", who: public, summary: "A village or a market in numbers; small ones are not told", answers: []int{404, 429}}, s.publicVillage)
}
