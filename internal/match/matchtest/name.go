package matchtest

import "strings"

// Words of names, the more frequent first; the n-th is drawn with weight 1/(n+6).
var (
	maleFirst = strings.Fields(`Muhammad Ahmad Agus Budi Abdul Slamet Eko Dwi Andi Joko Bambang Sutrisno Hendra Rudi Dedi Wahyu Supriyadi
		Sugeng Heri Asep Rizki Ade Yanto Suparman Mulyadi Iwan Yusuf Arif Imam Nur Sunarto Suharto Wayan Made Nyoman Ketut Ujang
		Dadang Suyatno Sumardi Hasan Ali Usman Umar Ibrahim Ismail Zainal Syaiful Khoirul Fajar Dimas Bayu Galih Rian Aditya Ridwan
		Ramli Jumadi Paijo Wagiman Tukiman Ngatijo Sarjono Marjuki Samsul Lukman Fauzan Taufik Hamzah Rustam Baharuddin Syamsuddin
		La Daeng Yohanes Petrus Paulus Markus Yosef Stefanus Marthen Robert Jefri Ronald Togar Poltak Hotman Parlindungan
		Cecep Tatang Encep Maman Sukirman Kasiman Jamal Burhan Darmawan Teguh Tri Puji Untung Bejo Warsono Karyono`)
	maleSecond = strings.Fields(`Hidayat Setiawan Santoso Saputra Kurniawan Rahman Susanto Prasetyo Nugroho Wibowo Gunawan Firmansyah
		Widodo Irawan Hermawan Putra Purnomo Rahmat Hakim Halim Rohman Karim Rohim Ghani Salam Aziz Ramadhan Fauzi Iskandar Suryadi
		Wijaya Utomo Pratama Maulana Mustofa Anwar Basri Jaelani Syarif Mansur Junaidi Haryanto Suryanto Cahyono Wahyudi Mulyono Sudrajat
		Suherman Permana Ardiansyah Hasanuddin Arifin Efendi Bakri Zakaria Yahya Yunus Idris Sulaiman Harun Suwito Subagyo Tjahjadi
		Siregar Nasution Harahap Lubis Simanjuntak Sinaga Ginting Tarigan Sembiring Hutapea Manurung Pasaribu Situmorang Lumbantoruan
		Nainggolan Wenda Kogoya Tabuni Lakapu Nahak Bere Seran Tuames Manek Rumbiak Pattiasina Latuconsina Tuanakotta Lontoh Mandagi`)
	femaleFirst = strings.Fields(`Siti Sri Nur Dewi Endang Ani Yuli Eka Dwi Rina Indah Sumiati Suryani Lestari Wati Maryam Fatimah Aminah Aisyah
		Khadijah Ratna Tuti Sulastri Sumarni Suwarni Kartini Rini Lina Linda Fitri Ayu Dian Nurul Tri Yanti Yati Wiwin Neneng Euis
		Iis Entin Imas Wayan Made Ketut Luh Kadek Maria Yuliana Martha Agustina Rosalina Theresia Elisabet Ester Debora Hotmaida
		Tiur Rosmawati Nurhayati Nurjannah Nuraini Halimah Rohani Rohmah Zubaidah Zulaikha Saudah Hamidah Salmah Sariyem Painem Tukinem
		Ngatinah Parti Tumini Kasmi Juminten Suminah Warsini Murni Dahlia Melati Mawar Cut Wa Hasnah Hasni Ida Titik Tutik Umi
		Yohana Yustina Kristina Veronika Novita Puji Rahayu Jumiati Sukarti`)
	femaleSecond = strings.Fields(`Aminah Rahayu Lestari Wahyuni Handayani Astuti Ningsih Wulandari Rahmawati Kurniawati Susilowati Setyowati
		Hidayati Fitriani Anggraini Puspita Sari Utami Pertiwi Hasanah Khasanah Mulyani Suryani Yuliana Maryati Fauziah Zahra Aisyah
		Khotimah Rohmah Jannah Nurjanah Maimunah Zulaikha Mardiana Kartika Dewi Permatasari Safitri Novitasari Kusuma Maharani Purnama
		Hayati Aini Komariah Marlina Herlina Erlina Sulistyowati Purwanti Widyastuti Ekawati Damayanti Oktaviani Julianti Septiani
		Siregar Nasution Harahap Lubis Simanjuntak Sinaga Ginting Sembiring Hutapea Manurung Pasaribu Wenda Kogoya Tabuni Lakapu Nahak
		Bere Seran Tuames Manek Rumbiak Pattiasina Lontoh Mandagi`)
	familyFrom = "Siregar" // this word and all after it in the second lists are family names
	trades     = strings.Fields(`pedagang nelayan petani tukang_ojek buruh_tani penjahit tukang_kayu tukang_batu sopir pemulung asisten_rumah_tangga
		penjual_sayur penjual_bakso tukang_becak peternak pengrajin tukang_parkir pekebun penjaga_warung guru_mengaji`)
)

// pick draws the n-th word with weight 1/(n+6); squared draws as two
// namesakes would meet, with the square of it.
func (r *random) pick(words []string, squared bool) string {
	weigh := func(n int) float64 {
		w := 1 / float64(n+6)
		if squared {
			return w * w
		}
		return w
	}
	total := 0.0
	for n := range words {
		total += weigh(n)
	}
	at := r.float() * total
	for n := range words {
		if at -= weigh(n); at < 0 {
			return words[n]
		}
	}
	return words[0]
}

// fullName draws a name of one to four words. Namesakes have fewer words.
func (r *random) fullName(female, namesake bool) []string {
	first, second := maleFirst, maleSecond
	if female {
		first, second = femaleFirst, femaleSecond
	}
	name := []string{r.pick(first, namesake)}
	if words := r.float(); namesake && words < 0.6 || !namesake && words < 0.2 {
		if !dependent[name[0]] {
			return name
		}
	}
	more := 1
	if p := r.float(); !namesake && p < 0.35 {
		more = 2
	} else if !namesake && p < 0.40 {
		more = 3
	}
	for range more {
		list := second
		if len(name) == 1 && more > 1 && r.chance(0.5) {
			list = first
		}
		if w := r.pick(list, namesake); w != name[len(name)-1] {
			name = append(name, w)
		}
	}
	return name
}

// dependent are first words that hardly stand alone.
var dependent = map[string]bool{"Abdul": true, "La": true, "Wa": true, "Nur": true, "Sri": true, "Daeng": true, "Cut": true, "Luh": true}

func familyName(word string) bool {
	for _, list := range [][]string{maleSecond, femaleSecond} {
		isFamily := false
		for _, w := range list {
			isFamily = isFamily || w == familyFrom
			if isFamily && w == word {
				return true
			}
		}
	}
	return false
}
