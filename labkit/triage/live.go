package triage

import (
	"cmp"
	"fmt"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/flow"
)

// LiveOptions say how a [Live] judges. The zero value is ready to use.
type LiveOptions struct {
	// Model judges windows, of any size: see [FitWindows]. nil means that each
	// count is judged by its own upper tail in the latest rows, as by
	// [Traffic.Hosts]: one count tells more than all of them in one model.
	Model *labkit.Fitted

	// Refit is the time, of flows and not of the computer, after which the tails
	// are fitted anew; 0 means an hour.
	Refit time.Duration

	// Quantile is the share of scores, in (0, 1), that are below the threshold: a
	// quantile of the latest 5,000, so that it follows the stream. 0 means 0.999.
	Quantile float64

	Lateness time.Duration // see [window.Options]

	// Fixed judges windows by the model as it was fitted: those of its size, by its
	// threshold, whatever else the stream has. What is found of a host's windows
	// then follows from its own flows, so that hosts can be spread over workers, and
	// their windows counted elsewhere: see [Live.AddRows].
	Fixed bool
}

// A Live is triage of a stream that does not end: it looks at hosts in windows of
// a minute and of five, and at pairs over the latest 24 hours, and says what
// stands out as soon as a window has closed. What it finds follows from the flows
// and their order alone, so that a stream that was interrupted and read again
// finds the same.
//
// It does not learn from rows that chance does not explain: an attack does not
// become normal by lasting. Neither does a change for good, as a new server: what
// is told of it is told once an hour, until the threshold has risen above it.
//
// Memory is bounded: the open windows, 5,000 rows of each size, and at most
// 20,000 pairs with their latest 32 times.
type Live struct {
	options LiveOptions
	sizes   []*liveSize
	pairs   livePairs
	told    map[string]mention // what was found lately
	flagged int
}

// A mention remembers that something was found, and how high it was.
type mention struct {
	Until, Value float64
}

// liveSizes are the windows that a Live looks at: those of an hour would come
// late.
var liveSizes = []time.Duration{time.Minute, 5 * time.Minute}

const (
	liveRefit    = time.Hour
	liveQuantile = 0.999
	liveAgain    = 3600 // seconds until the same is told again
	liveToldMost = 10_000
)

// NewLive returns a Live that has seen no flow.
func NewLive(o LiveOptions) (*Live, error) {
	o.Refit, o.Quantile = cmp.Or(o.Refit, liveRefit), cmp.Or(o.Quantile, liveQuantile)
	if o.Refit < 0 || !(o.Quantile > 0 && o.Quantile < 1) {
		return nil, fmt.Errorf("labkit: triage.NewLive: refit is %v and quantile %v: want a time above 0 and a share in (0, 1)", o.Refit, o.Quantile)
	}
	if err := checkWindowModel(o.Model); err != nil {
		return nil, fmt.Errorf("labkit: triage.NewLive: %w", err)
	}
	l := &Live{options: o, pairs: newLivePairs(), told: map[string]mention{}}
	sizes := liveSizes
	if o.Fixed {
		size, err := WindowSize(o.Model)
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.NewLive: %w", err)
		}
		sizes = []time.Duration{size}
	}
	for _, size := range sizes {
		w, err := newLiveSize(size, o)
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.NewLive: %w", err)
		}
		l.sizes = append(l.sizes, w)
	}
	return l, nil
}

// Add takes the next flow, and returns what stands out in the windows that it
// closes.
func (l *Live) Add(f *flow.Flow) ([]Finding, error) {
	if flow.IsGroup(f.DstIP) {
		return nil, nil
	}
	l.pairs.add(f)
	var found []Finding
	for _, w := range l.sizes {
		rows := w.op.Add(*f)
		of, err := w.judge(rows)
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.Live: %w", err)
		}
		found = append(found, of...)
		if len(rows) > 0 {
			found = append(found, l.pairs.look(rows[len(rows)-1].Start)...)
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	return l.news(found), nil
}

// Close ends the stream: windows that are open are closed.
func (l *Live) Close() ([]Finding, error) {
	var found []Finding
	for _, w := range l.sizes {
		of, err := w.judge(w.op.Close())
		if err != nil {
			return nil, fmt.Errorf("labkit: triage.Live: %w", err)
		}
		found = append(found, of...)
	}
	return l.news(append(found, l.pairs.judge(l.pairs.Look)...)), nil
}

// news leaves out what was told within the hour, unless it has doubled.
func (l *Live) news(found []Finding) []Finding {
	kept := found[:0]
	for _, f := range found {
		l.flagged++
		key := fmt.Sprint(f.Kind, " ", f.Host, " ", f.Window)
		if f.Kind == RareBeacon {
			key += fmt.Sprint(" ", f.Peer, " ", f.Port)
		}
		if before, ok := l.told[key]; ok && f.Last < before.Until && float64(f.Count) < 2*before.Value {
			continue
		}
		l.told[key] = mention{f.Last + liveAgain, float64(f.Count)}
		kept = append(kept, f)
		for _, w := range l.sizes {
			if w.size == f.Window && !l.options.Fixed {
				w.Scores.add(f.Score)
			}
		}
	}
	// Rows that were counted elsewhere may come by other ways, hours apart.
	if len(kept) > 0 && (!l.options.Fixed || len(l.told) > liveToldMost) {
		for key, t := range l.told {
			if t.Until < kept[0].Last-liveAgain {
				delete(l.told, key)
			}
		}
	}
	return kept
}

// Gauges hands out how it is doing, each number under a name.
func (l *Live) Gauges(gauge func(name string, value float64)) {
	s := l.sizes[0].op.Stats()
	gauge("late_flows", float64(s.LateFlows))
	gauge("late_pairs_of_flow_and_window", float64(s.LatePairs))
	gauge("lost_flows", float64(s.LostFlows))
	gauge("ahead_flows", float64(s.AheadFlows))
	gauge("flows_without_time_or_host", float64(s.WithoutTime+s.WithoutKey))
	gauge("rows", float64(s.Rows))
	open := 0
	for _, w := range l.sizes {
		open += w.op.Open()
	}
	gauge("open_windows", float64(open))
	gauge("open_pairs", float64(len(l.pairs.Pairs)))
	gauge("rows_that_stood_out", float64(l.flagged))
	for _, w := range l.sizes {
		name := fmt.Sprintf("%.0fs", w.size.Seconds())
		gauge("threshold_"+name, w.Threshold)
		gauge("highest_score_"+name, w.highest)
		gauge("fits_"+name, float64(w.Fits))
	}
}
