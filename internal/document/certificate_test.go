package document_test

import (
	"slices"
	"strings"
	"testing"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

func sheet() document.Certificate {
	return document.Certificate{Number: "SK-26-K7F3-9M2XA", Name: "Rahma Dewi Kusumaningrum", Office: "KCP Tanjung Jabung Barat", Fund: "Badan Penyelenggara (contoh)",
		Powers: jaring.Powers, From: jaring.NewDay(2026, 11, 12), Until: jaring.NewDay(2027, 11, 11), KeyID: "certificate-0123456789ab", AsOf: jaring.NewDay(2026, 11, 21),
		Address: "https://jaring.example/a/SK-26-K7F3-9M2XA#JRC1." + strings.Repeat("a", 400)}
}

func TestAgentCertificate(t *testing.T) {
	for lang, want := range map[i18n.Lang][]string{
		i18n.ID: {"Sertifikat kader", "Rahma Dewi Kusumaningrum", "Pemegang sertifikat ini boleh mendaftarkan pekerja dan menerima iuran tunai.", "12 November 2026 sampai 11 November 2027"},
		i18n.EN: {"Agent's certificate", "The bearer of this certificate may register workers and take contributions in cash."},
	} {
		file := bytesOf(t, document.AgentCertificate(sheet(), lang, made))
		lines := documenttest.Text(t, file)
		for _, w := range want {
			if !slices.Contains(lines, w) {
				t.Errorf("%s: %q is missing in %q", lang, w, lines)
			}
		}
		if n := len(pageObject.FindAll(file, -1)); n != 1 {
			t.Errorf("%s: %d pages", lang, n)
		}
	}
}

func TestTags(t *testing.T) {
	tags := make([]document.Tag, 25)
	for i := range tags {
		tags[i] = document.Tag{Name: "Siti Aminah Kusumaningrum binti Abdurrahman " + string(rune('A'+i)), Office: "KCP Tanjung Jabung Barat", Badge: "J7K4M2QX9TRVA"}
	}
	file := bytesOf(t, document.Tags("Kelas kader November", jaring.NewDay(2026, 11, 11), jaring.NewDay(2026, 11, 12), tags, i18n.ID, made))
	text := strings.Join(documenttest.Text(t, file), "\n")
	if n := strings.Count(text, "J7K4-M2QX-9TRVA"); n != 25 {
		t.Errorf("%d badges", n)
	}
	if n := len(pageObject.FindAll(file, -1)); n > 4 {
		t.Errorf("%d pages for 25 tags", n)
	}
	tags[3].Number, tags[3].Address = sheet().Number, sheet().Address
	worn := strings.Join(documenttest.Text(t, bytesOf(t, document.Tags("Kelas", jaring.NewDay(2026, 11, 11), jaring.NewDay(2026, 11, 12), tags, i18n.ID, made))), "\n")
	if strings.Count(worn, "J7K4-M2QX-9TRVA") != 24 || !strings.Contains(worn, sheet().Number) {
		t.Error("the tag of a certified agent shows the badge of his seat")
	}
	none := bytesOf(t, document.Tags("Kelas", jaring.NewDay(2026, 11, 11), jaring.NewDay(2026, 11, 12), nil, i18n.EN, made))
	if !strings.Contains(strings.Join(documenttest.Text(t, none), "\n"), "Nobody has a seat") {
		t.Error("an empty class is not said to be empty")
	}
}
