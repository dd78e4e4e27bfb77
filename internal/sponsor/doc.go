// Package sponsor is the acts of those who pay for others: a regency for its vulnerable workers, a village out of its
// fund, a company, a union.
//
// A sponsor has agreements (sponsor_agreement.go): which people, which months and programmes, up to how much, agreed by
// two people. Under one it sends a list (roster.go), which is read, judged row by row by the pure room roster and held
// against the book (roster_judge.go, roster_book.go, roster_similar.go), mended (roster_mend.go) and approved by a
// second person (roster_approve.go). Then everybody is entered in one transaction (roster_enrol.go, roster_put.go), the
// sponsor owes one bill (roster_owe.go), pays it (roster_pay.go), and all start together (roster_start.go). Who dies,
// moves away or finds wage work leaves, and the place goes to somebody else (departure*.go).
//
// The room stands on app and knows no other acting room; what it teaches app is in sponsors.go.
package sponsor
