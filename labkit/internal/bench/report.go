package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"flowlab/labkit/internal/plural"
)

// String returns a result as a line of the log.
func (r Result) String() string {
	if r.Fault != "" {
		return fmt.Sprintf("%-18s %-26s %s", r.Task, r.System, r.Fault)
	}
	return fmt.Sprintf("%-18s %-26s %-28s %5d MB  %d %s differ", r.Task, r.System, duration(r), r.Peak>>20, r.Differ, r.compared())
}

// compared says what of two results is compared.
func (r Result) compared() string {
	switch r.Task {
	case HalfSpaceTrees:
		return "scores"
	case DriftADWIN, DriftPageHinkley, DriftKSWIN:
		return "numbers"
	case ReadCSV, ReadZeek, ReadCapture, SlidingWindows, Triage:
		return "sums"
	}
	return "labels"
}

// duration returns the median with minimum and maximum, in a unit that suits.
func duration(r Result) string {
	unit, scale := "s", 1.0
	if r.Median() < 1 {
		unit, scale = "ms", 1e3
	}
	return fmt.Sprintf("%s %s (%s–%s)", digits(r.Median()*scale), unit, digits(slices.Min(r.Seconds)*scale), digits(slices.Max(r.Seconds)*scale))
}

// digits returns a number with three digits.
func digits(v float64) string {
	switch {
	case v < 10:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// results are those of a run.
type results []Result

// at returns the results of a task and size.
func (all results) at(task Task, rows int) results {
	var some results
	for _, r := range all {
		if r.Task == task && r.Rows == rows {
			some = append(some, r)
		}
	}
	return some
}

// sizes returns the sizes at which a task was measured.
func (all results) sizes(task Task) []int {
	var sizes []int
	for _, r := range all {
		if r.Task == task && !slices.Contains(sizes, r.Rows) {
			sizes = append(sizes, r.Rows)
		}
	}
	return sizes
}

// of returns the result of a system, false if it has none or no times.
func (all results) of(s System) (Result, bool) {
	for _, r := range all {
		if r.System == s && r.Fault == "" {
			return r, true
		}
	}
	return Result{}, false
}

// best returns the result of a library with the setting that is the fastest.
func (all results) best(name string) (Result, bool) {
	var fastest Result
	for _, r := range all {
		if r.System.Name == name && r.Fault == "" && (len(fastest.Seconds) == 0 || r.Median() < fastest.Median()) {
			fastest = r
		}
	}
	return fastest, len(fastest.Seconds) > 0
}

// lightest returns the result of a library with the setting that takes the least
// memory.
func (all results) lightest(name string) (Result, bool) {
	var least Result
	for _, r := range all {
		if r.System.Name == name && r.Fault == "" && (least.Peak == 0 || r.Peak < least.Peak) {
			least = r
		}
	}
	return least, least.Peak > 0
}

// Report writes what was measured, in Markdown: the goals, the times of each
// task, the stream and the notebooks if they were run.
func Report(w io.Writer, measured []Result, streams []StreamRun, runs []Notebook) {
	all := results(measured)
	if list := goals(all, streams, runs); len(list) > 0 {
		writeGoals(w, list)
		fmt.Fprintln(w)
	}
	for _, g := range grid {
		header := false
		for _, task := range g.tasks {
			for _, rows := range all.sizes(task) {
				if !header {
					writeHeader(w, g.systems)
					header = true
				}
				writeRow(w, g.systems, all.at(task, rows))
			}
		}
		if header {
			fmt.Fprintln(w)
		}
	}
	if len(streams) > 0 {
		writeStreams(w, streams)
	}
	if len(runs) > 0 {
		writeNotebooks(w, runs)
	}
}

func writeHeader(w io.Writer, systems []System) {
	names := []string{"task", "rows"}
	for _, s := range systems {
		names = append(names, s.String())
	}
	writeCells(w, names)
	writeCells(w, slices.Repeat([]string{"---"}, len(names)))
}

// writeRow writes a line for the times and, in the same cells, how many times
// labkit's each is, the peak of memory, the labels that differ and how
// many flows a capture has.
func writeRow(w io.Writer, systems []System, some results) {
	cells := []string{string(some[0].Task), plural.Number(some[0].Rows)}
	ours, _ := some.of(systems[0])
	for _, s := range systems {
		r, ok := some.of(s)
		if !ok {
			cells = append(cells, missing(some, s))
			continue
		}
		lines := []string{duration(r)}
		if s != systems[0] {
			lines = append(lines, fmt.Sprintf("**%s ×**", digits(r.Median()/ours.Median())))
		}
		if r.Peak > 0 {
			lines = append(lines, fmt.Sprintf("%d MB", r.Peak>>20))
		}
		if r.Differ > 0 {
			lines = append(lines, fmt.Sprintf("%d %s differ", r.Differ, r.compared()))
		}
		if r.Task == ReadCapture {
			lines = append(lines, plural.Number(r.rows)+" flows")
		}
		cells = append(cells, strings.Join(lines, "<br>"))
	}
	writeCells(w, cells)
}

func missing(some results, s System) string {
	for _, r := range some {
		if r.System == s {
			return "not measured: " + strings.ReplaceAll(r.Fault, "|", "/")
		}
	}
	return "–"
}

func writeCells(w io.Writer, cells []string) {
	fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
}
