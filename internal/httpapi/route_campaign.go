package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// campaignRoutes are the part of the list of routes that is about campaigns: plan, teams, board,
// result, the plan of a market, and what phones carry.
func (s *server) campaignRoutes() {
	add(s, route{method: "GET", path: "/campaigns", act: jaring.ActReadCampaign, summary: "Campaigns"}, s.findCampaigns)
	add(s, route{method: "POST", path: "/campaigns", act: jaring.ActManageCampaign, summary: "Plan a campaign", status: http.StatusCreated, body: campaignBody{}, answers: []int{409}}, s.planCampaign)
	add(s, route{method: "GET", path: "/campaigns/{id}", act: jaring.ActReadCampaign, summary: "A campaign with its teams", answers: []int{404}}, s.getCampaign)
	add(s, route{method: "POST", path: "/campaigns/{id}/plan", act: jaring.ActManageCampaign, summary: "Change the plan", body: campaignChangeBody{}, answers: []int{404, 409, 412, 428}}, s.changeCampaign)
	add(s, route{method: "POST", path: "/campaigns/{id}/teams", act: jaring.ActManageCampaign, summary: "Set the teams", body: teamsBody{}, answers: []int{404, 409, 412, 428}}, s.setTeams)
	add(s, route{method: "POST", path: "/campaigns/{id}/state", act: jaring.ActManageCampaign, summary: "Open, pause, end or cancel", body: stateBody{}, answers: []int{404, 409}}, s.moveCampaign)
	add(s, route{method: "GET", path: "/campaigns/{id}/board", act: jaring.ActReadCampaign, summary: "The board of a sweep", answers: []int{404}}, s.getBoard)
	add(s, route{method: "GET", path: "/campaigns/{id}/result", act: jaring.ActReadCampaign, summary: "What a sweep came to", answers: []int{404}}, s.getResult)
	add(s, route{method: "GET", path: "/campaigns/{id}/document", act: jaring.ActReadCampaign, summary: "The evaluation of a campaign as PDF", answers: []int{404}}, s.campaignDocument)
	add(s, route{method: "POST", path: "/campaigns/{id}/captures/{operation_id}/decision", act: jaring.ActEvaluateCampaign, summary: "Count a record or set it aside", body: captureDecisionBody{}, answers: []int{404, 409}}, s.decideCapture)
	add(s, route{method: "POST", path: "/campaigns/{id}/kiosks", act: jaring.ActManageCampaign, summary: "Let a screen in a hall show the board", status: http.StatusCreated, body: kioskBody{}, answers: []int{404, 409}}, s.openKiosk)
	add(s, route{method: "DELETE", path: "/campaigns/{id}/kiosks/{kiosk_id}", act: jaring.ActManageCampaign, summary: "Close a screen", status: http.StatusNoContent, answers: []int{404}}, s.closeKiosk)
	add(s, route{method: "GET", path: "/kiosk/board", who: public, summary: "The board that a screen's token shows", answers: []int{403}}, s.kioskBoard)

	add(s, route{method: "GET", path: "/places/{id}/lanes", summary: "The plan of a market", answers: []int{404}}, s.getLanes)
	add(s, route{method: "PUT", path: "/places/{id}/lanes", act: jaring.ActManageCampaign, summary: "Draw the plan of a market", body: lanesBody{}, maxBody: 512 << 10, answers: []int{404, 409}}, s.drawLanes)

	add(s, route{method: "GET", path: "/field", act: jaring.ActRecordLot, summary: "What an agent's phone carries for the day"}, s.field)
}
