package labkit

import "cmp"

// MIDAS finds edges that suddenly come in numbers: floods, scans, brute force.
// It counts each pair of hosts in the current tick and in all of them, and the
// score is the chi-squared statistic of the first, given the mean that the
// second promises. A thousand connections a minute are normal between two hosts
// that always have them, and a burst between two that had none.
//
// Time and memory are the same however many hosts there are, since pairs are
// counted in a sketch: some share a cell, and their counts are then too high,
// never too low. Scores have no fixed scale; what a high one is depends on the
// stream, so a threshold should follow it. MIDAS is blind to what is slow, and
// to a single odd flow, however odd. Its zero value is ready to use.
//
// With the authors' arithmetic and hash parameters it gives their code's scores
// bit for bit. That reaches an area under the ROC curve of 0.894 on the 4.6
// million edges of DARPA 1998, MIDASR 0.949 and MIDASF 0.984.
//
// Source: S. Bhatia, B. Hooi, M. Yoon, K. Shin and C. Faloutsos, MIDAS:
// Microcluster-Based Detector of Anomalies in Edge Streams, AAAI 2020.
type MIDAS struct {
	Buckets int // in each of the two rows of a sketch, at most 16,777,216; other numbers panic. 0 means 1024.

	tick           int32
	current, total counts
}

var _ EdgeDetector = (*MIDAS)(nil)

// The authors' values.
const (
	defaultMIDASBuckets   = 1024
	defaultMIDASDecay     = 0.5
	defaultMIDASThreshold = 1000
)

// maxMIDASBuckets bounds the memory of a sketch to 128 MB.
const maxMIDASBuckets = 1 << 24

// sketchBuckets returns how many buckets a row of a sketch has. It panics if the
// number given is out of range.
func sketchBuckets(n int) int {
	if n < 0 || n > maxMIDASBuckets {
		panic(outOfRange("labkit: Buckets", n, "1 to %d, or 0 for %d", maxMIDASBuckets, defaultMIDASBuckets))
	}
	return cmp.Or(n, defaultMIDASBuckets)
}

// Observe counts an edge and returns its score.
func (m *MIDAS) Observe(e Edge) float64 {
	buckets := sketchBuckets(m.Buckets)
	if m.current == nil {
		m.tick, m.current, m.total = 1, make(counts, 2*buckets), make(counts, 2*buckets)
	}
	if m.tick < e.Tick {
		clear(m.current)
		m.tick = e.Tick
	}
	cells := sourceHash.cells(e.Source, e.Destination, buckets)
	m.current.add(cells)
	m.total.add(cells)
	return float64(burst(m.current.least(cells), m.total.least(cells), e.Tick))
}

// MIDASR is [MIDAS] with relations: it counts sources and destinations beside
// pairs and returns the highest of the three scores, so that it sees one host
// that scans many and many that flood one. And it forgets the last tick by
// half instead of all, so that a burst need not fit into one.
//
// Source: as MIDAS, section 4.2 of the paper.
type MIDASR struct {
	Buckets int     // in each of the two rows of a sketch, at most 16,777,216; other numbers panic. 0 means 1024.
	Decay   float64 // what is left of the current counts in the next tick. 0 means 0.5.

	tick    int32
	tallies [3]tally
}

var _ EdgeDetector = (*MIDASR)(nil)

// A tally counts pairs, sources or destinations.
type tally struct{ current, total counts }

// Observe counts an edge and returns its score.
func (m *MIDASR) Observe(e Edge) float64 {
	buckets := sketchBuckets(m.Buckets)
	if m.tick == 0 {
		m.tick = 1
		for i := range m.tallies {
			m.tallies[i] = tally{make(counts, 2*buckets), make(counts, 2*buckets)}
		}
	}
	if m.tick < e.Tick {
		for _, t := range m.tallies {
			t.current.scale(decay(m.Decay))
		}
		m.tick = e.Tick
	}
	var highest float32
	for i, cells := range relations(e, buckets) {
		t := m.tallies[i]
		t.current.add(cells)
		t.total.add(cells)
		highest = max(highest, burst(t.current.least(cells), t.total.least(cells), e.Tick))
	}
	return float64(highest)
}

// relations returns the cells that count an edge as a pair, by its source, and
// by its destination.
func relations(e Edge, buckets int) [3][2]int {
	return [3][2]int{
		pairHash.cells(e.Source, e.Destination, buckets),
		sourceHash.cells(e.Source, 0, buckets),
		destinationHash.cells(e.Destination, 0, buckets),
	}
}

func decay(v float64) float32 { return float32(cmp.Or(v, defaultMIDASDecay)) }
