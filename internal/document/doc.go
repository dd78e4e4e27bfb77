// Package document writes what people print, keep and hand on: PDF files with the words of
// Jaring, in Indonesian or English.
//
// A Doc is filled from top to bottom: Title, Text, Pairs, Table, QR. Nothing is drawn before
// Bytes, which sets the whole twice: once to learn how many pages it takes, once for good.
// So each page can say "2/5", and the paper of a receipt is as long as what stands on it.
//
// The same words at the same time give the same bytes: the caller says when the document is
// made, and nothing here asks a clock or rolls dice. What is kept can be made again and compared.
//
// Every page carries the line that says whose product this is not. Text is Plus Jakarta Sans,
// cut to the letters of Latin scripts; a letter that it lacks is shown without its accent, or
// as a question mark, and never stops a document. Digits are of one width: sums stand under
// each other. Money in a document is written Rp16.800 in both languages.
//
// No number of a law and no name of a person comes from here. Whoever fills a document decides
// what may stand in it; a NIK may not.
package document
