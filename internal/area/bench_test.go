package area

import "testing"

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(table); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	tree := Load()
	b.ReportAllocs()
	for b.Loop() {
		newIndex(tree)
	}
}

func BenchmarkGet(b *testing.B) {
	tree := Load()
	for b.Loop() {
		tree.Get("15.71.01.1001")
	}
}

// BenchmarkSearch has one query of each sort, over the country and in a regency.
func BenchmarkSearch(b *testing.B) {
	tree := Load()
	for _, q := range []struct {
		name string
		Query
	}{
		{"country/exact", Query{Text: "telanaipura"}},
		{"country/misspelled", Query{Text: "telnaipura"}},
		{"country/two_words", Query{Text: "muara bulain"}},
		{"country/beginning", Query{Text: "sung"}},
		{"country/around", Query{Text: "sungai baung muara bulian"}},
		{"country/address", Query{Text: "simpang sungai duren kec jambi luar kota kab muaro jambi"}},
		{"regency/exact", Query{Text: "rengas condong", Within: "15.04"}},
		{"regency/misspelled", Query{Text: "rnegas condog", Within: "15.04"}},
		{"regency/largest", Query{Text: "sukamau", Within: "11.08"}},
	} {
		b.Run(q.name, func(b *testing.B) {
			tree.Search(q.Query)
			b.ReportAllocs()
			for b.Loop() {
				tree.Search(q.Query)
			}
		})
	}
}

func BenchmarkMatch(b *testing.B) {
	for b.Loop() {
		Match("angsoduo", "Pasar Angso Duo")
	}
}
