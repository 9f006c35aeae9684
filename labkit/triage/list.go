package triage

import (
	"time"
)

// A list has the values of all hosts in one kind of row: windows, or pairs.
type list struct {
	kind   Kind
	window time.Duration
	looks  int     // how many lists look at the same thing: the price of looking often
	floor  float64 // a value below it is no finding
	high   []observation
	second int // where in high the first row is that is not of the highest host
	rows   *rowCounts
	alone  bool              // each host is compared with its own other rows
	shared func(row int) int // if not nil, how many hosts do the same as the row says
}

// newList returns a list of rows that are counted in rows, which lists of the
// same rows share.
func newList(kind Kind, window time.Duration, looks int, floor float64, rows *rowCounts) *list {
	return &list{kind: kind, window: window, looks: looks, floor: floor, rows: rows}
}

// add enters the value of a counted row. It keeps those that are at least the
// floor: where the tail begins, the others do not matter but for their number.
func (l *list) add(host int32, value float64, row int) {
	if value >= l.floor {
		l.high = append(l.high, observation{host, value, row})
	}
}

// A candidate is a host's highest value in a list.
type candidate struct {
	list   *list
	value  float64
	row    int
	chance float64 // that one of the other hosts has such a value
	next   float64 // the highest value that it was compared with, 0 if none is at the floor
}

// judge hands out the highest value of each host, if it is at least the floor,
// with the chance of it.
func (l *list) judge(found func(host int32, c candidate)) {
	l.sort()
	if l.alone {
		l.judgeAlone(found)
	} else {
		l.judgeAmongOthers(found)
	}
}

func (l *list) sort() {
	highestFirst(l.high)
	for l.second < len(l.high) && l.high[l.second].host == l.high[0].host {
		l.second++
	}
}

// judgeAmongOthers compares each host with the others.
//
// A host is compared twice: its highest row with the highest row of each other
// host, and with all rows of the others, where a host that has m rows had m
// chances. The smaller chance counts. It is paid for with the number of looks,
// and with the number of hosts that do the same.
func (l *list) judgeAmongOthers(found func(host int32, c candidate)) {
	best, times := l.best()
	for _, b := range best {
		o := l.othersOf(b.host, best)
		found(b.host, o.judge(b, times[b.host]))
	}
}

// others are what a host is compared with.
type others struct {
	list          *list
	best          []observation
	byHost, byRow tail
	rows          int // of the host itself
	rival         float64
}

func (l *list) othersOf(host int32, best []observation) *others {
	rows := l.rows.count(host)
	return &others{
		list: l, best: best, rows: rows, rival: l.rival(host),
		byHost: tailOf(host, best, l.rows.hosts-1, l.floor),
		byRow:  tailOf(host, l.high, l.rows.all-rows, l.floor),
	}
}

// judge returns a row with the chance of it; own is how many of its host's are as
// high.
func (o *others) judge(row observation, own int) candidate {
	byRow := float64(o.rows) * o.byRow.chance(row.value, own, o.list.high)
	c := o.list.candidate(row, min(o.byHost.chance(row.value, 1, o.best), byRow))
	c.next = o.rival
	return c
}

// best returns the highest row of each host, the highest first, and how many rows
// of the host are as high.
func (l *list) best() (best []observation, times map[int32]int) {
	highest := map[int32]float64{}
	times = map[int32]int{}
	for _, o := range l.high {
		if times[o.host] == 0 {
			best, highest[o.host] = append(best, o), o.value
		}
		if o.value == highest[o.host] {
			times[o.host]++
		}
	}
	return best, times
}

// leastChance keeps the logarithm of a chance a number.
const leastChance = 1e-300

// candidate returns a row with the chance of it, looks and hosts that do the
// same paid for.
func (l *list) candidate(o observation, chance float64) candidate {
	chance *= float64(l.looks)
	if l.shared != nil {
		chance *= float64(l.shared(o.row))
	}
	return candidate{list: l, value: o.value, row: o.row, chance: min(max(chance, leastChance), 1)}
}

// judgeRows hands out every row that is at least the floor, judged as if it were
// its host's highest.
func (l *list) judgeRows(found func(host int32, c candidate)) {
	l.sort()
	best, _ := l.best()
	own, compared := map[int32]int{}, map[int32]*others{}
	for _, o := range l.high {
		own[o.host]++
		if compared[o.host] == nil {
			compared[o.host] = l.othersOf(o.host, best)
		}
		found(o.host, compared[o.host].judge(o, own[o.host]))
	}
}

// rival returns the highest value of the other hosts, 0 if none is at the floor.
func (l *list) rival(host int32) float64 {
	switch {
	case len(l.high) == 0:
		return 0
	case l.high[0].host != host:
		return l.high[0].value
	case l.second < len(l.high):
		return l.high[l.second].value
	}
	return 0
}

// judgeAlone compares the highest row of each host with its other rows, of which
// any could have been the highest.
func (l *list) judgeAlone(found func(host int32, c candidate)) {
	of := map[int32][]observation{}
	for _, o := range l.high {
		of[o.host] = append(of[o.host], o)
	}
	for host, own := range of {
		rows := l.rows.count(host)
		if rows == 0 {
			continue
		}
		const nobody = -1
		p := float64(rows) * chance(own[0].value, nobody, 0, own[1:], rows-1, l.floor)
		c := l.candidate(own[0], p)
		if len(own) > 1 {
			c.next = own[1].value // the next minute's
		}
		found(host, c)
	}
}
