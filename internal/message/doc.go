// Package message sends short messages to people: by WhatsApp, SMS or e-mail, in that order
// or another.
//
// A Letter is a template with its values, to one contact. Templates are data (templates.json,
// texts in i18n under message.text): what is not a template is never sent. A Gateway
// delivers a letter by the first of its Senders that reaches the contact, and falls back to the
// next when one refuses. Run empties an Outbox that somebody keeps durably.
//
// What holds:
//
//   - Nothing is sent twice. A sender says whether a letter that failed was surely not sent
//     (then it is tried again, and by other channels) or may have been (outcome unknown; then it
//     is left, and the gateway's own word decides). A letter is taken out of the outbox durably
//     before it is sent.
//   - Between 20:00 and 08:00, by the clock of the office, nobody is woken.
//   - Who said BERHENTI gets nothing but the word that this was heard.
//   - No message holds a NIK. None holds a name together with an amount: a phone is read by
//     others. Templates are checked for it, and values too.
//   - A batch has its cap and its pace, so that a mistake stays small.
//   - What a gateway reports is signed (X-Hub-Signature-256), comes at least once and in any order;
//     a Progress only goes up.
//   - No number, name or text is logged.
//
// Simulator is a gateway for demos and tests: the Graph shape, an SMS gateway and an SMTP server
// in one, which reports back with true signatures and misbehaves on demand.
package message
