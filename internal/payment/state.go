package payment

// State is where a payment code stands. States only ever go up: what a late message says
// of an earlier state changes nothing, and paid is the last word.
type State string

// The states, lowest first.
const (
	StateUnknown State = ""
	StateIssued  State = "issued"
	StatePending State = "pending"
	StateExpired State = "expired"
	StateDeleted State = "deleted"
	StatePaid    State = "paid"
)

var rank = map[State]int{StateUnknown: 0, StateIssued: 1, StatePending: 2, StateExpired: 3, StateDeleted: 4, StatePaid: 5}

// Advance is the state after hearing of news: the higher of both, in whatever order
// they are heard of.
func (s State) Advance(news State) State {
	if rank[news] > rank[s] {
		return news
	}
	return s
}
