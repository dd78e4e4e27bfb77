package match

import "strings"

// Bits is a weight of evidence: the binary logarithm of a likelihood ratio, in
// hundredths, whole numbers so that sums do not depend on their order.
type Bits int

// rareName is what a word weighs that is not in the table: about one person in
// ten thousand bears it.
const rareName Bits = 1300

// commonNames are words and the bits that agreement on them is worth: 100 × −log2
// of the share of people who bear them. Rough shares, by order of magnitude,
// nation-wide; a wrong neighbour in the table moves a score by one bit.
var commonNames = func() map[string]Bits {
	m := map[string]Bits{}
	for bits, words := range map[Bits]string{
		350: "MUHAMMAD",
		450: "SITI",
		550: "NUR AHMAD SRI ABDUL",
		650: "DEWI AGUS PUTRA PUTRI EKA DWI TRI SARI NI I MADE WAYAN NYOMAN KETUT PUTU KADEK LUH",
		750: `BUDI WAHYU ENDANG YULI INDAH LESTARI WATI ANI RAHMAN RAHMAWATI HIDAYAT ADI RUDI ANDI DIAN RINA DEDI HENDRA
			SETIAWAN SAPUTRA KURNIAWAN SANTOSO SUSANTO PRASETYO NUGROHO HASAN ALI YUSUF IBRAHIM ISMAIL FITRI RATNA MARIA
			AMINAH FATIMAH AISYAH RIZKI RIZKY FIRMANSYAH WULANDARI KARTINI MARYAM HASANAH`,
		850: `SUTRISNO SUPRIYADI SUPARDI SUPRIYANTO SUGIANTO SUGIYANTO SUNARTO SUPARNO SUYATNO SUMARNI SULASTRI SUMIATI SUMIYATI
			SUWARNI SUHARTO SUDARMAN SUDIRMAN SUHERMAN MULYONO MULYADI MULYANI WIDODO WIBOWO RAHAYU HARTONO HARYANTO HERMAN HERMAWAN
			IRAWAN GUNAWAN SETIAWATI SUSILO SUSILOWATI NINGSIH UTAMI PERTIWI ASTUTI HANDAYANI PURNOMO RUSDI JUNAIDI
			ISKANDAR SYAHPUTRA RAMADHAN RAMADAN HALIM HAKIM KARIM RAHIM RAHMAT HUSEN UMAR USMAN YAHYA YUNUS ILHAM IMAM ARIF ARIEF
			ANWAR AMIR ANTON JOKO SLAMET BAMBANG EKO YANTO YANTI YATI HERI HERU TONO TINI WARSITO TITIK TUTIK SUMARTI NURHAYATI
			NURJANAH ROHMAH KHASANAH ZAINAL SAIFUL SYAIFUL FITRIANI FITRIYANI NURAINI ERNAWATI LINDA LINA LIA RINI YULIANA
			YULIANTI NURUL AYU PUSPITA ANGGRAINI SARTIKA RAMLI ASEP UJANG CECEP DADANG TATANG ENTIN EUIS NENENG IIS YAYAN
			SITORUS SIREGAR NASUTION HARAHAP LUBIS SIMANJUNTAK SINAGA GINTING TARIGAN SEMBIRING DAENG LA WA YOHANES MARIANA`,
	} {
		for _, w := range strings.Fields(words) {
			m[w] = bits
		}
	}
	return m
}()

// nameBits is what agreement on the folded word w is worth.
func nameBits(w string) Bits {
	if bits, ok := commonNames[w]; ok {
		return bits
	}
	if len(w) < 4 {
		return 900 // short words collide
	}
	return rareName
}
