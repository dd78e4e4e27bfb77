package wire

// Rescue is the body of contribution.rescue: somebody else pays further months of a worker.
type Rescue struct {
	Worker string `json:"worker_id"`
	Months int    `json:"months"`
	Payer  Payer  `json:"payer"`
}

// Payer is who pays for somebody else.
type Payer struct {
	Kind string `json:"kind" enum:"relative,group,sponsor"`
	Name string `json:"name" doc:"in whose name the code is"`
}
