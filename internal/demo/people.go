package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// Words of invented names.
var (
	maleNames = strings.Fields(`Ahmad Muhammad Budi Hendra Joko Slamet Rudi Dedi Wahyu Heri Asep Rizki Iwan Yusuf Arif Imam Zainal Fajar Dimas
		Bayu Galih Rian Ridwan Ramli Jumadi Samsul Lukman Taufik Hamzah Rustam Usman Ismail Darmawan Teguh Tri Untung Karyono Andi Eko
		Sahrul Zulkifli Marwan Safrudin Efrizal Bahar Tamrin Mukhtar Herman Nasir Azwar Sabar Wawan Yanto Suparman Agung Irwan Jamal`)
	femaleNames = strings.Fields(`Siti Sri Nur Dewi Endang Yuli Eka Rina Indah Sumiati Suryani Lestari Maryam Fatimah Aminah Aisyah Ratna Tuti
		Sulastri Sumarni Kartini Lina Fitri Ayu Dian Tri Yanti Neneng Maria Yuliana Rosmawati Nurhayati Nurjannah Halimah Rohani Zubaidah
		Salmah Murni Dahlia Melati Hasnah Ida Umi Kristina Novita Rahayu Jumiati Mariana Erna Yusnita Wahyuni Marlina Hotmaida Desi Rahma`)
	lastNames = strings.Fields(`Hidayat Setiawan Santoso Saputra Kurniawan Rahman Susanto Prasetyo Nugroho Wibowo Gunawan Firmansyah Widodo
		Irawan Purnomo Hakim Halim Rohman Karim Aziz Fauzi Iskandar Suryadi Wijaya Utomo Pratama Maulana Anwar Basri Syarif Junaidi
		Haryanto Cahyono Wahyudi Permana Ardiansyah Arifin Efendi Bakri Zakaria Yunus Idris Harun Siregar Nasution Harahap Lubis Sinaga
		Ginting Simanjuntak Manurung Pasaribu Tarigan Hutapea Tambunan Siahaan Sihombing Panjaitan Napitupulu Marpaung`)
	lastNamesFemale = strings.Fields(`Rahayu Lestari Wahyuni Handayani Astuti Ningsih Wulandari Rahmawati Kurniawati Susilowati Hidayati Fitriani
		Anggraini Puspita Utami Pertiwi Hasanah Mulyani Maryati Fauziah Khotimah Mardiana Kartika Permatasari Safitri Kusuma Maharani Hayati
		Komariah Marlina Herlina Purwanti Ekawati Damayanti Oktaviani Septiani Siregar Nasution Harahap Lubis Ginting Manurung Sinaga Tambunan`)
)

// trade is an occupation with what it brings in.
type trade struct {
	name      string
	transport bool
	low, high int // thousand rupiah a month
}

var trades = []trade{
	{"Pedagang sayur", false, 900, 3200}, {"Pedagang ikan", false, 1200, 4000}, {"Pedagang pakaian", false, 1200, 4500},
	{"Penjual makanan", false, 1000, 3800}, {"Pedagang keliling", false, 800, 2600}, {"Tukang ojek", true, 1200, 3400},
	{"Sopir angkot", true, 1500, 3600}, {"Tukang becak motor", true, 900, 2200}, {"Petani karet", false, 900, 3000},
	{"Petani sawit swadaya", false, 1500, 5200}, {"Nelayan", false, 800, 2800}, {"Penjahit", false, 900, 3000},
	{"Tukang kayu", false, 1400, 3600}, {"Tukang batu", false, 1400, 3400}, {"Buruh angkut pasar", false, 900, 2300},
	{"Penjaga warung", false, 800, 2000}, {"Pembatik", false, 900, 2800}, {"Pemulung", false, 600, 1300}, {"Seniman", false, 1000, 4500},
	{"Asisten rumah tangga", false, 800, 1900},
}

