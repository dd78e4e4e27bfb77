package demo

import "slices"

// kaderPlan is somebody who comes to the class and goes into the market. What he does
// there is played; what it comes to is counted by the system.
type kaderPlan struct {
	office     string
	name       string
	female     bool
	background string
	registers  int // persons whom he registers in two hours
	pays       int // of these, who pay on the spot
}

// cadre is the class of story A: 25 places, ten of the branch, and 4, 4, 4 and 3 of the
// sub-branches. The best is of the branch and registers 20, the second of KCP Batang
// Hari, the third of the branch; 192 in all. All names are invented.
var cadre = []kaderPlan{
	{"jambi", "Rahma Dewi", true, "community", 20, 17},
	{"batang", "Yusnidar Amir", true, "association", 17, 15},
	{"jambi", "Bambang Tarigan", false, "rt_rw", 15, 12},
	{"jambi", "Dewi Lubis", true, "trader", 13, 11},
	{"tebo", "Hasan Mukhtar", false, "union", 12, 10},
	{"jambi", "Ratna Suryani", true, "rt_rw", 11, 8},
	{"batang", "Eko Prasetyo", false, "community", 10, 9},
	{"jambi", "Siti Zulaikha", true, "association", 10, 7},
	{"tanjab", "Junaidi Karim", false, "rt_rw", 9, 7},
	{"muaro", "Mega Wulandari", true, "academic", 9, 6},
	{"tebo", "Fitri Nasution", true, "community", 8, 7},
	{"jambi", "Arman Jamil", false, "union", 7, 6},
	{"muaro", "Lestari Basuki", true, "rt_rw", 7, 5},
	{"jambi", "Nurdin Hasibuan", false, "trader", 6, 5},
	{"tanjab", "Ika Fauziah", true, "academic", 6, 4},
	{"jambi", "Slamet Gunadi", false, "rt_rw", 5, 4},
	{"jambi", "Wati Rosmini", true, "community", 5, 3},
	{"muaro", "Rizal Oktavian", false, "union", 4, 3},
	{"jambi", "Desi Kartika", true, "academic", 4, 3},
	{"tanjab", "Gunawan Effendi", false, "association", 4, 2},
	{"tebo", "Lina Yuniarti", true, "rt_rw", 3, 2},
	{"tanjab", "Hendra Vandika", false, "community", 2, 2},
	{"batang", "Maya Citra", true, "other", 2, 1},
	{"muaro", "Taufik Ilham", false, "rt_rw", 2, 1},
	{"tebo", "Asni Umar", true, "trader", 1, 1},
}

// teams is how many the class goes in: one of each office, so that the board shows how
// the offices stand against each other.
const teams = 5

// teamPlans are the teams as the board calls them.
var teamPlans = [teams]struct{ office, name string }{
	{"jambi", "Jambi"}, {"batang", "Batang Hari"}, {"tebo", "Tebo"}, {"muaro", "Muaro Jambi"}, {"tanjab", "Tanjab Barat"},
}

// formTeams finds the people of each team.
func formTeams() (out [teams][]int) {
	for i, k := range cadre {
		for t, p := range teamPlans {
			if p.office == k.office {
				out[t] = append(out[t], i)
			}
		}
	}
	return out
}

// shareLanes gives each team so much of a market as it registers people: the largest lane
// first, to whom most is missing.
func shareLanes(market []stallLane) (out [teams][]*stallLane) {
	lots, missing := 0, [teams]int{}
	lanes := make([]*stallLane, len(market))
	for i := range market {
		lots += len(market[i].numbers)
		lanes[i] = &market[i]
	}
	for t, people := range formTeams() {
		for _, k := range people {
			missing[t] += cadre[k].registers * lots / Swept()
		}
	}
	slices.SortStableFunc(lanes, func(a, b *stallLane) int { return len(b.numbers) - len(a.numbers) })
	for _, l := range lanes {
		most := 0
		for t := range missing {
			if missing[t] > missing[most] {
				most = t
			}
		}
		out[most] = append(out[most], l)
		missing[most] -= len(l.numbers)
	}
	return out
}

// Swept is how many persons a sweep of this cadre registers.
func Swept() (n int) {
	for _, k := range cadre {
		n += k.registers
	}
	return n
}

// quotaOf is how many places of the class are an office's.
func quotaOf(office string) (n int) {
	for _, k := range cadre {
		if k.office == office {
			n++
		}
	}
	return n
}
