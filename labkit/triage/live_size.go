package triage

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/window"
)

const (
	liveRows  = 5000 // rows and scores that are kept, of each size of window
	liveFew   = 300  // rows from which on others are judged by them,
	liveSeen  = 5    // and windows that they are of; the first is cut by the start of the stream
	liveMost  = 10   // hosts that may stand out in a window, or a tenth of them
	liveFloor = 3.   // the lowest threshold: by chance one row in 1,000 is above
	liveLearn = 2.   // a row with a higher score is not learned from
)

// liveSize judges the windows of one size.
type liveSize struct {
	size    time.Duration
	op      *window.Operator
	options LiveOptions
	highest float64 // score of the rows that were judged last
	tails   [][]observation
	liveSizeState
}

// liveSizeState is what a checkpoint has of a liveSize, beside its operator.
type liveSizeState struct {
	Rows      recent[[]float64] // the measures of rows that chance explains
	Scores    recent[float64]
	Threshold float64

	Tails   [][]float64 // of each measure, the highest first, as they were at the last fit
	Fitted  int         // to how many rows
	Seen    int         // windows
	NextFit float64     // event time
	Fits    int
}

// A recent keeps the latest values.
type recent[T any] struct {
	Values []T
	Next   int // where the next one goes, once it is full
}

func (r *recent[T]) add(v T) {
	if len(r.Values) < liveRows {
		r.Values = append(r.Values, v)
		return
	}
	r.Values[r.Next] = v
	r.Next = (r.Next + 1) % liveRows
}

func newLiveSize(size time.Duration, o LiveOptions) (*liveSize, error) {
	op, err := window.New(liveWindows(size, o))
	if err != nil {
		return nil, err
	}
	w := &liveSize{size: size, op: op, options: o}
	w.Threshold = liveFloor
	if o.Model != nil {
		w.Threshold = o.Model.Thresholds[liveThreshold]
	}
	if o.Fixed {
		if w.Fitted, w.Tails, err = readTails(o.Model); err != nil {
			return nil, err
		}
		w.observe()
	}
	return w, nil
}

// liveWindows are windows of counts: all that is judged.
func liveWindows(size time.Duration, o LiveOptions) window.Options {
	return window.Options{Size: size, Lateness: o.Lateness, CountsOnly: true}
}

// judge returns what stands out among rows of windows that have closed, one
// window after the other.
func (w *liveSize) judge(rows []window.Row) ([]Finding, error) {
	var found []Finding
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Start == rows[0].Start {
			n++
		}
		of, err := w.judgeWindow(rows[:n])
		if err != nil {
			return nil, err
		}
		found, rows = append(found, of...), rows[n:]
	}
	return found, nil
}

func (w *liveSize) judgeWindow(rows []window.Row) ([]Finding, error) {
	if w.options.Fixed {
		return w.judgeFixed(rows)
	}
	w.refit(rows[0].Start)
	values, scores, err := w.scored(rows)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for i := range rows {
		best, surprise := w.surprise(values[i])
		if surprise <= liveLearn && w.Seen > 1 {
			w.Rows.add(values[i])
		}
		if scores == nil {
			continue
		}
		if scores[i] > w.Threshold {
			found = append(found, w.finding(&rows[i], best, values[i], scores[i]))
		} else {
			w.Scores.add(scores[i])
		}
	}
	if len(found) > max(liveMost, len(rows)/10) {
		found = w.changed(found, values)
	}
	return found, w.follow()
}

// scored returns the measures of rows and their scores.
func (w *liveSize) scored(rows []window.Row) (values [][]float64, scores []float64, err error) {
	values = make([][]float64, len(rows))
	for i := range rows {
		values[i] = measuresOf(&rows[i])
	}
	scores, err = w.score(values)
	return values, scores, err
}

// changed learns from a window in which so many hosts stand out that it is the
// stream that has changed, and returns the most striking of them alone.
func (w *liveSize) changed(found []Finding, values [][]float64) []Finding {
	for _, v := range values {
		w.Rows.add(v)
	}
	w.NextFit = math.Inf(-1)
	return []Finding{slices.MaxFunc(found, func(a, b Finding) int { return cmp.Compare(a.Score, b.Score) })}
}

// score returns the scores of rows, nil as long as there is nothing to judge
// them by.
func (w *liveSize) score(values [][]float64) ([]float64, error) {
	var scores []float64
	switch {
	case w.options.Model != nil:
		var err error
		if scores, err = w.options.Model.Score(inLogs(values)); err != nil {
			return nil, err
		}
	case w.Fits > 0:
		for _, v := range values {
			_, surprise := w.surprise(v)
			scores = append(scores, surprise)
		}
	default:
		return nil, nil
	}
	w.highest = slices.Max(scores)
	return scores, nil
}

