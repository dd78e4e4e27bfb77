package document

import (
	"strings"
	"testing"
	"time"

	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// TestProofsSayAll: ten stand on each sheet, the first too; a long payer, address and office are not cut, and what a
// proof says ends above how it is checked.
func TestProofsSayAll(t *testing.T) {
	payer, office := "Pemerintah Kabupaten Tanjung Jabung Barat (contoh)", "KCP Tanjung Jabung Barat"
	for _, lang := range i18n.Langs {
		help := i18n.Text(lang, "document.proof.help", jaring.Args{"address": "https://jaring.contoh.go.id/kartu", "office": office})
		one := Proof{Name: "Rosmala H.", Number: "REG 26-4F7K-09", Code: "J7K4-M2QX-9TRVA", Address: "https://jaring.contoh.go.id/kartu#J7K4M2QX9TRVA", From: jaring.NewMonth(2026, 9), To: jaring.NewMonth(2027, 9)}
		file, err := Proofs(payer, help, []Proof{one, one, one, one, one, one, one, one, one, one}, lang, time.Unix(0, 0)).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		lines := documenttest.Text(t, file)
		text := strings.Join(lines, " ")
		for _, want := range []string{payer, office, "2027", i18n.Text(lang, "document.proof.not", nil), "1/1", "jaring.contoh.go.id/kartu"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is cut: %v", lang, want, lines[:12])
			}
		}
		if strings.Index(text, one.Name) > strings.Index(text, one.Code) {
			t.Error("a reader aloud says the code before whose it is")
		}
	}
}
