package scheme

import (
	"testing"

	"jaring/internal/jaring"
)

func benchQuestion(b *testing.B) Question {
	q := own(b, "2026-01", 3_000_000)
	q.Months, q.Sector = 12, jaring.SectorTransport
	return q
}

func reportMonths(b *testing.B, months int) {
	b.ReportMetric(float64(b.N)*float64(months)/b.Elapsed().Seconds(), "month-prices/s")
}

// BenchmarkPrice prices twelve months of JKK and JKM into a used quote.
func BenchmarkPrice(b *testing.B) {
	q, book := benchQuestion(b), Load()
	var quote Quote
	b.ReportAllocs()
	for b.Loop() {
		if err := book.PriceInto(&quote, q); err != nil {
			b.Fatal(err)
		}
	}
	reportMonths(b, q.Months)
}

// BenchmarkPriceOneMonth is the price of a single month in a new quote each time.
func BenchmarkPriceOneMonth(b *testing.B) {
	q, book := benchQuestion(b), Load()
	q.Months = 1
	b.ReportAllocs()
	for b.Loop() {
		if _, err := book.Price(q); err != nil {
			b.Fatal(err)
		}
	}
	reportMonths(b, q.Months)
}

// BenchmarkPriceExplained is BenchmarkPrice with all steps.
func BenchmarkPriceExplained(b *testing.B) {
	q, book := benchQuestion(b), Load()
	q.Explain = true
	var quote Quote
	b.ReportAllocs()
	for b.Loop() {
		if err := book.PriceInto(&quote, q); err != nil {
			b.Fatal(err)
		}
	}
	reportMonths(b, q.Months)
}
