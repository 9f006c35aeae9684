package bench

import (
	"fmt"
	"io"
	"math"
	"slices"

	"flowlab/labkit/internal/plural"
)

// A goal is a figure that the project set itself, and what was measured.
type goal struct {
	what, want, got string
	met             bool
}

// goals returns what is to be shown, as far as it was measured.
func goals(all results, streams []StreamRun, runs []Notebook) []goal {
	var list []goal
	add := func(g goal, ok bool) {
		if ok {
			list = append(list, g)
		}
	}
	add(all.faster("forest, fit_predict", ForestFitPredict, sklearn, 5, 0))
	add(all.faster("LOF, fit_predict", LOFFitPredict, sklearn, 2, 0))
	add(all.faster("SVM, fit_predict, from 5,000 rows", SVMFitPredict, sklearn, 2, 5000))
	add(all.faster("forest, scoring new rows", ForestScore, sklearn, 3, 0))
	add(all.faster("forest, scoring new rows", ForestScore, isotree, 1, 0))
	add(all.faster("SVM, scoring new rows", SVMScore, sklearn, 3, 0))
	add(all.faster("reading a flow CSV into features", ReadCSV, pandas, 1, 0))
	add(all.faster("reading a Zeek log into features", ReadZeek, pandas, 1, 0))
	add(all.faster("capture to flows", ReadCapture, tshark, 1, 0))
	add(all.faster("capture to flows", ReadCapture, nfstream, 1, 0))
	add(all.rate(ReadCapture, 300_000, "packets"))
	add(all.lighter(ReadCapture, tshark, 1))
	add(all.lighter(ReadCapture, nfstream, 1))
	add(all.faster("sliding windows of 60 s every 10 s", SlidingWindows, pandas, 1, 0))
	add(all.faster("sliding windows of 60 s every 10 s", SlidingWindows, bytewax, 1, 0))
	add(all.rate(SlidingWindows, 500_000, "flows"))
	add(all.faster("log to findings, all lists and reasons", Triage, pandas, 1, 0))
	add(all.lighter(Triage, pandas, 1))
	add(all.faster("half-space trees, a row scored and learned", HalfSpaceTrees, river, 1, 0))
	for _, task := range []Task{DriftADWIN, DriftPageHinkley, DriftKSWIN} {
		add(all.faster(string(task)+", a number", task, river, 1, 0))
	}
	for _, task := range []Task{ForestFitPredict, ForestScore, LOFFitPredict, SVMFitPredict, SVMScore} {
		add(all.lighter(task, sklearn, 0.5))
		add(all.slope(task))
	}
	add(all.agreement("labels, scores on one core and on all", "scikit-learn's, equal bits", "labels differ at %d points; scores equal", sklearn, pandas))
	add(all.agreement("packets in flows and their IP bytes (tshark: the packets of TCP and UDP), flows on one core and on all", "those of nfstream and tshark, equal bits", "sums differ at %d points; flows equal", nfstream, tshark))
	add(all.agreement("scores of half-space trees, and numbers at which a drift is seen", "River's", "differ at %d points", river))
	list = append(list, streamGoals(streams)...)
	list = append(list, notebookGoals(runs)...)
	return list
}

// faster is the goal to be so many times as fast as a peer's best setting, at
// every size from the smallest given on.
func (all results) faster(what string, task Task, peer string, times float64, from int) (goal, bool) {
	least, at, points := math.Inf(1), 0, 0
	for _, rows := range all.sizes(task) {
		ours, ok := all.at(task, rows).of(System{labkit, ""})
		theirs, there := all.at(task, rows).best(peer)
		if !ok || !there || rows < from {
			continue
		}
		points++
		if ratio := theirs.Median() / ours.Median(); ratio < least {
			least, at = ratio, rows
		}
	}
	got := fmt.Sprintf("%s × at %s rows", digits(least), plural.Number(at))
	if points > 1 {
		got += ", elsewhere more"
	}
	return goal{
		what: what,
		want: fmt.Sprintf("≥ %v × %s", times, peer),
		got:  got,
		met:  least >= times,
	}, at > 0
}

// rate is the goal to do so many rows a second on one core, at every size; noun
// says what they are.
func (all results) rate(task Task, want float64, noun string) (goal, bool) {
	least, at := math.Inf(1), 0
	for _, rows := range all.sizes(task) {
		r, ok := all.at(task, rows).of(System{labkit, oneCore})
		if !ok {
			continue
		}
		if rate := float64(rows) / r.Median(); rate < least {
			least, at = rate, rows
		}
	}
	return goal{
		what: fmt.Sprintf("%s, one core", task),
		want: fmt.Sprintf("≥ %s %s/s", plural.Number(int(want)), noun),
		got:  fmt.Sprintf("%s %s/s at %s %s", plural.Number(int(least)), noun, plural.Number(at), noun),
		met:  least >= want,
	}, at > 0
}

// lighter is the goal to need at most a share of a peer's memory at the largest
// size.
func (all results) lighter(task Task, peer string, most float64) (goal, bool) {
	sizes := all.sizes(task)
	if len(sizes) == 0 {
		return goal{}, false
	}
	rows := slices.Max(sizes)
	ours, ok := all.at(task, rows).of(System{labkit, ""})
	theirs, there := all.at(task, rows).lightest(peer)
	if !ok || !there || ours.Peak == 0 {
		return goal{}, false
	}
	share := float64(ours.Peak) / float64(theirs.Peak)
	return goal{
		what: fmt.Sprintf("peak memory, %s, %s rows", task, plural.Number(rows)),
		want: fmt.Sprintf("≤ %v × %s", most, peer),
		got:  fmt.Sprintf("%d MB of %d MB: %s ×", ours.Peak>>20, theirs.Peak>>20, digits(share)),
		met:  share <= most,
	}, true
}

