package httpapi

import "jaring/internal/jaring"

// phoneRoutes are the part of the list of routes that is about what phones seal and send.
func (s *server) phoneRoutes() {
	add(s, route{method: "GET", path: "/packs/seal", who: public, summary: "The office's key, to which phones seal what they keep"}, s.sealKey)
	add(s, route{method: "POST", path: "/sealed/open", act: jaring.ActSync, summary: "Open one's own sealed record that was refused, to mend it; it is written down",
		body: sealedBody{}, maxBody: 1 << 20, answers: []int{400, 409, 413}}, s.openOwn)
	add(s, route{method: "GET", path: "/workers/{id}/photos", act: jaring.ActGetWorker, summary: "What is known of a worker's photos", answers: []int{404}}, s.findPhotos)
	add(s, route{method: "POST", path: "/workers/{id}/photos/{photo_id}/reveal", act: jaring.ActRevealNIK, summary: "See a photo; it is written down",
		body: reasonBody{}, answers: []int{404}}, s.revealPhoto)
}
