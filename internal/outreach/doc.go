// Package outreach is the second acting room: all that is done to meet people before they are
// registered, and around them afterwards. Partners and what they organise, guests of a campaign,
// leads that an agent notes in a market, villages and markets on their way to being aware, the hall
// of a jamboree with its gates and stands, a job fair.
//
// It acts as app does and through it: one method is one act, one transaction, told once under the
// id that its sender made (app.Once), with an event (app.Tell) and no law of its own. Who is
// registered and what is paid stays with app; a lead becomes a worker by app's own act. What
// a phone sends from here is taught to app (app.Learn), so that one batch holds all of a day's work.
package outreach