// slope is the goal that time grows no faster than scikit-learn's, from the
// second largest size to the largest. (From smaller ones labkit's grows faster,
// for it starts with next to nothing.)
func (all results) slope(task Task) (goal, bool) {
	sizes := slices.Sorted(slices.Values(all.sizes(task)))
	if len(sizes) < 2 {
		return goal{}, false
	}
	small, large := sizes[len(sizes)-2], sizes[len(sizes)-1]
	growth := func(find func(results) (Result, bool)) float64 {
		a, _ := find(all.at(task, small))
		b, _ := find(all.at(task, large))
		if len(a.Seconds) == 0 || len(b.Seconds) == 0 {
			return math.NaN()
		}
		return b.Median() / a.Median()
	}
	ours := growth(func(r results) (Result, bool) { return r.of(System{labkit, ""}) })
	theirs := growth(func(r results) (Result, bool) { return r.best(sklearn) })
	return goal{
		what: fmt.Sprintf("growth, %s, %s to %s rows", task, plural.Number(small), plural.Number(large)),
		want: "no faster than scikit-learn's",
		got:  fmt.Sprintf("%s ×, scikit-learn %s ×", digits(ours), digits(theirs)),
		met:  ours <= theirs,
	}, !math.IsNaN(ours) && !math.IsNaN(theirs)
}

// agreement is the goal that results are those of some peers, as far as these
// have them. That labkit's are equal on one core and on all is checked on the
// way: else there is no report.
func (all results) agreement(what, want, got string, peers ...string) (goal, bool) {
	points, differ := 0, 0
	for _, r := range all {
		if r.Fault == "" && slices.Contains(peers, r.System.Name) && r.System.Setting == byDefault {
			points++
			differ += r.Differ
		}
	}
	return goal{
		what: what,
		want: want,
		got:  fmt.Sprintf("%d "+got, differ, points),
		met:  differ == 0,
	}, points > 0
}

// notebookGoals compares the twelve steps.
func notebookGoals(runs []Notebook) []goal {
	if len(runs) == 0 {
		return nil
	}
	last := func(n Notebook) float64 { return n.Pictures[len(n.Pictures)-1] }
	first := func(n Notebook) float64 { return n.Pictures[0] }
	var list []goal
	for _, g := range []struct {
		what string
		time func(Notebook) float64
	}{{"twelve steps, start of the kernel to last picture", last}, {"twelve steps, first picture", first}} {
		ours, theirs := medianOf(runs, inGo, g.time), medianOf(runs, inPython, g.time)
		list = append(list, goal{
			what: g.what,
			want: "not after Python's",
			got:  fmt.Sprintf("%s s, Python %s s", digits(ours), digits(theirs)),
			met:  ours <= theirs,
		})
	}
	slowest, step := 0.0, ""
	for i := range steps {
		if t := medianOf(runs, inGo, func(n Notebook) float64 { return n.Warm[i] }); t > slowest {
			slowest, step = t, steps[i]
		}
	}
	return append(list, goal{
		what: "slowest warm Go cell",
		want: "< 0.6 s",
		got:  fmt.Sprintf("%s s (%s)", digits(slowest), step),
		met:  slowest < 0.6,
	})
}

// medianOf returns the median of a time over the runs in a language.
func medianOf(runs []Notebook, language string, time func(Notebook) float64) float64 {
	var times []float64
	for _, n := range runs {
		if n.Language == language {
			times = append(times, time(n))
		}
	}
	return Result{Seconds: times}.Median()
}

// writeGoals writes the table of the goals.
func writeGoals(w io.Writer, list []goal) {
	writeCells(w, []string{"to be shown", "wanted", "measured", ""})
	writeCells(w, []string{"---", "---", "---", "---"})
	for _, g := range list {
		verdict := "✓"
		if !g.met {
			verdict = "**not reached**"
		}
		writeCells(w, []string{g.what, g.want, g.got, verdict})
	}
}

// writeNotebooks writes the table of the twelve steps.
func writeNotebooks(w io.Writer, runs []Notebook) {
	writeCells(w, []string{"step", "Go, cold kernel", "Go, warm", "Python, cold kernel", "Python, warm"})
	writeCells(w, []string{"---", "---", "---", "---", "---"})
	row := func(name string, times ...func(Notebook) float64) {
		cells := []string{name}
		for _, language := range []string{inGo, inPython} {
			for _, time := range times {
				cells = append(cells, digits(medianOf(runs, language, time))+" s")
			}
			for range 2 - len(times) {
				cells = append(cells, "")
			}
		}
		writeCells(w, cells)
	}
	row("start of the kernel", func(n Notebook) float64 { return n.Start })
	for i, name := range steps {
		row(name, func(n Notebook) float64 { return n.Cold[i] }, func(n Notebook) float64 { return n.Warm[i] })
	}
	row("**first picture**", func(n Notebook) float64 { return n.Pictures[0] })
	row("**last picture**", func(n Notebook) float64 { return n.Pictures[len(n.Pictures)-1] })
}
