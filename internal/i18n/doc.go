// Package i18n says things to people, in Indonesian first and in English.
//
// A text is found by its key. The key of an error is the key of its text, so
// what the API calls `nik.length` is also the name under which the sentence is
// kept. Each room of the house writes its own file of keys, twice: id.d/ROOM.json
// and en.d/ROOM.json, a flat object of key and text. A key that English lacks is
// shown in Indonesian, a key that both lack is shown as itself: a reader sees
// something odd, never nothing, and never a crash.
//
// A text has places for values:
//
//	{name}             the value, written the way the language writes its type
//	{name:form}        the same in another form: tight, zone, full, words, plain
//	{name|one|many}    the first word when the value is 1, else the second
//
// Forms by type:
//
//	jaring.Rupiah   Rp16.800 (en Rp16,800)      words: enam belas ribu delapan ratus rupiah
//	                                            document: Rp16.800 in both languages
//	jaring.Day      21 November 2026            tight: 21 Nov
//	jaring.Month    November 2026               tight: Nov 2026
//	time.Time       09.41 (en 09:41)            zone: 09.41 WIB    full: 21 November 2026, 09.41 WIB
//	whole numbers   2.011 (en 2,011)            plain: 2011        words: dua ribu sebelas
//
// A word that Jaring itself gives as a value is said in the reader's language when
// word.NAME.VALUE has a text: {want} of "number" is the text of word.want.number.
//
// A time is written in the zone that it carries; the door that asks knows the
// office's zone and says t.In(zone) before. Values are never read for places
// again, so a name with braces in it stays a name.
package i18n
