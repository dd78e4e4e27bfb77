// Package ledger says who owes whom, to the rupiah. It is pure: it makes entries and
// folds them; the store keeps them and app decides when there is one.
//
// An Entry is one thing that happened to money. Its postings sum to zero: what went into
// one account came out of another. Debit is positive (what is there, what somebody owes),
// credit is negative (what is owed, what was earned). Nothing is ever changed or deleted;
// a mistake is undone by an entry that says the opposite (Reverse).
//
// The rules of the trade, each from docs/rules/money.md:
//
//   - An own-account worker (BPU) owes nothing. A quote is no entry; when it is paid, the
//     money goes to the fund month by month, the oldest month first, whole months only.
//     What does not make a whole month is the worker's credit and pays the next one.
//   - Employers and sponsors are billed: what they owe stands in their account (Payer)
//     until it is paid, with the late penalty beside it.
//   - Cash in an agent's hands is in Custody and belongs to the worker (Worker), not to the
//     fund: it covers nothing. The deposit moves both at once.
//   - A signed receipt stands. When the months on it cost something else by the rules, the
//     difference goes to Adjustment, and the worker is never asked again.
//   - What was paid too much for a month whose price fell afterwards is carried over to
//     credit (PP 50/2025).
//
// # Chains
//
// An entry stands in the chain of its owner – the worker, the payer or the agent it is
// about – and each entry's hash covers the one before. The accounts of the owner (Worker,
// Payer, Credit) live in that chain and need no other. Every other account has a chain of
// lines, one Line for each entry that touches it. Lines of an agent's accounts are written
// with the entry. Those of the accounts that everybody shares (the fund, a channel's
// clearing) are written afterwards, each exactly once: hundreds of payments a second would
// otherwise wait for each other at one chain.
package ledger
