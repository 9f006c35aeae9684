package chart

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"flowlab/labkit"
)

// Histograms draws how the values of each named column are distributed, for
// normal flows and for anomalies, told apart by the column "label" (0 or 1).
// Axes are linear and each class has 30 bins over its own range, as in the
// Python lab; the area below each outline is 1. Where tails are heavy such a
// picture shows next to nothing: see [LogHistograms].
//
// It returns an error if no column is named, if one is absent, not numeric or
// not finite, or if the frame has no flows or no labels.
func Histograms(flows dataframe.DataFrame, columns ...string) (_ Figure, err error) {
	defer prefix(&err)
	return histograms(flows, columns, ownBins)
}

// LogHistograms is [Histograms] made readable: both classes share their 30
// bins, and a column with a heavy tail has a logarithmic axis. Its density is
// then per power of ten, so that equal areas still hold equal shares of flows.
//
// A tail counts as heavy if values span more than three powers of ten, or more
// than one and most of them would share a single bin of a linear axis.
//
// It returns an error where Histograms does, and if a column with a heavy tail
// has values at or below 0, which have no logarithm.
func LogHistograms(flows dataframe.DataFrame, columns ...string) (_ Figure, err error) {
	defer prefix(&err)
	return histograms(flows, columns, sharedBins)
}

// A sample is the values of one tile by class, as they lie along its axis, and
// the edges of the bins of each class.
type sample struct {
	normal, anomaly           []float64
	normalEdges, anomalyEdges []float64
	log                       bool // values and edges are decimal logarithms
}

// ownBins gives each class bins over its own range.
func ownBins(_ string, normal, anomaly []float64) (sample, error) {
	s := sample{normal: normal, anomaly: anomaly}
	if len(normal) > 0 {
		s.normalEdges = binEdges(normal)
	}
	if len(anomaly) > 0 {
		s.anomalyEdges = binEdges(anomaly)
	}
	return s, nil
}

// sharedBins gives both classes the same bins, on a logarithmic axis if the
// tail is heavy.
func sharedBins(column string, normal, anomaly []float64) (sample, error) {
	all := slices.Concat(normal, anomaly)
	if !heavyTailed(all) {
		return linearSample(normal, anomaly), nil
	}
	if n := floats.Count(func(v float64) bool { return v <= 0 }, all); n > 0 {
		return sample{}, fmt.Errorf("column %q has %d of %d values at or below 0: a logarithmic axis wants all above 0", column, n, len(all))
	}
	return logSample(normal, anomaly), nil
}

func linearSample(normal, anomaly []float64) sample {
	edges := binEdges(slices.Concat(normal, anomaly))
	return sample{normal: normal, anomaly: anomaly, normalEdges: edges, anomalyEdges: edges}
}

func logSample(normal, anomaly []float64) sample {
	s := linearSample(logs(normal), logs(anomaly))
	s.log = true
	return s
}

// histograms draws a tile for each column, with bins as the given function
// lays them.
func histograms(flows dataframe.DataFrame, columns []string, bins func(column string, normal, anomaly []float64) (sample, error)) (Figure, error) {
	var tiles []*plot.Plot
	var medians, squeezed []string
	labels, err := eachColumn(flows, columns, func(name string, normal, anomaly []float64) error {
		s, err := bins(name, normal, anomaly)
		if err != nil {
			return err
		}
		tiles = append(tiles, titled(histogram(s, axisLabel(name)), name))
		medians = append(medians, classMedians(name, normal, anomaly))
		if !s.log && crowded(slices.Concat(normal, anomaly)) {
			squeezed = append(squeezed, name)
		}
		return nil
	})
	if err != nil {
		return Figure{}, err
	}
	fig := grid(tiles)
	anomalies := labkit.CountTrue(labels)
	fig.key = classKey(len(labels)-anomalies, anomalies)
	fig.Alt = fmt.Sprintf("Histograms of %s: %s", flowsInWords(len(labels), labels), strings.Join(medians, "; ")+".")
	if squeezed != nil {
		fig.Alt += fmt.Sprintf(" Heavy tails squeeze nearly all flows into one bin of a linear axis: %s.", strings.Join(squeezed, ", "))
	}
	return fig, nil
}

// crowded reports whether more than nine in ten values share one of the bins
// that a heavy tail spreads over a linear axis.
func crowded(values []float64) bool {
	return heavyTailed(values) && slices.Max(counts(values, binEdges(values))) > 0.9*float64(len(values))
}

// histogram returns the plot of one sample.
func histogram(s sample, label string) *plot.Plot {
	p := newPlot(label, "density")
	add := func(values, edges []float64, look steps) {
		if len(values) > 0 {
			look.edges, look.bars = edges, density(values, edges)
			p.Add(look)
		}
	}
	add(s.normal, s.normalEdges, steps{color: normalColor})
	add(s.anomaly, s.anomalyEdges, steps{color: anomalyColor, dashes: anomalyDashes})
	if s.log {
		p.X.Label.Text += ", logarithmic"
		p.Y.Label.Text += " per power of ten"
		p.X.Tick.Marker = decades{}
	} else if p.X.Min > 0 && p.X.Min < p.X.Max/10 {
		p.X.Min = 0 // near enough to be worth showing
	}
	// A tick label at the very top would shift a tile against its neighbours.
	marks := ticks{}.Ticks(0, p.Y.Max)
	p.Y.Max = max(p.Y.Max, marks[len(marks)-1].Value/0.94)
	return p
}

// grid arranges the tiles in two columns, or a single one alone.
func grid(tiles []*plot.Plot) Figure {
	if len(tiles) == 1 {
		return single("", tiles[0])
	}
	if len(tiles)%2 == 1 {
		tiles = append(tiles, nil)
	}
	rows := slices.Collect(slices.Chunk(tiles, 2))
	return Figure{Plots: rows, Width: 540, Height: 40 + 195*vg.Length(len(rows))}
}
