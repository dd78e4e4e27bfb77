package payment

import (
	"fmt"
	"net/http"
	"strconv"

	"jaring/internal/jaring"
)

// Service is a service of SNAP by its number.
type Service int

// The services that Jaring speaks: as a server the inquiry, the payment, the QR notice
// and the token; as a client the rest and the token.
const (
	ServiceInquiry  Service = 24
	ServicePayment  Service = 25
	ServiceStatus   Service = 26
	ServiceCreateVA Service = 27
	ServiceDeleteVA Service = 31
	ServiceMakeQR   Service = 47
	ServiceQRNotice Service = 52
	ServiceToken    Service = 73
)

// route is where a service is.
type route struct{ method, path string }

var routes = map[Service]route{
	ServiceInquiry:  {http.MethodPost, "/v1.0/transfer-va/inquiry"},
	ServicePayment:  {http.MethodPost, "/v1.0/transfer-va/payment"},
	ServiceStatus:   {http.MethodPost, "/v1.0/transfer-va/status"},
	ServiceCreateVA: {http.MethodPost, "/v1.0/transfer-va/create-va"},
	ServiceDeleteVA: {http.MethodDelete, "/v1.0/transfer-va/delete-va"},
	ServiceMakeQR:   {http.MethodPost, "/v1.0/qr/qr-mpm-generate"},
	ServiceQRNotice: {http.MethodPost, "/v1.0/qr/qr-mpm-notify"},
	ServiceToken:    {http.MethodPost, "/v1.0/access-token/b2b"},
}

// Case is one way in which a service answers. With the service's number it is the
// response code: HTTP status, service, case.
type Case struct {
	Status     int // of HTTP
	Number     int // 0–99
	Message    string
	Indonesian string // for the reasons that SNAP gives in two languages
}

// The cases. Message and numbers are SNAP's own.
var (
	Successful        = Case{200, 0, "Successful", "Sukses"}
	InProgress        = Case{202, 0, "Request In Progress", "Sedang diproses"}
	BadRequest        = Case{400, 0, "Bad Request", "Permintaan tidak terbaca"}
	InvalidFormat     = Case{400, 1, "Invalid Field Format", "Format isian salah"}
	InvalidMandatory  = Case{400, 2, "Invalid Mandatory Field", "Isian wajib belum ada"}
	Unauthorized      = Case{401, 0, "Unauthorized.", "Tidak berhak"}
	InvalidToken      = Case{401, 1, "Invalid Token (B2B)", "Token tidak berlaku"}
	TokenMissing      = Case{401, 3, "Token Not Found (B2B)", "Token tidak ada"}
	Expired           = Case{403, 0, "Transaction Expired", "Transaksi kedaluwarsa"}
	InvalidStatus     = Case{404, 0, "Invalid Transaction Status", "Status transaksi tidak sesuai"}
	NotFound          = Case{404, 1, "Transaction Not Found", "Transaksi tidak ditemukan"}
	InvalidBill       = Case{404, 12, "Invalid Bill/Virtual Account", "Kode bayar tidak dikenal"}
	InvalidAmount     = Case{404, 13, "Invalid Amount", "Jumlah tidak sesuai"}
	PaidBill          = Case{404, 14, "Paid Bill", "Sudah dibayar"}
	InconsistentFacts = Case{404, 18, "Inconsistent Request", "Permintaan tidak konsisten"}
	ExpiredBill       = Case{404, 19, "Invalid Bill/Virtual Account", "Kode bayar kedaluwarsa"}
	NotSupported      = Case{405, 0, "Requested Function Is Not Supported", "Layanan ini tidak ada"}
	ConflictingID     = Case{409, 0, "Conflict", "Nomor permintaan sudah dipakai"}
	DuplicateRef      = Case{409, 1, "Duplicate partnerReferenceNo", "Nomor rujukan sudah dipakai"}
	TooManyRequests   = Case{429, 0, "Too Many Requests", "Terlalu banyak permintaan"}
	GeneralError      = Case{500, 0, "General Error", "Ada yang rusak"}
	InternalFault     = Case{500, 1, "Internal Server Error", "Coba lagi"}
	ExternalFault     = Case{500, 2, "External Server Error", "Sistem lain tidak menjawab"}
	Timeout           = Case{504, 0, "Timeout", "Waktu habis"}
)

// Cases are all cases.
var Cases = []Case{Successful, InProgress, BadRequest, InvalidFormat, InvalidMandatory, Unauthorized, InvalidToken, TokenMissing,
	Expired, InvalidStatus, NotFound, InvalidBill, InvalidAmount, PaidBill, InconsistentFacts, ExpiredBill, NotSupported,
	ConflictingID, DuplicateRef, TooManyRequests, GeneralError, InternalFault, ExternalFault, Timeout}

// Code is the response code of c from service s: 2002500.
func (c Case) Code(s Service) string { return fmt.Sprintf("%03d%02d%02d", c.Status, int(s), c.Number) }

// ParseCode reads a response code; a case that is not in Cases keeps its numbers.
func ParseCode(code string) (s Service, c Case, ok bool) {
	if len(code) != 7 || !isDigits(code) {
		return 0, Case{}, false
	}
	n, _ := strconv.Atoi(code)
	s, c = Service(n/100%100), Case{Status: n / 10000, Number: n % 100}
	for _, known := range Cases {
		if known.Status == c.Status && known.Number == c.Number {
			c = known
		}
	}
	return s, c, true
}

// caseOf is the case in which a bank hears of err. What is not ours to tell is a general
// error; what may be asked again is an internal one, and SNAP asks banks to retry it.
func caseOf(err error) Case {
	switch jaring.KeyOf(err) {
	case "payment.code_unknown", "payment.none":
		return InvalidBill
	case "payment.amount_differs":
		return InvalidAmount
	case "payment.settled":
		return PaidBill
	case "payment.code_expired":
		return ExpiredBill
	case "payment.notice_conflict":
		return ConflictingID
	}
	switch jaring.CodeOf(err) {
	case "":
		return Successful
	case jaring.NotFound:
		return InvalidBill
	case jaring.Unavailable:
		return InternalFault
	case jaring.Invalid, jaring.Conflict, jaring.Forbidden: // a rule of ours that SNAP has no word for
		return InvalidStatus
	}
	return GeneralError
}
