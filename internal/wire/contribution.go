package wire

import "jaring/internal/jaring"

// Contribution is the body of contribution.ask: a price and a code for further months.
type Contribution struct {
	Worker     string       `json:"worker_id"`
	Months     int          `json:"months"`
	FirstMonth jaring.Month `json:"first_month,omitzero"` // left out: the first that would be covered
}

// Reversal is the body of contribution.reverse.
type Reversal struct {
	Worker       string `json:"worker_id"`
	Contribution string `json:"contribution_id"`
	Reason       string `json:"reason"`
}
