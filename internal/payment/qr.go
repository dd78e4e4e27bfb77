package payment

import (
	"bytes"
	"image/png"
	"strings"
	"unicode/utf8"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"jaring/internal/jaring"
)

// QR is a QRIS code that an acquirer made, read and found whole. Only the acquirer makes
// codes that can be paid: Jaring reads, checks and shows them.
type QR struct {
	Content   string        // to the letter
	Dynamic   bool          // for one payment
	Amount    jaring.Rupiah // 0: the payer types it
	Tip       bool          // asks for something on top
	NMID      string        // national merchant id
	Merchant  string
	City      string
	Bill      string // bill number
	Reference string
	Terminal  string
}

// What a QRIS code says of itself.
const (
	qrisDomain   = "ID.CO.QRIS.WWW"
	numeric      = "360" // IDR
	homeCountry  = "ID"
	staticCode   = "11"
	dynamicCode  = "12"
	maxNMID      = 15
	maxMerchant  = 25
	maxCity      = 15
	maxQRDigits  = 13
	nationalTag  = "51"
	optionalData = "62"
)

// ParseQR reads a QRIS code. Errors: payment.qr_malformed (args tag), payment.qr_checksum,
// payment.qr_foreign for a code that is EMV's but not QRIS.
func ParseQR(content string) (QR, error) {
	list, err := openEMV(content)
	if err != nil {
		return QR{}, err
	}
	if valueOf(list, "53") != numeric || valueOf(list, "58") != homeCountry {
		return QR{}, jaring.NewError(jaring.Invalid, "payment.qr_foreign")
	}
	q := QR{Content: content, Dynamic: valueOf(list, "01") == dynamicCode, Tip: valueOf(list, "55") != "",
		Merchant: valueOf(list, "59"), City: valueOf(list, "60")}
	switch {
	case list[0] != (tlv{"00", "01"}):
		return QR{}, badQR("00")
	case !q.Dynamic && valueOf(list, "01") != staticCode:
		return QR{}, badQR("01")
	case !isDigits(valueOf(list, "52")) || len(valueOf(list, "52")) != 4:
		return QR{}, badQR("52")
	case q.Merchant == "" || len(q.Merchant) > maxMerchant || !utf8.ValidString(q.Merchant):
		return QR{}, badQR("59")
	case q.City == "" || len(q.City) > maxCity || !utf8.ValidString(q.City):
		return QR{}, badQR("60")
	}
	if q.Amount, err = qrAmount(valueOf(list, "54")); err != nil {
		return QR{}, err
	}
	if err := q.national(valueOf(list, nationalTag)); err != nil {
		return QR{}, err
	}
	return q, q.optional(valueOf(list, optionalData))
}

// qrAmount reads "16800", "16800.0" or "16800.00"; there are no sen.
func qrAmount(s string) (jaring.Rupiah, error) {
	if s == "" {
		return 0, nil
	}
	whole, sen, parted := strings.Cut(s, ".")
	if len(s) > maxQRDigits || parted && (!isDigits(sen) || len(sen) > 2 || strings.Trim(sen, "0") != "") {
		return 0, badQR("54")
	}
	r, err := ParseAmount(strings.TrimLeft(whole, "0") + ".00")
	if err != nil {
		return 0, badQR("54")
	}
	return r, nil
}

// national reads who the merchant is to the country.
func (q *QR) national(s string) error {
	list, err := parseTLV(s)
	if err != nil {
		return badQR(nationalTag)
	}
	q.NMID = valueOf(list, "02")
	if valueOf(list, "00") != qrisDomain {
		return jaring.NewError(jaring.Invalid, "payment.qr_foreign")
	}
	if !strings.HasPrefix(q.NMID, homeCountry) || len(q.NMID) > maxNMID || !isDigits(q.NMID[2:]) {
		return badQR(nationalTag)
	}
	return nil
}

func (q *QR) optional(s string) error {
	list, err := parseTLV(s)
	if err != nil {
		return badQR(optionalData)
	}
	q.Bill, q.Reference, q.Terminal = valueOf(list, "01"), valueOf(list, "05"), valueOf(list, "07")
	return nil
}

// Check finds why q must not be shown to somebody who owes amount to merchant nmid. Errors:
// payment.qr_static, payment.qr_amount (args got, want), payment.qr_merchant.
func (q QR) Check(amount jaring.Rupiah, nmid string) error {
	switch {
	case q.NMID != nmid:
		return jaring.NewError(jaring.Invalid, "payment.qr_merchant")
	case !q.Dynamic:
		return jaring.NewError(jaring.Invalid, "payment.qr_static")
	case q.Amount != amount || q.Tip:
		return jaring.NewError(jaring.Invalid, "payment.qr_amount", "got", q.Amount, "want", amount)
	}
	return nil
}

// PNG is q as a picture of up to size pixels a side, or as small as it can be, with the quiet
// border that scanners need. Error: error.internal.
func (q QR) PNG(size int) ([]byte, error) {
	code, err := qr.Encode(q.Content, qr.M, qr.Auto)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	module := max(1, size/(code.Bounds().Dx()+2*quietModules))
	scaled, err := barcode.Scale(code, module*code.Bounds().Dx(), module*code.Bounds().Dx())
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, framed{scaled, module * quietModules}); err != nil {
		return nil, jaring.InternalError(err)
	}
	return b.Bytes(), nil
}
