package labkit

// MIDASF is [MIDASR] with a filter: it does not learn from what looks like an
// attack. MIDAS and MIDASR add an attack to the counts that they judge by, so
// that one which lasts becomes normal. MIDASF keeps a tick's counts apart until
// the tick is over and adds only those whose last score was below Threshold;
// where it was not, it adds the mean of the ticks before instead. Its score
// compares the tick with the ticks before it alone.
//
// What it does not learn from it does not get used to, whether it was an attack
// or a new server: a change that is for good goes on being reported.
//
// Source: S. Bhatia, R. Liu, B. Hooi, M. Yoon, K. Shin and C. Faloutsos,
// Real-Time Anomaly Detection in Edge Streams, ACM TKDD 16(4), 2022.
type MIDASF struct {
	Buckets   int     // in each of the two rows of a sketch, at most 16,777,216; other numbers panic. 0 means 1024.
	Decay     float64 // what is left of the current counts in the next tick. 0 means 0.5.
	Threshold float64 // the score from which a count is not learned. 0 means 1000.

	tick    int32
	mean    float32 // turns a total into the mean of its ticks
	tallies [3]filteredTally
}

var _ EdgeDetector = (*MIDASF)(nil)

// A filteredTally counts pairs, sources or destinations, and keeps the last
// score of each cell.
type filteredTally struct {
	tally
	score counts
}

// Observe counts an edge and returns its score.
func (m *MIDASF) Observe(e Edge) float64 {
	buckets := sketchBuckets(m.Buckets)
	if m.tick == 0 {
		m.tick = 1
		for i := range m.tallies {
			m.tallies[i] = filteredTally{tally{make(counts, 2*buckets), make(counts, 2*buckets)}, make(counts, 2*buckets)}
		}
	}
	if m.tick < e.Tick {
		m.learnTick(e.Tick)
	}
	var highest float32
	for i, cells := range relations(e, buckets) {
		t := m.tallies[i]
		t.current.add(cells)
		score := burstBeyond(t.current.least(cells), t.total.least(cells), e.Tick)
		t.score[cells[0]], t.score[cells[1]] = score, score
		highest = max(highest, score)
	}
	return float64(highest)
}

// learnTick adds the counts of the tick that is over, and begins another.
func (m *MIDASF) learnTick(next int32) {
	threshold := float32(m.Threshold)
	if threshold == 0 {
		threshold = defaultMIDASThreshold
	}
	for _, t := range m.tallies {
		t.merge(threshold, m.mean)
		t.current.scale(decay(m.Decay))
	}
	m.mean = 1 / float32(next-1)
	m.tick = next
}

// merge adds to each total the current count, or the mean of its ticks where
// the score says that the count is not to be learned.
func (t filteredTally) merge(threshold, mean float32) {
	for i, score := range t.score {
		if score < threshold {
			t.total[i] += t.current[i]
		} else {
			t.total[i] += float32(t.total[i] * mean)
		}
	}
}

// burstBeyond is burst for a total of the ticks before the current one only.
func burstBeyond(current, total float32, ticks int32) float32 {
	if total == 0 {
		return 0
	}
	t := float32(ticks)
	d := float64(current + total - float32(current*t))
	return float32(d * d / float64(total*(t-1)))
}
