// Package core is the port to the core system of the fund.
//
// The fund's core owns the participant number (KPJ), the card, the confirmation of
// cover and the decision on a claim. Jaring owns none of them: it sends, and the core
// answers later, sometimes days later. A membership goes queued → sent → acknowledged
// (with KPJ, programmes and months) or rejected (with a reason out of a closed set),
// and once a day the core states all it holds, which Reconcile compares with what
// Jaring believes. Only what is acknowledged is confirmed, and only what is confirmed
// can be protected. When months are given back, because somebody died or left, the core is
// told with which month the cover ends, and says so.
//
// Two real things stand behind Port: REST, for a core that can be called, and Files,
// for one that exchanges files in two folders. Open chooses by the setting. Both keep
// the same promises:
//
//   - Nothing is lost. Send returns nil only when the core has all messages. After any
//     error the caller sends the same messages again.
//   - Nothing happens twice. A message has one id for ever, made of worker and
//     membership; the core takes a second arrival of it for the first. Only a rejected
//     message with changed content is judged anew.
//   - Answers come at least once, in any order, sometimes twice. The caller keeps the
//     cursor in the same transaction as what the answers did. An acknowledgement is
//     final: a rejection that arrives after it is an old one.
//   - What comes in is not trusted. It is limited in size, checked whole, and refused
//     with its place when something is wrong.
//   - A NIK travels in a body or a file, never in an address, a log or an error. Neither
//     does a mother's name. What the core writes freely is cleaned of long numbers.
//
// Simulator is such a core: it ships with Jaring for demos and tests, speaks both
// protocols truly, decides by its seed and by content, and misbehaves on demand. Its
// KPJ are a letter and ten digits, so nobody can take one for the fund's 11 digits.
package core
