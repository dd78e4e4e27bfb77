package document

import (
	"fmt"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// A sheet of proofs for a list of 2,000: 200 pages.
func BenchmarkProofs(b *testing.B) {
	proofs := make([]Proof, 2000)
	for i := range proofs {
		proofs[i] = Proof{Name: fmt.Sprintf("Siti Aminah %d", i), Number: fmt.Sprintf("26-%010d", i), Code: "K7QP-2MRX-9TCA-W",
			Address: fmt.Sprintf("https://jaring.example.id/kartu#K7QP2MRX9%04d", i), From: jaring.NewMonth(2026, 1), To: jaring.NewMonth(2026, 12)}
	}
	for b.Loop() {
		if _, err := Proofs("Kabupaten Uji", "Kantor Cabang Uji", proofs, i18n.ID, time.Unix(0, 0)).Bytes(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}
