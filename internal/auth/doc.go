// Package auth knows who is calling and makes a jaring.Actor of it. What the actor
// may do is not decided here but in jaring.Actor.May.
//
// There are two ways to be somebody. A person logs in with a password and gets a
// session: a random token that the browser keeps and of which the store has only the
// SHA-256. A phone signs each batch with a key that never left it; the batch is
// accepted for the account that enrolled the phone, even when that account's session
// is long over, because a day in the field without signal must not be lost.
//
// Passwords are kept as argon2id in PHC text, with the parameters in the text, so that
// they can be raised: whoever logs in is hashed anew. One hash costs memory (19 MiB by
// default), so only a few run at once, a bounded number waits, and the rest are told to
// come back. A log-in that does not exist costs the same hash and the same write as one
// with a wrong password, so that nobody learns from the clock who has an account.
//
// Tries are counted for each log-in and for each address in bounded memory. The counts
// belong to one process; several of them behind a balancer allow that many times more.
//
// Who a token or a device stands for is remembered for up to 30 seconds, so that busy
// hours do not read the database for each request. Logging out, changing a password,
// disabling an account and revoking a device take effect at once in the process that
// does them, and in others within those 30 seconds.
//
// Whatever happens to an account, including a refused log-in, is an event in the
// account's own chain. Tries with a log-in that nobody has share one chain
// (UnknownAccount); what was typed is not kept, because people type their password
// into the wrong field.
package auth
