package triage

import (
	"cmp"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/pair"
	"flowlab/labkit/window"
)

// A Row is a window or a pair that stands out, with what a forest says of it: an
// isolation forest that was fitted to all windows of that size, or all pairs,
// with all of their columns together.
type Row struct {
	Finding
	Forest float64 // in (0, 1], NaN if there are too few rows for one

	row int // in its list
}

// A found row of a list.
type found struct {
	host int32
	striking
}

// Windows returns the n windows that stand out most, each with one finding. It
// is a list of its own, with its own threshold: a host is here as often as it
// stands out.
func (t *Traffic) Windows(n int, seed uint32) []Row {
	known := t.hosts()
	rows := t.top(n, t.windowLists(known), known, nil)
	for _, size := range windowSizes {
		t.addWindowForest(rows, size, seed)
	}
	return rows
}

// Pairs returns the n pairs of a source and a door that stand out most by rhythm,
// volume or duration, each with one finding.
func (t *Traffic) Pairs(n int, seed uint32) []Row {
	known := t.hosts()
	pairs := pair.Of(t.conversations())
	rows := t.top(n, pairLists(pairs, known), known, pairs)
	addPairForest(rows, pairs, seed)
	return rows
}

// top returns the rows of lists that are least expected by chance, one of each
// host and window, or of each pair.
func (t *Traffic) top(n int, lists []*list, known *hosts, pairs []pair.Pair) []Row {
	type place struct {
		host   int32
		window time.Duration
		row    int
	}
	best := map[place]striking{}
	for _, l := range lists {
		l.judgeRows(func(host int32, c candidate) {
			at := place{host, l.window, c.row}
			s := c.among(known.sources)
			if old, ok := best[at]; !ok || s.expected < old.expected {
				best[at] = s
			}
		})
	}
	var all []found
	for at, s := range best {
		all = append(all, found{at.host, s})
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.expected, b.expected), cmp.Compare(a.list.window, b.list.window), cmp.Compare(a.row, b.row), cmp.Compare(known.names[a.host], known.names[b.host]))
	})
	all = all[:min(n, len(all))]
	return withEvidence(all, t, known, pairs)
}

// withEvidence returns findings with their flows and words, in their order.
func withEvidence(all []found, t *Traffic, known *hosts, pairs []pair.Pair) []Row {
	of := map[int32][]striking{}
	for _, f := range all {
		of[f.host] = append(of[f.host], f.striking)
	}
	evidence := newEvidence(t, known, pairs)
	findings := map[int32][]Finding{}
	var hosts []Host
	for host, s := range of {
		findings[host] = evidence.want(host, s)
		hosts = append(hosts, Host{Address: known.names[host], Findings: findings[host]})
	}
	evidence.gather(hosts)
	rows := make([]Row, len(all))
	for i, f := range all {
		rows[i] = Row{findings[f.host][0], math.NaN(), f.row}
		findings[f.host] = findings[f.host][1:]
	}
	return rows
}

// addWindowForest gives the rows of a size what a forest says of their windows.
func (t *Traffic) addWindowForest(rows []Row, size time.Duration, seed uint32) {
	type place struct {
		host  string
		start int
	}
	at := map[place]int{}
	var values []float64
	for w := range t.windows(window.Options{Size: size}) {
		at[place{w.Key, int(w.Start)}] = len(at)
		for _, m := range measures {
			values = append(values, math.Log1p(m.value(&w)))
		}
	}
	scores := forestScores(values, len(measures), seed)
	for i := range rows {
		if r := &rows[i]; r.Window == size && scores != nil {
			r.Forest = scores[at[place{r.Host, r.row}]]
		}
	}
}

// addPairForest gives rows what a forest says of their pairs: how often, how
// regular, how much, how long, and how many hosts use the destination.
func addPairForest(rows []Row, pairs []pair.Pair, seed uint32) {
	var values []float64
	for _, p := range pairs {
		values = append(values,
			math.Log(float64(p.Flows)), flow.OrZero(p.Regularity), math.Log1p(flow.OrZero(p.MedianGap)), math.Log1p(p.Sent),
			math.Log1p(p.Received), math.Log1p(p.Held), math.Log(float64(p.Sources)))
	}
	scores := forestScores(values, 7, seed)
	for i := range rows {
		if scores != nil {
			rows[i].Forest = scores[rows[i].row]
		}
	}
}

// forestScores returns the scores of an isolation forest that is fitted to rows
// of so many columns, nil if it cannot be fitted to them.
func forestScores(values []float64, cols int, seed uint32) []float64 {
	if len(values) < 2*cols {
		return nil
	}
	model, err := labkit.IsolationForest{Seed: seed}.Fit(mat.NewDense(len(values)/cols, cols, values))
	if err != nil { // every column is constant
		return nil
	}
	return model.TrainScores()
}
