// Package match answers one question: is this person already here under another
// number?
//
// One NIK is one person, and the store decides that by itself. What is left is the
// person who comes twice with two numbers: one was mistyped, or was read from an
// old card. Then the name is spelled another way (Muh., Moh., Soeparno, a
// title), the day and the month have changed places, the family has moved. The
// trouble is that the people who look most alike are not the same: twins, brothers who
// are all called Muhammad, and the two thousand men named Slamet of whom three
// were born on the same day.
//
// So each field is weighed, after Fellegi and Sunter, by how much likelier its
// agreement is if the two records are one person than if they are not; the weights
// are logarithms (bits, in hundredths) and are summed. "Not one person" has two
// faces, and both are summed apart: a stranger, of whom there are 45 million, who
// shares a name as often as that name is common; and somebody of the same
// household, of whom there are few, but who shares village, telephone and mother
// for the asking. The score is the smaller of the two sums: a pair must be better
// explained by one person than by chance and than by kinship.
//
//	person → FoldName → Keys  → store finds candidates → Decide → same | maybe | different
//	                                                     (Score explains each field)
//
// The weights are estimates by reason, not fitted: m, the share of true pairs
// that agree, from the kinds of error that desks report; u, the share of others
// that agree, from counting (days in 45 years of births, regencies, villages).
// They stand beside their use. Evidence never holds a name or a number, only what
// was found, so it can be shown, stored and logged.
package match
