package area_test

import (
	"fmt"

	"jaring/internal/area"
)

func ExampleTree_Path() {
	for _, a := range area.Load().Path("15.04.03.1005") {
		fmt.Println(a.Kind, a.Name)
	}
	// Output:
	// provinsi Jambi
	// kabupaten Kabupaten Batanghari
	// kecamatan Muara Bulian
	// kelurahan Rengas Condong
}

func ExampleTree_Search() {
	hits := area.Load().Search(area.Query{Text: "soengai baung muara bulain", Limit: 1})
	for _, h := range hits {
		fmt.Println(h.Code)
		for _, a := range h.Path {
			fmt.Println("-", a.Name)
		}
	}
	// Output:
	// 15.04.03.2015
	// - Jambi
	// - Kabupaten Batanghari
	// - Muara Bulian
	// - Sungai Baung
}

// An agent types in a form that asks for a village of her regency.
func ExampleTree_Search_within() {
	for _, h := range area.Load().Search(area.Query{
		Text:   "rengs con",
		Within: "15.04",
		Levels: []area.Level{area.Village},
		Limit:  1,
	}) {
		fmt.Println(h.Name, h.Fit == area.Alike)
	}
	// Output: Rengas Condong true
}

func ExampleTree_Issuance() {
	tree := area.Load()
	for _, digits := range []string{"157101", "910101", "159999", "990000"} {
		a, known := tree.Issuance(digits)
		fmt.Println(digits, known, a.Name)
	}
	// Output:
	// 157101 district Telanaipura
	// 910101 historical Kabupaten Merauke
	// 159999 province Jambi
	// 990000 unknown
}

func ExampleContains() {
	fmt.Println(area.Contains("15.71", "15.71.01.1001"), area.Contains("15.04", "15.71.01.1001"))
	// Output: true false
}

func ExampleMatch() {
	for _, market := range []string{"Pasar Angso Duo", "Pasar Talang Banjar", "Pasar Keluarga"} {
		fmt.Printf("%s %.2f\n", market, area.Match("angsodou", market))
	}
	// Output:
	// Pasar Angso Duo 0.89
	// Pasar Talang Banjar 0.00
	// Pasar Keluarga 0.00
}

func ExampleFold() {
	fmt.Println(area.Fold("Tandjoeng Djaboeng"), "=", area.Fold("Tj. Jabung"))
	// Output: tanjung jabung = tanjung jabung
}
