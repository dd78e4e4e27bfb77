// Package payment speaks with banks and acquirers in their real protocols.
//
// SNAP, the open-API standard of Bank Indonesia, is spoken from both ends. Server is what a
// bank calls: it asks for a token (service 73), inquires what a code asks for (24) and tells
// of money that is with it (25; 52 for QRIS). Client is how Jaring calls a bank: it has codes
// made (27), asks where they stand (26), takes them back (31) and has a QR code made (47).
// Simulator is such a bank, for demos and tests; it signs truly and misbehaves on demand.
//
// What holds:
//
//   - Who calls is proven before anything that they say is believed: by an RSA signature for a
//     token, by HMAC-SHA-512 under a shared secret or by RSA for a transaction. What is
//     signed are the bytes that travel, without white space. Partners who sign what they would
//     have written are given one second form, and no third.
//   - A notice is booked once. It is known by partner, WIB day and external id, and by its payment
//     request id. The same content gets the first answer, other content a conflict, flagAdvise the
//     first answer or, if nothing had come, the booking. Settle is that rule; it runs inside the
//     transaction that books, over a Journal which that transaction keeps.
//   - A bank is answered when the money is in the book, not before. Whatever is broken on our
//     side is told as a fault, which makes a bank ask again.
//   - States only go up: what comes late never unpays.
//   - Amounts are whole rupiah, written 16800.00. Days are WIB, wherever the office is.
//   - Banks differ, and a Profile says in what. Profiles and keys are data, in the file of banks.
//   - Codes that can be paid are made by banks and acquirers alone. A QRIS code that came back is
//     read, checked (checksum, amount, merchant) and only then shown.
//   - No name, code or amount is logged.
//
// The room knows no book: a Biller stands behind the server. A real one settles in the transaction
// of its ledger; Memory serves demos and tests.
package payment
