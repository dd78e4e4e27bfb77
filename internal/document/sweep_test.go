package document_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

var wib = time.FixedZone("WIB", 7*3600)

// swept is the sweep of two hours with 192 registered.
func swept() document.Sweep {
	began := time.Date(2026, time.November, 12, 8, 0, 0, 0, wib)
	s := document.Sweep{Name: "Grebek Pasar Angso Duo", Place: "Pasar Angso Duo", Office: "Cabang Jambi", BeganAt: began, EndedAt: began.Add(2 * time.Hour), SealsAt: began.Add(26 * time.Hour),
		Sealed: true, Goal: 200, Registered: 192, New: 188, Rejoined: 4, Paid: 160, Protected: 151, Repeated: 7,
		Agents: []document.SweepAgent{{1, "Rahma D.", "Jambi", "Utara", 20, 17, began.Add(110 * time.Minute)}, {2, "Yusnidar A.", "Batang Hari", "Selatan", 17, 15, began.Add(118 * time.Minute)},
			{3, "Asni U.", "Tebo", "", 0, 0, time.Time{}}},
		Teams: []document.SweepGroup{{"Utara", 100, 80, 76}, {"Selatan", 92, 80, 75}}, Offices: []document.SweepGroup{{"Jambi", 96, 80, 76}, {"Batang Hari", 29, 27, 25}},
		Lots:  jaring.LotCount{Total: 412, Registered: 168, Member: 74, Back: 43, Closed: 61, Refused: 38, Unvisited: 28},
		Lanes: []document.SweepLane{{"C", "sayur", 40, 38, 20}},
		Evaluation: []document.SweepRecord{{"Dewi L.", "penjahit", began.Add(30 * time.Minute), jaring.WhyClock, jaring.CaptureCounted, "jam HP sudah dicocokkan"},
			{"Eko P.", "kuli panggul", began.Add(130 * time.Minute), jaring.WhyOutside, "", ""}, {"Eko P.", "ojek", began.Add(50 * time.Minute), jaring.WhyLate, "", ""}}}
	s.Winners = s.Agents[:2]
	return s
}

func TestSweepReport(t *testing.T) {
	for _, lang := range i18n.Langs {
		golden(t, "sweep."+string(lang), document.SweepReport(swept(), lang, made))
	}
}

func TestSweepReport_OfOneThatHasNotBegunAndOfManyAgents(t *testing.T) {
	empty := strings.Join(documenttest.Text(t, bytesOf(t, document.SweepReport(document.Sweep{Name: "Grebek"}, i18n.EN, made))), "\n")
	for _, want := range []string{"Not begun", "Nobody yet.", "There is no plan of stalls.", "None. Every record could be counted at once."} {
		if !strings.Contains(empty, want) {
			t.Errorf("%q is missing", want)
		}
	}
	s := swept()
	s.EndedAt, s.Sealed, s.Waiting = time.Time{}, false, 2
	for n := range 300 {
		s.Agents = append(s.Agents, document.SweepAgent{Rank: n + 4, Name: fmt.Sprintf("Kader %d K.", n), Office: "Jambi"})
	}
	text := strings.Join(documenttest.Text(t, bytesOf(t, document.SweepReport(s, i18n.ID, made))), " ") // lines are broken where they must
	for _, want := range []string{"Kader 299 K.", "Sejak 12 November 2026, 08.00 WIB", "Menunggu diputuskan", "Belum disegel, angka masih bisa berubah sampai 13 November 2026, 10.00 WIB"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
