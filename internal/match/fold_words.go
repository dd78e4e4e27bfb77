package match

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// address are words before a name that are no part of it: of age and standing, of
// the pilgrimage, of office, of degree. Teuku, Cut, Andi, Gusti, I, Ni stay: they
// are names.
var address = set(`H HJ HJH HAJI HAJJAH HAJAH KH KHJ K KYAI KIAI KI NYAI NYI UST USTAD USTADZ USTADZAH USTZ
	DR DRS DRA DRG DRH IR PROF R RA RR RM RADEN RNGT TGK TGH TN NY SDR SDRI BPK BAPAK PAK IBU BU BIN BINTI ALM ALMH`)

// degree are words behind a name that are no part of it.
var degree = set(`SPD SPDI SPDSD SE SEI SH SHI ST SKOM SSOS SSOSI SAG SIP SIK SKM SKEP SKEB SP SPT SPI SPSI SSI SS SSN SSTP
	STP STR STRKEB STRKES SFARM SGZ SKED SHUT SKH SIKOM SAB SAP SMN SAK SPTK
	MPD MPDI MSI MSC MM MH MHUM MT MKOM MAG MKES MAP MMPD MSOS MBA MA MEI AMD AMDKEB AMDKEP AMKEB AMK AMAPD
	NS APT PHD BA BSC SPOG SPA SPB CN LC ALM ALMH`)

// patronym are words between a name and the father's.
var patronym = set("BIN BINTI BINTE BT BTI BTE")

// leadingShort are short forms that stand first, and mean that only there.
var leadingShort = map[string]string{"M": "MUHAMMAD", "MD": "MUHAMMAD", "ST": "SITI"}

// alias are spellings and short forms of one name, after respell (no letter is
// doubled, CH is KH).
var alias = func() map[string]string {
	m := map[string]string{}
	for name, spellings := range map[string]string{
		"MUHAMMAD": `MUHAMAD MUH MOH MHD MUHD MOHD MOKH MUKH MOHAMAD MUHAMED MOHAMED MOKHAMAD MUKHAMAD MUHAMAT MOHAMAT
			MUKAMAD MUHMAD MOHMAD MUHAMD MOKAMAD MOHAMMAD`,
		"AHMAD":    "AKHMAD AKMAD AKHMAT AHMAT AKH AHMED AKHMED",
		"ABDUL":    "ABD ABDL ABDOL ABDUR ABDUS ABDUN ABDUT ABDU",
		"ABDULAH":  "ABDULOH ABDILAH ABDILAHI",
		"SITI":     "SITIE SITY STI SITTI",
		"NUR":      "NOR NUUR NOER",
		"YUSUF":    "JUSUF YUSUP YUSOF JUSUP YUSUFF",
		"YUNUS":    "JUNUS",
		"YAHYA":    "JAHYA YAHIA",
		"YASIN":    "JASIN",
		"DEWI":     "DEWY DEWIE",
		"USMAN":    "UTSMAN OSMAN USTMAN",
		"UMAR":     "OMAR",
		"IBRAHIM":  "IBROHIM IBRAHIEM",
		"ISMAIL":   "ISMAEL ISMAIEL",
		"FATIMAH":  "FATIMA FATHIMAH PATIMAH FATMAH",
		"KHADIJAH": "KHATIJAH HADIJAH KADIJAH SITIKHADIJAH",
	} {
		for _, s := range strings.Fields(spellings) {
			m[s] = name
		}
	}
	return m
}()
