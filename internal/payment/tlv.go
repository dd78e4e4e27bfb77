package payment

import (
	"fmt"

	"jaring/internal/jaring"
)

// tlv is one entry of an EMV code: two digits of tag, two of length, and the value.
type tlv struct{ tag, value string }

// parseTLV reads entries to the end of s. A tag that comes twice is refused: two readers
// would read two things. Error: payment.qr_malformed (args tag, where it stops).
func parseTLV(s string) ([]tlv, error) {
	var list []tlv
	seen := map[string]bool{}
	for s != "" {
		if len(s) < 4 || !isDigits(s[:4]) {
			return nil, badQR(s[:min(2, len(s))])
		}
		tag, n := s[:2], int(s[2]-'0')*10+int(s[3]-'0')
		if n == 0 || len(s) < 4+n || seen[tag] {
			return nil, badQR(tag)
		}
		seen[tag] = true
		list = append(list, tlv{tag, s[4 : 4+n]})
		s = s[4+n:]
	}
	return list, nil
}

// badQR names the tag at fault, when it is one.
func badQR(tag string) error {
	if !isDigits(tag) {
		tag = "?"
	}
	return jaring.NewError(jaring.Invalid, "payment.qr_malformed", "tag", tag)
}

// valueOf is the value of tag in list, empty when it has none.
func valueOf(list []tlv, tag string) string {
	for _, e := range list {
		if e.tag == tag {
			return e.value
		}
	}
	return ""
}

// checksum is CRC-16/CCITT-FALSE as EMV writes it: polynomial 0x1021 from 0xFFFF, four
// capital hex digits.
func checksum(s string) string {
	crc := uint16(0xFFFF)
	for i := range len(s) {
		crc ^= uint16(s[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return fmt.Sprintf("%04X", crc)
}

// checksumTag is the last entry: tag 63, four characters.
const checksumTag = "6304"

// openEMV reads the entries of an EMV code whose checksum holds. Errors:
// payment.qr_malformed, payment.qr_checksum.
func openEMV(content string) ([]tlv, error) {
	end := len(content) - 4
	if end < len(checksumTag) || len(content) > maxQR || content[end-4:end] != checksumTag {
		return nil, badQR("63")
	}
	list, err := parseTLV(content)
	switch {
	case err != nil:
		return nil, err
	case list[len(list)-1].tag != "63":
		return nil, badQR("63")
	case checksum(content[:end]) != content[end:]:
		return nil, jaring.NewError(jaring.Invalid, "payment.qr_checksum")
	}
	return list, nil
}

// maxQR is the most bytes of a code: EMV's limit.
const maxQR = 512
