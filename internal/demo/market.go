package demo

import (
	"slices"
	"strconv"

	"jaring/internal/jaring"
)

// sweepMarket is where story A happens.
const sweepMarket = "Pasar Angso Duo"

// lanePlan is a lane of the market: what is sold there, by whom, at how many stalls.
// The last uncounted ones are not on the office's plan; they are found on the way.
type lanePlan struct {
	name, goods string
	trade       trade
	lots        int
	uncounted   int
}

var lanePlans = []lanePlan{
	{"A", "ikan", trade{"Pedagang ikan", false, 1200, 4000}, 48, 0},
	{"B", "daging dan ayam", trade{"Pedagang ayam potong", false, 1400, 4200}, 36, 0},
	{"C", "sayur", trade{"Pedagang sayur", false, 900, 3200}, 56, 2},
	{"D", "bumbu", trade{"Pedagang bumbu", false, 900, 3000}, 40, 0},
	{"E", "buah", trade{"Pedagang buah", false, 1100, 3600}, 36, 0},
	{"F", "sembako", trade{"Pedagang sembako", false, 1500, 4800}, 44, 0},
	{"G", "pakaian", trade{"Pedagang pakaian", false, 1200, 4500}, 60, 2},
	{"H", "warung makan", trade{"Penjual makanan", false, 1000, 3800}, 40, 0},
	{"J", "kelontong", trade{"Pedagang kelontong", false, 1200, 3800}, 28, 0},
	{"K", "jasa", trade{"Penjahit", false, 900, 3000}, 24, 0},
}

// unstalled are the trades of those who work in a market without a stall.
var unstalled = []trade{{"Buruh angkut pasar", false, 900, 2300}, {"Pedagang keliling", false, 800, 2600}, {"Tukang becak motor", true, 900, 2200}}

// stallLane is a lane as the sweep walks it: in the demo as planned, in play as the
// server has it.
type stallLane struct {
	id      string
	name    string
	goods   string
	numbers []string
	must    []string // of these, stalls that somebody has to visit, for they are on no plan
}

// marketLanes is the market with all its stalls.
func marketLanes() (out []stallLane) {
	for _, p := range lanePlans {
		l := stallLane{name: p.name, goods: p.goods}
		for n := 1; n <= p.lots; n++ {
			l.numbers = append(l.numbers, strconv.Itoa(n))
		}
		l.must = l.numbers[p.lots-p.uncounted:]
		out = append(out, l)
	}
	return out
}

// The plan as it is drawn: two lanes beside each other, in tiles.
const (
	laneWidth  = 6
	laneHeight = 2
	laneGap    = 1
)

// laneForms is what the office draws of the market.
func laneForms() (out []jaring.LaneForm) {
	for i, l := range marketLanes() {
		out = append(out, jaring.LaneForm{Name: l.name, Trade: l.goods, X: i % 2 * (laneWidth + laneGap), Y: i / 2 * (laneHeight + laneGap), W: laneWidth, H: laneHeight,
			Numbers: l.numbers[:len(l.numbers)-len(l.must)]})
	}
	return out
}

// tradeOf is what people of a lane live on; whoever has no stall is one of unstalled.
func (c *crowd) tradeOf(goods string) trade {
	if at := slices.IndexFunc(lanePlans, func(p lanePlan) bool { return p.goods == goods }); at >= 0 {
		return lanePlans[at].trade
	}
	return pick(c.rand, unstalled)
}
