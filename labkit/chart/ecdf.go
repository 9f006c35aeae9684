package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
)

// ECDF draws the empirical cumulative distribution of each named column, for
// normal flows (blue) and for anomalies (vermilion, dashed): the share of flows
// at or below each value. It has no bins to choose, so nothing can hide in
// them, and medians and quartiles are read off at 0.5, 0.25 and 0.75. A column
// with a heavy tail has a logarithmic axis if all its values are above 0.
//
// It returns an error if no column is named, if one is absent, not numeric or
// not finite, or if the frame has no flows or no labels.
func ECDF(flows dataframe.DataFrame, columns ...string) (_ Figure, err error) {
	defer prefix(&err)
	var tiles []*plot.Plot
	var gaps []classGap
	labels, err := eachColumn(flows, columns, func(name string, normal, anomaly []float64) error {
		both := scaleOf(slices.Concat(normal, anomaly))
		tiles = append(tiles, titled(ecdf(normal, anomaly, both, axisLabel(name)), name))
		if len(normal) > 0 && len(anomaly) > 0 {
			size, at := largestGap(normal, anomaly)
			gaps = append(gaps, classGap{name, size, at})
		}
		return nil
	})
	if err != nil {
		return Figure{}, err
	}
	fig := grid(tiles)
	anomalies := labkit.CountTrue(labels)
	fig.key = classLineKey(len(labels)-anomalies, anomalies)
	fig.Alt = fmt.Sprintf("Cumulative distributions of %s.", flowsInWords(len(labels), labels))
	if len(gaps) > 0 {
		fig.Alt += " " + gapsInWords(gaps)
	}
	return fig, nil
}

// A classGap is how far a column tells the classes apart, and at which value.
type classGap struct {
	column   string
	size, at float64
}

// gapsInWords begins with the column that tells the classes apart best, if one
// does.
func gapsInWords(gaps []classGap) string {
	slices.SortStableFunc(gaps, func(a, b classGap) int { return cmp.Compare(b.size, a.size) })
	said := make([]string, len(gaps))
	for i, g := range gaps {
		said[i] = fmt.Sprintf("%s %.2f at %s", g.column, g.size, inWords(g.at))
	}
	if len(gaps) == 1 {
		return fmt.Sprintf("Largest gap between the classes, where 0 is alike and 1 apart: %s.", said[0])
	}
	best := ""
	if gaps[0].size > gaps[1].size {
		best = gaps[0].column + " tells the classes apart best. "
	}
	return fmt.Sprintf("%sLargest gaps, where 0 is alike and 1 apart: %s.", best, strings.Join(said, "; "))
}

func ecdf(normal, anomaly []float64, s scale, label string) *plot.Plot {
	p := newPlot(s.label(label), "share of flows at or below")
	p.Y.Min, p.Y.Max = 0, 1
	p.Y.Tick.Marker = unitTicks
	for _, class := range []struct {
		values []float64
		style  draw.LineStyle
	}{
		{normal, draw.LineStyle{Color: normalColor, Width: 1.75}},
		{anomaly, draw.LineStyle{Color: anomalyColor, Width: 1.75, Dashes: []vg.Length{6, 2}}},
	} {
		if len(class.values) > 0 {
			p.Add(&plotter.Line{XYs: cumulative(s.all(class.values)), LineStyle: class.style})
		}
	}
	p.X.Min, p.X.Max = widened(p.X.Min, p.X.Max)
	s.mark(&p.X)
	return p
}

// cumulative returns the corners of the stairs that rise by 1/n at each value.
// Of many values it takes every so many-th: a line has no more than a thousand
// steps that can be seen.
func cumulative(values []float64) plotter.XYs {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	stride := max(1, n/1000)
	xys := plotter.XYs{{X: sorted[0], Y: 0}}
	for i := 0; i < n; i += stride {
		if i+stride >= n {
			i = n - 1
		}
		before := xys[len(xys)-1].Y
		xys = append(xys, plotter.XY{X: sorted[i], Y: before}, plotter.XY{X: sorted[i], Y: float64(i+1) / float64(n)})
	}
	return xys
}

// largestGap returns the largest vertical distance between the distribution
// functions of a and b, the statistic of Kolmogorov and Smirnov, and where it is.
func largestGap(a, b []float64) (gap, at float64) {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	for i, j := 0, 0; i < len(a) && j < len(b); {
		v := min(a[i], b[j])
		for i < len(a) && a[i] == v {
			i++
		}
		for j < len(b) && b[j] == v {
			j++
		}
		d := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		if max(d, -d) > gap {
			gap, at = max(d, -d), v
		}
	}
	return gap, at
}
