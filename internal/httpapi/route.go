package httpapi

import (
	"net/http"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// parts are those parts of the list of routes that have files of their own.
func (s *server) parts() {
	s.agentRoutes()
	s.campaignRoutes()
	s.phoneRoutes()
	s.lapseRoutes()
	s.sponsorRoutes()
	s.followRoutes()
	s.villageRoutes()
	s.officeRoutes()
	s.hallRoutes()
	s.fairRoutes()
	s.outreachRoutes()
	s.serviceRoutes()
	s.targetRoutes()
	s.selfRoutes()
}

// routes is the list of all routes of the API.
func (s *server) routes() {
	s.parts()
	add(s, route{method: "POST", path: "/session", who: public, summary: "Log in", body: logInBody{}, answers: []int{401, 429}}, s.logIn)
	add(s, route{method: "GET", path: "/session", summary: "Who is logged in"}, s.getSession)
	add(s, route{method: "DELETE", path: "/session", who: public, summary: "Log out", status: http.StatusNoContent}, s.logOut)
	add(s, route{method: "GET", path: "/about", who: public, summary: "Who runs this server"}, s.about)
	add(s, route{method: "POST", path: "/password", summary: "Change one's own password", body: passwordBody{}, status: http.StatusNoContent, answers: []int{429}}, s.changePassword)

	add(s, route{method: "GET", path: "/home", act: jaring.ActReadHome, summary: "The office at a glance"}, s.home)
	add(s, route{method: "POST", path: "/quotes", who: public, summary: "What months cost, and why", body: quoteBody{}}, s.quote)
	add(s, route{method: "POST", path: "/quotes/document", who: public, summary: "What months cost, and why, as PDF", body: quoteBody{}}, s.quoteDocument)
	add(s, route{method: "POST", path: "/benefits", who: public, summary: "What a family would get: an estimate, never a decision", body: benefitBody{}}, s.benefit)
	add(s, route{method: "POST", path: "/benefits/document", who: public, summary: "What a family would get, as PDF", body: benefitBody{}}, s.benefitDocument)
	add(s, route{method: "GET", path: "/rules", who: public, summary: "The rules in force on a day, and what changed since another"}, s.findRules)

	add(s, route{method: "POST", path: "/workers", act: jaring.ActRegisterWorker, summary: "Register a worker", status: http.StatusCreated,
		body: wire.Registration{}, answers: []int{202, 400, 409, 413}}, s.registerWorker)
	add(s, route{method: "GET", path: "/workers", act: jaring.ActFindWorker, summary: "Find workers"}, s.findWorkers)
	add(s, route{method: "POST", path: "/workers/lookup", act: jaring.ActFindWorker, summary: "Find a worker by NIK", body: nikBody{}}, s.lookUpWorker)
	add(s, route{method: "GET", path: "/workers/{id}", act: jaring.ActGetWorker, summary: "A worker's page", answers: []int{404}}, s.getWorker)
	add(s, route{method: "GET", path: "/workers/{id}/history", act: jaring.ActGetWorker, summary: "What happened to a worker's record", answers: []int{404}}, s.history)
	add(s, route{method: "GET", path: "/workers/{id}/quote.pdf", act: jaring.ActGetWorker, summary: "Why a worker's bill is what it is, as PDF", answers: []int{404}}, s.workerQuote)
	add(s, route{method: "POST", path: "/workers/{id}/nik-reveal", act: jaring.ActRevealNIK, summary: "See a whole NIK; it is written down", body: reasonBody{}, answers: []int{404}}, s.revealNIK)
	add(s, route{method: "POST", path: "/workers/{id}/corrections", act: jaring.ActCorrectWorker, summary: "Correct a worker's data", body: correctionBody{}, answers: []int{404, 412, 428}}, s.correctWorker)
	add(s, route{method: "POST", path: "/workers/{id}/consent-withdrawal", act: jaring.ActWithdrawConsent, summary: "Withdraw consent", body: withdrawalBody{}, answers: []int{404, 409}}, s.withdrawConsent)
	add(s, route{method: "POST", path: "/workers/{id}/merge", act: jaring.ActMergeWorker, summary: "Merge a record into another of the same person", body: mergeBody{}, answers: []int{404, 409}}, s.mergeWorker)
	add(s, route{method: "POST", path: "/workers/{id}/payments", act: jaring.ActSettle, summary: "Record that the contribution is with the fund", body: paymentBody{}, answers: []int{404, 409}}, s.settle)
	s.moneyRoutes()
	s.deskRoutes()
	s.groupRoutes()
	s.employerRoutes()

	add(s, route{method: "GET", path: "/reviews", act: jaring.ActFindReview, summary: "Second looks that wait"}, s.findReviews)
	add(s, route{method: "POST", path: "/reviews/{id}/decision", act: jaring.ActDecideReview, summary: "Decide a second look", body: decisionBody{}, answers: []int{404, 409}}, s.decideReview)
	add(s, route{method: "GET", path: "/audit", act: jaring.ActReadAudit, summary: "Who did what"}, s.audit)

	add(s, route{method: "POST", path: "/sync", who: public, act: jaring.ActSync, summary: "A phone's batch, signed by its key", body: syncBody{}, maxBody: 4 << 20, patience: time.Minute, answers: []int{400, 401, 413}}, s.sync)
	add(s, route{method: "POST", path: "/devices", act: jaring.ActEnrolDevice, summary: "Enrol this phone", status: http.StatusCreated, body: deviceBody{}}, s.enrolDevice)
	add(s, route{method: "GET", path: "/devices", act: jaring.ActEnrolDevice, summary: "One's own phones"}, s.findDevices)
	add(s, route{method: "DELETE", path: "/devices/{id}", act: jaring.ActEnrolDevice, summary: "Revoke a phone", status: http.StatusNoContent, answers: []int{404}}, s.revokeDevice)

	add(s, route{method: "GET", path: "/areas", who: public, summary: "Search the official areas; forgives typing errors"}, s.findAreas)
	add(s, route{method: "GET", path: "/areas/{code}", who: public, summary: "One area", answers: []int{404}}, s.getArea)
	add(s, route{method: "GET", path: "/places", summary: "Markets, halls and centres"}, s.findPlaces)
	add(s, route{method: "POST", path: "/places", act: jaring.ActAddPlace, summary: "Add a place", status: http.StatusCreated, body: placeBody{}}, s.addPlace)
	add(s, route{method: "GET", path: "/packs/prices", who: public, summary: "The price tables for phones"}, s.pricePack)
	add(s, route{method: "GET", path: "/packs/areas/{regency}", who: public, summary: "The districts and villages of a regency for phones", answers: []int{404}}, s.areaPack)

	add(s, route{method: "GET", path: "/accounts", act: jaring.ActManageAccount, summary: "Accounts"}, s.findAccounts)
	add(s, route{method: "POST", path: "/accounts", act: jaring.ActManageAccount, summary: "Add an account", status: http.StatusCreated, body: accountBody{}}, s.addAccount)
	add(s, route{method: "DELETE", path: "/accounts/{id}", act: jaring.ActManageAccount, summary: "Disable an account", status: http.StatusNoContent, answers: []int{404}}, s.disableAccount)
}