// surprise returns the measure of a row that is least likely among the rows that
// the tails were fitted to, and −log10 of how many such there are by chance in
// all that is looked at: see chance. It is -1 and 0 if none reaches its floor.
func (w *liveSize) surprise(values []float64) (measure int, surprise float64) {
	measure = -1
	for i, tail := range w.tails {
		if values[i] < measures[i].floor {
			continue
		}
		const nobody = -1
		p := chance(values[i], nobody, 0, tail, w.Fitted, measures[i].floor) * float64(len(measures)*len(liveSizes))
		// Of equal ones the later says more: which attempts they were.
		if s := -math.Log10(min(max(p, leastChance), 1)); measure < 0 || s >= surprise {
			measure, surprise = i, s
		}
	}
	return measure, surprise
}

// follow moves the threshold to the quantile of the latest scores. A row that
// stands out is among them only if it is told: an attack counts once an hour,
// however many windows it fills.
func (w *liveSize) follow() error {
	if w.options.Model != nil && len(w.Scores.Values) < liveFew || len(w.Scores.Values) == 0 {
		return nil
	}
	q, err := labkit.Percentile(w.Scores.Values, 100*w.options.Quantile)
	if w.options.Model == nil {
		q = max(q, liveFloor)
	}
	w.Threshold = q
	return err
}

// refit fits the tails to the rows that are kept, if it is time.
func (w *liveSize) refit(now float64) {
	if w.Seen++; w.Seen <= liveSeen || len(w.Rows.Values) < liveFew || now < w.NextFit {
		return
	}
	w.Tails = tailsOf(w.Rows.Values)
	w.Fitted, w.NextFit = len(w.Rows.Values), now+w.options.Refit.Seconds()
	w.Fits++
	w.observe()
}

// tailsOf returns the values of each measure that reach its floor, the highest
// first.
func tailsOf(rows [][]float64) [][]float64 {
	tails := make([][]float64, len(measures))
	for i, m := range measures {
		for _, row := range rows {
			if row[i] >= m.floor {
				tails[i] = append(tails[i], row[i])
			}
		}
		slices.Sort(tails[i])
		slices.Reverse(tails[i])
	}
	return tails
}

// observe makes of the tails what chance takes.
func (w *liveSize) observe() {
	w.tails = make([][]observation, len(w.Tails))
	for i, tail := range w.Tails {
		for _, v := range tail {
			w.tails[i] = append(w.tails[i], observation{value: v})
		}
	}
}

// finding puts a row into words: by the measure that stands out, or as unusual if
// none does by itself.
func (w *liveSize) finding(r *window.Row, measure int, values []float64, score float64) Finding {
	f := Finding{
		Kind: Unusual, Host: r.Key, Port: -1,
		First: r.Start, Last: r.Start + w.size.Seconds(), Count: r.Flows,
		Score: score, Threshold: w.Threshold, Window: w.size,
		Words: fmt.Sprintf("an unusual window in all counts together: %s in %s", plural.Of(r.Flows, "flow"), span(w.size)),
	}
	if measure >= 0 {
		f.Kind, f.Words = measures[measure].kind, w.words(measure, values[measure])
	}
	f.Where = whereWindow(f.Kind, f.Host, f.First, f.Last)
	return f
}

func (w *liveSize) words(measure int, v float64) string {
	in, usual := "in "+span(w.size), measures[measure].floor
	if measure < len(w.Tails) && len(w.Tails[measure]) > 0 {
		usual = w.Tails[measure][0]
	}
	kind := measures[measure].kind
	if kind == BytesSent {
		return fmt.Sprintf("%s sent %s; hosts here send up to %s", bytes(v), in, bytes(usual))
	}
	what := map[Kind]string{
		FailedFlows: "attempts in vain", FailedPorts: "ports tried in vain", FailedPeers: "hosts tried in vain",
		FailedTries: "unanswered tries at one port of one host", Tries: "connections to one port of one host",
	}[kind]
	return fmt.Sprintf("%.0f %s %s; hosts here have up to %.0f", v, what, in, usual)
}

func measuresOf(r *window.Row) []float64 {
	values := make([]float64, len(measures))
	for i, m := range measures {
		values[i] = m.value(r)
	}
	return values
}

// inLogs returns the measures of rows as a model sees them: ln(1 + measure).
func inLogs(rows [][]float64) *mat.Dense {
	x := mat.NewDense(len(rows), len(measures), nil)
	for i, row := range rows {
		for j, v := range row {
			x.Set(i, j, math.Log1p(v))
		}
	}
	return x
}
