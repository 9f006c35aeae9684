package chart

import (
	"cmp"
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxCorrelated is how many columns leave room for a number in each cell.
const maxCorrelated = 12

// Correlation draws Spearman's rank correlation of each pair of columns as a
// heat map: 1 where one column always rises with the other, -1 where it always
// falls, 0 where neither tells of the other. Ranks suit heavy tails, which
// would let a single flow decide Pearson's coefficient. Vermilion is positive,
// blue negative, and each cell has its number. A column is named where its
// cells begin, at the diagonal. A constant column has no correlation: "n/a".
//
// It returns an error unless two to 12 columns are named, all of them numeric
// and finite, and the frame has at least two flows.
//
// Source: C. Spearman, The Proof and Measurement of Association between Two
// Things, The American Journal of Psychology 15(1), 1904.
func Correlation(flows dataframe.DataFrame, columns ...string) (_ Figure, err error) {
	defer prefix(&err)
	n := len(columns)
	if n < 2 || n > maxCorrelated {
		return Figure{}, fmt.Errorf("correlation of %d columns: want 2 to %d", n, maxCorrelated)
	}
	ranked := make([][]float64, n)
	for i, name := range columns {
		values, err := column(flows, name)
		if err != nil {
			return Figure{}, err
		}
		if len(values) < 2 {
			return Figure{}, errors.New("correlation of one flow: want at least 2")
		}
		ranked[i] = ranks(values)
	}
	p := barePlot("", "")
	p.HideAxes()
	var pairs []correlationCell
	names := make([]string, n)
	for i, name := range columns {
		names[i] = shorten(name, textStyle(labelSize, ink), longestName)
		p.Add(columnName{x: float64(i), y: float64(n - 1 - i), name: names[i]})
		for j := range i {
			pairs = append(pairs, correlationCell{x: float64(j), y: float64(n - 1 - i),
				r: stat.Correlation(ranked[i], ranked[j], nil), pair: columns[j] + " and " + name})
			p.Add(pairs[len(pairs)-1])
		}
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5, -0.5, float64(n)-0.5
	fig := single("Rank correlation", p)
	fig.key = []keyEntry{{"from -1 to 1", correlationRamp()}}
	cell := max(38, min(64, 420/vg.Length(n)))
	// The last name stands right of its column.
	longest := textStyle(labelSize, ink).Width(names[n-1]) - cell
	for i, name := range names {
		longest = max(longest, textStyle(labelSize, ink).Width(name)-cell*vg.Length(n-i))
	}
	side := cell * vg.Length(n)
	fig.Width, fig.Height = side+max(0, longest)+2*margin+8, 0.72*side+2*margin+24
	p.X.Max += float64((max(0, longest) + 8) / cell)
	fig.Alt = correlationAlt(pairs, n)
	return fig, nil
}

// correlationAlt names the three strongest pairs.
func correlationAlt(pairs []correlationCell, n int) string {
	strongest := slices.DeleteFunc(slices.Clone(pairs), func(c correlationCell) bool { return math.IsNaN(c.r) })
	slices.SortStableFunc(strongest, func(a, b correlationCell) int { return cmp.Compare(math.Abs(b.r), math.Abs(a.r)) })
	var said []string
	for _, c := range strongest[:min(3, len(strongest))] {
		said = append(said, fmt.Sprintf("%s %.2f", c.pair, c.r))
	}
	if len(said) == 0 {
		return fmt.Sprintf("Rank correlations of %d columns: none is defined, all but one column are constant.", n)
	}
	return fmt.Sprintf("Rank correlations of %d columns. The strongest: %s.", n, strings.Join(said, "; "))
}

// ranks returns the rank of each value, equal values sharing the mean of theirs.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	out := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return out
}

// A correlationCell is one square of the heat map.
type correlationCell struct {
	x, y float64
	r    float64 // NaN if it is undefined
	pair string
}

// Plot implements [plot.Plotter].
func (m correlationCell) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	square := vg.Rectangle{
		Min: vg.Point{X: x(m.x-0.5) + 0.75, Y: y(m.y-0.5) + 0.75},
		Max: vg.Point{X: x(m.x+0.5) - 0.75, Y: y(m.y+0.5) - 0.75},
	}
	fill, letters, label := color.NRGBA(gridColor), ink, "n/a"
	if !math.IsNaN(m.r) {
		fill = correlationColor(m.r)
		label = fmt.Sprintf("%.2f", m.r)
	}
	if m.r < -0.7 { // below, dark letters have the better contrast
		letters = background
	}
	c.SetColor(fill)
	c.Fill(square.Path())
	style := textStyle(tickSize, letters)
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	c.FillText(style, vg.Point{X: x(m.x), Y: y(m.y)}, label)
}

// correlationColor returns the colour of a coefficient: pale at 0.
func correlationColor(r float64) color.NRGBA {
	end := anomalyColor
	if r < 0 {
		end = normalColor
	}
	return mixed(color.NRGBA{0xF4, 0xF4, 0xF2, 0xFF}, end, 0.9*math.Abs(r))
}

// correlationRamp are the colours from -1 to 1.
func correlationRamp() rampThumb {
	var ramp rampThumb
	for i := -4; i <= 4; i++ {
		ramp = append(ramp, correlationColor(float64(i)/4))
	}
	return ramp
}

// A columnName stands in the diagonal of a heat map and runs to the right.
type columnName struct {
	x, y float64
	name string
}

// Plot implements [plot.Plotter].
func (n columnName) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := textStyle(labelSize, ink)
	style.YAlign = draw.YCenter
	c.FillText(style, vg.Point{X: x(n.x-0.5) + 4, Y: y(n.y)}, n.name)
}
