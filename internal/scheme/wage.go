package scheme

import "jaring/internal/jaring"

func (b *Book) pricePU(quote *Quote, q *Question, m jaring.Month) error {
	return jaring.NewError(jaring.Invalid, "segment.unknown", "text", string(q.Segment))
}
