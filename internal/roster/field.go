package roster

import (
	"strings"
	"unicode"
)

// Field is what a column of a list tells.
type Field uint8

// The fields, in the order of the template.
const (
	NoField Field = iota
	NIK
	Name
	BirthDate
	Sex
	Village
	District
	Address
	Occupation
	Income
	Phone
	Mother
	Regency
	BirthPlace
	Decile
	fieldCount
)

// Required are the fields that every list must have.
var Required = []Field{NIK, Name, BirthDate, Occupation}

// Template are the fields of an empty list, in order.
var Template = []Field{NIK, Name, BirthDate, Sex, Village, District, Address, Occupation, Income, Phone, Mother}

var fieldNames = [fieldCount]string{"", "nik", "name", "birth_date", "sex", "village", "district", "address", "occupation", "monthly_income",
	"phone", "mother_name", "regency", "birth_place", "decile"}

// String is the name of the field in the API and in findings; empty for none.
func (f Field) String() string {
	if f < fieldCount {
		return fieldNames[f]
	}
	return ""
}

// fieldOf finds a field by its name in the API.
func fieldOf(name string) Field {
	for f, n := range fieldNames {
		if n == name {
			return Field(f)
		}
	}
	return NoField
}

// headings are what people write above a column, folded as foldHeading does it.
var headings = func() map[string]Field {
	m := map[string]Field{}
	for f, words := range map[Field]string{
		NIK: `nik, no nik, nomor nik, no ktp, nomor ktp, no e ktp, nomor e ktp, nik no ktp, no ktp nik, nik nomor ktp, nomor induk kependudukan,
			no induk kependudukan, nomor induk kependudukan nik, nik nomor induk kependudukan, national id, national id number, national identity number, identity number, id number, no identitas, nomor identitas`,
		Name: `nama, name, full name, nama orang, nama warga, nama dan gelar, worker name, name of worker`,
		BirthDate: `tanggal lahir, tgl lahir, tgl lhr, tanggal kelahiran, birth date, birthdate, date of birth, dob, birthday, ttl, tempat tanggal lahir,
			tempat tgl lahir, tempat dan tanggal lahir, tempat dan tgl lahir, tmp tgl lahir, tmpt tgl lahir, tgl bln thn lahir, tanggal bulan tahun lahir, hari tanggal lahir`,
		Sex:      `jenis kelamin, jns kelamin, jenis kel, kelamin, jk, j k, l p, lp, p l, gender, sex, laki laki perempuan, jenis kelamin l p`,
		Village:  `desa, kelurahan, desa kelurahan, kelurahan desa, kel, ds, desa kel, kel desa, village, nama desa, nama kelurahan, nama desa kelurahan, kode desa, kode kelurahan, kode desa kelurahan, village code, village name, alamat desa, alamat kelurahan, alamat desa kelurahan, alamat village, desa domisili`,
		District: `kecamatan, kec, district, subdistrict, sub district, nama kecamatan, alamat kecamatan`,
		Regency:  `kabupaten, kab, kabupaten kota, kab kota, regency, regency city, nama kabupaten, alamat kabupaten`,
		Address:  `alamat, address, alamat rumah, alamat domisili, alamat tinggal, alamat tempat tinggal, home address, street, street address, jalan, alamat jalan`,
		Occupation: `pekerjaan, jenis pekerjaan, profesi, occupation, job, work, mata pencaharian, bidang pekerjaan, trade, pekerjaan utama, jenis usaha,
			pekerjaan profesi, type of work`,
		Income: `penghasilan, pendapatan, upah, gaji, income, monthly income, wage, penghasilan rata rata, rata rata penghasilan, pendapatan rata rata,
			income per month, penghasilan upah, upah penghasilan`,
		Phone: `hp, no hp, nomor hp, no telepon, nomor telepon, telepon, telp, no telp, nomor telp, tlp, no tlp, no wa, nomor wa, wa, whatsapp, no whatsapp,
			nomor whatsapp, handphone, no handphone, nomor handphone, phone, phone number, phone no, mobile, mobile number, mobile phone, kontak,
			no kontak, no hp wa, no telepon hp, no telp hp, no hp telp, telepon hp, nomor telepon seluler, no ponsel, nomor ponsel`,
		Mother: `nama ibu, ibu, nama ibu kandung, ibu kandung, nama gadis ibu, nama gadis ibu kandung, mother, mother name, mother s name, mothers name,
			name of mother, mother maiden name, mother s maiden name`,
		BirthPlace: `tempat lahir, tmp lahir, tmpt lahir, birth place, birthplace, place of birth, kota lahir, kota kelahiran, tempat kelahiran`,
		Decile:     `desil, decile, welfare decile, desil kesejahteraan, desil dtsen, desil dtks`,
	} {
		for word := range strings.SplitSeq(words, ",") {
			m[strings.Join(strings.Fields(word), " ")] = f
		}
	}
	return m
}()

// fillers are words of a heading that do not change what the column tells.
var fillers = map[string]bool{"peserta": true, "pekerja": true, "calon": true, "penerima": true, "manfaat": true, "lengkap": true, "sesuai": true,
	"wajib": true, "diisi": true, "required": true, "optional": true, "tenaga": true, "kerja": true, "ktp": true, "rp": true, "per": true,
	"bulan": true, "perbulan": true, "sebulan": true, "bulanan": true, "the": true, "idr": true, "rupiah": true, "rentan": true, "bantuan": true,
	"penduduk": true, "anggota": true, "warga": true, "digit": true, "16": true}

// MatchHeading says what the column under a heading tells; NoField for a heading that
// is none of ours.
func MatchHeading(text string) Field {
	folded := foldHeading(text)
	if f, ok := headings[folded]; ok {
		return f
	}
	var kept []string
	for word := range strings.SplitSeq(folded, " ") {
		if !fillers[word] {
			kept = append(kept, word)
		}
	}
	return headings[strings.Join(kept, " ")]
}

// foldHeading leaves small letters and figures, words parted by one space, without what
// stands in brackets.
func foldHeading(text string) string {
	const longest = 100 // a longer text is no heading
	if len(text) > longest {
		return ""
	}
	var b strings.Builder
	depth, gap := 0, false
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}