// person is somebody invented.
type person struct {
	nik, name, mother, birthPlace, phone, village, address string
	female                                                 bool
	birth                                                  jaring.Day
	trade                                                  trade
	income                                                 jaring.Rupiah
}

// leastSerial is below the serials that are given to nobody.
const leastSerial = 9000

// crowd invents people, none of them twice.
type crowd struct {
	rand    *rand.Rand
	areas   *area.Tree
	first   int             // serials are above it
	serials map[string]int  // by the first twelve digits
	known   map[string]bool // name and birth date
}

func newCrowd(seed uint64, areas *area.Tree) *crowd {
	return &crowd{rand: rand.New(rand.NewPCG(seed, 0x6a6172696e67)), areas: areas, first: leastSerial, serials: map[string]int{}, known: map[string]bool{}}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (c *crowd) chance(percent float64) bool { return c.rand.Float64()*100 < percent }

// name is the name of a man or a woman: two words, rarely three.
func (c *crowd) name(female bool) string {
	first, last := maleNames, lastNames
	if female {
		first, last = femaleNames, lastNamesFemale
	}
	name := pick(c.rand, first)
	if c.chance(15) {
		if second := pick(c.rand, first); second != name {
			name += " " + second
		}
	}
	return name + " " + pick(c.rand, last)
}

// person invents somebody who lives in regency and is of working age on a day.
func (c *crowd) person(regency area.Code, on jaring.Day) person {
	p := person{female: c.chance(48), trade: pick(c.rand, trades)}
	for {
		p.name = c.name(p.female)
		year := on.Year() - 19 - c.rand.IntN(41)
		month := jaring.NewMonth(year, 1+c.rand.IntN(12))
		p.birth = jaring.NewDay(year, month.Number(), 1+c.rand.IntN(jaring.DaysIn(month)))
		if key := p.name + p.birth.String(); !c.known[key] {
			c.known[key] = true
			break
		}
	}
	p.live(c, regency)
	p.nik = c.nik(p)
	return p
}

// live gives somebody a home, a phone and an income.
func (p *person) live(c *crowd, regency area.Code) {
	village := c.village(regency)
	p.village, p.birthPlace = string(village.Code), c.placeOf(regency)
	p.address = fmt.Sprintf("RT %02d RW %02d, %s", 1+c.rand.IntN(24), 1+c.rand.IntN(8), village.Name)
	p.mother = c.name(true)
	if c.chance(80) {
		p.phone = c.phone()
	}
	p.income = jaring.Rupiah((p.trade.low + c.rand.IntN(p.trade.high-p.trade.low)) / 50 * 50 * 1000)
}

// phone is a number that may be anybody's: the demo sends nothing.
func (c *crowd) phone() string {
	return fmt.Sprintf("+628%d%08d", 11+c.rand.IntN(48), c.rand.IntN(100_000_000))
}

func (c *crowd) village(regency area.Code) area.Area {
	districts := c.areas.Children(regency)
	for {
		v := pick(c.rand, c.areas.Children(pick(c.rand, districts).Code))
		if !storied(string(v.Code)) {
			return v
		}
	}
}

func (c *crowd) placeOf(regency area.Code) string {
	found, _ := c.areas.Get(regency)
	return strings.TrimPrefix(strings.TrimPrefix(found.Name, "Kabupaten "), "Kota ")
}

// nik makes a number that is given to nobody: the district of the home, the birth date
// (women 40 more), a serial from 9001 on.
func (c *crowd) nik(p person) string {
	day := p.birth.DayNumber()
	if p.female {
		day += 40
	}
	district := strings.ReplaceAll(p.village[:8], ".", "")
	head := fmt.Sprintf("%s%02d%02d%02d", district, day, p.birth.MonthNumber(), p.birth.Year()%100)
	c.serials[head]++
	return fmt.Sprintf("%s%04d", head, c.first+c.serials[head])
}
