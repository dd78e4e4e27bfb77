// Package acts is every act that an actor may do, in one hand.
//
// The acts live in rooms: app has what all stand on – people, their contributions, the book, campaigns, offices – and
// the rooms beside it stand on app: sponsor, outreach. A room knows app and none of its siblings. Where app must do
// what only a room knows – take the money of a sponsor's list, apply what a phone sent from a hall – the room teaches
// it while the house is put together: app.PaidBy, app.Learn, app.AlsoRekey.
//
// Whoever holds Acts calls an act by its name, whichever room it lives in.
package acts
