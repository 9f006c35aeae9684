package chart

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
)

// averaged is how many rows are enough for the path of the average flow.
const averaged = 500

// IsolationPath draws how an isolation forest cuts off one row of x, and the
// average row beside it: how many training rows are still together with it
// after each split, as the mean over the trees ([labkit.IsolationPaths]). The
// sooner a line falls to 1, the more anomalous the row. A tick below each line
// marks the mean path length, which the score is made of. Above 500 rows the
// average is taken over 500 of them, evenly spread.
//
// It returns an error if there is no such row, and those of IsolationPaths.
func IsolationPath(forest labkit.Model, x *mat.Dense, row int, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkRow(x, row); err != nil {
		return Figure{}, err
	}
	rows, cols := x.Dims()
	some := mat.NewDense(min(rows, averaged), cols, nil)
	for k := range min(rows, averaged) {
		some.SetRow(k, x.RawRowView(k*rows/min(rows, averaged)))
	}
	all, err := labkit.IsolationPaths(forest, some)
	if err != nil {
		return Figure{}, err
	}
	one, err := labkit.IsolationPaths(forest, x.Slice(row, row+1, 0, cols).(*mat.Dense))
	if err != nil {
		return Figure{}, err
	}
	flow, average := one[0], averagePath(all)

	p := newPlot("splits", "rows still together with it, logarithmic")
	fig := single(title, p)
	for _, l := range []struct {
		path  labkit.IsolationPath
		name  string
		color int
	}{{average, "the average flow", 0}, {flow, fmt.Sprintf("flow %d", row), 1}} {
		style := draw.LineStyle{Color: seriesColors[l.color], Width: 2, Dashes: seriesDashes[l.color]}
		p.Add(&plotter.Line{XYs: togetherLine(l.path.Together, len(average.Together)), LineStyle: style},
			lengthTick{at: l.path.Length, color: style})
		fig.key = append(fig.key, keyEntry{fmt.Sprintf("%s, mean path %.1f", l.name, l.path.Length), lineThumb{color: seriesColors[l.color], dashes: style.Dashes}})
	}
	p.X.Tick.Marker = wholeTicks{}
	p.Y.Tick.Marker = decades{}
	p.Y.Min, p.Y.Max = -0.12, math.Log10(max(2, flow.Together[0]))+0.05
	p.X.Min, p.X.Max = 0, max(float64(len(average.Together)-1), average.Length, flow.Length)+0.3
	third := min(3, len(flow.Together)-1)
	fig.Alt = withTitle(title, fmt.Sprintf("The forest cuts flow %d off after %.1f splits, the average flow after %.1f. After %d splits %s rows are still together with it, and %s with the average flow.",
		row, flow.Length, average.Length, third, inWords(flow.Together[third]), inWords(average.Together[min(third, len(average.Together)-1)])))
	return fig, nil
}

// checkRow returns an error unless x has the row.
func checkRow(x *mat.Dense, row int) error {
	if x == nil || x.IsEmpty() {
		return errors.New("the matrix is empty: want at least one row and one column")
	}
	if rows, _ := x.Dims(); row < 0 || row >= rows {
		return fmt.Errorf("row is %d: want 0 to %d", row, rows-1)
	}
	return nil
}

func averagePath(paths []labkit.IsolationPath) labkit.IsolationPath {
	var mean labkit.IsolationPath
	n := float64(len(paths))
	for _, p := range paths {
		mean.Length += p.Length / n
		if len(p.Together) > len(mean.Together) {
			mean.Together = make([]float64, len(p.Together))
		}
	}
	for _, p := range paths {
		for depth := range mean.Together {
			mean.Together[depth] += p.Together[min(depth, len(p.Together)-1)] / n
		}
	}
	return mean
}

// togetherLine returns the logarithms of the row counts, drawn on to n splits.
func togetherLine(together []float64, n int) plotter.XYs {
	xys := make(plotter.XYs, max(n, len(together)))
	for i := range xys {
		xys[i] = plotter.XY{X: float64(i), Y: math.Log10(max(1, together[min(i, len(together)-1)]))}
	}
	return xys
}

// A lengthTick marks a mean path length at the foot of a plot.
type lengthTick struct {
	at    float64
	color draw.LineStyle
}

// Plot implements [plot.Plotter].
func (l lengthTick) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	if l.at < p.X.Min || l.at > p.X.Max {
		return
	}
	foot := vg.Point{X: x(l.at), Y: c.Min.Y + 1}
	c.FillPolygon(l.color.Color, []vg.Point{foot, {X: foot.X - 4, Y: foot.Y + 8}, {X: foot.X + 4, Y: foot.Y + 8}})
}
